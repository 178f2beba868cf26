package frontline.platform

import android.content.Context
import android.net.*
import kotlinx.coroutines.channels.awaitClose
import kotlinx.coroutines.flow.*

/** Whether there is a way to the outside, and whether it is paid for: the core holds photos back on a metered one. */
enum class Reach { None, Metered, Free }

fun reach(context: Context): Flow<Reach> = callbackFlow {
    val manager = context.getSystemService(Context.CONNECTIVITY_SERVICE) as ConnectivityManager
    val callback = object : ConnectivityManager.NetworkCallback() {
        override fun onCapabilitiesChanged(network: Network, capabilities: NetworkCapabilities) {
            trySend(reachOf(capabilities))
        }

        override fun onLost(network: Network) {
            trySend(Reach.None)
        }
    }
    // The callback is silent while there is no network at all.
    trySend(reachOf(manager.getNetworkCapabilities(manager.activeNetwork)))
    manager.registerDefaultNetworkCallback(callback)
    awaitClose { manager.unregisterNetworkCallback(callback) }
}.distinctUntilChanged()

internal fun reachOf(capabilities: NetworkCapabilities?): Reach = when {
    capabilities == null || !capabilities.hasCapability(NetworkCapabilities.NET_CAPABILITY_INTERNET) -> Reach.None
    capabilities.hasCapability(NetworkCapabilities.NET_CAPABILITY_NOT_METERED) -> Reach.Free
    else -> Reach.Metered
}

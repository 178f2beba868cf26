package frontline.platform

import android.content.Context
import android.net.*
import frontline.ffi.NetworkKind
import kotlinx.coroutines.channels.awaitClose
import kotlinx.coroutines.flow.*

/** Whether there is a way to the outside, and whether it is paid for: the core holds photos back on a metered one. */
fun reach(context: Context): Flow<NetworkKind> = callbackFlow {
    val manager = context.getSystemService(Context.CONNECTIVITY_SERVICE) as ConnectivityManager
    val callback = object : ConnectivityManager.NetworkCallback() {
        override fun onCapabilitiesChanged(network: Network, capabilities: NetworkCapabilities) {
            trySend(reachOf(capabilities))
        }

        override fun onLost(network: Network) {
            trySend(NetworkKind.NONE)
        }
    }
    // The callback is silent while there is no network at all.
    trySend(reachOf(manager.getNetworkCapabilities(manager.activeNetwork)))
    manager.registerDefaultNetworkCallback(callback)
    awaitClose { manager.unregisterNetworkCallback(callback) }
}.distinctUntilChanged()

internal fun reachOf(capabilities: NetworkCapabilities?): NetworkKind = when {
    capabilities == null || !capabilities.hasCapability(NetworkCapabilities.NET_CAPABILITY_INTERNET) -> NetworkKind.NONE
    capabilities.hasCapability(NetworkCapabilities.NET_CAPABILITY_NOT_METERED) -> NetworkKind.UNMETERED
    else -> NetworkKind.METERED
}

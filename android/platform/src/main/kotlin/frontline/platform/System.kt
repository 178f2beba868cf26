package frontline.platform

import android.content.Context
import android.net.ConnectivityManager
import android.os.*
import android.security.keystore.UserNotAuthenticatedException
import android.util.Log
import frontline.ffi.*
import java.io.IOException
import java.security.GeneralSecurityException
import java.security.InvalidKeyException

/** What the core asks the phone for, on threads of its own. */
class AndroidPlatform(private val context: Context, private val secrets: Secrets) : Platform {
    override fun secret(name: String) = sealed { secrets.get(name) }
    override fun keepSecret(name: String, bytes: ByteArray) = sealed { secrets.keep(name, bytes) }
    override fun forgetSecret(name: String) = sealed { secrets.forget(name) }
    override fun deviceModel(): String = Build.MODEL
    override fun storageFree(): ULong? = StatFs(context.filesDir.path).availableBytes.takeIf { it >= 0 }?.toULong()
    override fun log(line: String) {
        Log.w("frontline", line)
    }

    override fun network(): NetworkKind {
        val manager = context.getSystemService(Context.CONNECTIVITY_SERVICE) as ConnectivityManager
        return reachOf(manager.getNetworkCapabilities(manager.activeNetwork))
    }

    /** A key store that is closed until the phone is unlocked opens later by itself; anything else goes to support. */
    private fun <T> sealed(what: () -> T): T = try {
        what()
    } catch (e: UserNotAuthenticatedException) {
        throw PlatformException.Closed()
    } catch (e: InvalidKeyException) {
        throw PlatformException.Closed()
    } catch (e: GeneralSecurityException) {
        throw PlatformException.Failed(e.javaClass.simpleName)
    } catch (e: IOException) {
        throw PlatformException.Failed(e.javaClass.simpleName)
    }
}

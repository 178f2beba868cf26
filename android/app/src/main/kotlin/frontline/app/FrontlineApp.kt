package frontline.app

import android.app.Application
import frontline.core.Device
import frontline.model.Problem
import frontline.model.ProblemException
import frontline.platform.KeystoreSealer
import frontline.platform.StoreKey
import frontline.platform.SyncJob
import frontline.platform.Syncs
import java.io.File
import java.io.IOException
import java.security.GeneralSecurityException
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.sync.Mutex
import kotlinx.coroutines.sync.withLock
import kotlinx.coroutines.withContext

/** Holds the one opened store for all that the system starts: the activity, a job. */
class FrontlineApp : Application(), Syncs {
    private val opening = Mutex()
    private var opened: Device? = null

    override fun onCreate() {
        super.onCreate()
        SyncJob.regularly(this)
    }

    /** Opened on first use and never in onCreate, so that the first frame waits for no disk. */
    suspend fun device(): Device = opening.withLock {
        opened ?: run {
            val key = key()
            try {
                Device.open(File(filesDir, "store").path, key, resources.configuration.locales[0].toLanguageTag())
            } finally {
                key.fill(0)
            }
        }.also { opened = it }
    }

    /** A key that does not open is no PIN that is missing: the person cannot help it, so it goes to support by its reference. */
    private suspend fun key(): ByteArray = withContext(Dispatchers.IO) {
        try {
            StoreKey(File(filesDir, "store.key"), KeystoreSealer()).get()
        } catch (e: GeneralSecurityException) {
            throw ProblemException(Problem.Internal("key ${e.javaClass.simpleName}"))
        } catch (e: IOException) {
            throw ProblemException(Problem.Internal("key ${e.javaClass.simpleName}"))
        }
    }

    override suspend fun sync(): Boolean = device().outbox.unsent() > 0
}

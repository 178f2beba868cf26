package frontline.app

import android.app.Application
import android.os.Looper
import frontline.core.Device
import frontline.ffi.SyncEnded
import frontline.model.App
import frontline.platform.AndroidPhone
import frontline.platform.AndroidPlatform
import frontline.platform.KeystoreSealer
import frontline.platform.Secrets
import frontline.platform.SyncJob
import frontline.platform.Syncs
import java.io.File
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.SupervisorJob
import kotlinx.coroutines.sync.Mutex
import kotlinx.coroutines.sync.withLock

/** Holds the one opened store for all that the system starts: the activity, a job. */
class FrontlineApp : Application(), Syncs {
    private val scope = CoroutineScope(SupervisorJob() + Dispatchers.Main)
    val phone by lazy { AndroidPhone(this, scope) }
    private val opening = Mutex()
    private var opened: App? = null

    override fun onCreate() {
        super.onCreate()
        SyncJob.regularly(this)
    }

    /** Opened on first use and never in onCreate, so that the first frame waits for no disk. */
    suspend fun app(): App = opening.withLock {
        opened ?: run {
            val platform = AndroidPlatform(this, Secrets(File(filesDir, "keys"), KeystoreSealer()))
            val language = resources.configuration.locales[0].toLanguageTag()
            val core = Device.open(File(filesDir, "store").path, platform, language) { Looper.getMainLooper().thread === Thread.currentThread() }
            App(core, phone, scope).also { opened = it }
        }
    }

    /** The system lends a little time; what did not fit into it comes with the next job. */
    override suspend fun sync(): Boolean = app().core.sync { if (status().device == null) null else now(BUDGET_MS) }?.ended == SyncEnded.OUT_OF_TIME

    private companion object {
        const val BUDGET_MS = 20_000uL
    }
}

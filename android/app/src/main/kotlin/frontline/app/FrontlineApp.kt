package frontline.app

import android.app.Application
import android.os.Looper
import frontline.core.Device
import frontline.ffi.SyncEnded
import frontline.model.*
import frontline.platform.*
import java.io.File
import kotlinx.coroutines.*
import kotlinx.coroutines.sync.*

/** Holds the one opened store for all that the system starts: the activity, a job. */
class FrontlineApp : Application(), Syncs {
    private val scope = CoroutineScope(SupervisorJob() + Dispatchers.Main)
    val phone by lazy { AndroidPhone(this, scope) }
    private val opening = Mutex()
    private var opened: App? = null

    override fun onCreate() {
        super.onCreate()
        SyncJob.regularly(this)
        // An app that was ended while the camera was open, or somebody spoke, left it in the clear.
        scope.launch(Dispatchers.IO) {
            for (left in listOf(Files.picture(this@FrontlineApp), Files.sound(this@FrontlineApp))) left.delete()
        }
    }

    /** Opened on first use and never in onCreate, so that the first frame waits for no disk. */
    suspend fun app(): App = opening.withLock {
        opened ?: App(Device.open(folder, platform, language, drawing), phone, scope).also { opened = it }
    }

    /** A store whose key is gone opens again; whoever's code it was is enrolled by it, or by another one once it is open. */
    suspend fun recover(by: Invitation) {
        Device.recover(folder, platform, by, drawing)
        load { app().core.sync { enrol(by.server, by.code) } }
    }

    private val folder get() = File(filesDir, "store").path
    private val platform by lazy { AndroidPlatform(this, Secrets(File(filesDir, "keys"), KeystoreSealer())) }
    private val language get() = resources.configuration.locales[0].toLanguageTag()
    private val drawing = { Looper.getMainLooper().thread === Thread.currentThread() }

    /** The system lends a little time; what did not fit into it comes with the next job. */
    override suspend fun sync(): Boolean {
        val report = app().core.sync { if (status().device == null) null else now(BUDGET_MS) }
        return report?.ended == SyncEnded.OUT_OF_TIME
    }

    private companion object {
        const val BUDGET_MS = 20_000uL
    }
}

package frontline.platform

import android.app.Activity
import android.content.*
import frontline.ffi.NetworkKind
import frontline.ffi.PictureLimit
import frontline.model.api.Phone
import java.io.File
import java.lang.ref.WeakReference
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Job
import kotlinx.coroutines.flow.*

/** The phone as the screens ask for it; camera and scanner are asked for by the activity that is there, which it does not hold. */
class AndroidPhone(private val context: Context, scope: CoroutineScope) : Phone {
    override val online: StateFlow<Boolean> = reach(context).map { it != NetworkKind.NONE }.stateIn(scope, SharingStarted.Eagerly, false)
    private val reminders = Reminders(context)
    @Volatile private var activity = WeakReference<Activity>(null)
    val senses = ActivitySenses(context) { activity.get() }

    private val sound = Sound(context)

    /** The activity went out of sight, and is not only turned: what is recorded or played ends there. */
    fun hidden() = sound.hidden()

    fun shown(by: Activity) {
        activity = WeakReference(by)
    }

    override suspend fun photo(album: Boolean, most: PictureLimit) = senses.photo(album, most)
    override suspend fun sight() = senses.sight()
    override suspend fun place() = senses.place()
    override suspend fun record(mostMs: Int, stop: Job, begun: () -> Unit) = sound.record(mostMs, stop, senses::mayRecord, begun)
    override suspend fun play(sound: ByteArray) = this.sound.play(sound)
    override suspend fun film(video: ByteArray, name: String) = activity.get()?.let { Film.show(it, video, name) } ?: false

    override suspend fun fileFor(name: String): String = Files.carriedOut(context).let { folder ->
        generateSequence(1) { it + 1 }.map { File(folder, if (it == 1) name else "$it-$name") }.first { !it.exists() }.path
    }

    override fun carriedOut(): List<String> = Files.carriedOut(context).listFiles().orEmpty().sorted().map { it.path }

    override fun handOn(file: String) {
        val uri = Files.uri(context, File(file))
        val send = Intent(Intent.ACTION_SEND).setType("application/octet-stream").putExtra(Intent.EXTRA_STREAM, uri)
            .addFlags(Intent.FLAG_GRANT_READ_URI_PERMISSION).apply { clipData = ClipData.newRawUri(null, uri) }
        context.startActivity(Intent.createChooser(send, null).addFlags(Intent.FLAG_ACTIVITY_NEW_TASK))
    }

    override val link = MutableStateFlow<String?>(null)
    override fun sendLater(waits: Boolean) = if (waits) SyncJob.soon(context) else SyncJob.done(context)

    override fun kiosk(on: Boolean) {
        activity.get()?.let { Kiosk(it).run { if (on) start() else end() } }
    }

    override fun remind(at: List<Long>, count: Int) = reminders.at(at, count).also { if (at.isNotEmpty()) senses.notices() }

    override fun restart() {
        val start = context.packageManager.getLaunchIntentForPackage(context.packageName)?.component ?: return
        context.startActivity(Intent.makeRestartActivityTask(start))
        Runtime.getRuntime().exit(0)
    }
}

package frontline.platform

import android.app.Activity
import android.content.Context
import android.content.Intent
import frontline.model.api.Fix
import frontline.model.api.Phone
import java.io.File
import java.lang.ref.WeakReference
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.flow.*

/** What an activity can ask for and the application cannot: each gives none where the person thought better of it. */
interface Senses {
    suspend fun photo(album: Boolean): ByteArray?
    suspend fun scan(): String?
    suspend fun place(): Fix?
}

/** The phone as the screens ask for it; camera and scanner come with the activity that is there. */
class AndroidPhone(private val context: Context, scope: CoroutineScope) : Phone {
    override val online: StateFlow<Boolean> = reach(context).map { it != Reach.None }.stateIn(scope, SharingStarted.Eagerly, false)
    private val reminders = Reminders(context)
    private var activity = WeakReference<Activity>(null)
    private var senses: Senses? = null

    fun shown(by: Activity, with: Senses?) {
        activity = WeakReference(by)
        senses = with
    }

    override suspend fun photo(album: Boolean) = senses?.photo(album)
    override suspend fun scan() = senses?.scan()
    override suspend fun place() = senses?.place()

    /** In the app's own folder, from where the system's file picker or a cable takes it. */
    override suspend fun fileFor(name: String): String? = context.getExternalFilesDir(null)?.let { folder ->
        generateSequence(1) { it + 1 }.map { File(folder, if (it == 1) name else "$it-$name") }.first { !it.exists() }.path
    }

    override fun kiosk(on: Boolean) {
        activity.get()?.let { Kiosk(it).run { if (on) start() else end() } }
    }

    override fun remind(at: List<Long>, count: Int) = reminders.at(at, count)

    override fun restart() {
        val start = context.packageManager.getLaunchIntentForPackage(context.packageName)?.component ?: return
        context.startActivity(Intent.makeRestartActivityTask(start))
        Runtime.getRuntime().exit(0)
    }
}

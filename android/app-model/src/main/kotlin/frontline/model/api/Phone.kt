package frontline.model.api

import frontline.ffi.*
import kotlinx.coroutines.Job
import kotlinx.coroutines.flow.*

/** What only the phone has, beside what the core asks it for by itself. None is an answer: nobody has to give it. */
interface Phone {
    /** Whether there is a way to the outside. */
    val online: StateFlow<Boolean>

    /** A JPEG or a PNG of at most [most], from the camera or, where [album], from what was taken before. */
    suspend fun photo(album: Boolean, most: PictureLimit): ByteArray?

    /** What the camera sees, for a code in it to be read: grey, the same at several sizes, the smallest first; kept nowhere. */
    suspend fun sight(): List<LumaFrame>
    suspend fun place(): Fix?

    /** Records until [stop] is complete, [mostMs] are over, or something else takes the microphone; [begun]: it listens. */
    suspend fun record(mostMs: Int, stop: Job, begun: () -> Unit): Recorded

    /** Plays to the end, or until it is cancelled; false where it cannot be. */
    suspend fun play(sound: ByteArray): Boolean

    /** Shows a video over everything until somebody closes it; false where it cannot be shown. */
    suspend fun film(video: ByteArray, name: String): Boolean

    /** A new file that the person can hand on; none where they thought better of it. */
    suspend fun fileFor(name: String): String?

    /** Files that were carried out and are still here, by their paths. */
    fun carriedOut(): List<String>

    /** Lets the person choose who gets it: another app, a place to keep it. */
    fun handOn(file: String)

    /** What a link says that somebody touched, until a screen has taken it. */
    val link: MutableStateFlow<String?>

    /** Whether the system is to wake the app once there is a network, for what waits to be sent. */
    fun sendLater(waits: Boolean)
    fun kiosk(on: Boolean)

    /** Says that [count] things are due, at each of [at]; replaces what was asked for before. */
    fun remind(at: List<Long>, count: Int)

    /** The app was made new: it starts again. */
    fun restart()
}

/** [mock]: the system says that an app made it up. */
data class Fix(val lat: Double, val lon: Double, val withinM: Int, val mock: Boolean = false)

/** AAC in MPEG-4, as far as there is any. */
class Recorded(val sound: ByteArray?, val end: RecordingEnd)

/** Why a recording ended, or did not begin. */
enum class RecordingEnd { STOPPED, CUT, FULL, REFUSED, FAILED }

package frontline.model

import frontline.ffi.*
import frontline.model.api.*
import kotlinx.coroutines.*
import kotlinx.coroutines.flow.*

/** What is recorded for [about]: for how long already; once it has ended, why, and why it could not be kept. */
data class Recording(
    val about: String, val running: Boolean = false, val seconds: Int = 0, val end: RecordingEnd? = null, val problem: Problem? = null,
)

/** A recording that is in the store and belongs to nothing yet. */
data class Made(val id: String, val seconds: Int)

/** What is listened to; once it does not play any more, why it could not. */
data class Heard(val id: String, val playing: Boolean, val problem: Problem? = null, val broken: Boolean = false)

/**
 * The phone's one microphone and one loudspeaker. They outlive the screens: a phone is turned, and a list scrolls, while somebody
 * speaks. What was recorded goes into the store at once, and what it is to become is a draft of who spoke, so that neither a turn
 * nor the app's end loses it, and nobody else hears it.
 */
class Voice(private val app: App) {
    val recording = MutableStateFlow<Recording?>(null)
    val heard = MutableStateFlow<Heard?>(null)
    private var stop: CompletableJob? = null
    private var work: Job? = null
    private var playing: Job? = null

    /** What the store did not take, and what it is for. */
    private var unkept: kotlin.Pair<String, ByteArray>? = null

    fun record(about: String) {
        if (work?.isActive == true) return
        hush()
        val until = Job().also { stop = it }
        recording.value = Recording(about)
        work = app.launch {
            val made = coroutineScope {
                val clock = launch(start = CoroutineStart.LAZY) { count(about) }
                app.phone.record(MOST_MS, until) { clock.start() }.also { clock.cancel() }
            }
            // Cut off before anything was heard: there is nothing that could be said to be kept.
            val nothing = made.sound == null && made.end in setOf(RecordingEnd.CUT, RecordingEnd.FULL)
            recording.value = Recording(about, end = if (nothing) RecordingEnd.FAILED else made.end)
            made.sound?.let { keep(about, it) }
        }
    }

    private suspend fun count(about: String) {
        val begun = System.nanoTime()
        while (true) {
            recording.value = Recording(about, true, ((System.nanoTime() - begun) / SECOND_NS).toInt())
            delay(TICK_MS)
        }
    }

    private suspend fun keep(about: String, sound: ByteArray) {
        unkept = null
        val kept = load {
            val one = app.core.media { addSound(SoundDraft(sound, true)) }
            DraftKeeper(app, about).set("${one.id} ${one.lengthMs}")
        }
        val problem = (kept as? Load.Failed)?.problem ?: return
        // What is no recording stays none; for anything else it is tried again.
        if (problem !is Problem.Invalid) unkept = about to sound
        recording.update { it?.copy(problem = problem) }
    }

    /** Whether there is something that the store did not take and might take now. */
    fun waits(about: String) = unkept?.first == about

    fun again() {
        val (about, sound) = unkept ?: return
        recording.update { it?.copy(problem = null) }
        app.launch { keep(about, sound) }
    }

    /** The one that was recorded last for [about] and belongs to nothing yet. */
    fun made(draft: String?): Made? = draft?.split(' ')?.takeIf { it.size == 2 }?.let { (id, ms) ->
        Made(id, ms.toLongOrNull()?.div(MS)?.toInt() ?: 0)
    }

    /** It is kept for what it is for, or dropped: an unkept one goes from the store by itself, within a day. */
    fun done(about: String) {
        if (recording.value?.about == about) recording.value = null
        hush()
        app.launch { load { DraftKeeper(app, about).set("") } }
    }

    fun end() {
        stop?.complete()
    }

    /** Whoever hands the phone over has said all, and it is put in its place while it is still theirs. */
    suspend fun ended() {
        end()
        hush()
        work?.join()
    }

    /** Plays [id], or stops playing it. */
    fun play(id: String, bytes: suspend () -> Load<ByteArray>) {
        val same = heard.value?.run { playing && this.id == id } == true
        hush()
        if (same) return
        heard.value = Heard(id, true)
        playing = app.launch {
            val sound = bytes()
            val plays = sound.ready?.let { app.phone.play(it) }
            heard.value = Heard(id, false, (sound as? Load.Failed)?.problem, plays == false)
        }
    }

    fun hush() {
        playing?.cancel()
        heard.value = null
    }

    private companion object {
        const val MOST_MS = 600_000
        const val TICK_MS = 200L
        const val SECOND_NS = 1_000_000_000L
        const val MS = 1_000L
    }
}

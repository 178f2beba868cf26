package frontline.platform

import android.app.*
import android.content.*
import android.media.AudioManager
import android.os.Looper
import frontline.model.api.*
import kotlinx.coroutines.*
import org.junit.Assert.*
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.*
import org.robolectric.Shadows.shadowOf
import org.robolectric.shadows.ShadowMediaPlayer

/** The microphone, the loudspeaker and the film over everything, against the real platform code. */
@RunWith(RobolectricTestRunner::class)
class SoundTest {
    private val app: Application get() = RuntimeEnvironment.getApplication()
    private val manager get() = app.getSystemService(Context.AUDIO_SERVICE) as AudioManager
    private val sound by lazy { Sound(app) }

    private fun <T> wait(what: String, find: () -> T?): T {
        val end = System.nanoTime() + 20_000_000_000
        while (System.nanoTime() < end) {
            shadowOf(Looper.getMainLooper()).idleFor(java.time.Duration.ofMillis(20))
            find()?.let { return it }
            Thread.sleep(5)
        }
        throw AssertionError("no $what")
    }

    /** What was written while [until] had not happened, and why it ended. */
    private fun recorded(may: Boolean = true, until: (Job) -> Unit): Recorded {
        val stop = Job()
        val begun = CompletableDeferred<Unit>()
        val made = CoroutineScope(Dispatchers.Default).async { sound.record(600_000, stop, { may }) { begun.complete(Unit) } }
        if (may) {
            wait("beginning") { begun.takeIf { it.isCompleted } }
            Files.sound(app).writeText("said")
            until(stop)
        }
        return wait("end") { made.takeIf { it.isCompleted }?.getCompleted() }
    }

    @Test
    fun `what was said is there whatever ends it, and nothing of it stays beside the store`() {
        val ends = mapOf<RecordingEnd, List<(Job) -> Unit>>(
            RecordingEnd.STOPPED to listOf { stop -> (stop as CompletableJob).complete() },
            // The app goes out of sight; a call comes.
            RecordingEnd.CUT to listOf({ _ -> sound.hidden() }, { _ ->
                checkNotNull(shadowOf(manager).lastAudioFocusRequest.listener).onAudioFocusChange(AudioManager.AUDIOFOCUS_LOSS_TRANSIENT)
            }),
        )
        for ((end, ways) in ends) for (way in ways) {
            val made = recorded(until = way)
            assertEquals(end to "said", made.end to made.sound?.decodeToString())
            assertFalse(Files.sound(app).exists())
            assertNotNull("others may sound again", shadowOf(manager).lastAbandonedAudioFocusRequest)
        }
    }

    @Test
    fun `without leave nothing is recorded`() {
        val made = recorded(may = false) {}
        assertEquals(RecordingEnd.REFUSED to null, made.end to made.sound)
    }

    @Test
    fun `players read bytes that are in memory alone`() {
        val held = Held(ByteArray(10) { it.toByte() })
        val into = ByteArray(8)
        assertEquals(4, held.readAt(6, into, 2, 6))
        assertEquals(listOf(0, 0, 6, 7, 8, 9, 0, 0), into.map { it.toInt() })
        assertEquals(-1, held.readAt(10, into, 0, 1))
        assertEquals(10, held.size)
    }

    @Test
    fun `a recording plays to its end, or until somebody stops it`() {
        ShadowMediaPlayer.setMediaInfoProvider { ShadowMediaPlayer.MediaInfo(200, 0) }
        val played = CoroutineScope(Dispatchers.Default).async { sound.play(ByteArray(8)) }
        assertTrue(wait("end") { played.takeIf { it.isCompleted }?.getCompleted() })
        ShadowMediaPlayer.setMediaInfoProvider { ShadowMediaPlayer.MediaInfo(600_000, 0) }
        val stopped = CoroutineScope(Dispatchers.Default).launch { sound.play(ByteArray(8)) }
        shadowOf(Looper.getMainLooper()).idle()
        stopped.cancel()
        wait("end of what was stopped") { Unit.takeIf { stopped.isCompleted } }
    }

    @Test
    fun `a film is shown over the app, and one that nobody holds any more is not`() {
        val from = Robolectric.buildActivity(Activity::class.java).setup().get()
        val shown = CoroutineScope(Dispatchers.Default).async { Film.show(from, ByteArray(8), "Four rows of boxes") }
        val asked = wait("film") { shadowOf(from).nextStartedActivity }
        assertEquals(Film::class.java.name, asked.component?.className)
        ShadowMediaPlayer.setMediaInfoProvider { ShadowMediaPlayer.MediaInfo(200, 0) }
        val film = Robolectric.buildActivity(Film::class.java, asked).create()
        assertEquals("Four rows of boxes", film.get().title)
        assertNotEquals("it stays out of recordings of the screen", 0, film.get().window.attributes.flags and android.view.WindowManager.LayoutParams.FLAG_SECURE)
        film.get().finish()
        film.destroy()
        assertTrue(wait("end") { shown.takeIf { it.isCompleted }?.getCompleted() })
        assertTrue(Robolectric.buildActivity(Film::class.java).create().get().isFinishing)
    }
}

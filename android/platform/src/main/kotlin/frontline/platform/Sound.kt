package frontline.platform

import android.content.Context
import android.media.*
import frontline.model.api.*
import java.io.*
import kotlinx.coroutines.*

/** Bytes that are in the clear in memory alone, as the system's players read them. */
internal class Held(private val bytes: ByteArray) : MediaDataSource() {
    override fun readAt(position: Long, buffer: ByteArray, offset: Int, size: Int): Int {
        if (position >= bytes.size) return -1
        val count = minOf(size.toLong(), bytes.size - position).toInt()
        bytes.copyInto(buffer, offset, position.toInt(), position.toInt() + count)
        return count
    }

    override fun getSize() = bytes.size.toLong()
    override fun close() = Unit
}

/** The microphone and the loudspeaker. Whoever else takes them, a call above all, ends what goes on here; what was recorded is kept. */
class Sound(private val context: Context) {
    private val manager = context.getSystemService(Context.AUDIO_SERVICE) as AudioManager
    @Volatile private var cut: (() -> Unit)? = null

    /** The app is not in sight any more: the system gives it no microphone then. */
    fun hidden() {
        cut?.invoke()
    }

    suspend fun record(mostMs: Int, stop: Job, may: suspend () -> Boolean, begun: () -> Unit): Recorded {
        if (!may()) return Recorded(null, RecordingEnd.REFUSED)
        val file = Files.sound(context)
        val ended = CompletableDeferred<RecordingEnd>()
        stop.invokeOnCompletion { ended.complete(RecordingEnd.STOPPED) }
        return withContext(Dispatchers.IO) {
            try {
                file.delete()
                val end = alone(AudioManager.AUDIOFOCUS_GAIN_TRANSIENT_EXCLUSIVE, { ended.complete(RecordingEnd.CUT) }) {
                    written(file, mostMs, ended, begun)
                }
                Recorded(file.takeIf { it.length() > 0 }?.readBytes(), end)
            } catch (_: IOException) {
                Recorded(null, RecordingEnd.FAILED)
            } finally {
                // In the store it is encrypted; beside it nothing stays.
                file.delete()
            }
        }
    }

    /** Until it ends, whatever ends it: what has been said by then is a whole file. */
    private suspend fun written(file: File, mostMs: Int, ended: CompletableDeferred<RecordingEnd>, begun: () -> Unit): RecordingEnd {
        // The one with a context is of newer phones alone.
        @Suppress("DEPRECATION") val recorder = MediaRecorder()
        var runs = false
        try {
            recorder.setAudioSource(MediaRecorder.AudioSource.MIC)
            recorder.setOutputFormat(MediaRecorder.OutputFormat.MPEG_4)
            recorder.setAudioEncoder(MediaRecorder.AudioEncoder.AAC)
            recorder.setAudioChannels(1)
            recorder.setAudioSamplingRate(RATE)
            recorder.setAudioEncodingBitRate(BITS)
            recorder.setMaxDuration(mostMs)
            recorder.setOutputFile(file.path)
            recorder.setOnInfoListener { _, what, _ ->
                if (what == MediaRecorder.MEDIA_RECORDER_INFO_MAX_DURATION_REACHED) ended.complete(RecordingEnd.FULL)
            }
            recorder.setOnErrorListener { _, _, _ -> ended.complete(RecordingEnd.CUT) }
            recorder.prepare()
            recorder.start()
            runs = true
            begun()
            return ended.await()
        } catch (_: RuntimeException) {
            // Another app has the microphone: the system says so in several ways.
            return RecordingEnd.FAILED
        } finally {
            try {
                if (runs) recorder.stop()
            } catch (_: RuntimeException) {
                // Nothing was heard yet.
                file.delete()
            }
            recorder.release()
        }
    }

    suspend fun play(sound: ByteArray): Boolean = withContext(Dispatchers.IO) {
        val ended = CompletableDeferred<Boolean>()
        val player = MediaPlayer()
        try {
            alone(AudioManager.AUDIOFOCUS_GAIN_TRANSIENT, { ended.complete(true) }) {
                player.setDataSource(Held(sound))
                player.setOnCompletionListener { ended.complete(true) }
                player.setOnErrorListener { _, _, _ -> ended.complete(false) }
                player.prepare()
                player.start()
                ended.await()
            }
        } catch (_: IOException) {
            false
        } catch (_: IllegalStateException) {
            false
        } finally {
            player.release()
        }
    }

    /** Others are silent meanwhile; [taken] where one of them takes it, or the app goes out of sight. */
    private suspend fun <T> alone(how: Int, taken: () -> Unit, what: suspend () -> T): T {
        val speech = AudioAttributes.Builder().setUsage(AudioAttributes.USAGE_MEDIA)
            .setContentType(AudioAttributes.CONTENT_TYPE_SPEECH).build()
        val asked = AudioFocusRequest.Builder(how).setAudioAttributes(speech).setOnAudioFocusChangeListener { change ->
            if (change == AudioManager.AUDIOFOCUS_LOSS || change == AudioManager.AUDIOFOCUS_LOSS_TRANSIENT) taken()
        }.build()
        cut = taken
        manager.requestAudioFocus(asked)
        try {
            return what()
        } finally {
            if (cut === taken) cut = null
            manager.abandonAudioFocusRequest(asked)
        }
    }

    private companion object {
        /** Speech: ten minutes of it have some 2.5 MB. */
        const val RATE = 16_000
        const val BITS = 32_000
    }
}

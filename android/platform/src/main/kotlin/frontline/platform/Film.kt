package frontline.platform

import android.app.Activity
import android.content.*
import android.media.MediaPlayer
import android.os.Bundle
import android.view.*
import android.widget.*
import java.io.IOException
import kotlinx.coroutines.*

/**
 * A video over everything, with the system's own buttons, which are named for who cannot see them. Its bytes are in memory alone:
 * an app that was ended and comes back has none, and shows the screen that it came from.
 */
class Film : Activity(), SurfaceHolder.Callback, MediaController.MediaPlayerControl {
    private val player = MediaPlayer()
    private val buttons by lazy { MediaController(this) }
    private var ready = false

    override fun onCreate(state: Bundle?) {
        super.onCreate(state)
        keepPrivate()
        val film = asked ?: return finish()
        title = film.name
        val surface = SurfaceView(this).apply { contentDescription = film.name }
        surface.holder.addCallback(this)
        surface.setOnClickListener { if (ready) buttons.show() }
        val middle = FrameLayout.LayoutParams(ViewGroup.LayoutParams.MATCH_PARENT, ViewGroup.LayoutParams.MATCH_PARENT, Gravity.CENTER)
        setContentView(FrameLayout(this).apply { setBackgroundColor(android.graphics.Color.BLACK); addView(surface, middle) })
        player.setOnErrorListener { _, _, _ -> true.also { end(false) } }
        player.setOnPreparedListener { begin(surface) }
        // It stays until somebody goes back: whoever missed it looks again.
        player.setOnCompletionListener { buttons.show(0) }
        try {
            player.setDataSource(Held(film.bytes))
            player.prepareAsync()
        } catch (_: IOException) {
            end(false)
        }
    }

    private fun begin(surface: View) {
        ready = true
        fit(surface)
        surface.addOnLayoutChangeListener { _, _, _, _, _, _, _, _, _ -> surface.post { fit(surface) } }
        buttons.setMediaPlayer(this)
        buttons.setAnchorView(surface)
        player.start()
        buttons.show()
    }

    /** As large as there is room, and no side longer than it is. */
    private fun fit(surface: View) {
        val room = surface.parent as View
        val (width, height) = player.videoWidth to player.videoHeight
        if (width == 0 || height == 0 || room.width == 0) return
        val scale = minOf(room.width.toFloat() / width, room.height.toFloat() / height)
        val fitting = FrameLayout.LayoutParams((width * scale).toInt(), (height * scale).toInt(), Gravity.CENTER)
        if (surface.layoutParams.run { this.width != fitting.width || this.height != fitting.height }) surface.layoutParams = fitting
    }

    private fun end(shown: Boolean) {
        asked?.shown?.complete(shown)
        finish()
    }

    override fun onPause() {
        super.onPause()
        if (ready && player.isPlaying) player.pause()
    }

    override fun onDestroy() {
        super.onDestroy()
        if (ready) buttons.hide()
        player.release()
        if (isFinishing) asked?.shown?.complete(true)
    }

    override fun surfaceCreated(holder: SurfaceHolder) = player.setDisplay(holder)
    override fun surfaceChanged(holder: SurfaceHolder, format: Int, width: Int, height: Int) = Unit
    override fun surfaceDestroyed(holder: SurfaceHolder) = if (ready) player.setDisplay(null) else Unit

    override fun start() = player.start()
    override fun pause() = player.pause()
    override fun getDuration() = player.duration
    override fun getCurrentPosition() = player.currentPosition
    override fun seekTo(position: Int) = player.seekTo(position)
    override fun isPlaying() = player.isPlaying
    override fun getBufferPercentage() = 100
    override fun canPause() = true
    override fun canSeekBackward() = true
    override fun canSeekForward() = true
    override fun getAudioSessionId() = player.audioSessionId

    private class Asked(val bytes: ByteArray, val name: String, val shown: CompletableDeferred<Boolean>)

    companion object {
        @Volatile private var asked: Asked? = null

        /** Whether it could be shown, once it is closed. */
        suspend fun show(from: Activity, bytes: ByteArray, name: String): Boolean {
            val film = Asked(bytes, name, CompletableDeferred())
            asked.also { asked = film }?.shown?.complete(true)
            from.startActivity(Intent(from, Film::class.java))
            try {
                return film.shown.await()
            } finally {
                if (asked === film) asked = null
            }
        }
    }
}

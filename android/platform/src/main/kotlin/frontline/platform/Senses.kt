package frontline.platform

import android.Manifest.permission.*
import android.app.Activity
import android.content.*
import android.content.pm.PackageManager
import android.graphics.*
import android.location.*
import android.os.*
import android.provider.MediaStore
import frontline.ffi.LumaFrame
import frontline.ffi.PictureLimit
import frontline.model.api.Fix
import java.io.*
import kotlin.math.ceil
import kotlinx.coroutines.*

/**
 * What an activity can ask for and the application cannot: each gives none where the person thought better of it.
 *
 * By the phone's own camera and album, so that there is no viewfinder here; a code is read from a picture of it. It outlives
 * each [activity], which a turn of the phone makes anew while the camera is open: whichever is there asks, and passes on what it
 * is answered. An app that was ended meanwhile finds nobody waiting: the picture is taken again.
 */
class ActivitySenses(private val context: Context, private val activity: () -> Activity?) {
    @Volatile private var asked: CompletableDeferred<Intent?>? = null
    @Volatile private var permitted: CompletableDeferred<Boolean>? = null
    private var offered = false

    /** What came back from another app's screen. A picture that nobody waits for is not left lying. */
    fun answered(result: Int, data: Intent?) {
        if (asked?.complete(if (result == Activity.RESULT_OK) data ?: Intent() else null) != true) Files.picture(context).delete()
    }

    fun permitted(request: Int, results: IntArray) {
        if (request == ASKED) permitted?.complete(results.any { it == PackageManager.PERMISSION_GRANTED })
    }

    /** Whether the phone may say what is due: asked for when there is something to say, and once in the app's life. */
    fun notices() {
        if (offered || Build.VERSION.SDK_INT < Build.VERSION_CODES.TIRAMISU || has(POST_NOTIFICATIONS)) return
        val here = activity() ?: return
        offered = true
        here.runOnUiThread { here.requestPermissions(arrayOf(POST_NOTIFICATIONS), OFFERED) }
    }

    private fun has(permission: String) = context.checkSelfPermission(permission) == PackageManager.PERMISSION_GRANTED

    suspend fun mayRecord() = may(arrayOf(RECORD_AUDIO))

    private suspend fun may(permissions: Array<String>): Boolean {
        if (permissions.any(::has)) return true
        val answer = CompletableDeferred<Boolean>()
        permitted.also { permitted = answer }?.complete(false)
        activity()?.run { runOnUiThread { requestPermissions(permissions, ASKED) } } ?: return false
        return answer.await()
    }

    /** None also where the phone has no app for it. */
    private suspend fun ask(intent: Intent): Intent? {
        val answer = CompletableDeferred<Intent?>()
        asked.also { asked = answer }?.complete(null)
        val shown = activity()?.run {
            runOnUiThread {
                try {
                    startActivityForResult(intent, ASKED)
                } catch (_: ActivityNotFoundException) {
                    answer.complete(null)
                }
            }
        }
        return shown?.let { answer.await() }
    }

    suspend fun photo(album: Boolean, most: PictureLimit): ByteArray? {
        val fit = { bytes: ByteArray -> fitting(bytes, most) }
        return if (album) picked(fit) else taken(fit)
    }

    /** What the camera sees, as the core reads codes of it. */
    suspend fun sight(): List<LumaFrame> = taken { bytes -> SHARP.mapNotNull { luma(bytes, it) } }.orEmpty()

    /** An app that names the permission in its manifest must have it, or the camera's own screen is refused. */
    private suspend fun <T> taken(made: (ByteArray) -> T?): T? {
        if (!may(arrayOf(CAMERA))) return null
        val file = Files.picture(context)
        val intent = Intent(MediaStore.ACTION_IMAGE_CAPTURE).putExtra(MediaStore.EXTRA_OUTPUT, Files.uri(context, file))
            .addFlags(Intent.FLAG_GRANT_WRITE_URI_PERMISSION or Intent.FLAG_GRANT_READ_URI_PERMISSION)
        return withContext(Dispatchers.IO) {
            try {
                file.delete()
                ask(intent)?.let { held { file.takeIf { it.length() > 0 }?.readBytes()?.let(made) } }
            } finally {
                // In the store it is encrypted; beside it nothing stays.
                file.delete()
            }
        }
    }

    private suspend fun <T> picked(made: (ByteArray) -> T?): T? {
        val chosen = ask(Intent(Intent.ACTION_GET_CONTENT).setType("image/*").addCategory(Intent.CATEGORY_OPENABLE))?.data ?: return null
        val album = context.contentResolver
        return withContext(Dispatchers.IO) { held { album.openInputStream(chosen)?.use { it.readBytes() }?.let(made) } }
    }

    /** A picture that is gone by now, refused, or more than the phone can hold was not taken. */
    private inline fun <T> held(read: () -> T?): T? = try {
        read()
    } catch (_: IOException) {
        null
    } catch (_: SecurityException) {
        null
    } catch (_: OutOfMemoryError) {
        null
    }

    /** The first place that is good enough, or the best one until the time is over. */
    suspend fun place(): Fix? {
        if (!may(arrayOf(ACCESS_FINE_LOCATION, ACCESS_COARSE_LOCATION))) return null
        val manager = context.getSystemService(Context.LOCATION_SERVICE) as LocationManager
        val found = CompletableDeferred<Location>()
        var best: Location? = null
        val listener = object : LocationListener {
            override fun onLocationChanged(location: Location) {
                if (best.let { it == null || location.accuracy < it.accuracy }) best = location
                if (location.accuracy <= GOOD_M) found.complete(location)
            }

            // Older phones have no default for these.
            override fun onProviderEnabled(provider: String) = Unit
            override fun onProviderDisabled(provider: String) = Unit
            @Deprecated("Older phones call it.")
            override fun onStatusChanged(provider: String?, status: Int, extras: Bundle?) = Unit
        }
        try {
            for (provider in manager.getProviders(true)) manager.requestLocationUpdates(provider, 0, 0f, listener, Looper.getMainLooper())
            withTimeoutOrNull(LOOKS_MS) { found.await() }
        } catch (_: SecurityException) {
            return null
        } finally {
            manager.removeUpdates(listener)
        }
        return best?.run { Fix(latitude, longitude, ceil(accuracy).toInt().coerceAtLeast(1), isMadeUp) }
    }

    internal companion object {
        const val ASKED = 7
        const val OFFERED = 8
        const val GOOD_M = 50f
        const val LOOKS_MS = 20_000L
    }
}

/** Whether an app gave it to the system, and no satellite: `isMock` by the name that every phone has. */
@Suppress("DEPRECATION")
private val Location.isMadeUp get() = isFromMockProvider

/**
 * As the organisation takes it: a JPEG, upright, its longer side and its bytes no more than [most]. What the camera wrote into it goes.
 * None where even the plainest is too large.
 */
internal fun fitting(bytes: ByteArray, most: PictureLimit): ByteArray? {
    val whole = bitmap(bytes, most.side.toInt()) ?: return null
    return FINEST.downTo(PLAINEST).step(16).firstNotNullOfOrNull { quality ->
        val made = ByteArrayOutputStream().also { whole.compress(Bitmap.CompressFormat.JPEG, quality, it) }
        made.toByteArray().takeIf { it.size.toULong() <= most.bytes }
    }
}

private const val FINEST = 88
private const val PLAINEST = 24

private fun bitmap(bytes: ByteArray, longest: Int): Bitmap? {
    val size = BitmapFactory.Options().apply { inJustDecodeBounds = true }
    BitmapFactory.decodeByteArray(bytes, 0, bytes.size, size)
    var step = 1
    while (maxOf(size.outWidth, size.outHeight) / (step * 2) >= longest) step *= 2
    val found = BitmapFactory.decodeByteArray(bytes, 0, bytes.size, BitmapFactory.Options().apply { inSampleSize = step }) ?: return null
    // Halves alone leave up to twice of it.
    val fit = (longest / maxOf(found.width, found.height).toFloat()).coerceAtMost(1f)
    val turned = Matrix().apply { setRotate(turn(bytes)); postScale(fit, fit) }
    if (turned.isIdentity) return found
    return Bitmap.createBitmap(found, 0, 0, found.width, found.height, turned, true).also { if (it !== found) found.recycle() }
}

/** How far a camera was turned, by what it wrote into the picture. */
private fun turn(bytes: ByteArray) = when (android.media.ExifInterface(bytes.inputStream()).getAttributeInt("Orientation", 1)) {
    3 -> 180f
    6 -> 90f
    8 -> 270f
    else -> 0f
}

/** The picture in grey, a row at a time. */
internal fun luma(picture: ByteArray, longest: Int): LumaFrame? {
    val seen = bitmap(picture, longest) ?: return null
    val grey = ByteArray(seen.width * seen.height)
    val row = IntArray(seen.width)
    for (y in 0 until seen.height) {
        seen.getPixels(row, 0, seen.width, 0, y, seen.width, 1)
        for ((x, dot) in row.withIndex()) {
            grey[y * seen.width + x] = ((Color.red(dot) * 2 + Color.green(dot) * 5 + Color.blue(dot)) / 8).toByte()
        }
    }
    return LumaFrame(grey, seen.width.toUInt(), seen.height.toUInt(), seen.width.toUInt())
}

/** Pixels of the longer side of a picture in which a code is looked for: few are looked through quickly, many show a code that is far. */
private val SHARP = listOf(1_000, 2_000)

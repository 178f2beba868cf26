package frontline.platform

import android.Manifest.permission.*
import android.app.Activity
import android.content.*
import android.content.pm.PackageManager
import android.graphics.*
import android.location.*
import android.os.*
import android.provider.MediaStore
import com.google.zxing.*
import com.google.zxing.common.HybridBinarizer
import frontline.model.api.Fix
import java.io.ByteArrayOutputStream
import kotlinx.coroutines.*

/** What an activity can ask for and the application cannot: each gives none where the person thought better of it. */
interface Senses {
    suspend fun photo(album: Boolean): ByteArray?
    suspend fun scan(): String?
    suspend fun place(): Fix?
}

/**
 * By the phone's own camera and album, so that there is no viewfinder here; a code is read from a picture of it. The activity
 * passes on what it is answered. An app that was ended meanwhile finds nobody waiting: the picture is taken again.
 */
class ActivitySenses(private val activity: Activity) : Senses {
    private var asked: CompletableDeferred<Intent?>? = null
    private var permitted: CompletableDeferred<Boolean>? = null

    /** What came back from another app's screen. */
    fun answered(result: Int, data: Intent?) {
        asked?.complete(if (result == Activity.RESULT_OK) data ?: Intent() else null)
    }

    fun permitted(results: IntArray) {
        permitted?.complete(results.any { it == PackageManager.PERMISSION_GRANTED })
    }

    private suspend fun may(permissions: Array<String>): Boolean {
        if (permissions.any { activity.checkSelfPermission(it) == PackageManager.PERMISSION_GRANTED }) return true
        val answer = CompletableDeferred<Boolean>().also { permitted = it }
        activity.runOnUiThread { activity.requestPermissions(permissions, ASKED) }
        return answer.await()
    }

    /** None also where the phone has no app for it. */
    private suspend fun ask(intent: Intent): Intent? {
        val answer = CompletableDeferred<Intent?>().also { asked = it }
        activity.runOnUiThread {
            try {
                activity.startActivityForResult(intent, ASKED)
            } catch (_: ActivityNotFoundException) {
                answer.complete(null)
            }
        }
        return answer.await()
    }

    override suspend fun photo(album: Boolean): ByteArray? = if (album) picked() else taken()

    /** An app that names the permission in its manifest must have it, or the camera's own screen is refused. */
    private suspend fun taken(): ByteArray? {
        if (!may(arrayOf(CAMERA))) return null
        val file = Files.picture(activity)
        val intent = Intent(MediaStore.ACTION_IMAGE_CAPTURE).putExtra(MediaStore.EXTRA_OUTPUT, Files.uri(activity, file))
            .addFlags(Intent.FLAG_GRANT_WRITE_URI_PERMISSION or Intent.FLAG_GRANT_READ_URI_PERMISSION)
        return withContext(Dispatchers.IO) {
            try {
                file.delete()
                ask(intent)?.let { file.takeIf { it.length() > 0 }?.readBytes() }?.let(::fitting)
            } finally {
                // In the store it is encrypted; beside it nothing stays.
                file.delete()
            }
        }
    }

    private suspend fun picked(): ByteArray? {
        val chosen = ask(Intent(Intent.ACTION_GET_CONTENT).setType("image/*").addCategory(Intent.CATEGORY_OPENABLE))?.data ?: return null
        return withContext(Dispatchers.IO) { activity.contentResolver.openInputStream(chosen)?.use { it.readBytes() }?.let(::fitting) }
    }

    override suspend fun scan(): String? = taken()?.let { withContext(Dispatchers.Default) { code(it) } }

    /** The first place that is good enough, or the best one until the time is over. */
    override suspend fun place(): Fix? {
        if (!may(arrayOf(ACCESS_FINE_LOCATION, ACCESS_COARSE_LOCATION))) return null
        val manager = activity.getSystemService(Context.LOCATION_SERVICE) as LocationManager
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
        return best?.run { Fix(latitude, longitude, accuracy.toInt().coerceAtLeast(1)) }
    }

    private companion object {
        const val ASKED = 7
        const val GOOD_M = 50f
        const val LOOKS_MS = 20_000L
    }
}

/** Longer sides than this show nothing more on a phone, and cost whoever pays for the network. */
private const val LONGEST = 2_560

/** As the core takes it: a JPEG or a PNG, upright and no larger than it needs to be. What the camera wrote into it goes. */
internal fun fitting(bytes: ByteArray): ByteArray? = bitmap(bytes, LONGEST)?.let { whole ->
    ByteArrayOutputStream().also { whole.compress(Bitmap.CompressFormat.JPEG, 88, it) }.toByteArray()
}

private fun bitmap(bytes: ByteArray, longest: Int): Bitmap? {
    val size = BitmapFactory.Options().apply { inJustDecodeBounds = true }
    BitmapFactory.decodeByteArray(bytes, 0, bytes.size, size)
    var step = 1
    while (maxOf(size.outWidth, size.outHeight) / (step * 2) >= longest) step *= 2
    val found = BitmapFactory.decodeByteArray(bytes, 0, bytes.size, BitmapFactory.Options().apply { inSampleSize = step }) ?: return null
    val turned = Matrix().apply { setRotate(turn(bytes)) }
    return if (turned.isIdentity) found else Bitmap.createBitmap(found, 0, 0, found.width, found.height, turned, true)
}

/** How far a camera was turned, by what it wrote into the picture. */
private fun turn(bytes: ByteArray) = when (android.media.ExifInterface(bytes.inputStream()).getAttributeInt("Orientation", 1)) {
    3 -> 180f
    6 -> 90f
    8 -> 270f
    else -> 0f
}

/** What a bar code or a QR code in the picture says; none where none is found. */
internal fun code(picture: ByteArray): String? {
    val seen = bitmap(picture, 1_280) ?: return null
    val pixels = IntArray(seen.width * seen.height)
    seen.getPixels(pixels, 0, seen.width, 0, 0, seen.width, seen.height)
    val image = BinaryBitmap(HybridBinarizer(RGBLuminanceSource(seen.width, seen.height, pixels)))
    return try {
        MultiFormatReader().decode(image, mapOf(DecodeHintType.TRY_HARDER to true)).text
    } catch (_: NotFoundException) {
        null
    }
}

package frontline.platform

import android.Manifest.permission.*
import android.app.Activity
import android.app.Application
import android.content.*
import android.graphics.*
import android.location.*
import android.os.Looper
import android.provider.MediaStore
import com.google.zxing.*
import com.google.zxing.common.HybridBinarizer
import frontline.ffi.LumaFrame
import frontline.ffi.PictureLimit
import java.io.*
import kotlinx.coroutines.*
import org.junit.Assert.*
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.*
import org.robolectric.Shadows.shadowOf
import org.robolectric.annotation.GraphicsMode

/** Camera, album, codes, place, and the files that others may open, against the real platform code. */
@RunWith(RobolectricTestRunner::class)
@GraphicsMode(GraphicsMode.Mode.NATIVE)
class SensesTest {
    private val most = PictureLimit(2_048u, 1_000_000u)
    private val app: Application get() = RuntimeEnvironment.getApplication()

    private fun code(text: String, format: BarcodeFormat): ByteArray {
        val bits = MultiFormatWriter().encode(text, format, 600, 300)
        val picture = Bitmap.createBitmap(bits.width, bits.height, Bitmap.Config.ARGB_8888)
        for (x in 0 until bits.width) for (y in 0 until bits.height) picture.setPixel(x, y, if (bits[x, y]) Color.BLACK else Color.WHITE)
        return ByteArrayOutputStream().also { picture.compress(Bitmap.CompressFormat.JPEG, 90, it) }.toByteArray()
    }

    /** Asks on another thread, as the app does; [meanwhile] is what the system and the person do. */
    private fun <T> asked(permissions: List<String>, ask: suspend (ActivitySenses) -> T, meanwhile: (Activity, ActivitySenses) -> Unit): T {
        val activity = Robolectric.buildActivity(Activity::class.java).setup().get()
        shadowOf(app).grantPermissions(*permissions.toTypedArray())
        val senses = ActivitySenses(app) { activity }
        val answer = CoroutineScope(Dispatchers.Default).async { ask(senses) }
        meanwhile(activity, senses)
        val end = System.nanoTime() + 20_000_000_000
        while (!answer.isCompleted && System.nanoTime() < end) shadowOf(Looper.getMainLooper()).idle()
        return runBlocking { answer.await() }
    }

    /** What the app asked another one for. */
    private fun Activity.request(): Intent {
        val end = System.nanoTime() + 20_000_000_000
        while (System.nanoTime() < end) {
            shadowOf(Looper.getMainLooper()).idle()
            shadowOf(this).nextStartedActivityForResult?.let { return it.intent }
        }
        throw AssertionError("nothing was asked for")
    }

    private fun take(picture: ByteArray?) = { activity: Activity, senses: ActivitySenses ->
        val request = activity.request()
        assertEquals(MediaStore.ACTION_IMAGE_CAPTURE, request.action)
        assertEquals("content://${app.packageName}.files/picture.jpg", request.getParcelableExtra<android.net.Uri>(MediaStore.EXTRA_OUTPUT).toString())
        if (picture != null) Files.picture(app).writeBytes(picture)
        senses.answered(if (picture == null) Activity.RESULT_CANCELED else Activity.RESULT_OK, null)
    }

    @Test
    fun `a photo is taken by the phone's camera, and nothing of it stays beside the store`() {
        val photo = asked(listOf(CAMERA), { it.photo(false, most) }, take(code("x", BarcodeFormat.QR_CODE)))
        assertEquals(600, BitmapFactory.decodeByteArray(photo, 0, checkNotNull(photo).size).width)
        assertFalse(Files.picture(app).exists())
        assertNull(asked(listOf(CAMERA), { it.photo(false, most) }, take(null)))
    }

    @Test
    fun `without leave the camera is not asked, and nobody waits`() {
        assertNull(asked(emptyList(), { it.photo(false, most) }) { _, senses ->
            Thread.sleep(300)
            shadowOf(Looper.getMainLooper()).idle()
            senses.permitted(ActivitySenses.OFFERED, intArrayOf(0))
            senses.permitted(ActivitySenses.ASKED, intArrayOf(-1))
        })
    }

    @Test
    fun `a picture in the album that is gone or refused is none`() {
        for (why in listOf(FileNotFoundException(), SecurityException(), IOException())) {
            val uri = android.net.Uri.parse("content://cloud/${why.javaClass.simpleName}")
            shadowOf(app.contentResolver).registerInputStream(uri, object : InputStream() {
                override fun read() = throw why
            })
            assertNull(asked(emptyList(), { it.photo(true, most) }) { activity, senses ->
                activity.request()
                senses.answered(Activity.RESULT_OK, Intent().setData(uri))
            })
        }
    }

    @Test
    fun `a phone that is turned while its camera is open has its photo, and whoever asks anew leaves nobody waiting`() {
        shadowOf(app).grantPermissions(CAMERA)
        val phone = AndroidPhone(app, CoroutineScope(Dispatchers.Default))
        val (one, other) = List(2) { Robolectric.buildActivity(Activity::class.java).setup().get() }
        phone.shown(one)
        val first = CoroutineScope(Dispatchers.Default).async { phone.photo(false, most) }
        one.request()
        phone.shown(other)
        val second = CoroutineScope(Dispatchers.Default).async { phone.photo(false, most) }
        other.request()
        assertNull(runBlocking { withTimeout(20_000) { first.await() } })
        Files.picture(app).writeBytes(code("x", BarcodeFormat.QR_CODE))
        phone.senses.answered(Activity.RESULT_OK, null)
        assertNotNull(runBlocking { withTimeout(20_000) { second.await() } })
        // After the app's end nobody waits for what the camera wrote.
        Files.picture(app).writeText("in the clear")
        phone.senses.answered(Activity.RESULT_OK, null)
        assertFalse(Files.picture(app).exists())
    }

    @Test
    fun `no side of a photo is longer, and none has more bytes, than its organisation takes`() {
        val whole = Bitmap.createBitmap(4_000, 3_000, Bitmap.Config.ARGB_8888)
        val dots = java.util.Random(1)
        for (x in 0 until 4_000 step 4) for (y in 0 until 3_000 step 4) whole.setPixel(x, y, dots.nextInt() or Color.BLACK)
        val taken = ByteArrayOutputStream().also { whole.compress(Bitmap.CompressFormat.JPEG, 90, it) }.toByteArray()
        val photo = checkNotNull(fitting(taken, PictureLimit(1_280u, 10_000_000u)))
        val size = BitmapFactory.decodeByteArray(photo, 0, photo.size)
        assertEquals(1_280 to 960, size.width to size.height)
        val smaller = checkNotNull(fitting(taken, PictureLimit(1_280u, (photo.size / 2).toULong())))
        assertTrue("${smaller.size} of ${photo.size}", smaller.size <= photo.size / 2)
        assertEquals(1_280, BitmapFactory.decodeByteArray(smaller, 0, smaller.size).width)
        assertNull("nothing is handed over that would be refused", fitting(taken, PictureLimit(1_280u, 100u)))
    }

    @Test
    fun `leave to say what is due is asked for once there is something`() {
        val activity = Robolectric.buildActivity(Activity::class.java).setup().get()
        val phone = AndroidPhone(app, CoroutineScope(Dispatchers.Default)).apply { shown(activity) }
        phone.remind(emptyList(), 0)
        assertNull(shadowOf(activity).lastRequestedPermission)
        phone.remind(listOf(1_000L), 1)
        assertEquals(listOf(POST_NOTIFICATIONS), shadowOf(activity).lastRequestedPermission.requestedPermissions.toList())
    }

    /** Another reader than the core's: what it can read the core has before it. */
    private fun read(sight: LumaFrame?): String? = sight?.run {
        val (w, h) = width.toInt() to height.toInt()
        MultiFormatReader().decode(BinaryBitmap(HybridBinarizer(PlanarYUVLuminanceSource(bytes, stride.toInt(), h, 0, 0, w, h, false)))).text
    }

    @Test
    fun `a bar code and a QR code can be read from what the camera saw`() {
        assertEquals("frontline://enrol?server=a&code=b", read(luma(code("frontline://enrol?server=a&code=b", BarcodeFormat.QR_CODE), 1_000)))
        assertEquals(List(2) { "5601234567885" }, asked(listOf(CAMERA), { it.sight() }, take(code("5601234567885", BarcodeFormat.EAN_13))).map { read(it) })
        assertFalse(Files.picture(app).exists())
        val white = ByteArrayOutputStream().also { Bitmap.createBitmap(40, 30, Bitmap.Config.ARGB_8888).apply { eraseColor(Color.WHITE) }.compress(Bitmap.CompressFormat.PNG, 90, it) }
        val seen = checkNotNull(luma(white.toByteArray(), 1_000))
        assertEquals(listOf(40u, 30u, 40u), listOf(seen.width, seen.height, seen.stride))
        assertTrue("white is no grey: ${seen.bytes.toSet()}", seen.bytes.all { it.toUByte() == 255.toUByte() })
        assertNull(luma("no picture".toByteArray(), 1_000))
    }

    @Test
    fun `the place is the first that is good enough`() {
        val manager = app.getSystemService(Context.LOCATION_SERVICE) as LocationManager
        shadowOf(manager).setProviderEnabled(LocationManager.GPS_PROVIDER, true)
        val fix = asked(listOf(ACCESS_FINE_LOCATION), { it.place() }) { _, _ ->
            val end = System.nanoTime() + 20_000_000_000
            while (shadowOf(manager).getRequestLocationUpdateListeners().isEmpty() && System.nanoTime() < end) Thread.sleep(10)
            for (within in listOf(400f, 11.2f)) shadowOf(manager).simulateLocation(Location(LocationManager.GPS_PROVIDER).apply {
                latitude = 51.5
                longitude = -0.1
                accuracy = within
                time = System.currentTimeMillis()
                elapsedRealtimeNanos = System.nanoTime()
            })
        }
        assertEquals(12 to false, fix?.run { withinM to mock })
    }

    @Test
    fun `a place that an app made up is told as one`() {
        val manager = app.getSystemService(Context.LOCATION_SERVICE) as LocationManager
        shadowOf(manager).setProviderEnabled(LocationManager.GPS_PROVIDER, true)
        val fix = asked(listOf(ACCESS_FINE_LOCATION), { it.place() }) { _, _ ->
            val end = System.nanoTime() + 20_000_000_000
            while (shadowOf(manager).getRequestLocationUpdateListeners().isEmpty() && System.nanoTime() < end) Thread.sleep(10)
            shadowOf(manager).simulateLocation(Location(LocationManager.GPS_PROVIDER).apply {
                accuracy = 5f
                time = System.currentTimeMillis()
                elapsedRealtimeNanos = System.nanoTime()
                isMock = true
            })
        }
        assertEquals(true, fix?.mock)
    }

    @Test
    fun `others read what was carried out, by its name alone, and change nothing`() {
        val provider = Robolectric.setupContentProvider(Files::class.java)
        val file = File(Files.carriedOut(app), "unsent.frontline").apply { writeText("sealed") }
        val uri = Files.uri(app, file)
        assertEquals("sealed", read(provider.openFile(uri, "rw")))
        assertThrows(IOException::class.java) { FileOutputStream(provider.openFile(uri, "rw").fileDescriptor).write(1) }
        for (path in listOf("keys", "../keys", "..%2Fkeys")) assertThrows(FileNotFoundException::class.java) {
            provider.openFile(android.net.Uri.parse("content://${app.packageName}.files/$path"), "r")
        }
        val row = provider.query(uri, null, null, null, null)
        assertTrue(row.moveToFirst())
        assertEquals("unsent.frontline", row.getString(0))
    }

    private fun read(from: android.os.ParcelFileDescriptor) = android.os.ParcelFileDescriptor.AutoCloseInputStream(from).use { it.reader().readText() }

    @Test
    fun `a file is handed on by the system's own choice, readable for whoever is chosen`() {
        val phone = AndroidPhone(app, CoroutineScope(Dispatchers.Default))
        val file = runBlocking { phone.fileFor("unsent.frontline") }
        File(file).writeText("sealed")
        assertTrue(file in phone.carriedOut())
        assertNotEquals(file, runBlocking { phone.fileFor("unsent.frontline") })
        phone.handOn(file)
        val send = shadowOf(app).nextStartedActivity.getParcelableExtra<Intent>(Intent.EXTRA_INTENT)
        assertEquals(Intent.ACTION_SEND, send?.action)
        assertTrue(checkNotNull(send).flags and Intent.FLAG_GRANT_READ_URI_PERMISSION != 0)
    }
}

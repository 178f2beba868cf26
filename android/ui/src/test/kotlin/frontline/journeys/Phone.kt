package frontline.journeys

import androidx.compose.runtime.CompositionLocalProvider
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.saveable.LocalSaveableStateRegistry
import androidx.compose.runtime.saveable.SaveableStateRegistry
import androidx.compose.runtime.setValue
import androidx.compose.ui.graphics.toComposeImageBitmap
import frontline.core.Device
import frontline.ffi.NetworkKind
import frontline.ffi.Platform
import frontline.model.App
import frontline.model.En
import frontline.model.Strings
import frontline.model.api.Fix
import frontline.model.api.Phone
import frontline.ui.LocalMotion
import frontline.ui.LocalPictures
import frontline.ui.LocalZone
import frontline.ui.Root
import java.io.File
import java.time.ZoneId
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Job
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.SupervisorJob
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.runBlocking

/** A phone without a screen of glass: its camera gives one picture, its network goes when it is told. */
class TestPhone : Phone, Platform {
    override val online = MutableStateFlow(true)
    val keys = mutableMapOf<String, ByteArray>()
    var scanned: String? = null
    var kiosk = false
    var reminded = 0
    val folder: File = kotlin.io.path.createTempDirectory("phone").toFile()

    /** What was asked of the last picture. */
    var asked: frontline.ffi.PictureLimit? = null
    override suspend fun photo(album: Boolean, most: frontline.ffi.PictureLimit): ByteArray = java.util.Base64.getDecoder().decode(PICTURE).also { asked = most }
    override suspend fun sight() = listOfNotNull(scanned?.let(::coded))
    var fix = Fix(51.5, -0.1, 12)
    override suspend fun place() = fix

    /** What its microphone gives, and why it ends by itself; null: somebody stops it. */
    var spoken: ByteArray? = Phone::class.java.getResourceAsStream("/spoken.m4a")?.readBytes()
    var recordingEnds: kotlinx.coroutines.CompletableDeferred<frontline.model.api.RecordingEnd>? = null
    override suspend fun record(mostMs: Int, stop: Job, begun: () -> Unit): frontline.model.api.Recorded {
        val ends = kotlinx.coroutines.CompletableDeferred<frontline.model.api.RecordingEnd>().also { recordingEnds = it }
        if (spoken == null) return frontline.model.api.Recorded(null, frontline.model.api.RecordingEnd.REFUSED)
        stop.invokeOnCompletion { ends.complete(frontline.model.api.RecordingEnd.STOPPED) }
        begun()
        return frontline.model.api.Recorded(spoken, ends.await())
    }
    val played = mutableListOf<Int>()
    override suspend fun play(sound: ByteArray): Boolean {
        played += sound.size
        kotlinx.coroutines.delay(300)
        return true
    }
    val filmed = mutableListOf<String>()
    override suspend fun film(video: ByteArray, name: String): Boolean {
        filmed += name
        return true
    }
    override suspend fun fileFor(name: String) = File(folder, "${System.nanoTime()}-$name").path
    val handedOn = mutableListOf<String>()
    override fun carriedOut() = folder.listFiles().orEmpty().filter { it.name.endsWith(".frontline") }.map { it.path }
    override fun handOn(file: String) {
        handedOn += file
    }
    override val link = MutableStateFlow<String?>(null)
    var waits = false
    override fun sendLater(waits: Boolean) {
        this.waits = waits
    }
    override fun kiosk(on: Boolean) {
        kiosk = on
    }
    override fun remind(at: List<Long>, count: Int) {
        reminded = count
    }
    var restarted = false
    override fun restart() {
        restarted = true
    }
    override fun secret(name: String) = keys[name]
    override fun keepSecret(name: String, bytes: ByteArray) {
        keys[name] = bytes
    }
    override fun forgetSecret(name: String) {
        keys.remove(name)
    }
    override fun deviceModel() = "test"
    override fun storageFree() = 12_300_000_000uL
    override fun log(line: String) = println(line)
    override fun network() = if (online.value) NetworkKind.UNMETERED else NetworkKind.NONE

    private companion object {
        const val PICTURE = "iVBORw0KGgoAAAANSUhEUgAAAAIAAAACCAIAAAD91JpzAAAAEElEQVR4nGNQSFgARAwQCgAdjgSBQe+XXgAAAABJRU5ErkJggg=="
    }
}

/** A camera's picture with a code in it: digits as a bar code, anything else as a QR code. */
private fun coded(text: String): frontline.ffi.LumaFrame {
    val digits = text.all(Char::isDigit)
    val format = if (digits) com.google.zxing.BarcodeFormat.EAN_13 else com.google.zxing.BarcodeFormat.QR_CODE
    // Small: a core that is built for debugging looks no longer than the phone's.
    val bits = com.google.zxing.MultiFormatWriter().encode(text, format, 240, if (digits) 100 else 240)
    val grey = ByteArray(bits.width * bits.height) { if (bits[it % bits.width, it / bits.width]) 20 else 230.toByte() }
    return frontline.ffi.LumaFrame(grey, bits.width.toUInt(), bits.height.toUInt(), bits.width.toUInt())
}

/** The app on it: opened, ended by the system, opened again. As the outer rule it shuts the store after the screens have gone. */
class Running(val phone: TestPhone = TestPhone()) : org.junit.rules.ExternalResource() {
    private val test = Thread.currentThread()
    private val store get() = File(phone.folder, "store").path

    /** Calls of the core from the thread that draws fail in the door itself; the test's own thread is one that draws. */
    private fun open() = runBlocking(Dispatchers.Default) {
        Device.open(store, phone, "en") { java.awt.EventQueue.isDispatchThread() || Thread.currentThread() === test }
    }

    private var device = open()
    private var scope = CoroutineScope(SupervisorJob() + Dispatchers.Default)
    var app by mutableStateOf(App(device, phone, scope))
    private var registry by mutableStateOf(SaveableStateRegistry(null) { true })

    /** Another life is another app on the screen; its hash stays, for what was saved is found again by it. */
    private class Life {
        override fun hashCode() = 1
        override fun equals(other: Any?) = this === other
    }

    private var life by mutableStateOf(Life())

    /** The system's way back, where there is one: outside of the app otherwise. */
    var back: (() -> Unit)? = null
        private set
    private var saved: Map<String, List<Any?>>? = null
    private var away by mutableStateOf(false)

    /** What the system does to an app that is not in use: the screens go, then the process. */
    fun end() {
        saved = registry.performSave()
        away = true
    }

    /** What was saved comes back. */
    fun reopen() {
        shut()
        device = open()
        lost = false
        scope = CoroutineScope(SupervisorJob() + Dispatchers.Default)
        registry = SaveableStateRegistry(saved) { true }
        app = App(device, phone, scope)
        life = Life()
        away = false
    }

    /** As after a restore by another maker's tool: the store is there, its key is not. */
    fun loseKey() {
        shut()
        phone.keys.clear()
        lost = true
    }

    private var lost = false

    /** The app from its very start, as the activity shows it. */
    @androidx.compose.runtime.Composable
    fun Begun() = frontline.ui.Start(phone, ::opened, { by ->
        Device.recover(store, phone, by) { false }
        frontline.model.load { opened().core.sync { enrol(by.server, by.code) } }
    }, En, false)

    private suspend fun opened(): App {
        if (!lost) return app
        device = Device.open(store, phone, "en") { false }
        scope = CoroutineScope(SupervisorJob() + Dispatchers.Default)
        lost = false
        return App(device, phone, scope).also { app = it }
    }

    private fun shut() {
        if (lost) return
        runBlocking { scope.coroutineContext[Job]?.cancelAndJoin() }
        device.close()
    }

    override fun after() {
        shut()
        phone.folder.deleteRecursively()
    }

    @androidx.compose.runtime.Composable
    fun Screen(strings: Strings = En, dark: Boolean = false, fontScale: Float? = null) {
        if (!away) androidx.compose.runtime.key(life) {
            CompositionLocalProvider(
                LocalSaveableStateRegistry provides registry, LocalMotion provides false, LocalZone provides ZoneId.of("Europe/London"),
                LocalPictures provides { bytes -> org.jetbrains.skia.Image.makeFromEncoded(bytes).toComposeImageBitmap() },
            ) { Root(app, strings, dark, fontScale) { enabled, onBack -> back = onBack.takeIf { enabled } } }
        }
    }

    /** Enrols without the screens: what a journey is not about. */
    fun enrol(vararg people: String) = runBlocking(Dispatchers.Default) {
        for (person in people) app.core.sync { enrol(Company.server, Company.code(person)) }
        app.core.sync { now(null) }
        app.core.people { switchTo(people.first(), null) }
        app.session.refresh()
    }

    fun <T> ask(what: suspend frontline.model.api.Core.() -> T): T = runBlocking(Dispatchers.Default) { app.core.what() }
}

package frontline.driver

import frontline.ffi.Frontline
import frontline.ffi.FrontlineException
import frontline.ffi.NetworkKind
import frontline.ffi.Platform
import frontline.ffi.PlatformException
import frontline.ffi.StoryPhone
import kotlinx.coroutines.runBlocking

/** A phone in a terminal: its key lies beside its store, and the story says what network there is. */
class Terminal : Platform {
    @Volatile var kind = NetworkKind.UNMETERED

    override fun secret(name: String): ByteArray? = null
    override fun keepSecret(name: String, bytes: ByteArray): Unit = throw PlatformException.Failed("a story keeps its key itself")
    override fun forgetSecret(name: String) = Unit
    override fun deviceModel() = "terminal"
    override fun storageFree(): ULong? = null
    override fun network() = kind
    override fun log(line: String) = System.err.println(line)
}

private val networks = mapOf("none" to NetworkKind.NONE, "metered" to NetworkKind.METERED, "unmetered" to NetworkKind.UNMETERED)

private fun seed(said: Any?): ULong = said as? ULong ?: (said as? Long ?: 7L).toULong()

/** A phone of a story, through the surface's Kotlin face. */
class Phone(val dir: String, clock: Json) {
    private val platform = Terminal()
    val story = StoryPhone(dir, seed(clock["seed"]), platform)
    var app: Frontline? = null
        private set
    private var news: FrontlineException? = null
    private val verbs = Verbs(this)

    init {
        setClock(clock)
        try {
            wake()
        } catch (told: FrontlineException.StorageCorrupt) {
            // Said once, at the next line; it goes on with what was taken over.
            wake()
            news = told
        } catch (_: FrontlineException) {
            // It says so at each line, until it is recovered or the app is updated.
        }
    }

    fun setClock(clock: Json) =
        story.setClock(Line(clock).count("wall_ms"), Line(clock).count("mono_ms").coerceAtLeast(0).toULong())

    private fun wake() {
        if (app == null) app = story.open()
    }

    fun shut() {
        app?.shut()
        app?.destroy()
        app = null
    }

    fun network(name: String) {
        platform.kind = networks[name] ?: throw Invalid("network", "choice", "a network is unmetered, metered or none")
    }

    fun call(said: Json): Json {
        story.captured()
        return try {
            answer(said)
        } catch (e: Invalid) {
            obj("ok" to false, "error" to "invalid", "field" to e.field, "rule" to e.rule, "message" to e.message)
        } catch (e: FrontlineException.StorageCorrupt) {
            metJustNow(e)
        } catch (e: FrontlineException) {
            error(e)
        }
    }

    /** Opening the store anew sets it aside. */
    private fun metJustNow(e: FrontlineException.StorageCorrupt): Json {
        if (e.keptAt == "store.db") {
            shut()
            try {
                wake()
            } catch (told: FrontlineException) {
                return error(told)
            }
        }
        return error(e)
    }

    private fun answer(said: Json): Json {
        val line = Line(said)
        val out = if (said["do"] == "device.recover") recover(line) else {
            tell(said)
            verbs.act(line)
        }
        return obj("ok" to true) + out + there("captured" to story.captured())
    }

    /** What is to be said before anything else. */
    private fun tell(said: Json) {
        try {
            wake()
        } catch (e: FrontlineException.Invalid) {
            // What a newer app wrote can be carried out all the same.
            if (e.field != "store" || e.rule != "newer" || said["do"] != "device.export") throw e
        }
        news?.let {
            news = null
            throw it
        }
    }

    private fun recover(line: Line): Json {
        val server = line.text("server")
        val code = line.text("code")
        line.end()
        if (app == null) runBlocking { story.recover(server, code) }
        tell(obj())
        return verbs.enrol(Line(obj("server" to server, "code" to code)))
    }
}

/** JSON lines in, JSON lines out, as `frontline device do --story`. Usage: frontline.driver.DriverKt --data DIR */
fun main(args: Array<String>) {
    val dir = args[args.indexOf("--data") + 1]
    var phone: Phone? = null
    val out = System.out.writer(Charsets.UTF_8)
    System.`in`.bufferedReader(Charsets.UTF_8).forEachLine { text ->
        @Suppress("UNCHECKED_CAST")
        val said = read(text) as Json
        val answer = if (said["do"] == "clock.set") {
            (phone ?: Phone(dir, said).also { phone = it }).setClock(said)
            obj("ok" to true)
        } else {
            phone!!.call(said)
        }
        out.write(written(answer) + "\n")
        out.flush()
    }
    phone?.shut()
    // Threads of the core may be amid a word to Kotlin: nothing waits for them.
    Runtime.getRuntime().halt(0)
}

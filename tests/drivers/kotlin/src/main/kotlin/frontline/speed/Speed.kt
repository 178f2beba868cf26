package frontline.speed

import frontline.driver.Json
import frontline.driver.read
import frontline.driver.written
import frontline.ffi.AnswerDraft
import frontline.ffi.FfiConverterTypeRunPage
import frontline.ffi.Frontline
import frontline.ffi.Given
import frontline.ffi.NetworkKind
import frontline.ffi.Observer
import frontline.ffi.OpenDraft
import frontline.ffi.PageAsked
import frontline.ffi.RunsAsked
import frontline.ffi.Platform
import frontline.ffi.PlatformException
import frontline.ffi.Procedures
import frontline.ffi.Source
import frontline.ffi.Topic
import frontline.ffi.use
import frontline.lifetime.memory
import java.io.File
import java.nio.ByteBuffer
import kotlin.math.roundToLong

/** A phone in a terminal whose key lies beside its store; on a phone the system has it. */
private class Beside(dir: File) : Platform {
    private val key = File(dir, "key").readBytes()

    override fun secret(name: String): ByteArray? = key.takeIf { name == "store" }
    override fun keepSecret(name: String, bytes: ByteArray): Unit = throw PlatformException.Failed("the key is there")
    override fun forgetSecret(name: String) = Unit
    override fun deviceModel() = "terminal"
    override fun storageFree(): ULong? = null
    override fun network() = NetworkKind.NONE
    override fun log(line: String) = System.err.println(line)
}

private object Deaf : Observer {
    override fun changed(topic: Topic, ids: List<String>, origin: Source) = Unit
}

private fun opened(dir: File, platform: Platform) = Frontline.open(OpenDraft(dir.path, "en"), platform)

/** What an app asks before its first frame: who is there, how the phone stands, and the day. */
private fun Frontline.firstFrame(): Int {
    sync().use { it.status() }
    people().use { it.me(); it.list(PageAsked(null, 200u)) }
    return today().items.size
}

/** So often, after so much warming up that the machine's compiler has nothing left to do: the middle, and what one in twenty is below and above of, ms. */
private fun timed(times: Int, warmSeconds: Int, what: (Int) -> Unit): Triple<Double, Double, Double> {
    val end = System.nanoTime() + warmSeconds * 1_000_000_000L
    var n = 0
    while (System.nanoTime() < end) what(n++)
    val took = List(times) {
        val start = System.nanoTime()
        what(n++)
        (System.nanoTime() - start) / 1e6
    }.sorted()
    return Triple(took[times / 2], took[times / 20], took[times * 19 / 20])
}

/**
 * What the surface costs on the JVM, over the stores that `frontline bench ffi held` measured and left, each figure beside
 * Rust's of that run. Nothing fails on time. Usage: frontline.speed.SpeedKt STORES RUST.json OUT.json [SECONDS of warming up]
 */
fun main(args: Array<String>) {
    val (stores, rust, out) = args
    val warm = args.getOrNull(3)?.toInt() ?: 5
    @Suppress("UNCHECKED_CAST")
    val theirs = read(File(rust).readText()) as Json
    val figures = linkedMapOf<String, Any?>()
    fun tell(name: String, value: Double) {
        figures[name] = (value * 1_000).roundToLong() / 1_000.0
        println("%-28s %s".format(name, figures[name]))
    }
    fun tell(name: String, took: Triple<Double, Double, Double>, beside: String) {
        tell("jvm_${name}_ms", took.first)
        tell("jvm_${name}_p05_ms", took.second)
        tell("jvm_${name}_p95_ms", took.third)
        (theirs[beside] as? Double)?.let { tell("jvm_${name}_ratio", took.first / it) }
    }
    tell("jvm_rss_empty_mib", memory())

    val runs = File(stores, "runs")
    // Nobody listens here, as nobody does where Rust is measured.
    opened(runs, Beside(runs)).use { app ->
        fun <T> procedures(ask: (Procedures) -> T) = app.procedures().use(ask)
        fun page() = procedures { it.runs(RunsAsked(page = PageAsked(null, 50u))) }
        tell("jvm_call_us", timed(2_001, warm) { app.procedures().close() }.first * 1_000)
        tell("page", timed(501, warm) { page() }, "ffi_page_ms")
        // Of it, what reading the bytes takes.
        val bytes = ByteBuffer.allocate(1 shl 16).also { FfiConverterTypeRunPage.write(page(), it) }.array()
        tell("jvm_page_read_us", timed(2_001, warm) { FfiConverterTypeRunPage.read(ByteBuffer.wrap(bytes)) }.first * 1_000)
        tell("today", timed(201, warm) { app.today() }, "ffi_today_ms")
        val run = procedures { it.start("opening-checks") }
        fun answer(item: String, value: Given) = procedures { it.answer(AnswerDraft(run, item, value, null)) }
        // A run grows with what is said in it: warming up reads its screen, and no more is said than where Rust was measured.
        timed(1, warm) { procedures { it.run(run) } }
        tell("tap", timed(41, 0) { answer("entrance-clean", Given.Yes(it % 2 == 0)) }, "ffi_tap_ms")
        tell("typed", timed(41, 0) { answer("extinguishers", Given.Number("${it % 40}")) }, "ffi_tap_ms")
        tell("jvm_rss_runs_mib", memory())
        app.shut()
    }

    val year = File(stores, "year")
    val platform = Beside(year)
    val open = timed(41, warm) { opened(year, platform).use { it.shut() } }
    tell("open", open, "ffi_first_open_ms")
    tell("first", timed(41, warm) { opened(year, platform).use { app -> app.subscribe(Deaf).use { app.firstFrame() }; app.shut() } }, "ffi_first_ms")
    tell("jvm_rss_year_mib", memory())
    File(out).writeText(written(figures) + "\n")
    Runtime.getRuntime().halt(0)
}

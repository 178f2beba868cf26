package frontline.lifetime

import frontline.driver.Terminal
import frontline.ffi.FeedbackDraft
import frontline.ffi.Frontline
import frontline.ffi.Observer
import frontline.ffi.PageAsked
import frontline.ffi.Source
import frontline.ffi.StoryPhone
import frontline.ffi.Topic
import frontline.ffi.use
import java.io.File
import java.util.concurrent.atomic.AtomicInteger
import kotlin.system.exitProcess
import kotlinx.coroutines.runBlocking

/** What the tests are given: a folder for stores, a server behind a relay, the file that makes the relay silent, codes. */
class Given(words: Array<String>) {
    private val all = words.toList().chunked(2).associate { (key, value) -> key to value }
    private fun word(key: String) = all[key] ?: throw IllegalArgumentException("say $key")
    val data = File(word("--data"))
    val server = word("--server")
    val silent = File(word("--silent"))
    val codes = word("--codes").split(',')
    val openings = word("--openings").toInt()
}

/** A phone whose clock is the machine's: it speaks with a real server. */
class Held(val dir: File, seed: ULong) {
    val story = StoryPhone(dir.path, seed, Terminal()).also { it.setClock(System.currentTimeMillis(), 1_000u) }

    fun <T> open(work: (Frontline) -> T): T = story.open().use { app ->
        try {
            work(app)
        } finally {
            app.shut()
        }
    }
}

/** Counts what it is told, and does something with it. */
open class Told(private val then: (Topic) -> Unit = {}) : Observer {
    val calls = AtomicInteger()
    override fun changed(topic: Topic, ids: List<String>, origin: Source) {
        calls.incrementAndGet()
        then(topic)
    }
}

fun Frontline.give(): String = feedback().use { service ->
    val at = service.touchpoints(PageAsked()).items.first { it.mayCapture }
    service.give(FeedbackDraft(touchpoint = at.id, score = 3))
}

fun Frontline.given(): Int = feedback().use { service ->
    var (rows, after) = 0 to null as String?
    do {
        val page = service.list(PageAsked(after, 200u))
        rows += page.items.size
        after = page.next
    } while (after != null)
    rows
}

private fun figure(key: String) = File("/proc/self/status").readLines().first { it.startsWith("$key:") }.filter(Char::isDigit).toLong()
fun memory(): Double = figure("VmRSS") / 1024.0
fun threads(): Long = figure("Threads")

fun must(holds: Boolean, why: () -> String) {
    if (!holds) throw AssertionError(why())
}

/** Waits for what another thread does, five seconds at most. */
fun wait(what: String, holds: () -> Boolean) {
    val until = System.nanoTime() + 5_000_000_000
    while (!holds()) {
        must(System.nanoTime() < until) { "in five seconds not: $what" }
        Thread.sleep(2)
    }
}

/** Holds also for what has no end: a call that does not come back fails the test, not its reader's patience. */
fun <T> within(seconds: Long, what: String, work: () -> T): T {
    var out: Result<T>? = null
    val thread = Thread { out = runCatching(work) }.apply { isDaemon = true; start(); join(seconds * 1000) }
    must(!thread.isAlive) { "in $seconds seconds not: $what; it waits at ${thread.stackTrace.firstOrNull()}" }
    return out!!.getOrThrow()
}

fun main(words: Array<String>) {
    val given = Given(words)
    var failed = 0
    fun part(name: String, work: () -> String) {
        val start = System.nanoTime()
        val said = runCatching(work)
        if (said.isFailure) failed += 1
        val took = "%.1f s".format((System.nanoTime() - start) / 1e9)
        println("kotlin, $name: " + said.fold({ "$it; $took" }, { "FAILED: $it; $took" }))
        said.exceptionOrNull()?.takeIf { it !is AssertionError }?.printStackTrace()
    }
    val phone = Held(File(given.data, "phone"), 7u)
    phone.open { app ->
        runBlocking {
            app.sync().use { it.enrol(given.server, given.codes[0]); it.now() }
        }
    }
    part("subscriptions") { subscriptions(phone) }
    part("openings") { openings(phone, given.openings) }
    part("observers") { observers(phone) }
    part("shutting") { shutting(phone) }
    part("cancelled syncs") { cancelledSyncs(phone, given) }
    part("cancelled enrolments") { cancelledEnrolments(given) }
    part("two threads") { twoThreads(phone) }
    part("a panic") { panic(phone) }
    exitProcess(if (failed == 0) 0 else 1)
}

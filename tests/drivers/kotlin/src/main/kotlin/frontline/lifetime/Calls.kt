package frontline.lifetime

import frontline.ffi.AnswerDraft
import frontline.ffi.CapturedOf
import frontline.ffi.Control
import frontline.ffi.Frontline
import frontline.ffi.FrontlineException
import frontline.ffi.PageAsked
import frontline.ffi.RunsAsked
import frontline.ffi.SyncEnded
import frontline.ffi.use
import java.io.File
import java.util.concurrent.atomic.AtomicInteger
import kotlin.concurrent.thread
import kotlin.random.Random
import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.delay
import kotlinx.coroutines.launch
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.withTimeout

/** Begins it and no longer waits for it after up to 50 ms: how many were cancelled, came to their end, and failed. */
private class Ends {
    private val chance = Random(7)
    private val all = java.util.TreeMap<String, Int>()
    override fun toString() = all.entries.joinToString { "${it.value} ${it.key}" }
    fun of(kind: String) = all[kind] ?: 0

    /** Where nothing comes back, none has another end. */
    fun allCut() = all.keys.all { it == "cancelled" || it == "never begun" } && of("cancelled") > 50

    fun cut(work: suspend () -> Unit) = runBlocking {
        var end = "never begun"
        val job = launch(Dispatchers.Default) {
            try {
                work()
                end = "at their end"
            } catch (e: CancellationException) {
                end = "cancelled"
                throw e
            } catch (e: FrontlineException) {
                end = "told ${e.javaClass.simpleName}"
            }
        }
        delay(chance.nextLong(51))
        withTimeout(2_000) { job.cancelAndJoin() }
        all.merge(end, 1, Int::plus)
    }
}

fun cancelledSyncs(phone: Held, given: Given): String = phone.open { app ->
    val (real, dead) = Ends() to Ends()
    repeat(200) {
        app.give()
        real.cut { app.sync().use { it.now() } }
    }
    given.silent.createNewFile()
    repeat(100) { dead.cut { app.sync().use { it.now() } } }
    given.silent.delete()
    must(dead.allCut()) { "against a server that says nothing: $dead" }
    must(real.of("cancelled") > 0) { "none was cut amid: $real" }
    wholeAfter(phone, app)
    "200 with a server: $real; 100 with one that says nothing: $dead; then all was sent, once"
}

/** It syncs to its end, the server has each thing once, and the store is as it should be. */
private fun wholeAfter(phone: Held, app: Frontline) {
    val now = { runBlocking { withTimeout(30_000) { app.sync().use { it.now() } } } }
    // What may be asked about comes with the first one.
    now()
    app.give()
    val report = now()
    must(report.ended == SyncEnded.COMPLETE && report.unsent == 0uL) { "the sync after it: $report" }
    val status = app.sync().use { it.status() }
    must(status.stored == captured(app).toULong()) { "${status.stored} stored of ${captured(app)}" }
    must(phone.story.check(app).problems.isEmpty()) { "the store has problems: ${phone.story.check(app).problems}" }
}

private fun captured(app: Frontline): Int = app.sync().use { service ->
    var (rows, after) = 0 to null as String?
    do {
        val page = service.captured(CapturedOf.EVERYTHING, PageAsked(after, 200u))
        rows += page.items.size
        after = page.next
    } while (after != null)
    rows
}

/** A code is good once: what was cut may have used it up. The first one may, too: what was held passes on in the end. */
fun cancelledEnrolments(given: Given): String {
    val (real, dead) = Ends() to Ends()
    val codes = given.codes.drop(1)
    Held(File(given.data, "silent"), 8u).open { app ->
        given.silent.createNewFile()
        repeat(100) { dead.cut { app.sync().use { it.enrol(given.server, codes[0]) } } }
        given.silent.delete()
        must(dead.allCut()) { "against a server that says nothing: $dead" }
    }
    var again = 0
    codes.drop(1).dropLast(1).forEachIndexed { n, code ->
        val phone = Held(File(given.data, "cut-$n"), 100uL + n.toULong())
        phone.open { app ->
            real.cut { app.sync().use { it.enrol(given.server, code) } }
            if (app.sync().use { it.status() }.device == null) {
                val done = runCatching { runBlocking { app.sync().use { it.enrol(given.server, code) } } }
                if (done.isSuccess) again += 1
            }
            must(phone.story.check(app).problems.isEmpty()) { "the store has problems" }
        }
    }
    val phone = Held(File(given.data, "silent"), 8u)
    phone.open { app ->
        runBlocking { app.sync().use { it.enrol(given.server, codes.last()) } }
        wholeAfter(phone, app)
    }
    return "100 with a server that says nothing: $dead; ${codes.size - 2} with one: $real, $again of them enrolled by the same code again"
}

/** One writes, one reads, as fast as they can. */
fun twoThreads(phone: Held, count: Int = 300): String = phone.open { app ->
    val run = app.procedures().use { it.start("fridge-log") }
    val items = app.procedures().use { it.run(run) }.sections.flatMap { it.items }.filter { it.control == Control.NUMBER && it.enabled }
    must(items.isNotEmpty()) { "the run asks for no number" }
    val before = app.given()
    val faults = java.util.concurrent.ConcurrentLinkedQueue<Throwable>()
    val (lists, done) = AtomicInteger() to AtomicInteger()
    val reader = thread {
        runCatching {
            while (done.get() == 0) {
                app.procedures().use { it.runs(RunsAsked(page = PageAsked())); it.run(run) }
                app.given()
                app.sync().use { it.status() }
                app.today()
                lists.addAndGet(5)
            }
        }.onFailure(faults::add)
    }
    runCatching {
        repeat(count) { n ->
            app.give()
            val item = items[n % items.size]
            app.procedures().use { it.answer(AnswerDraft(run, item.id, frontline.ffi.Given.Number("${n % 5}"))) }
        }
    }.onFailure(faults::add)
    done.set(1)
    within(10, "the reader ends") { reader.join() }
    must(faults.isEmpty()) { "it threw ${faults.first()}" }
    must(app.given() == before + count) { "${app.given() - before} of $count were kept" }
    val held = app.procedures().use { it.run(run) }.sections.flatMap { it.items }.first { it.id == items[(count - 1) % items.size].id }
    must(held.answer == frontline.ffi.Answer.Number("${(count - 1) % 5}")) { "the last answer is ${held.answer}" }
    must(phone.story.check(app).problems.isEmpty()) { "the store has problems: ${phone.story.check(app).problems}" }
    "${2 * count} writes beside $lists lists, all kept"
}

/** A fault inside a write is an error of that call; the write is rolled back, and the store goes on. */
fun panic(phone: Held): String = phone.open { app ->
    val before = app.sync().use { it.status() } to app.given()
    val references = List(3) {
        val e = runCatching { phone.story.panicWithin(app) }.exceptionOrNull()
        must(e is FrontlineException.Internal && Regex("[0-9a-f]{8}").matches(e.reference)) { "it threw $e" }
        (e as FrontlineException.Internal).reference
    }
    val after = app.sync().use { it.status() } to app.given()
    must(after == before) { "something of the torn write stayed: $before, then $after" }
    app.give()
    must(app.given() == before.second + 1) { "nothing can be written after it" }
    must(phone.story.check(app).problems.isEmpty()) { "the store has problems" }
    "told as Internal ${references.toSet().single()}, nothing of it stayed, and the store goes on"
}

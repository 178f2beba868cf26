package frontline.lifetime

import frontline.ffi.Observer
import frontline.ffi.Source
import frontline.ffi.Topic
import frontline.ffi.use
import java.util.concurrent.atomic.AtomicInteger

/** The most that a loop may leave in memory beside Java's heap, which is all there from the start and ends the test when it is full. */
private const val MIB = 20.0

/** An observer that is missed where it is kept: ten thousand of them are more than the whole heap. */
private class Heavy(private val calls: AtomicInteger) : Observer {
    val weight = ByteArray(10_240)
    override fun changed(topic: Topic, ids: List<String>, origin: Source) {
        calls.addAndGet(weight.size)
    }
}

/** Subscribed and dropped, in both ways that there are. Who was dropped is told nothing; who stayed is. */
fun subscriptions(phone: Held, count: Int = 10_000): String = phone.open { app ->
    val dropped = AtomicInteger()
    var warm = 0.0
    for (n in 1..count) {
        val subscription = app.subscribe(Heavy(dropped))
        if (n % 2 == 0) subscription.end()
        subscription.close()
        if (n == count / 10) warm = settled()
    }
    val end = settled()
    val stayed = Told()
    app.subscribe(stayed).use {
        app.give()
        wait("the one that stayed is told") { stayed.calls.get() > 0 }
    }
    must(dropped.get() == 0) { "who was dropped was told something" }
    must(end - warm < MIB) { "memory grew from %.1f to %.1f MiB over $count".format(warm, end) }
    "$count begun and dropped, nothing told after; memory %.1f MiB after the first ${count / 10}, %.1f at the end".format(warm, end)
}

/** The same store opened and closed. */
fun openings(phone: Held, count: Int): String {
    var done = 0
    val once = {
        phone.open { app ->
            val subscription = app.subscribe(Heavy(AtomicInteger()))
            app.sync().use { it.status() }
            // Every other one is dropped by shutting alone.
            if (done % 2 == 0) subscription.close()
        }
        done += 1
    }
    repeat(100) { once() }
    val (warm, warmThreads) = settled() to threads()
    var said = "memory %.1f MiB after 100".format(warm)
    for (mark in listOf(count / 10, count / 2, count)) {
        while (done < mark) once()
        val now = settled()
        said += ", %.1f after $mark".format(now)
        must(now - warm < MIB) { "it grew: $said" }
    }
    val endThreads = threads()
    must(endThreads - warmThreads < 5) { "threads grew from $warmThreads to $endThreads over $done" }
    return "$done; $said; threads $warmThreads, then $endThreads"
}

/** Memory after what is garbage was let go of. */
private fun settled(): Double {
    repeat(3) {
        System.gc()
        Thread.sleep(20)
    }
    return memory()
}

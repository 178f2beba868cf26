package frontline.lifetime

import frontline.ffi.FrontlineException
import frontline.ffi.LockedBy
import frontline.ffi.PageAsked
import frontline.ffi.Subscription
import frontline.ffi.Topic
import frontline.ffi.use
import java.util.concurrent.CompletableFuture
import java.util.concurrent.atomic.AtomicInteger
import kotlin.concurrent.thread

/** Observers that throw and that come back into the core from within what they are told. */
fun observers(phone: Held): String = phone.open { app ->
    val thrower = Told { throw IllegalStateException("an observer's own fault") }
    val after = Told()
    val thrown = app.subscribe(thrower)
    val told = app.subscribe(after)
    repeat(3) { app.give() }
    wait("who comes after one that throws is told as often") { after.calls.get() == thrower.calls.get() && after.calls.get() >= 3 }
    thrown.close()
    told.close()

    // Calls a service, writes, subscribes another, and ends its own subscription, all within the first thing it is told.
    val own = CompletableFuture<Subscription>()
    val later = Told()
    var inner: Subscription? = null
    val again = Told {
        app.sync().use { it.status() }
        app.feedback().use { it.list(PageAsked()) }
        app.give()
        inner = app.subscribe(later)
        own.get().end()
    }
    val count = app.given()
    own.complete(app.subscribe(again))
    app.give()
    wait("the one that was subscribed within is told") { later.calls.get() > 0 && app.given() == count + 2 }
    must(again.calls.get() == 1) { "${again.calls} times told to one that ended its own subscription" }
    inner!!.close()

    // Subscriptions that come and go while things are told.
    val stop = AtomicInteger()
    val noise = thread { while (stop.get() == 0) app.give() }
    val came = AtomicInteger()
    repeat(1_000) { n -> app.subscribe(Told { came.incrementAndGet() }).use { if (n % 4 == 0) Thread.sleep(1) } }
    stop.set(1)
    within(5, "the writer ends") { noise.join() }
    "threw ${thrower.calls} times, the next was told ${after.calls} times; came back into the core from within; " +
        "1000 subscriptions amid writes heard ${came.get()} times"
}

/** Shut while observers are told: it comes back, nothing begins to be told after it, and calls say that it is shut. */
fun shutting(phone: Held, rounds: Int = 10): String {
    var late = 0
    var locked = 0
    repeat(rounds) {
        val app = phone.story.open()
        val refused = AtomicInteger()
        val slow = Told {
            Thread.sleep(50)
            try {
                app.sync().use { it.status() }
            } catch (e: FrontlineException.Locked) {
                must(e.by == LockedBy.SHUT) { "locked by ${e.by}" }
                refused.incrementAndGet()
            }
        }
        // Held, here and below: what nobody holds ends with the next collection of garbage, and nobody is told.
        val heard = app.subscribe(slow)
        repeat(10) { app.give() }
        wait("it is being told") { slow.calls.get() > 0 }
        within(10, "shut comes back while an observer is told") { app.shut() }
        val before = slow.calls.get()
        Thread.sleep(300)
        late = maxOf(late, slow.calls.get() - before)
        locked += refused.get()
        must(runCatching { app.give() }.exceptionOrNull() is FrontlineException.Locked) { "a call after shut did not say so" }
        heard.close()
        app.close()
    }
    // One may have been looked up at that very moment.
    must(late <= 1) { "$late things were begun to be told after shut had come back" }
    // The app is shut from within what is told.
    repeat(rounds) {
        val app = phone.story.open()
        val done = CompletableFuture<Topic>()
        val heard = app.subscribe(Told { app.shut(); app.close(); done.complete(it) })
        runCatching { app.give() }
        within(5, "an observer shuts the app itself") { done.get() }
        heard.close()
    }
    phone.open { app -> must(phone.story.check(app).problems.isEmpty()) { "the store has problems" } }
    return "$rounds times while it was told, $locked calls of observers found it shut, at most $late begun after; $rounds times from within"
}

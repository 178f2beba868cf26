package frontline.model

import frontline.ffi.*
import frontline.model.api.*
import kotlinx.coroutines.*
import kotlinx.coroutines.flow.*

/** Rows read so far, and where the next page begins. */
data class Piece<T>(val items: List<T>, val next: String?)

/**
 * One screen's state, read anew whenever one of its [topics] changed. It decides nothing: what is enabled, due, missing
 * and in which order stands in the records.
 */
abstract class Presenter<S>(val app: App, private vararg val topics: Topic) {
    protected val shown = MutableStateFlow<Load<S>>(Load.Loading)
    val state: StateFlow<Load<S>> = shown
    protected val core: Core get() = app.core

    /** Why the last act was not done; what was typed stays where it is. */
    val problem = MutableStateFlow<Problem?>(null)

    /** An act is under way: its button waits. */
    val busy = MutableStateFlow(false)

    protected abstract suspend fun read(): S
    protected open fun isEmpty(state: S) = false
    protected open suspend fun heard(news: News) = refresh()

    /** An old state stays while a newer one cannot be had: it hides no work. A lock is no such thing. */
    suspend fun refresh() {
        val next = load(::isEmpty) { read() }
        if (next !is Load.Failed || shown.value !is Load.Ready || next.problem is Problem.Locked) shown.value = next
    }

    /** As long as the screen is there. */
    suspend fun live() {
        refresh()
        app.core.news.filter { it.topic in topics }.collect(::heard)
    }

    fun retry() = app.launch { refresh() }

    /** Outlives the screen: what somebody captured is not dropped because they went on to the next one. */
    protected fun act(done: suspend () -> Unit = {}, what: suspend () -> Unit): Job = app.launch {
        busy.value = true
        problem.value = null
        try {
            what()
            done()
        } catch (e: ProblemException) {
            problem.value = e.problem
        } finally {
            busy.value = false
        }
    }

    protected val value: S? get() = shown.value.ready

    /** How many rows of a list are wanted by now: read anew, a list stays as long as somebody made it. */
    private var wanted = 1

    fun more() {
        wanted += ROWS
        retry()
    }

    protected suspend fun <T> rows(least: Int = wanted, page: suspend (PageAsked) -> Piece<T>): Piece<T> {
        var read = page(PageAsked())
        while (read.next != null && read.items.size < least) page(PageAsked(read.next)).let { read = Piece(read.items + it.items, it.next) }
        return read
    }

    private companion object {
        /** As many as a page has. */
        const val ROWS = 50
    }
}

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

    /** Pages, until there are as many rows of those to [keep] as are wanted. */
    protected suspend fun <T> rows(
        least: Int = wanted, keep: (T) -> Boolean = { true }, page: suspend (PageAsked) -> Piece<T>,
    ): Piece<T> {
        var read = Piece<T>(emptyList(), null)
        do {
            val next = page(PageAsked(read.next))
            read = Piece(read.items + next.items.filter(keep), next.next)
        } while (read.next != null && read.items.size < least)
        return read
    }

    private var asking: Job? = null

    /** Something else is asked for: as few rows as at the start, and no answer to what was asked before. */
    protected fun anew() {
        wanted = 1
        asking?.cancel()
        asking = retry()
    }

    private companion object {
        /** As many as a page has. */
        const val ROWS = 50
    }
}

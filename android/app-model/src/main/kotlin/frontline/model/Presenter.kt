package frontline.model

import frontline.ffi.Topic
import frontline.model.api.Core
import frontline.model.api.News
import kotlinx.coroutines.Job
import kotlinx.coroutines.flow.*
import kotlinx.coroutines.launch

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

    protected val value: S? get() = (shown.value as? Load.Ready)?.value
}

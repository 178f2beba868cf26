package frontline.model

import frontline.ffi.*
import kotlinx.coroutines.*
import kotlinx.coroutines.flow.*

/** What the sync centre shows of a contact with the server. */
data class Contact(val running: Boolean = false, val problem: Problem? = null, val report: SyncReport? = null)

/** One sync at a time: by itself after captures and when a network comes, or because somebody asked. */
class Syncer(private val app: App) {
    val state = MutableStateFlow(Contact())
    private var running: Job? = null

    private val captured get() = app.core.news.filter { !it.remote && it.topic in captures }

    /** Whatever is captured is sent also where the app ends before it has been: the phone wakes it once there is a network. */
    internal suspend fun afterwards() = captured.collect { if (unsent()) app.phone.sendLater(true) }

    /** What cannot be known is not sent. */
    private suspend fun unsent() = try {
        app.core.sync { status() }.run { unsent > 0uL || picturesWaiting > 0uL }
    } catch (_: ProblemException) {
        true
    }

    /** Captures in a row are sent together; without a network nothing is tried and nobody is told off. */
    @OptIn(FlowPreview::class)
    suspend fun byItself() = merge(
        captured.map { }.debounce(PAUSE_MS),
        app.phone.online.filter { it }.map { },
    ).collect { if (app.phone.online.value && app.session.enrolled()) now() }

    fun now(): Job = running?.takeIf { it.isActive } ?: app.launch {
        state.value = Contact(running = true)
        state.value = try {
            Contact(report = app.core.sync { now(null) })
        } catch (e: ProblemException) {
            Contact(problem = e.problem)
        } catch (e: CancellationException) {
            state.value = Contact()
            throw e
        }
        // Asked again after it: what was captured between the question and the answer has lost its job.
        if (!unsent()) app.phone.run { sendLater(false); sendLater(unsent()) }
        app.session.refresh()
    }.also { running = it }

    fun stop() {
        running?.cancel()
    }

    private fun SessionPresenter.enrolled() = state.value.ready?.enrolled == true

    private companion object {
        const val PAUSE_MS = 1_200L
        val captures = setOf(Topic.PROCEDURES, Topic.ACTIONS, Topic.FEEDBACK, Topic.INTERACTIONS, Topic.TRAINING)
    }
}

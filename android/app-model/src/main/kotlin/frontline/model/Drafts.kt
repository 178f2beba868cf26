package frontline.model

import frontline.ffi.PageAsked
import kotlinx.coroutines.*

/** What is being typed, kept at every pause under its writer's own key; the core drops it with the capture it becomes. */
class DraftKeeper(private val app: App, private val about: String) {
    private var keeping: Job? = null

    suspend fun begun(): String? = try {
        app.core.people { drafts(about, PageAsked()) }.items.firstOrNull()?.text
    } catch (_: ProblemException) {
        null
    }

    fun keep(text: String) {
        keeping?.cancel()
        keeping = app.launch {
            delay(PAUSE_MS)
            // A lock or a full phone is said where it matters, at the capture: nobody is stopped amid a word.
            try {
                app.core.people { keepDraft(about, text) }
            } catch (_: ProblemException) {
            }
        }
    }

    /** At once, for what is put together and not typed; whoever shows it is told. */
    suspend fun set(text: String) {
        drop()
        app.core.people { keepDraft(about, text) }
        app.kept.value++
    }

    fun drop() {
        keeping?.cancel()
    }

    /** For what the core does not drop with a capture. */
    suspend fun clear() {
        drop()
        app.core.people { keepDraft(about, "") }
    }

    private companion object {
        const val PAUSE_MS = 300L
    }
}

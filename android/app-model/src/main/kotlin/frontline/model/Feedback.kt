package frontline.model

import frontline.ffi.*
import kotlinx.coroutines.delay
import kotlinx.coroutines.flow.MutableStateFlow

data class FeedbackLists(val touchpoints: List<TouchpointDetail>, val given: Piece<FeedbackSummary>)

class FeedbackPresenter(app: App) : Presenter<FeedbackLists>(app, Topic.FEEDBACK, Topic.CONTENT, Topic.SYNC, Topic.PEOPLE) {
    override suspend fun read() = core.feedback {
        FeedbackLists(touchpoints(PageAsked(count = MOST)).items, rows { list(it).run { Piece(items, next) } })
    }
    override fun isEmpty(state: FeedbackLists) = state.touchpoints.isEmpty()
}

/** What a customer tapped so far. [thanks]: it is kept, and the next one may begin. */
data class Tapped(val score: Int? = null, val reason: String? = null, val comment: String = "", val thanks: Boolean = false)

/** One response; at the [kiosk] it begins anew by itself, as it was left by somebody who walked away. */
class CapturePresenter(app: App, private val touchpoint: String, val kiosk: Boolean) : Presenter<TouchpointDetail>(app, Topic.CONTENT) {
    val tapped = MutableStateFlow(Tapped())
    val draft = DraftKeeper(app, "feedback/$touchpoint")

    override suspend fun read() = core.feedback { touchpoints(PageAsked(count = MOST)).items }.firstOrNull { it.id == touchpoint }
        ?: throw ProblemException(Problem.NotFound)

    suspend fun restore() {
        if (!kiosk) draft.begun()?.let { tapped.value = tapped.value.copy(comment = it) }
    }

    fun tap(next: Tapped) {
        if (!kiosk && next.comment != tapped.value.comment) draft.keep(next.comment)
        tapped.value = next
    }

    fun send() = act {
        val now = tapped.value
        draft.drop()
        core.feedback { give(FeedbackDraft(touchpoint, now.score?.toLong() ?: 0, now.reason, now.comment.ifBlank { null })) }
        tapped.value = Tapped(thanks = true)
    }

    /** Silence of as long as the survey says; whoever taps again keeps it waiting. */
    suspend fun silence(seconds: Int) {
        delay(seconds * 1000L)
        tapped.value = Tapped()
    }

    /** The PIN of whoever began it; without one it simply ends. */
    fun end(pin: String?, done: () -> Unit) = act {
        if (pin != null) core.people { switchTo(me().id, pin) }
        app.phone.kiosk(false)
        done()
    }
}

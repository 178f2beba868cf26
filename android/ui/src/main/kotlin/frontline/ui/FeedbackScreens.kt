package frontline.ui

import androidx.compose.foundation.*
import androidx.compose.foundation.layout.*
import androidx.compose.runtime.*
import androidx.compose.runtime.saveable.rememberSaveable
import androidx.compose.ui.Modifier
import androidx.compose.ui.text.style.TextAlign
import frontline.ffi.*
import frontline.model.*

@Composable
fun FeedbackScreen(app: App, nav: Nav) {
    val (presenter, state) = present(app) { FeedbackPresenter(app) }
    Page(words.feedbackTitle) {
        StateOf(state, presenter::retry, { EmptyState(words.feedbackNoneHere, icon = Icons.feedback) }) { lists ->
            Rows {
                item { SectionHeader(words.feedbackPickTouchpoint) }
                groups(lists.touchpoints.filter { it.mayCapture }) { one ->
                    val here = opens("capture", one.id)
                    ListRow(one.name.text, detail = one.question.text, icon = Icons.feedback, tone = Tone.Accent, here = here, onClick = {
                        nav.open("capture", one.id, over = false)
                    })
                }
                item { SectionHeader(words.navFeedback) }
                if (lists.given.items.isEmpty()) item { Notice(Tone.Neutral, words.feedbackEmpty) }
                groups(lists.given.items) { Given(it) }
                more(lists.given.next != null, presenter::more)
            }
        }
    }
}

@Composable
private fun Given(one: FeedbackSummary) {
    val forgotten = words.contactForgotten.takeIf { one.forgotten }
    val detail = joined("\n", one.reason?.label?.text, one.comment, forgotten, words.feedbackBy(one.person, timed(one.atMs)))
    ListRow(one.touchpoint.label.text, detail = detail, icon = Icons.message) {
        StatusChip(words.feedbackScore(one.score.toInt()), Tone.Neutral, Icons.star)
        StateChip(one.state)
    }
}

/** Two taps: a face, and Send; the reason and the words are welcome. At the kiosk nothing else is on the screen. */
@Composable
fun CaptureScreen(app: App, nav: Nav, id: String, kiosk: Boolean) {
    val (presenter, state) = present(app, id, kiosk) { CapturePresenter(app, id, kiosk) }
    val tapped by presenter.tapped.collectAsState()
    val problem by presenter.problem.collectAsState()
    val busy by presenter.busy.collectAsState()
    var ending by rememberSaveable { mutableStateOf(false) }
    val point = state.ready
    LaunchedEffect(id) { presenter.restore() }
    if (kiosk && tapped != Tapped() && point != null) LaunchedEffect(tapped) { presenter.silence(point.idleResetS.toInt()) }
    val session by app.session.state.collectAsState()
    val hasPin = session.ready?.me?.hasPin == true
    fun end(pin: String?) {
        presenter.end(pin) { ending = false; nav.back() }
    }
    if (ending) return PinScreen(words.feedbackKioskEnd, problem, { ending = false }, by = session.ready?.here, onPin = ::end)
    Page(if (kiosk) "" else point?.name?.text ?: words.feedbackTitle, if (kiosk) null else nav::back, actions = {
        if (kiosk) AppIconButton(Icons.lock, words.feedbackKioskEnd, { if (hasPin) ending = true else end(null) }, tint = palette.inkMuted)
        else AppIconButton(Icons.people, words.feedbackKioskStart, { nav.back(); nav.open("kiosk", id) })
    }, bottom = if (tapped.thanks) null else ({
        WideButton(words.feedbackSend, { presenter.send() }, icon = Icons.send, enabled = tapped.score != null && !busy)
    })) {
        StateOf(state, presenter::retry) { shown ->
            val next = words.actionNext.takeIf { !kiosk }
            if (tapped.thanks) EmptyState(shown.thankYou.text, words.feedbackThanksDetail, Icons.check, next, { presenter.tap(Tapped()) })
            else Questions(shown, tapped, presenter::tap, problem)
        }
    }
}

/** The session closed under a kiosk: nothing is asked until whoever works here touches the lock. */
@Composable
fun KioskClosed(back: Back, onCome: () -> Unit) {
    back(true) {}
    Page("", actions = { AppIconButton(Icons.lock, words.feedbackKioskEnd, onCome, tint = palette.inkMuted) }) {
        EmptyState(words.feedbackThanks, words.feedbackThanksDetail, Icons.check)
    }
}

@Composable
private fun Questions(point: TouchpointDetail, tapped: Tapped, onTap: (Tapped) -> Unit, problem: Problem?) {
    val score = { to: Int -> onTap(tapped.copy(score = to)) }
    Stack(Space.l, Modifier.verticalScroll(rememberScrollState()).padding(Space.l, Space.s)) {
        Wrong(problem)
        val (style, above) = if (largeType) Type.heading to Space.xs else Type.title to Space.xl
        Heading(point.question.text, style, Modifier.fillMaxWidth().padding(top = above), TextAlign.Center)
        when (point.scale) {
            FeedbackScale.CSAT, FeedbackScale.EXPERIENCE -> Faces(words.faces5(), tapped.score, score)
            FeedbackScale.CSAT4 -> Faces(words.faces4(), tapped.score, score)
            FeedbackScale.NPS -> Scale(0..10, tapped.score, words.itemNpsLow, words.itemNpsHigh, score)
            FeedbackScale.CES -> Scale(1..7, tapped.score, words.itemCesLow, words.itemCesHigh, score)
        }
        if (tapped.score == null) return@Stack
        Stack {
            Heading(words.feedbackWhy)
            Choices(point.reasons.options(), setOfNotNull(tapped.reason), false, {
                onTap(tapped.copy(reason = if (it == tapped.reason) null else it))
            })
        }
        Field(words.feedbackComment, tapped.comment, { onTap(tapped.copy(comment = it)) }, hint = words.stateOptional, lines = 2)
    }
}

package frontline.ui

import androidx.compose.foundation.layout.*
import androidx.compose.foundation.lazy.LazyColumn
import androidx.compose.foundation.rememberScrollState
import androidx.compose.foundation.verticalScroll
import androidx.compose.material3.Text
import androidx.compose.runtime.*
import androidx.compose.runtime.saveable.rememberSaveable
import androidx.compose.ui.Modifier
import androidx.compose.ui.semantics.heading
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.text.style.TextAlign
import frontline.ffi.FeedbackScale
import frontline.ffi.FeedbackSummary
import frontline.ffi.TouchpointDetail
import frontline.model.*

@Composable
fun FeedbackScreen(app: App, nav: Nav) {
    val (presenter, state) = present(app) { FeedbackPresenter(app) }
    Page(words.feedbackTitle) {
        StateOf(state, { presenter.retry() }, { EmptyState(words.feedbackNoneHere, icon = Icons.feedback) }) { lists ->
            LazyColumn(contentPadding = PaddingValues(Space.l, Space.xs, Space.l, Space.xl), verticalArrangement = Arrangement.spacedBy(Space.s)) {
                item { SectionHeader(words.feedbackPickTouchpoint) }
                val mine = lists.touchpoints.filter { it.mayCapture }
                items(mine.size) { at -> Group { ListRow(mine[at].name.text, detail = mine[at].question.text, icon = Icons.feedback, tone = Tone.Accent, onClick = { nav.open("capture", mine[at].id, over = false) }) } }
                item { SectionHeader(words.navFeedback) }
                if (lists.given.isEmpty()) item { Notice(Tone.Neutral, words.feedbackEmpty) }
                items(lists.given.size) { at -> Group { Given(lists.given[at]) } }
            }
        }
    }
}

@Composable
private fun Given(one: FeedbackSummary) = ListRow(
    one.touchpoint.label.text, icon = Icons.message,
    detail = listOfNotNull(one.reason?.label?.text, one.comment, words.contactForgotten.takeIf { one.forgotten }, words.feedbackBy(one.person, timed(one.atMs))).joinToString("\n"),
) {
    StatusChip(words.feedbackScore(one.score.toInt()), Tone.Neutral, Icons.star)
    one.state?.let { StateChip(it) }
}

/** Two taps: a face, and Send; the reason and the words are welcome. At the kiosk nothing else is on the screen. */
@Composable
fun CaptureScreen(app: App, nav: Nav, id: String, kiosk: Boolean) {
    val (presenter, state) = present(app, id, kiosk) { CapturePresenter(app, id, kiosk) }
    val tapped by presenter.tapped.collectAsState()
    val problem by presenter.problem.collectAsState()
    val busy by presenter.busy.collectAsState()
    var ending by rememberSaveable { mutableStateOf(false) }
    val point = (state as? Load.Ready)?.value
    LaunchedEffect(id) { presenter.restore() }
    if (kiosk && tapped != Tapped() && point != null) LaunchedEffect(tapped) { presenter.silence(point.idleResetS.toInt()) }
    val session by app.session.state.collectAsState()
    val hasPin = (session as? Load.Ready)?.value?.me?.hasPin == true
    if (ending) return PinScreen(words.feedbackKioskEnd, problem?.let { words.say(it) }, { ending = false }) { pin -> presenter.end(pin) { ending = false; nav.back() } }
    Page(point?.name?.text ?: words.feedbackTitle, if (kiosk) null else nav::back, actions = {
        if (kiosk) AppIconButton(Icons.lock, words.feedbackKioskEnd, { if (hasPin) ending = true else presenter.end(null, nav::back) }, tint = palette.inkMuted)
        else AppIconButton(Icons.people, words.feedbackKioskStart, { app.phone.kiosk(true); nav.back(); nav.open("kiosk", id) })
    }, bottom = if (tapped.thanks) null else ({
        AppButton(words.feedbackSend, { presenter.send() }, Modifier.fillMaxWidth(), icon = Icons.send, enabled = tapped.score != null && !busy)
    })) {
        StateOf(state, { presenter.retry() }) { shown ->
            if (tapped.thanks) EmptyState(shown.thankYou.text, words.feedbackThanksDetail, Icons.check, words.actionNext.takeIf { !kiosk }, { presenter.tap(Tapped()) })
            else Questions(shown, tapped, presenter::tap, problem?.let { words.say(it) })
        }
    }
}

@Composable
private fun Questions(point: TouchpointDetail, tapped: Tapped, onTap: (Tapped) -> Unit, wrong: String?) {
    Column(Modifier.verticalScroll(rememberScrollState()).padding(Space.l), Arrangement.spacedBy(Space.l)) {
        if (wrong != null) Notice(Tone.Wrong, wrong)
        Spacer(Modifier.height(Space.s))
        Text(point.question.text, Modifier.fillMaxWidth().semantics { heading() }, palette.ink, style = Type.title, textAlign = TextAlign.Center)
        when (point.scale) {
            FeedbackScale.CSAT, FeedbackScale.EXPERIENCE -> Faces(words.faces5(), tapped.score, { onTap(tapped.copy(score = it)) })
            FeedbackScale.CSAT4 -> Faces(words.faces4(), tapped.score, { onTap(tapped.copy(score = it)) })
            FeedbackScale.NPS -> Scale(0..10, tapped.score, words.itemNpsLow, words.itemNpsHigh, { onTap(tapped.copy(score = it)) })
            FeedbackScale.CES -> Scale(1..7, tapped.score, words.itemCesLow, words.itemCesHigh, { onTap(tapped.copy(score = it)) })
        }
        if (tapped.score == null) return@Column
        Column(verticalArrangement = Arrangement.spacedBy(Space.s)) {
            Text(words.feedbackWhy, Modifier.semantics { heading() }, palette.ink, style = Type.heading)
            Choices(point.reasons.map { Option(it.id, it.label.text) }, setOfNotNull(tapped.reason), false, { onTap(tapped.copy(reason = if (it == tapped.reason) null else it)) })
        }
        Field(words.feedbackComment, tapped.comment, { onTap(tapped.copy(comment = it)) }, hint = words.stateOptional, lines = 2)
    }
}

package frontline.ui

import androidx.compose.foundation.layout.*
import androidx.compose.runtime.*
import androidx.compose.runtime.saveable.rememberSaveable
import androidx.compose.ui.Modifier
import frontline.ffi.*
import frontline.model.*

@Composable
private fun ItemPage(
    app: App, nav: Nav, run: String, item: String, title: String, content: @Composable (RunPresenter, ItemDetail) -> Unit,
) {
    val (presenter, state) = present(app, run) { RunPresenter(app, run) }
    Page(title, nav::back) {
        StateOf(state, presenter::retry) { shown ->
            val one = shown.items.firstOrNull { it.id == item } ?: return@StateOf EmptyState()
            Scrolled {
                Said(one.label.text, Type.heading)
                Wrong(problemAt(presenter, item))
                content(presenter, one)
            }
        }
    }
}

/** Two people, two answers: both with author and time; picking one settles it, the others stay in the history. */
@Composable
fun ClashScreen(app: App, nav: Nav, run: String, item: String) = ItemPage(app, nav, run, item, words.clashTitle) { presenter, shown ->
    Muted(words.clashDetail)
    for (answer in shown.answers) Group {
        Stack(Space.s, Modifier.padding(Space.l)) {
            Said(answer.says, Type.title)
            Muted(words.labelByAt(answer.by, timed(answer.atMs)), Type.label)
            if (answer.settles) StatusChip(words.clashSettled(answer.by), Tone.Good)
            if (shown.clash) Save(words.clashPick) { presenter.settle(item, answer.id, nav::back) }
        }
    }
}

/** The photos beside an answer. Taking one back asks first. */
@Composable
fun EvidenceScreen(app: App, nav: Nav, run: String, item: String) = ItemPage(app, nav, run, item, words.itemEvidence) { presenter, shown ->
    if (shown.evidence.isEmpty()) Notice(Tone.Neutral, words.countPhotos(0), icon = Icons.photo)
    shown.evidence.forEachIndexed { at, photo ->
        Group {
            Column(Modifier.padding(Space.m)) {
                Thumbnail(words.itemPhotoNth(at + 1), { presenter.small(photo.photo) }) { presenter.takeBack(shown, photo.id) }
                Muted(words.labelByAt(photo.by, timed(photo.atMs)), Type.small)
            }
        }
    }
    PhotoButtons(shown.photos?.liveCameraOnly != true) { album -> presenter.evidence(shown, album) }
}

/** Signing for the answers as they are, or giving the run back with what must be put right. */
@Composable
fun SignScreen(app: App, nav: Nav, session: Session, run: String) {
    val (presenter, state) = present(app, run) { RunPresenter(app, run) }
    val problem by presenter.problem.collectAsState()
    val keeper = remember(run) { presenter.drafts("return/$run") }
    var reason by rememberSaveable { mutableStateOf("") }
    var signing by rememberSaveable { mutableStateOf(false) }
    fun sign(pin: String?) {
        presenter.seal(Seal.SignOff(pin), nav::back)
    }
    LaunchedEffect(run) { keeper.begun()?.let { reason = it } }
    if (signing) return PinScreen(words.signPin, problem, { signing = false }, words.signDetail, ::sign)
    Page(words.signTitle, nav::back) {
        StateOf(state, presenter::retry) { shown ->
            Scrolled {
                Said(shown.title.text, Type.heading)
                RunProgress(shown)
                Muted(words.signDetail)
                Wrong(problem)
                shown.signOff.whyNot?.let { Notice(Tone.Neutral, why(it)) }
                if (shown.signOff.whyNot !is WhyNot.NoSignOff) WideButton(words.signGo, {
                    if (session.me?.hasPin == true) signing = true else sign(null)
                }, icon = Icons.signature, enabled = shown.signOff.enabled)
                SectionHeader(words.signGiveBack)
                val may = shown.giveBack.enabled
                Field(words.signGiveBackWhy, reason, { reason = it; keeper.keep(it) }, lines = 2, enabled = may)
                WideButton(words.signGiveBack, {
                    keeper.drop()
                    presenter.seal(Seal.GiveBack(reason), nav::back)
                }, Weight.Secondary, Icons.giveBack, may && reason.isNotBlank())
            }
        }
    }
}

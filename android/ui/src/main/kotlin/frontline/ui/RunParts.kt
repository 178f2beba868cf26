package frontline.ui

import androidx.compose.foundation.layout.*
import androidx.compose.material3.Text
import androidx.compose.runtime.*
import androidx.compose.runtime.saveable.rememberSaveable
import androidx.compose.ui.Modifier
import frontline.ffi.ItemDetail
import frontline.ffi.Seal
import frontline.ffi.WhyNot
import frontline.model.*

@Composable
private fun ItemPage(app: App, nav: Nav, run: String, item: String, title: String, content: @Composable (RunPresenter, ItemDetail) -> Unit) {
    val (presenter, state) = present(app, run) { RunPresenter(app, run) }
    Page(title, nav::back) {
        StateOf(state, { presenter.retry() }) { shown ->
            val one = shown.items.firstOrNull { it.id == item } ?: return@StateOf EmptyState()
            Scrolled {
                Text(one.label.text, color = palette.ink, style = Type.heading)
                problemAt(presenter, item)?.let { Notice(Tone.Wrong, words.say(it)) }
                content(presenter, one)
            }
        }
    }
}

/** Two people, two answers: both with author and time; picking one settles it, the others stay in the history. */
@Composable
fun ClashScreen(app: App, nav: Nav, run: String, item: String) = ItemPage(app, nav, run, item, words.clashTitle) { presenter, shown ->
    Text(words.clashDetail, color = palette.inkMuted, style = Type.body)
    for (answer in shown.answers) Group {
        Column(Modifier.padding(Space.l), Arrangement.spacedBy(Space.s)) {
            Text(answer.says, color = palette.ink, style = Type.title)
            Text(words.labelByAt(answer.by, timed(answer.atMs)), color = palette.inkMuted, style = Type.label)
            if (answer.settles) StatusChip(words.clashSettled(answer.by), Tone.Good)
            if (shown.clash) AppButton(words.clashPick, { presenter.settle(item, answer.id, nav::back) }, Modifier.fillMaxWidth(), Weight.Secondary, Icons.check)
        }
    }
}

/** The photos beside an answer. Taking one back asks first. */
@Composable
fun EvidenceScreen(app: App, nav: Nav, run: String, item: String) = ItemPage(app, nav, run, item, words.itemEvidence) { presenter, shown ->
    var off by remember { mutableStateOf<String?>(null) }
    if (shown.evidence.isEmpty()) Notice(Tone.Neutral, words.countPhotos(0), icon = Icons.photo)
    shown.evidence.forEachIndexed { at, photo ->
        Group {
            Column(Modifier.padding(Space.m)) {
                Thumbnail(words.itemPhotoNth(at + 1), { presenter.small(photo.photo) }) { off = photo.id }
                Text(words.labelByAt(photo.by, timed(photo.atMs)), color = palette.inkMuted, style = Type.small)
            }
        }
    }
    PhotoButtons(shown.photos?.liveCameraOnly != true) { album -> presenter.evidence(shown, album) }
    off?.let { id -> Confirm(words.itemPhotoRemove, words.itemPhotoOff, words.actionRemove, { off = null; presenter.takeBack(shown, id) }, { off = null }) }
}

/** Signing for the answers as they are, or giving the run back with what must be put right. */
@Composable
fun SignScreen(app: App, nav: Nav, session: Session, run: String) {
    val (presenter, state) = present(app, run) { RunPresenter(app, run) }
    val problem by presenter.problem.collectAsState()
    val keeper = remember(run) { presenter.drafts("return/$run") }
    var reason by rememberSaveable { mutableStateOf("") }
    var signing by rememberSaveable { mutableStateOf(false) }
    LaunchedEffect(run) { keeper.begun()?.let { reason = it } }
    if (signing) return PinScreen(words.signPin, problem?.let { words.say(it) }, { signing = false }, words.signDetail) { pin -> presenter.seal(Seal.SignOff(pin), nav::back) }
    Page(words.signTitle, nav::back) {
        StateOf(state, { presenter.retry() }) { shown ->
            Scrolled {
                Text(shown.title.text, color = palette.ink, style = Type.heading)
                Progress(words.runAnswered(shown.answered.toInt(), shown.asked.toInt()), shown.answered.toInt(), shown.asked.toInt())
                Text(words.signDetail, color = palette.inkMuted, style = Type.body)
                problem?.let { Notice(Tone.Wrong, words.say(it)) }
                shown.signOff.whyNot?.let { Notice(Tone.Neutral, why(it)) }
                if (shown.signOff.whyNot !is WhyNot.NoSignOff) AppButton(words.signGo, { if (session.me?.hasPin == true) signing = true else presenter.seal(Seal.SignOff(null), nav::back) }, Modifier.fillMaxWidth(), icon = Icons.signature, enabled = shown.signOff.enabled)
                SectionHeader(words.signGiveBack)
                Field(words.signGiveBackWhy, reason, { reason = it; keeper.keep(it) }, lines = 2, enabled = shown.giveBack.enabled)
                AppButton(words.signGiveBack, { keeper.drop(); presenter.seal(Seal.GiveBack(reason), nav::back) }, Modifier.fillMaxWidth(), Weight.Secondary, Icons.giveBack, shown.giveBack.enabled && reason.isNotBlank())
            }
        }
    }
}

package frontline.ui

import androidx.compose.foundation.layout.*
import androidx.compose.runtime.*
import androidx.compose.runtime.saveable.rememberSaveable
import androidx.compose.ui.Modifier
import androidx.compose.ui.semantics.*
import frontline.ffi.*
import frontline.model.*

@Composable
private fun ItemPage(
    app: App, nav: Nav, run: String, item: String, title: String, bottom: (@Composable (RunPresenter, ItemDetail) -> Unit)? = null,
    content: @Composable (RunPresenter, ItemDetail) -> Unit,
) {
    val (presenter, state) = present(app, run) { RunPresenter(app, run) }
    val act = bottom?.let { state.ready?.items?.firstOrNull { it.id == item }?.let { one -> @Composable { bottom(presenter, one) } } }
    Page(title, nav::back, bottom = act) {
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
            // Two buttons of one name are told apart by whose answer they take.
            val spoken = words.list(listOf(words.clashPick, answer.says, answer.by))
            if (shown.clash) AppButton(words.clashPick, {
                presenter.settle(item, answer.id, nav::back)
            }, Modifier.fillMaxWidth().semantics { contentDescription = spoken }, Weight.Secondary, Icons.check)
        }
    }
}

/** The photos beside an answer. Taking one back asks first. */
@Composable
fun EvidenceScreen(app: App, nav: Nav, run: String, item: String) = ItemPage(app, nav, run, item, words.itemEvidence, { presenter, shown ->
    Stack {
        WideButton(words.itemPhotoTake, { presenter.evidence(shown, false) }, icon = Icons.camera)
        val album = shown.photos?.liveCameraOnly != true
        if (album) WideButton(words.itemPhotoPick, { presenter.evidence(shown, true) }, Weight.Quiet, Icons.photo)
    }
}) { presenter, shown ->
    val photos = shown.evidence.filter { !it.isSound }
    if (photos.isEmpty()) Notice(Tone.Neutral, words.countPhotos(0), icon = Icons.photo)
    photos.forEachIndexed { at, photo ->
        Group {
            Column(Modifier.padding(Space.m)) {
                val name = words.itemPhotoNth(at + 1)
                Thumbnail(name, photo.photo in shown.notLive, { Small(app, nav, photo.photo, name) { presenter.piece(photo.photo) } }) {
                    presenter.takeBack(shown, photo.id)
                }
                Muted(words.labelByAt(photo.by, timed(photo.atMs)), Type.small)
            }
        }
    }
}

/** Signing for the answers as they are, or giving the run back with what must be put right. */
@Composable
fun SignScreen(app: App, nav: Nav, session: Session, run: String) {
    val (presenter, state) = present(app, run) { RunPresenter(app, run) }
    val problem by presenter.problem.collectAsState()
    val keeper = remember(run) { presenter.drafts("return/$run") }
    var reason by rememberSaveable { mutableStateOf("") }
    var signing by rememberSaveable { mutableStateOf(false) }
    // As it stood when they came here: what arrives under the PIN is not signed unseen.
    var looked by rememberSaveable { mutableStateOf<String?>(null) }
    LaunchedEffect(state.ready?.seen) { looked = looked ?: state.ready?.seen }
    fun sign(pin: String?) {
        presenter.seal(Seal.SignOff(pin, looked), nav::back)
    }
    LaunchedEffect(run) { keeper.begun()?.let { reason = it } }
    if (signing) return PinScreen(words.signPin, problem, { signing = false }, words.signDetail, session.here, ::sign)
    val may = state.ready?.signOff?.enabled == true
    Page(words.signTitle, nav::back, bottom = if (!may) null else ({
        WideButton(words.signGo, { if (session.me?.hasPin == true) signing = true else sign(null) }, icon = Icons.signature)
    })) {
        StateOf(state, presenter::retry) { shown ->
            Scrolled {
                Said(shown.title.text, Type.heading)
                RunProgress(shown)
                Signatures(shown)
                if (may) Muted(words.signDetail)
                Wrong(problem)
                shown.signOff.whyNot?.let { Notice(Tone.Neutral, why(it)) }
                if (!shown.giveBack.enabled) return@Scrolled
                SectionHeader(words.signGiveBack)
                Field(words.signGiveBackWhy, reason, { reason = it; keeper.keep(it) }, lines = 2)
                WideButton(words.signGiveBack, {
                    keeper.drop()
                    presenter.seal(Seal.GiveBack(reason), nav::back)
                }, Weight.Secondary, Icons.giveBack, reason.isNotBlank())
            }
        }
    }
}

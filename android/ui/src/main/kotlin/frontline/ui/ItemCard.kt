package frontline.ui

import androidx.compose.foundation.BorderStroke
import androidx.compose.foundation.layout.*
import androidx.compose.foundation.shape.RoundedCornerShape
import androidx.compose.material3.Surface
import androidx.compose.runtime.*
import androidx.compose.runtime.saveable.rememberSaveable
import androidx.compose.ui.Modifier
import androidx.compose.ui.unit.dp
import frontline.ffi.*
import frontline.model.*

/** One item: what is asked, how to answer, and everything that the record says about its answer. [here]: one was at it last. */
@Composable
fun ItemCard(app: App, presenter: RunPresenter, nav: Nav, item: ItemDetail, here: Boolean, onTouch: () -> Unit) {
    if (item.control == Control.READING) return Notice(Tone.Info, item.label.text, detail = item.help?.text)
    val edge = if (here) BorderStroke(2.dp, palette.accent) else BorderStroke(1.dp, palette.line)
    Surface(Modifier.fillMaxWidth(), RoundedCornerShape(Radius.m), palette.surface, border = edge) {
        Stack(Space.m, Modifier.padding(Space.l)) {
            Stack(Space.xs) {
                Said(item.label.text, Type.strong)
                item.help?.let { Muted(it.text, Type.label) }
            }
            item.reference?.let { BesideStep(app, nav, it) }
            Chips(item)
            Wrong(problemAt(presenter, item.id))
            if (item.clash) Notice(
                Tone.Attention, words.clashTitle, detail = item.answers.joinToString("\n") { "${it.by}: ${it.says}" }, icon = Icons.clash,
                action = words.actionShow, onAction = { onTouch(); nav.open("clash", presenter.id, item.id) },
            )
            if (item.enabled) Answering(app, presenter, nav, item, onTouch)
            else {
                Said(item.says ?: words.itemUnanswered)
                Seen(app, presenter, nav, item)
                val why = if (item.kept) words.runKeptDetail else item.whyNot
                if (why != null) Muted(why, Type.label)
                Flow(Modifier.offset(-Space.s)) { PutRight(item, presenter, nav, onTouch) }
            }
            ItemNotes(presenter, item, onTouch)
            VoiceNotes(app, presenter, item)
            item.answers.lastOrNull()?.takeIf { !item.clash }?.let {
                Muted(joined(" · ", words.labelByAt(it.by, timed(it.atMs)), words.runMeasured.takeIf { _ -> it.measured }), Type.small)
            }
        }
    }
}

/** What an answer holds of pictures, a signature or recordings, where nothing can be changed. */
@Composable
private fun Seen(app: App, presenter: RunPresenter, nav: Nav, item: ItemDetail) {
    when (val answer = item.answer) {
        is Answer.Signature -> Signed(app, answer.id)
        is Answer.Photos -> answer.ids.forEachIndexed { at, id -> Small(app, nav, id, words.itemPhotoNth(at + 1)) { presenter.piece(id) } }
        is Answer.Files -> answer.ids.forEachIndexed { at, id -> Sound(app, presenter, id, words.voiceNth(at + 1), null, null) }
        else -> Unit
    }
}

/** A picture in a list; touched it fills the screen. */
@Composable
fun Small(app: App, nav: Nav, id: String, name: String, piece: suspend () -> PictureDetail?) =
    Picture(app, id, name, Modifier.widthIn(max = 160.dp.besideWords), { app.small(id, piece) }) { nav.open("picture", id, name) }

/** What is not as it should be is put right by somebody: from whatever was answered, also once it can be changed no more. */
@Composable
private fun PutRight(item: ItemDetail, presenter: RunPresenter, nav: Nav, onTouch: () -> Unit) {
    if (item.answer != null && !item.kept) Quiet(words.actionsFromAnswer, Icons.tool) {
        onTouch()
        nav.open("action-new", presenter.id, item.id)
    }
}

@Composable
private fun Answering(app: App, presenter: RunPresenter, nav: Nav, item: ItemDetail, onTouch: () -> Unit) {
    var why by rememberSaveable(item.id) { mutableStateOf(false) }
    val keeper = remember(presenter, item.id) { presenter.drafts("answer/${presenter.id}/${item.id}") }
    fun give(given: Given) {
        onTouch()
        presenter.answer(item.id, given) { why = false }
    }
    val na = item.answer as? Answer.NotApplicable
    if (na != null) {
        return Notice(Tone.Neutral, words.itemNa, detail = na.reason, action = words.itemTakeBack, onAction = { give(Given.Nothing) })
    }
    item.first?.let { Notice(Tone.Info, it) }
    val photos = (item.answer as? Answer.Photos)?.ids.orEmpty()
    val sound = "answer/${presenter.id}/${item.id}/sound"
    AnswerControl(item.asked(), Gives(
        ::give, keeper, { typed, after -> presenter.choices(item.id, typed, after) }, app::scan, app.phone::place,
        drawn = {
            onTouch()
            if (item.control == Control.SIGNATURE) presenter.sign(item, it.drawn())
            else presenter.picture(item, drawing(it), true, { id -> Given.Text(id) })
        },
        photo = { album -> onTouch(); presenter.photo(item, album) { id -> Given.Many(photos + id) } },
        shown = { id, name ->
            if (item.control == Control.SIGNATURE) Signed(app, id) else Small(app, nav, id, name) { presenter.piece(id) }
        },
        album = item.photos?.liveCameraOnly != true,
        sounds = Sounds(app, presenter, sound) { given ->
            onTouch()
            presenter.answer(item.id, given) { app.voice.done(sound) }
        },
    ))
    Under(app, item, nav, presenter, onTouch, ::give, why) { why = !why }
}

@Composable
private fun Chips(item: ItemDetail) {
    val asks = item.required && item.answer == null && !item.kept
    val needsNote = item.note == NoteAsked.NEEDED && item.notes.isEmpty()
    if (!asks && !item.outOfBand && item.problem == null && item.notLive.isEmpty() && !item.kept) return
    Flow {
        if (item.kept) StatusChip(words.runKept, Tone.Neutral, Icons.history)
        if (asks) StatusChip(words.stateRequired, Tone.Attention)
        if (item.outOfBand) StatusChip(if (item.answer is Answer.Place) words.runMock else outside(item), Tone.Attention)
        // Why the phone says so, once: a note that is needed is asked for below.
        item.problem?.takeIf { !asks }?.let {
            if (needsNote) StatusChip(words.runNoteNeeded, Tone.Attention) else StatusChip(it, Tone.Wrong)
        }
        if (item.notLive.isNotEmpty()) StatusChip(words.runNotLiveCount(item.notLive.size), Tone.Attention, Icons.photo)
    }
}

@Composable
private fun outside(item: ItemDetail) =
    item.target?.let { words.itemOutsideTarget(it.min, joined(" ", it.max, item.unit)) } ?: words.itemOutOfBand

/** What else can be done with an item: take over, leave out with a reason, take back, add photos. */
@Composable
private fun Under(
    app: App, item: ItemDetail, nav: Nav, presenter: RunPresenter, onTouch: () -> Unit, give: (Given) -> Unit, why: Boolean,
    onWhy: () -> Unit,
) {
    var reason by rememberSaveable(item.id) { mutableStateOf("") }
    val open = item.answer == null
    Flow(Modifier.offset(-Space.s), Space.xs) {
        item.offered?.takeIf { open }?.let { offered ->
            val taken = taken(offered)
            if (taken != null) Quiet(words.itemOffered(item.offeredSays.orEmpty()), Icons.check) { give(taken) }
        }
        if (item.photos != null && item.control != Control.CAMERA) {
            val beside = "${words.itemEvidence}: ${words.countPhotos(item.evidence.count { !it.isSound })}"
            Quiet(beside, Icons.camera) { nav.open("evidence", presenter.id, item.id) }
        }
        // One that was made already is kept or dropped first.
        val voice = voiceOf(presenter, item)
        val now by app.voice.recording.collectAsState()
        val takes = !open && item.control != Control.COMPUTED && drafted(app, voice) == null
        if (takes) Quiet(words.voiceNote, Icons.microphone, now?.running != true) {
            onTouch()
            app.voice.record(voice)
        }
        if (!open && item.control != Control.COMPUTED) Quiet(words.itemTakeBack, Icons.giveBack) { give(Given.Nothing) }
        if (open && item.notApplicable != NotApplicable.NO) Quiet(words.itemNa) {
            if (item.notApplicable == NotApplicable.YES) give(Given.NotApplicable(null)) else onWhy()
        }
        PutRight(item, presenter, nav, onTouch)
    }
    if (why) {
        Field(words.itemNaReason, reason, { reason = it })
        Save(enabled = reason.isNotBlank()) { give(Given.NotApplicable(reason)) }
    }
}

/** What is offered, as somebody would give it. */
private fun taken(offered: Answer): Given? = when (offered) {
    is Answer.Text -> Given.Text(offered.text)
    is Answer.Number -> Given.Number(offered.digits)
    is Answer.Yes -> Given.Yes(offered.yes)
    is Answer.Choice -> Given.Text(offered.id)
    is Answer.Choices -> Given.Many(offered.ids)
    is Answer.Ranked -> Given.Many(offered.ids)
    is Answer.Pairs -> Given.Pairs(offered.pairs)
    is Answer.Texts -> Given.Many(offered.texts)
    is Answer.Day -> Given.Text(offered.iso)
    is Answer.Time -> Given.Text(offered.iso)
    is Answer.Duration -> Given.Number("${offered.seconds}")
    else -> null
}

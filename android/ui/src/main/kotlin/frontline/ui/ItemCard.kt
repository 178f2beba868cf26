package frontline.ui

import androidx.compose.foundation.BorderStroke
import androidx.compose.foundation.layout.*
import androidx.compose.foundation.shape.RoundedCornerShape
import androidx.compose.material3.Surface
import androidx.compose.material3.Text
import androidx.compose.runtime.*
import androidx.compose.runtime.saveable.rememberSaveable
import androidx.compose.ui.Modifier
import androidx.compose.ui.unit.dp
import frontline.ffi.*
import frontline.model.App
import frontline.model.RunPresenter

/** One item: what is asked, how to answer, and everything that the record says about its answer. [here]: one was at it last. */
@Composable
fun ItemCard(app: App, presenter: RunPresenter, nav: Nav, item: ItemDetail, may: Boolean, here: Boolean, onTouch: () -> Unit) {
    if (item.control == Control.READING) return Notice(Tone.Info, item.label.text, detail = item.help?.text)
    val na = item.answer as? Answer.NotApplicable
    var why by rememberSaveable(item.id) { mutableStateOf(false) }
    val keeper = remember(presenter, item.id) { presenter.drafts("answer/${presenter.id}/${item.id}") }
    fun give(given: Given) {
        onTouch()
        presenter.answer(item.id, given) { why = false }
    }
    Surface(Modifier.fillMaxWidth(), RoundedCornerShape(Radius.m), palette.surface, border = BorderStroke(if (here) 2.dp else 1.dp, if (here) palette.accent else palette.line)) {
        Column(Modifier.padding(Space.l), Arrangement.spacedBy(Space.m)) {
            Column(verticalArrangement = Arrangement.spacedBy(Space.xs)) {
                Text(item.label.text, color = palette.ink, style = Type.strong)
                item.help?.let { Text(it.text, color = palette.inkMuted, style = Type.label) }
            }
            Chips(item)
            problemAt(presenter, item.id)?.let { Notice(Tone.Wrong, words.say(it)) }
            if (item.clash) Notice(Tone.Attention, words.clashTitle, detail = item.answers.joinToString("\n") { "${it.by}: ${it.says}" }, icon = Icons.clash, action = words.actionShow, onAction = { onTouch(); nav.open("clash", presenter.id, item.id) })
            if (!may || !item.enabled) {
                Text(item.says ?: words.itemUnanswered, color = palette.ink, style = Type.body)
                item.whyNot?.let { Text(it, color = palette.inkMuted, style = Type.label) }
            } else if (na != null) {
                Notice(Tone.Neutral, words.itemNa, detail = na.reason, action = words.itemTakeBack, onAction = { give(Given.Nothing) })
            } else {
                item.first?.let { Notice(Tone.Info, it) }
                AnswerControl(item.asked(), Gives(
                    ::give, keeper, { typed, after -> presenter.choices(item.id, typed, after) }, app.phone::scan, app.phone::place,
                    picture = { onTouch(); presenter.picture(item, it, true, { id -> Given.Text(id) }) },
                    photo = { album -> onTouch(); presenter.photo(item, album) { id -> Given.Many((item.answer as? Answer.Photos)?.ids.orEmpty() + id) } },
                    show = presenter::small, album = item.photos?.liveCameraOnly != true,
                ))
                Under(item, nav, presenter, ::give, why) { why = !why }
            }
            item.answers.lastOrNull()?.takeIf { !item.clash }?.let { Text(words.labelByAt(it.by, timed(it.atMs)), color = palette.inkMuted, style = Type.small) }
        }
    }
}

@Composable
private fun Chips(item: ItemDetail) {
    val asks = item.required && item.answer == null
    if (!asks && !item.outOfBand && item.problem == null) return
    FlowRow(horizontalArrangement = Arrangement.spacedBy(Space.s), verticalArrangement = Arrangement.spacedBy(Space.s)) {
        if (asks) StatusChip(words.stateRequired, Tone.Attention)
        if (item.outOfBand) StatusChip(words.itemOutOfBand, Tone.Attention)
        item.problem?.takeIf { !asks }?.let { StatusChip(it, Tone.Wrong) }
    }
}

/** What else can be done with an item: take over, leave out with a reason, take back, add photos. */
@Composable
private fun Under(item: ItemDetail, nav: Nav, presenter: RunPresenter, give: (Given) -> Unit, why: Boolean, onWhy: () -> Unit) {
    var reason by rememberSaveable(item.id) { mutableStateOf("") }
    FlowRow(Modifier.offset(-Space.s), horizontalArrangement = Arrangement.spacedBy(Space.xs)) {
        item.offered?.takeIf { item.answer == null }?.let { offered ->
            val taken = taken(offered)
            if (taken != null) AppButton(words.itemOffered(reads(offered, item)), { give(taken) }, weight = Weight.Quiet, icon = Icons.check)
        }
        if (item.photos != null && item.control != Control.CAMERA) AppButton("${words.itemEvidence}: ${words.countPhotos(item.evidence.size)}", { nav.open("evidence", presenter.id, item.id) }, weight = Weight.Quiet, icon = Icons.camera)
        if (item.answer != null && item.control != Control.COMPUTED) AppButton(words.itemTakeBack, { give(Given.Nothing) }, weight = Weight.Quiet, icon = Icons.giveBack)
        if (item.answer == null && item.notApplicable != NotApplicable.NO) AppButton(words.itemNa, { if (item.notApplicable == NotApplicable.YES) give(Given.NotApplicable(null)) else onWhy() }, weight = Weight.Quiet)
    }
    if (why) {
        Field(words.itemNaReason, reason, { reason = it })
        AppButton(words.actionSave, { give(Given.NotApplicable(reason)) }, Modifier.fillMaxWidth(), Weight.Secondary, Icons.check, reason.isNotBlank())
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

package frontline.ui

import androidx.compose.foundation.layout.*
import androidx.compose.runtime.*
import androidx.compose.runtime.saveable.rememberSaveable
import androidx.compose.ui.Modifier
import androidx.compose.ui.semantics.*
import androidx.compose.ui.unit.dp
import frontline.ffi.*
import frontline.model.*

/** One action: what stands, what two people set differently, what can become of it, and everything that was said. */
@Composable
fun ActionScreen(app: App, nav: Nav, id: String) {
    val (presenter, state) = present(app, id) { ActionPresenter(app, id) }
    val problem by presenter.problem.collectAsState()
    val busy by presenter.busy.collectAsState()
    val shown = state.ready
    val change = { what: String -> nav.open("action-change", id, what) }
    val forward = shown?.forward()
    Page(words.actionsOne, nav::back, {
        if (shown?.mayChange == true) AppIconButton(Icons.edit, words.actionsChange(words.actionsName), { change("title") })
    }, forward?.let { to ->
        { WideButton(act(to), { presenter.does(ActionStep.Status(to, null)) }, icon = status(to).icon, enabled = !busy) }
    }) {
        StateOf(state, presenter::retry) { action ->
            val one = action.summary
            Scrolled {
                // Not in the bar: in a large type a long one would leave no room for anything else.
                Heading(one.title)
                Flow {
                    ActionChip(one.status)
                    PriorityChip(one.priority)
                    if (one.mine) StatusChip(words.actionsOwnerMe, Tone.Accent, Icons.person)
                    StateChip(one.state)
                }
                Wrong(problem)
                Late(one)
                for (register in action.registers) if (register.clash) Clash(action, register, presenter)
                Facts(action, change)
                action.from?.let { from -> From(from) { nav.open("run", from.run, from.item) } }
                Acts(action, presenter, busy, forward)
                Comments(app, nav, action, presenter)
                if (action.again.isNotEmpty()) SectionHeader(words.actionsAgain)
                if (action.again.isNotEmpty()) GroupOf(action.again) { _, before ->
                    ListRow(before.title, detail = words.actionsAgainAt(timed(before.openedMs)), icon = Icons.history, onClick = {
                        nav.open("action", before.id)
                    }) { ActionChip(before.status) }
                }
                SectionHeader(words.actionsHistory)
                GroupOf(action.history.filter { it.what !is ActionTold.Said }.asReversed()) { _, line ->
                    ListRow(told(line.what), detail = joined("\n", reason(line.what), words.labelByAt(line.by, timed(line.atMs))))
                }
            }
        }
    }
}

@Composable
private fun Late(one: ActionSummary) {
    val since = one.dueMs?.let { words.todayOverdueSince(timed(it)) }
    when (one.escalated) {
        null -> Unit
        Escalation.SUPERVISOR -> Notice(Tone.Attention, words.actionsOverdueSupervisor, detail = since, icon = Icons.clock)
        Escalation.MANAGER -> Notice(Tone.Wrong, words.actionsOverdueManager, detail = since)
    }
}

@Composable
private fun Facts(action: ActionDetail, change: (String) -> Unit) = Group {
    val one = action.summary
    fun to(what: String) = { change(what) }.takeIf { action.mayChange }
    ListRow(one.owner ?: words.actionsOwnerNone, detail = words.actionsOwner, icon = Icons.person, onClick = to("owner"))
    GroupLine()
    ListRow(one.dueMs?.let { timed(it) } ?: words.actionsDueNone, detail = words.actionsDue, icon = Icons.clock, onClick = to("due"))
    GroupLine()
    ListRow(priority(one.priority).label, detail = words.actionsPriority, icon = Icons.flag, onClick = to("priority"))
    GroupLine()
    ListRow(one.site.label.text, detail = words.actionsOpenedBy(one.openedBy, timed(one.openedMs)), icon = Icons.site)
}

@Composable
private fun From(from: ActionFrom, onShow: () -> Unit) = Group {
    val title = from.label.text.ifEmpty { words.actionsFromShow }
    ListRow(title, detail = joined("\n", words.actionsFrom, from.title.text.ifEmpty { null }), icon = Icons.procedures, onClick = onShow)
}

/** What people set without seeing each other: each with who set it when and why, and keeping one of them. */
@Composable
private fun Clash(action: ActionDetail, register: ActionRegister, presenter: ActionPresenter) {
    Notice(Tone.Attention, words.actionsClash, detail = words.actionsClashDetail, icon = Icons.clash)
    for (value in register.values.distinctBy { it.what }) Group {
        Stack(Space.s, Modifier.padding(Space.l)) {
            val said = told(value.what)
            Said(said, Type.strong)
            value.reason?.let { Said(it) }
            Muted(words.labelByAt(value.by, timed(value.atMs)), Type.label)
            val to = (value.what as? ActionTold.Status)?.to
            val may = if (to == null) action.mayChange else action.next.any { it.to == to && it.enabled }
            val step = value.step()
            val spoken = words.list(listOf(words.actionsClashKeep, said, value.by))
            if (may && step != null) AppButton(
                words.actionsClashKeep, { presenter.does(step) }, Modifier.fillMaxWidth().semantics { contentDescription = spoken },
                Weight.Secondary, Icons.check,
            )
        }
    }
}

/** The step on the way to its end: that one lies under the thumb. Where a clash stands, that comes first. */
private fun ActionDetail.forward(): ActionStatus? {
    if (registers.last().clash) return null
    val to = when (summary.status) {
        ActionStatus.OPEN, ActionStatus.REJECTED -> ActionStatus.IN_PROGRESS
        ActionStatus.IN_PROGRESS -> ActionStatus.DONE
        ActionStatus.DONE -> ActionStatus.VERIFIED
        ActionStatus.CANNOT_DO, ActionStatus.VERIFIED -> return null
    }
    return to.takeIf { next.any { it.to == to && it.enabled } }
}

/** What else can become of it; what wants a reason asks for it first. */
@Composable
private fun Acts(action: ActionDetail, presenter: ActionPresenter, busy: Boolean, forward: ActionStatus?) {
    var asking by rememberSaveable { mutableStateOf<String?>(null) }
    var reason by rememberSaveable { mutableStateOf("") }
    // Of several that stand each is kept above, beside who set it.
    val kept = action.registers.last().takeIf { it.clash }?.values.orEmpty().map { (it.what as? ActionTold.Status)?.to }
    for (next in action.next) if (next.enabled && next.to != forward && next.to !in kept) {
        WideButton(act(next.to), {
            if (next.wantsReason) asking = next.to.name.takeIf { asking != it } else presenter.does(ActionStep.Status(next.to, null))
        }, Weight.Secondary, status(next.to).icon, !busy)
        if (asking == next.to.name) {
            Field(if (next.to == ActionStatus.REJECTED) words.actionsWhyRejected else words.actionsWhyCannotDo, reason, { reason = it })
            Save(enabled = reason.isNotBlank() && !busy) {
                presenter.does(ActionStep.Status(next.to, reason)) { asking = null; reason = "" }
            }
        }
    }
    if (action.next.any { !it.enabled }) Muted(words.actionsToReview, Type.label)
}

@Composable
private fun Comments(app: App, nav: Nav, action: ActionDetail, presenter: ActionPresenter) {
    val said = action.history.filter { it.what is ActionTold.Said }
    if (said.isEmpty() && !action.mayChange) return
    SectionHeader(words.actionsComments)
    if (said.isNotEmpty()) GroupOf(said) { _, line ->
        val (text, who) = told(line.what) to words.labelByAt(line.by, timed(line.atMs))
        if (text.isEmpty()) ListRow(words.countPhotos(line.photos.size), detail = who) else ListRow(text, detail = who)
        if (line.photos.isNotEmpty()) Stack(Space.s, Modifier.padding(Space.l, 0.dp, Space.l, Space.m)) {
            line.photos.forEachIndexed { at, id ->
                Small(app, nav, id, words.list(listOf(words.itemPhotoNth(at + 1), line.by))) { presenter.piece(id) }
            }
        }
    }
    if (!action.mayChange) return
    var text by rememberSaveable { mutableStateOf("") }
    LaunchedEffect(action.summary.id) { presenter.comment.begun()?.let { text = it } }
    Field(words.actionsComment, text, { text = it; presenter.comment.keep(it) }, lines = 2)
    val photos = drafted(app, presenter.photosOf)?.split(' ').orEmpty()
    photos.forEachIndexed { at, id ->
        val name = words.itemPhotoNth(at + 1)
        Thumbnail(name, false, { Small(app, nav, id, name) { null } }, words.actionsPhotoDrop) { presenter.leaveOut(id) }
    }
    PhotoButtons(true, presenter::photo)
    if (text.isNotBlank() || photos.isNotEmpty()) {
        WideButton(words.actionsCommentSend, { presenter.say(text, photos) { text = "" } }, Weight.Secondary, Icons.send)
    }
}

@Composable
private fun act(to: ActionStatus) = when (to) {
    ActionStatus.OPEN -> words.actionsGoOpen
    ActionStatus.IN_PROGRESS -> words.actionsGoInProgress
    ActionStatus.DONE -> words.actionsGoDone
    ActionStatus.REJECTED -> words.actionsGoRejected
    ActionStatus.CANNOT_DO -> words.actionsGoCannotDo
    ActionStatus.VERIFIED -> words.actionsGoVerified
}

@Composable
private fun told(what: ActionTold): String = when (what) {
    ActionTold.Opened -> words.actionsToldOpened
    is ActionTold.Title -> words.actionsToldTitle(what.text)
    is ActionTold.Priority -> words.actionsToldPriority(priority(what.priority).label)
    is ActionTold.Owner -> what.name?.let { words.actionsToldOwner(it) } ?: words.actionsToldOwnerNone
    is ActionTold.Due -> what.atMs?.let { words.actionsToldDue(timed(it)) } ?: words.actionsToldDueNone
    is ActionTold.Status -> status(what.to).label.let { to -> what.from?.let { words.actionsToldStatus(status(it).label, to) } ?: to }
    is ActionTold.Said -> what.text
}

private fun reason(what: ActionTold) = (what as? ActionTold.Status)?.reason

package frontline.ui

import androidx.compose.runtime.*
import androidx.compose.ui.graphics.vector.ImageVector
import frontline.ffi.*
import frontline.model.*

/** The two lists of one tab: what is gone through, and what came of it to be put right. */
@Composable
fun Halves(nav: Nav, current: String) = Segments(
    listOf(
        Segment("procedures", words.navProcedures, Icons.procedures, Tone.Accent),
        Segment("actions", words.actionsTitle, Icons.tool, Tone.Accent),
    ), current, { key -> key?.let(nav::go) },
)

/** What is to be put right, by whom, until when. */
@Composable
fun ActionsScreen(app: App, nav: Nav) {
    val (presenter, state) = present(app) { ActionsPresenter(app) }
    val sought by presenter.sought.collectAsState()
    val online by app.phone.online.collectAsState()
    Page(words.actionsTitle, bottom = {
        WideButton(words.actionsNew, { nav.open("action-new", over = false) }, icon = Icons.add)
    }) {
        Sought(state, presenter::retry, {
            if (sought != ActionsSought()) EmptyState(words.countResults(0), icon = Icons.search)
            else EmptyState(words.actionsEmpty, words.actionsEmptyDetail)
        }, {
            Halves(nav, "actions")
            if (!online) OfflineBanner()
            Field(words.actionsSearch, sought.words, { presenter.seek(sought.copy(words = it)) })
            Picks(ActionFilter.entries.map { Option(it.name, name(it)) }, sought.filter.name, {
                presenter.seek(sought.copy(filter = ActionFilter.valueOf(it)))
            })
        }) { actions ->
            groups(actions.items) { ActionRow(it, opens("action", it.id)) { nav.open("action", it.id, over = false) } }
            more(actions.next != null, presenter::more)
        }
    }
}

@Composable
private fun name(filter: ActionFilter) = when (filter) {
    ActionFilter.OPEN -> words.actionsFilterOpen
    ActionFilter.MINE -> words.actionsFilterMine
    ActionFilter.OVERDUE -> words.actionsFilterOverdue
    ActionFilter.DONE -> words.actionsFilterDone
    ActionFilter.ALL -> words.actionsFilterAll
}

@Composable
internal fun ActionRow(one: ActionSummary, here: Boolean, onClick: () -> Unit) {
    val owner = if (one.mine) words.actionsOwnerMe else one.owner ?: words.actionsOwnerNone
    val said = one.comments.toInt().takeIf { it > 0 }?.let { words.actionsCountComments(it) }
    val detail = joined(" · ", owner, one.site.label.text, said)
    ListRow(one.title, detail = detail, icon = Icons.tool, tone = status(one.status).tone, onClick = onClick, here = here) {
        ActionChip(one.status)
        Due(one)
        if (one.priority == ActionPriority.HIGH || one.priority == ActionPriority.URGENT) PriorityChip(one.priority)
        if (one.clashes > 0u) StatusChip(words.clashCount(one.clashes.toInt()), Tone.Attention, Icons.clash)
        StateChip(one.state)
    }
}

/** Until when; one that is late says so by picture, words and colour. */
@Composable
private fun Due(one: ActionSummary) {
    val due = one.dueMs ?: return
    when (one.escalated) {
        null -> StatusChip(words.todayDueAt(timed(due)), Tone.Neutral, Icons.clock)
        Escalation.SUPERVISOR -> StatusChip(words.todayOverdueSince(timed(due)), Tone.Attention, Icons.clock)
        Escalation.MANAGER -> StatusChip(words.todayOverdueSince(timed(due)), Tone.Wrong, Icons.attention)
    }
}

internal class Shown(val label: String, val tone: Tone, val icon: ImageVector = tone.icon)

@Composable
internal fun status(status: ActionStatus) = when (status) {
    ActionStatus.OPEN -> Shown(words.actionsStatusOpen, Tone.Neutral, Icons.choice)
    ActionStatus.IN_PROGRESS -> Shown(words.actionsStatusInProgress, Tone.Info, Icons.tool)
    ActionStatus.DONE -> Shown(words.actionsStatusDone, Tone.Good, Icons.check)
    ActionStatus.REJECTED -> Shown(words.actionsStatusRejected, Tone.Attention, Icons.giveBack)
    ActionStatus.CANNOT_DO -> Shown(words.actionsStatusCannotDo, Tone.Attention)
    ActionStatus.VERIFIED -> Shown(words.actionsStatusVerified, Tone.Good, Icons.lock)
}

@Composable
internal fun priority(priority: ActionPriority) = when (priority) {
    ActionPriority.LOW -> Shown(words.actionsPriorityLow, Tone.Neutral, Icons.down)
    ActionPriority.NORMAL -> Shown(words.actionsPriorityNormal, Tone.Neutral, Icons.flag)
    ActionPriority.HIGH -> Shown(words.actionsPriorityHigh, Tone.Attention, Icons.up)
    ActionPriority.URGENT -> Shown(words.actionsPriorityUrgent, Tone.Wrong, Icons.flag)
}

@Composable
fun ActionChip(of: ActionStatus) = status(of).let { StatusChip(it.label, it.tone, it.icon) }

/** Its name alone says nothing of what it is the name of: “high” is said with what is high. */
@Composable
fun PriorityChip(of: ActionPriority) = priority(of).let { StatusChip(words.actionsToldPriority(it.label), it.tone, it.icon) }

package frontline.ui

import androidx.compose.foundation.layout.*
import androidx.compose.foundation.lazy.LazyListScope
import androidx.compose.material3.*
import androidx.compose.runtime.*
import androidx.compose.ui.Modifier
import androidx.compose.ui.graphics.vector.ImageVector
import androidx.compose.ui.semantics.clearAndSetSemantics
import androidx.compose.ui.unit.dp
import frontline.ffi.*
import frontline.model.*

/** What is to be done, in the core's order, each with why. */
@Composable
fun TodayScreen(app: App, nav: Nav, session: Session) {
    val (presenter, state) = present(app) { TodayPresenter(app) }
    val online by app.phone.online.collectAsState()
    val problem by presenter.problem.collectAsState()
    val open = { item: TodayItem ->
        when (item.what) {
            TodayWhat.MODULE -> nav.open("module", item.id, over = false)
            TodayWhat.PROCEDURE -> presenter.start(item.id) { nav.open("run", it, over = false) }.let { }
            TodayWhat.RUN -> nav.open("run", item.id, over = false)
            TodayWhat.REFUSED -> nav.open("sync", over = false)
        }
    }
    Page(words.todayTitle, actions = {
        if (session.me?.hasPin == true) AppIconButton(Icons.lock, words.whoLock, { app.session.lock() })
        else if (session.several) AppIconButton(Icons.people, words.whoSwitch, { app.session.lock() })
        Badged(session.status.unsent.toInt()) { AppIconButton(Icons.sync, syncName(session), { nav.open("sync", over = false) }) }
        AppIconButton(Icons.settings, words.navSettings, { nav.open("settings", over = false) })
    }) {
        val news: @Composable () -> Unit = {
            Stack {
                if (!online) OfflineBanner(session.status.unsent.toInt())
                LeaseEnding(session.status)
                Wrong(problem)
            }
        }
        val none: @Composable () -> Unit = {
            Column {
                Box(Modifier.padding(horizontal = Space.l)) { news() }
                EmptyState(words.todayEmpty, words.todayEmptyDetail, Icons.check, words.navProcedures, { nav.go("procedures") })
            }
        }
        StateOf(state, presenter::retry, none) { today ->
            Rows {
                item { news() }
                item {
                    val who = joined(" · ", session.me?.name, session.me?.site?.text)
                    SectionHeader(who, aside = words.countItems(today.count.toInt()))
                }
                val late = today.actions.late.toInt() > 0
                if (late) actions(today.actions, nav)
                groups(today.items) { TodayRow(it, opens(route(it), it.id)) { open(it) } }
                if (!late) actions(today.actions, nav)
            }
        }
    }
}

/** What is to be put right, in the core's order; before everything else where some of it is late. */
private fun LazyListScope.actions(of: TodayActions, nav: Nav) {
    if (of.first.isEmpty()) return
    item {
        SectionHeader(words.actionsTitle)
        Flow {
            if (of.late > 0u) StatusChip(words.todayActionsLate(of.late.toInt()), Tone.Wrong, Icons.clock)
            if (of.differ > 0u) StatusChip(words.todayActionsDiffer(of.differ.toInt()), Tone.Attention, Icons.clash)
            if (of.toReview > 0u) StatusChip(words.todayActionsReview(of.toReview.toInt()), Tone.Info, Icons.check)
        }
    }
    groups(of.first) { ActionRow(it, opens("action", it.id)) { nav.open("action", it.id, over = false) } }
    item { Flow(Modifier.offset(-Space.s)) { Quiet(words.todayActionsMore, Icons.tool) { nav.go("actions") } } }
}

private fun route(item: TodayItem) = if (item.what == TodayWhat.MODULE) "module" else "run"

/** How much waits to be sent, for who can see it: the button's name says it to who cannot. */
@Composable
private fun Badged(unsent: Int, button: @Composable () -> Unit) = BadgedBox({
    if (unsent > 0) Badge(Modifier.offset((-6).dp, 6.dp).clearAndSetSemantics {}, palette.accent, palette.onAccent) {
        Capped(1.3f) { Text(unsent.toString(), style = Type.small) }
    }
}) { button() }

/** The count is part of what the button is called: a badge alone is seen by some only. */
@Composable
private fun syncName(session: Session) =
    joined(": ", words.navSync, session.status.unsent.toInt().takeIf { it > 0 }?.let { words.syncUnsent(it) })

@Composable
private fun TodayRow(item: TodayItem, here: Boolean, onClick: () -> Unit) {
    val why = why(item)
    val icon = when (item.what) {
        TodayWhat.MODULE -> Icons.training
        TodayWhat.REFUSED -> Icons.cloudOff
        TodayWhat.PROCEDURE, TodayWhat.RUN -> Icons.procedures
    }
    val title = item.title.text.ifEmpty { words.syncRefused }
    ListRow(title, detail = why.detail, icon = icon, tone = why.tone, onClick = onClick, here = here) {
        StatusChip(why.label, why.tone, why.icon)
        val due = item.dueMs?.takeIf { item.why !is TodayWhy.Overdue && item.why !is TodayWhy.Due }
        if (due != null) StatusChip(words.todayDueAt(timed(due)), Tone.Neutral, Icons.clock)
    }
}

private class Why(val label: String, val tone: Tone, val icon: ImageVector = tone.icon, val detail: String? = null)

@Composable
private fun why(item: TodayItem): Why = when (val why = item.why) {
    TodayWhy.Overdue -> Why(item.dueMs?.let { words.todayOverdueSince(timed(it)) } ?: words.todayOverdue, Tone.Wrong, Icons.clock)
    is TodayWhy.Clashes -> Why(words.clashCount(why.count.toInt()), Tone.Attention, Icons.clash, words.todayClash)
    TodayWhy.Lapsed -> Why(words.todayLapsed, Tone.Attention, Icons.unlock, words.signLapsedDetail)
    is TodayWhy.GivenBack ->
        Why(words.todayGivenBack, Tone.Attention, Icons.giveBack, joined("\n", words.todayGivenBackWhy(why.reason), words.labelBy(why.by)))
    is TodayWhy.Refused -> Why(words.todayRefused, Tone.Wrong, Icons.cloudOff, words.countItems(why.count.toInt()))
    TodayWhy.Due -> Why(item.dueMs?.let { words.todayDueAt(timed(it)) } ?: words.todayDue, Tone.Neutral, Icons.clock)
    is TodayWhy.Begun -> Why(words.todayBegun, Tone.Info, Icons.edit, words.runRequiredLeft(why.missing.toInt()))
    TodayWhy.ToSignOff -> Why(words.runSignatureNeeded, Tone.Info, Icons.signature)
    is TodayWhy.PutRight -> Why(words.todayToRight, if (why.overdue) Tone.Wrong else Tone.Attention, Icons.attention, why.says.text)
    is TodayWhy.Told -> Why(words.ruleNotice, Tone.Info, Icons.message, why.says.text)
}

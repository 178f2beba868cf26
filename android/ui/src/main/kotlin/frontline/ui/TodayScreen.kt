package frontline.ui

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.PaddingValues
import androidx.compose.foundation.lazy.LazyColumn
import androidx.compose.foundation.lazy.rememberLazyListState
import androidx.compose.runtime.*
import androidx.compose.ui.graphics.vector.ImageVector
import frontline.ffi.TodayItem
import frontline.ffi.TodayWhat
import frontline.ffi.TodayWhy
import frontline.model.App
import frontline.model.Session
import frontline.model.TodayPresenter

/** What is to be done, in the core's order, each with why. */
@Composable
fun TodayScreen(app: App, nav: Nav, session: Session) {
    val (presenter, state) = present(app) { TodayPresenter(app) }
    val list = rememberLazyListState()
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
        if ((session.me?.hasPin) == true) AppIconButton(Icons.lock, words.whoLock, { app.session.lock() })
        AppIconButton(Icons.sync, syncName(session), { nav.open("sync", over = false) })
        AppIconButton(Icons.settings, words.navSettings, { nav.open("settings", over = false) })
    }) {
        StateOf(state, { presenter.retry() }, { EmptyState(words.todayEmpty, words.todayEmptyDetail, Icons.check, words.navProcedures, { nav.go("procedures") }) }) { today ->
            LazyColumn(state = list, contentPadding = PaddingValues(Space.l, Space.xs, Space.l, Space.xl), verticalArrangement = Arrangement.spacedBy(Space.s)) {
                if (!online) item { OfflineBanner() }
                problem?.let { item { Notice(Tone.Wrong, words.say(it)) } }
                item { SectionHeader(listOfNotNull(session.me?.name, session.me?.site?.text).joinToString(" · "), aside = words.countItems(today.count.toInt())) }
                items(today.items.size) { at -> today.items[at].let { Group { TodayRow(it) { open(it) } } } }
            }
        }
    }
}

/** The count is part of what the button is called: a badge alone is seen by some only. */
@Composable
private fun syncName(session: Session) = words.navSync + if (session.status.unsent > 0uL) ": " + words.syncUnsent(session.status.unsent.toInt()) else ""

@Composable
private fun TodayRow(item: TodayItem, onClick: () -> Unit) {
    val why = why(item)
    ListRow(
        item.title.text.ifEmpty { words.syncRefused }, detail = why.detail, icon = if (item.what == TodayWhat.MODULE) Icons.training else if (item.what == TodayWhat.REFUSED) Icons.cloudOff else Icons.procedures,
        tone = why.tone, onClick = onClick,
    ) {
        StatusChip(why.label, why.tone, why.icon)
        if (item.why !is TodayWhy.Overdue && item.why !is TodayWhy.Due) item.dueMs?.let { StatusChip(words.todayDueAt(timed(it)), Tone.Neutral, Icons.clock) }
    }
}

private class Why(val label: String, val tone: Tone, val icon: ImageVector = tone.icon, val detail: String? = null)

@Composable
private fun why(item: TodayItem): Why = when (val why = item.why) {
    TodayWhy.Overdue -> Why(item.dueMs?.let { words.todayOverdueSince(timed(it)) } ?: words.todayOverdue, Tone.Wrong, Icons.clock)
    is TodayWhy.Clashes -> Why(words.clashCount(why.count.toInt()), Tone.Attention, Icons.clash, words.todayClash)
    TodayWhy.Lapsed -> Why(words.todayLapsed, Tone.Attention, Icons.unlock, words.signLapsedDetail)
    is TodayWhy.GivenBack -> Why(words.todayGivenBack, Tone.Attention, Icons.giveBack, words.todayGivenBackWhy(why.reason) + "\n" + words.labelBy(why.by))
    is TodayWhy.Refused -> Why(words.todayRefused, Tone.Wrong, Icons.cloudOff, words.countItems(why.count.toInt()))
    TodayWhy.Due -> Why(item.dueMs?.let { words.todayDueAt(timed(it)) } ?: words.todayDue, Tone.Neutral, Icons.clock)
    is TodayWhy.Begun -> Why(words.todayBegun, Tone.Info, Icons.edit, words.runRequiredLeft(why.missing.toInt()))
    TodayWhy.ToSignOff -> Why(words.runSignatureNeeded, Tone.Info, Icons.signature)
    is TodayWhy.PutRight -> Why(words.todayToRight, if (why.overdue) Tone.Wrong else Tone.Attention, Icons.attention, why.says.text)
    is TodayWhy.Told -> Why(words.ruleNotice, Tone.Info, Icons.message, why.says.text)
}

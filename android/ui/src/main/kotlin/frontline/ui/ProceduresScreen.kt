package frontline.ui

import androidx.compose.runtime.*
import frontline.ffi.*
import frontline.model.*

@Composable
fun ProceduresScreen(app: App, nav: Nav) {
    val (presenter, state) = present(app) { ProceduresPresenter(app) }
    val problem by presenter.problem.collectAsState()
    Page(words.proceduresTitle) {
        StateOf(state, presenter::retry, { EmptyState(words.proceduresEmpty, icon = Icons.procedures) }) { lists ->
            Rows {
                problem?.let { item { Wrong(it) } }
                item { SectionHeader(words.proceduresToStart) }
                groups(lists.available) { one -> ProcedureRow(one) { presenter.start(one.id) { nav.open("run", it, over = false) } } }
                item { SectionHeader(words.proceduresRuns) }
                if (lists.runs.items.isEmpty()) item { Notice(Tone.Neutral, words.runsEmpty) }
                groups(lists.runs.items) { RunRow(it) { nav.open("run", it.id, over = false) } }
                more(lists.runs.next != null, presenter::more)
            }
        }
    }
}

@Composable
private fun ProcedureRow(one: ProcedureSummary, onClick: () -> Unit) {
    val detail = joined(" · ", words.countItems(one.items.toInt()), one.minutes?.let { words.countMinutes(it.toInt()) })
    ListRow(one.title.text, detail = detail, icon = Icons.add, tone = Tone.Accent, onClick = onClick, chips = one.dueMs?.let {
        { StatusChip(words.todayDueAt(timed(it)), Tone.Neutral, Icons.clock) }
    })
}

@Composable
private fun RunRow(run: RunSummary, onClick: () -> Unit) {
    val detail = words.labelByAt(run.startedBy, timed(run.updatedMs))
    ListRow(run.title.text, detail = detail, icon = Icons.procedures, tone = Tone.Accent, onClick = onClick, here = opens("run", run.id)) {
        RunChip(run.status)
        val far = words.runAnswered(run.answered.toInt(), run.required.toInt())
        if (run.status == RunStatus.OPEN) StatusChip(far, Tone.Neutral, Icons.edit)
        if (run.clashes > 0u) StatusChip(words.clashCount(run.clashes.toInt()), Tone.Attention, Icons.clash)
        if (run.away) StatusChip(words.runArchived, Tone.Neutral, Icons.cloud)
        StateChip(run.state)
    }
}

@Composable
fun RunChip(status: RunStatus) = when (status) {
    RunStatus.OPEN -> StatusChip(words.runOpen, Tone.Info, Icons.edit)
    RunStatus.HANDED_IN -> StatusChip(words.runHandedIn, Tone.Good, Icons.send)
    RunStatus.SIGNED_OFF -> StatusChip(words.runSigned, Tone.Good, Icons.lock)
    RunStatus.LAPSED -> StatusChip(words.runLapsed, Tone.Attention, Icons.unlock)
}

/** What became of something captured here; nothing about it is guessed, and nothing is said of what others captured. */
@Composable
fun StateChip(state: CaptureState?) = when (state?.step) {
    null -> Unit
    CaptureStep.CAPTURED -> StatusChip(words.syncCaptured, Tone.Neutral, Icons.phone)
    CaptureStep.HELD -> StatusChip(words.syncHeld, Tone.Info, Icons.clock)
    CaptureStep.STORED -> StatusChip(words.syncStored, Tone.Good, Icons.cloud)
    CaptureStep.REFUSED -> StatusChip(words.syncRefused, Tone.Wrong, Icons.cloudOff)
    CaptureStep.REPLACED, CaptureStep.REISSUED -> StatusChip(words.syncReplaced, Tone.Neutral, Icons.history)
}

/** Everything that happened, the latest first. */
@Composable
fun HistoryScreen(app: App, nav: Nav, run: String) {
    val (presenter, state) = present(app, run) { HistoryPresenter(app, run) }
    val (_, detail) = present(app, run) { RunPresenter(app, run) }
    val items = detail.ready?.items.orEmpty()
    val labels = items.associate { it.id to it.label.text }
    Page(words.runHistory, nav::back) {
        StateOf(state, presenter::retry) { lines ->
            Rows {
                groups(lines) { line ->
                    val answer = line.answer?.let { answer -> reads(answer, items.firstOrNull { it.id == line.item }) }
                    val detail = joined("\n", answer ?: line.reason, words.labelByAt(line.by, timed(line.atMs)))
                    ListRow(line.item?.let { labels[it] ?: it } ?: said(line), detail = detail, icon = icon(line)) {
                        if (line.item != null) StatusChip(said(line), Tone.Neutral, icon(line))
                        if (line.stands == false) StatusChip(words.historyReplaced, Tone.Neutral, Icons.history)
                    }
                }
            }
        }
    }
}

@Composable
private fun said(line: HistoryLine) = when (line.what) {
    HistoryWhat.ANSWERED -> words.historyAnswered
    HistoryWhat.SETTLED -> words.historySettled
    HistoryWhat.ATTACHED -> words.historyAttached
    HistoryWhat.DETACHED -> words.historyDetached
    HistoryWhat.HANDED_IN -> words.runHandedIn
    HistoryWhat.SIGNED_OFF -> words.runSigned
    HistoryWhat.GIVEN_BACK -> words.runGivenBack
}

private fun icon(line: HistoryLine) = when (line.what) {
    HistoryWhat.ANSWERED -> Icons.edit
    HistoryWhat.SETTLED -> Icons.clash
    HistoryWhat.ATTACHED, HistoryWhat.DETACHED -> Icons.photo
    HistoryWhat.HANDED_IN -> Icons.send
    HistoryWhat.SIGNED_OFF -> Icons.lock
    HistoryWhat.GIVEN_BACK -> Icons.giveBack
}

package frontline.ui

import androidx.compose.runtime.*
import frontline.ffi.*
import frontline.model.*

@Composable
fun ProceduresScreen(app: App, nav: Nav) {
    val (presenter, state) = present(app) { ProceduresPresenter(app) }
    val problem by presenter.problem.collectAsState()
    val sought by presenter.sought.collectAsState()
    Page(words.proceduresTitle) {
        Sought(state, presenter::retry, { EmptyState(words.proceduresEmpty, icon = Icons.procedures) }, {
            Halves(nav, "procedures")
            Wrong(problem)
            Field(words.runsSearch, sought.words, { presenter.seek(sought.copy(words = it)) })
            ScanAsset(app, nav)
        }) { lists ->
            // Whoever looks for a run does not begin one.
            if (sought.words.isBlank()) {
                item { SectionHeader(words.proceduresToStart) }
                groups(lists.available) { one -> ProcedureRow(one) { presenter.start(one.id) { nav.open("run", it, over = false) } } }
            }
            item {
                SectionHeader(words.proceduresRuns)
                val states = listOf(null to words.filterAll) + RunStatus.entries.map { it to name(it) }
                Picks(states.map { (status, name) -> Option(status?.name.orEmpty(), name) }, sought.status?.name.orEmpty(), {
                    presenter.seek(sought.copy(status = it.ifEmpty { null }?.let(RunStatus::valueOf)))
                })
            }
            if (lists.runs.items.isEmpty()) item {
                Notice(Tone.Neutral, if (sought == RunsSought()) words.runsEmpty else words.countResults(0))
            }
            groups(lists.runs.items) { RunRow(it) { nav.open("run", it.id, over = false) } }
            more(lists.runs.next != null, presenter::more)
        }
    }
}

@Composable
private fun name(status: RunStatus) = when (status) {
    RunStatus.OPEN -> words.runOpen
    RunStatus.HANDED_IN -> words.runHandedIn
    RunStatus.SIGNED_OFF -> words.runSigned
    RunStatus.LAPSED -> words.runLapsed
    RunStatus.WITHDRAWN -> words.runWithdrawn
}

@Composable
internal fun ProcedureRow(one: ProcedureSummary, onClick: () -> Unit) {
    val detail = joined(" · ", words.countItems(one.items.toInt()), one.minutes?.let { words.countMinutes(it.toInt()) })
    ListRow(one.title.text, detail = detail, icon = Icons.add, tone = Tone.Accent, onClick = onClick, chips = one.dueMs?.let {
        { StatusChip(words.todayDueAt(timed(it)), Tone.Neutral, Icons.clock) }
    })
}

@Composable
internal fun RunRow(run: RunSummary, onClick: () -> Unit) {
    val detail = joined("\n", run.asset?.label?.text, words.labelByAt(run.startedBy, timed(run.updatedMs)))
    ListRow(run.title.text, detail = detail, icon = Icons.procedures, tone = Tone.Accent, onClick = onClick, here = opens("run", run.id)) {
        RunChip(run.status)
        if (run.status == RunStatus.OPEN) StatusChip(words.runRequiredLeft(run.missing.toInt()), Tone.Neutral, Icons.edit)
        if (run.clashes > 0u) StatusChip(words.clashCount(run.clashes.toInt()), Tone.Attention, Icons.clash)
        if (run.away) StatusChip(words.runArchived, Tone.Neutral, Icons.cloud)
        StateChip(run.state)
    }
}

@Composable
fun RunChip(status: RunStatus) = when (status) {
    RunStatus.OPEN -> StatusChip(name(status), Tone.Info, Icons.edit)
    RunStatus.HANDED_IN -> StatusChip(name(status), Tone.Good, Icons.send)
    RunStatus.SIGNED_OFF -> StatusChip(name(status), Tone.Good, Icons.lock)
    RunStatus.LAPSED -> StatusChip(name(status), Tone.Attention, Icons.unlock)
    RunStatus.WITHDRAWN -> StatusChip(name(status), Tone.Neutral, Icons.close)
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
    val labels = detail.ready?.items.orEmpty().associate { it.id to it.label.text }
    Page(words.runHistory, nav::back) {
        StateOf(state, presenter::retry) { lines ->
            Rows {
                if (lines.any { it.doubts.isNotEmpty() }) item { Notice(Tone.Info, words.runDoubtsDetail) }
                groups(lines) { line ->
                    val took = line.tookMs?.let { words.runTook(lasting((it / 1_000uL).toInt())) }
                    val detail = joined("\n", line.says ?: line.reason, words.labelByAt(line.by, timed(line.atMs)), took)
                    ListRow(line.item?.let { labels[it] ?: it } ?: said(line), detail = detail, icon = icon(line)) {
                        if (line.item != null) StatusChip(said(line), Tone.Neutral, icon(line))
                        if (line.stands == false) StatusChip(words.historyReplaced, Tone.Neutral, Icons.history)
                        if (line.afterWithdrawal) StatusChip(words.runAfterWithdrawal, Tone.Attention)
                        if (line.measured) StatusChip(words.runMeasured, Tone.Neutral, Icons.check)
                        for (doubt in line.doubts) when (doubt) {
                            Doubt.TOO_FAST -> StatusChip(words.runDoubtFast, Tone.Info, Icons.clock)
                            Doubt.CLOCK_SET -> StatusChip(words.runDoubtClock, Tone.Info, Icons.clock)
                        }
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

package frontline.model

import frontline.ffi.*

data class ProcedureLists(val available: List<ProcedureSummary>, val runs: Piece<RunSummary>)

/** What can be started and what was begun; runs come a page at a time. */
class ProceduresPresenter(app: App) : Presenter<ProcedureLists>(app, Topic.PROCEDURES, Topic.CONTENT, Topic.PEOPLE, Topic.SYNC) {
    override suspend fun read() = core.procedures {
        ProcedureLists(available(PageAsked(count = MOST)).items, rows { runs(RunsAsked(page = it)).run { Piece(items, next) } })
    }
    override fun isEmpty(state: ProcedureLists) = state.available.isEmpty() && state.runs.items.isEmpty()

    fun start(procedure: String, then: (String) -> Unit) = act { then(core.procedures { start(procedure) }) }
}

class HistoryPresenter(app: App, private val run: String) : Presenter<List<HistoryLine>>(app, Topic.PROCEDURES) {
    override suspend fun read() = core.procedures { rows(Int.MAX_VALUE) { history(run, it).run { Piece(items, next) } } }.items.asReversed()
    override fun isEmpty(state: List<HistoryLine>) = state.isEmpty()
}

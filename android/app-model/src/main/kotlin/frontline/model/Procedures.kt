package frontline.model

import frontline.ffi.*

data class ProcedureLists(val available: List<ProcedureSummary>, val runs: List<RunSummary>, val more: String?)

/** What can be started and what was begun; runs come a page at a time. */
class ProceduresPresenter(app: App) : Presenter<ProcedureLists>(app, Topic.PROCEDURES, Topic.CONTENT, Topic.PEOPLE, Topic.SYNC) {
    override suspend fun read() = core.procedures {
        val runs = runs(PageAsked(null, null))
        ProcedureLists(available(PageAsked(count = MOST)).items, runs.items, runs.next)
    }
    override fun isEmpty(state: ProcedureLists) = state.available.isEmpty() && state.runs.isEmpty()
    fun more() = act {
        val now = value ?: return@act
        val next = core.procedures { runs(PageAsked(now.more, null)) }
        shown.value = Load.Ready(now.copy(runs = now.runs + next.items, more = next.next))
    }

    fun start(procedure: String, then: (String) -> Unit) = act { then(core.procedures { start(procedure) }) }
}

class HistoryPresenter(app: App, private val run: String) : Presenter<List<HistoryLine>>(app, Topic.PROCEDURES) {
    override suspend fun read() = core.procedures {
        val lines = mutableListOf<HistoryLine>()
        var page = history(run, PageAsked(count = MOST)).also { lines += it.items }
        while (page.next != null) page = history(run, PageAsked(page.next, MOST)).also { lines += it.items }
        lines.asReversed()
    }
    override fun isEmpty(state: List<HistoryLine>) = state.isEmpty()
}

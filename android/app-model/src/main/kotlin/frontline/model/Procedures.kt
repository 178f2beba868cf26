package frontline.model

import frontline.ffi.*
import kotlinx.coroutines.flow.MutableStateFlow

/** What is looked for among the runs. */
data class RunsSought(val words: String = "", val status: RunStatus? = null)

data class ProcedureLists(val available: List<ProcedureSummary>, val runs: Piece<RunSummary>)

/** What can be started and what was begun; runs come a page at a time. */
class ProceduresPresenter(app: App) : Presenter<ProcedureLists>(app, Topic.PROCEDURES, Topic.CONTENT, Topic.PEOPLE, Topic.SYNC) {
    val sought = MutableStateFlow(RunsSought())

    override suspend fun read(): ProcedureLists {
        val (typed, status) = sought.value
        return core.procedures {
            val runs = rows { runs(RunsAsked(words = typed.trim(), status = status, page = it)).run { Piece(items, next) } }
            ProcedureLists(available(PageAsked(count = MOST)).items, runs)
        }
    }

    fun seek(what: RunsSought) {
        sought.value = what
        anew()
    }

    override fun isEmpty(state: ProcedureLists) = state.available.isEmpty() && state.runs.items.isEmpty()

    fun start(procedure: String, then: (String) -> Unit) = act { then(core.procedures { start(procedure) }) }
}

class HistoryPresenter(app: App, private val run: String) : Presenter<List<HistoryLine>>(app, Topic.PROCEDURES) {
    override suspend fun read() = core.procedures { rows(Int.MAX_VALUE) { history(run, it).run { Piece(items, next) } } }.items.asReversed()
    override fun isEmpty(state: List<HistoryLine>) = state.isEmpty()
}

/** What a label says is of: what is done about it, and what was begun. */
class AssetPresenter(app: App, private val code: String) : Presenter<AssetDetail>(app, Topic.PROCEDURES, Topic.CONTENT, Topic.PEOPLE) {
    override suspend fun read() = core.procedures { asset(code) }

    fun start(procedure: String, then: (String) -> Unit) = act { then(core.procedures { start(procedure, value?.id) }) }
}

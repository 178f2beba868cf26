package frontline.model

import frontline.ffi.*

/** What is to be done, in the core's order; what has a due time is said by the phone then, too. */
class TodayPresenter(app: App) :
    Presenter<TodayDetail>(app, Topic.PROCEDURES, Topic.ACTIONS, Topic.TRAINING, Topic.CONTENT, Topic.SYNC, Topic.PEOPLE) {
    override suspend fun read() = core.today().also { today -> app.phone.remind(today.items.mapNotNull { it.dueMs }, today.count.toInt()) }
    override fun isEmpty(state: TodayDetail) = state.items.isEmpty() && state.actions.first.isEmpty()
    fun start(procedure: String, then: (String) -> Unit) = act { then(core.procedures { start(procedure) }) }
}

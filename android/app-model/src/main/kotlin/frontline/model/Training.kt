package frontline.model

import frontline.ffi.*

class TrainingPresenter(app: App) : Presenter<List<ModuleSummary>>(app, Topic.TRAINING, Topic.CONTENT, Topic.PEOPLE) {
    override suspend fun read() = core.training { list(PageAsked(count = MOST)).items }
    override fun isEmpty(state: List<ModuleSummary>) = state.isEmpty()
}

class ModulePresenter(app: App, val id: String) : Presenter<ModuleDetail>(app, Topic.TRAINING, Topic.CONTENT) {
    override suspend fun read() = core.training { module(id) }

    /** Being at a card is what reads it; [card] counts from 1. */
    fun at(lesson: String, card: Int) = act { core.training { progress(id, lesson, card.toUShort()) } }
}

/** One attempt, from the question to go on with to its result. Begun where there is none open. */
class QuizPresenter(app: App, private val module: String, private val attempt: String?) : Presenter<AttemptDetail>(app) {
    override suspend fun read() = core.training { value?.let { attempt(it.id) } ?: attempt?.let { attempt(it) } ?: startQuiz(module) }
    fun answer(item: String, given: Given) = change { core.training { answer(QuizAnswerDraft(it, item, given)) } }
    fun submit() = change { core.training { submit(it) } }

    fun again() = act { shown.value = Load.Ready(core.training { startQuiz(module) }) }

    private fun change(what: suspend (String) -> AttemptDetail) = act { value?.let { shown.value = Load.Ready(what(it.id)) } }
}

package frontline.ui

import androidx.compose.foundation.layout.*
import androidx.compose.runtime.*
import androidx.compose.runtime.saveable.rememberSaveable
import androidx.compose.ui.Modifier
import frontline.ffi.*
import frontline.model.*

/** One question a page, where one left off; handed in it is its result. */
@Composable
fun QuizScreen(app: App, nav: Nav, module: String, attempt: String?) {
    val (presenter, state) = present(app, module, attempt) { QuizPresenter(app, module, attempt) }
    StateOf(state, presenter::retry) {
        if (it.finished) Result(it, presenter, nav) else key(it.id) { Questions(app, it, presenter, nav) }
    }
}

@Composable
private fun Questions(app: App, attempt: AttemptDetail, presenter: QuizPresenter, nav: Nav) {
    var at by rememberSaveable { mutableStateOf(attempt.next ?: attempt.questions.first().item) }
    val here = attempt.questions.indexOfFirst { it.item == at }.coerceAtLeast(0)
    val question = attempt.questions[here]
    val problem by presenter.problem.collectAsState()
    val keeper = remember(at) { DraftKeeper(app, "question/${attempt.id}/$at") }
    val last = here == attempt.questions.size - 1
    Page(attempt.title.text, nav::back, bottom = {
        // The last page leads to what is missing elsewhere, and to the end once nothing is.
        val gap = attempt.next?.takeIf { last && it != at && !attempt.canSubmit }
        val back = { at = attempt.questions[here - 1].item }
        val next = if (gap != null) words.runNextMissingOf(attempt.missing.toInt()) else if (last) words.quizFinish else words.actionNext
        StepButtons(back.takeIf { here > 0 }, next, {
            if (gap != null) at = gap else if (last) presenter.submit() else at = attempt.questions[here + 1].item
        }, !last || gap != null || attempt.canSubmit)
    }) {
        Scrolled {
            Progress(words.quizQuestion(here + 1, attempt.questions.size), here + 1, attempt.questions.size)
            Said(question.label.text, Type.heading)
            question.help?.let { Muted(it.text) }
            hint(question)?.let { Muted(it, Type.label) }
            Wrong(problem)
            key(at) { AnswerControl(question.asked(), Gives({ presenter.answer(at, it) }, keeper)) }
        }
    }
}

@Composable
private fun hint(question: QuestionDetail) = when (question.control) {
    Control.ONE -> words.quizPickOne
    Control.SEVERAL -> words.quizPickMany
    Control.RANKING -> words.itemRank
    else -> null
}

/** There at once, graded by the core; what was right only where nothing can be gained by knowing. */
@Composable
private fun Result(attempt: AttemptDetail, presenter: QuizPresenter, nav: Nav) {
    val passed = attempt.passed == true
    Page(words.quizResult, nav::back, bottom = {
        Stack {
            if (!passed && attempt.left?.toInt() != 0) WideButton(words.quizAgain, { presenter.again() }, Weight.Secondary)
            WideButton(words.actionDone, { nav.back() })
        }
    }) {
        Scrolled {
            val (tone, said) = if (passed) Tone.Good to words.trainingPassed else Tone.Attention to words.trainingFailed
            Notice(tone, said, detail = words.quizNeeded(attempt.masteryScore.toInt()))
            attempt.points?.let { p -> attempt.of?.let { Progress(words.quizPoints(p.toInt(), it.toInt()), p.toInt(), it.toInt()) } }
            if (!passed) Muted(attempt.left?.let { words.quizAttemptsLeft(it.toInt()) } ?: words.quizAttemptsUnlimited)
            for (question in attempt.questions) Graded(question)
        }
    }
}

@Composable
private fun Graded(question: QuestionDetail) {
    val grade = question.graded ?: return
    Group {
        Stack(Space.s, Modifier.padding(Space.l)) {
            Said(question.label.text, Type.strong)
            when (grade) {
                Grade.RIGHT -> StatusChip(words.quizRight, Tone.Good)
                Grade.PARTLY -> StatusChip(words.quizPartly, Tone.Attention)
                Grade.WRONG -> StatusChip(words.quizWrong, Tone.Wrong)
            }
            if (grade != Grade.RIGHT) question.rightSays?.let { Said("${words.quizSolution}: $it") }
            question.why?.let { Muted(it.text) }
        }
    }
}

package frontline.ui

import androidx.compose.foundation.layout.*
import androidx.compose.material3.Text
import androidx.compose.runtime.*
import androidx.compose.runtime.saveable.rememberSaveable
import androidx.compose.ui.Modifier
import frontline.ffi.*
import frontline.model.App
import frontline.model.DraftKeeper
import frontline.model.QuizPresenter

/** One question a page, where one left off; handed in it is its result. */
@Composable
fun QuizScreen(app: App, nav: Nav, module: String, attempt: String?) {
    val (presenter, state) = present(app, module, attempt) { QuizPresenter(app, module, attempt) }
    StateOf(state, { presenter.retry() }) { if (it.finished) Result(it, presenter, nav) else key(it.id) { Questions(app, it, presenter, nav) } }
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
        Column(verticalArrangement = Arrangement.spacedBy(Space.s)) {
            if (last && !attempt.canSubmit) attempt.next?.let { next -> AppButton(words.runNextMissing, { at = next }, Modifier.fillMaxWidth(), Weight.Secondary) }
            StepButtons(
                if (here > 0) ({ at = attempt.questions[here - 1].item }) else null, if (last) words.quizFinish else words.actionNext,
                { if (last) presenter.submit() else at = attempt.questions[here + 1].item }, !last || attempt.canSubmit,
            )
        }
    }) {
        Scrolled {
            Progress(words.quizQuestion(here + 1, attempt.questions.size), here + 1, attempt.questions.size)
            Text(question.label.text, color = palette.ink, style = Type.heading)
            question.help?.let { Text(it.text, color = palette.inkMuted, style = Type.body) }
            hint(question)?.let { Text(it, color = palette.inkMuted, style = Type.label) }
            problem?.let { Notice(Tone.Wrong, words.say(it)) }
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
        Column(verticalArrangement = Arrangement.spacedBy(Space.s)) {
            if (!passed && attempt.left?.toInt() != 0) AppButton(words.quizAgain, { presenter.again() }, Modifier.fillMaxWidth(), Weight.Secondary)
            AppButton(words.actionDone, { nav.back() }, Modifier.fillMaxWidth())
        }
    }) {
        Scrolled {
            Notice(if (passed) Tone.Good else Tone.Attention, if (passed) words.trainingPassed else words.trainingFailed, detail = words.quizNeeded(attempt.masteryScore.toInt()))
            attempt.points?.let { p -> attempt.of?.let { Progress(words.quizPoints(p.toInt(), it.toInt()), p.toInt(), it.toInt()) } }
            if (!passed) Text(attempt.left?.let { words.quizAttemptsLeft(it.toInt()) } ?: words.quizAttemptsUnlimited, color = palette.inkMuted, style = Type.body)
            for (question in attempt.questions) Graded(question)
        }
    }
}

@Composable
private fun Graded(question: QuestionDetail) {
    val grade = question.graded ?: return
    Group {
        Column(Modifier.padding(Space.l), Arrangement.spacedBy(Space.s)) {
            Text(question.label.text, color = palette.ink, style = Type.strong)
            when (grade) {
                Grade.RIGHT -> StatusChip(words.quizRight, Tone.Good)
                Grade.PARTLY -> StatusChip(words.quizPartly, Tone.Attention)
                Grade.WRONG -> StatusChip(words.quizWrong, Tone.Wrong)
            }
            question.right?.takeIf { grade != Grade.RIGHT }?.let { Text("${words.quizSolution}: ${reads(it, question)}", color = palette.ink, style = Type.body) }
            question.why?.let { Text(it.text, color = palette.inkMuted, style = Type.body) }
        }
    }
}

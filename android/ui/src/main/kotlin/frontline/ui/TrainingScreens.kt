package frontline.ui

import androidx.compose.foundation.*
import androidx.compose.foundation.layout.*
import androidx.compose.runtime.*
import androidx.compose.runtime.saveable.rememberSaveable
import androidx.compose.ui.Modifier
import frontline.ffi.*
import frontline.model.*

@Composable
fun TrainingScreen(app: App, nav: Nav) {
    val (presenter, state) = present(app) { TrainingPresenter(app) }
    Page(words.trainingTitle) {
        StateOf(state, presenter::retry, { EmptyState(words.trainingEmpty, icon = Icons.training) }) { modules ->
            Scrolled { GroupOf(modules) { _, one -> ModuleRow(one) { nav.open("module", one.id, over = false) } } }
        }
    }
}

@Composable
private fun ModuleRow(module: ModuleSummary, onClick: () -> Unit) {
    val minutes = module.minutes?.let { words.countMinutes(it.toInt()) }
    val here = opens("module", module.id)
    ListRow(module.title.text, detail = minutes, icon = Icons.training, tone = Tone.Accent, onClick = onClick, here = here) {
        when (module.status) {
            ModuleStatus.DONE -> StatusChip(words.trainingCompleted, Tone.Good)
            ModuleStatus.BEGUN -> StatusChip(words.labelProgress(module.read.toInt(), module.cards.toInt()), Tone.Info, Icons.edit)
            ModuleStatus.NEW -> StatusChip(words.trainingNotBegun, Tone.Neutral)
        }
        if (module.overdue) StatusChip(words.todayOverdue, Tone.Wrong, Icons.clock)
        else module.dueMs?.let { StatusChip(words.trainingMandatoryBy(dayed(it)), Tone.Attention, Icons.calendar) }
        module.quiz?.let { if (it.passed) StatusChip(words.trainingPassed, Tone.Good) }
    }
}

@Composable
fun ModuleScreen(app: App, nav: Nav, id: String) {
    val (presenter, state) = present(app, id) { ModulePresenter(app, id) }
    val module = state.ready
    Page(module?.title?.text ?: words.trainingTitle, nav::back, bottom = module?.let { { ModuleActs(it, nav) } }) {
        StateOf(state, presenter::retry) { shown ->
            Scrolled {
                Muted(words.trainingLessons(shown.lessons.size))
                GroupOf(shown.lessons) { at, lesson ->
                    val (far, of) = lesson.furthest.toInt() to lesson.cards.size
                    ListRow(lesson.title.text, detail = words.trainingLesson(at + 1), icon = Icons.training, tone = Tone.Accent, onClick = {
                        nav.open("lesson", id, lesson.id)
                    }) {
                        if (far == of) StatusChip(words.trainingCompleted, Tone.Good)
                        else StatusChip(words.labelProgress(far, of), Tone.Neutral)
                    }
                }
                shown.quiz?.let { Quiz(it, shown, nav) }
            }
        }
    }
}

@Composable
private fun Quiz(quiz: QuizStanding, module: ModuleDetail, nav: Nav) {
    SectionHeader(words.quizTitle)
    if (quiz.passed) Notice(Tone.Good, words.trainingPassed)
    Muted(words.quizNeeded(quiz.masteryScore.toInt()))
    Muted(quiz.left?.let { words.quizAttemptsLeft(it.toInt()) } ?: words.quizAttemptsUnlimited)
    if (module.attempts.isNotEmpty()) GroupOf(module.attempts) { at, one ->
        ListRow(words.quizAttempt(at + 1), detail = timed(one.startedMs), onClick = { nav.open("quiz", module.id, one.id) }) {
            when (one.passed) {
                true -> StatusChip(words.trainingPassed, Tone.Good)
                false -> StatusChip(words.trainingFailed, Tone.Attention)
                null -> Unit
            }
            one.points?.let { p -> one.of?.let { StatusChip(words.quizPoints(p.toInt(), it.toInt()), Tone.Neutral) } }
        }
    }
}

@Composable
private fun ModuleActs(module: ModuleDetail, nav: Nav) = Stack {
    val quiz = module.quiz
    val read = module.lessons.all { it.furthest.toInt() == it.cards.size }
    val (lessons, then) = if (read && quiz != null) Weight.Secondary to Weight.Primary else Weight.Primary to Weight.Secondary
    WideButton(words.actionContinue, { nav.open("lesson", module.id, module.resumeLesson) }, lessons, Icons.play)
    if (quiz == null) return@Stack
    val begin = if (quiz.open == null) words.quizBegin else words.quizResume
    WideButton(begin, { nav.open("quiz", module.id) }, then, Icons.edit, quiz.canStart)
}

/** One card at a time; being there reads it, and the place is kept. */
@Composable
fun LessonScreen(app: App, nav: Nav, id: String, slug: String) {
    val (presenter, state) = present(app, id) { ModulePresenter(app, id) }
    StateOf(state, presenter::retry) { module ->
        val lesson = module.lessons.firstOrNull { it.id == slug } ?: return@StateOf EmptyState(words.trainingMissing)
        var at by rememberSaveable { mutableStateOf(lesson.card.toInt().coerceIn(1, lesson.cards.size)) }
        LaunchedEffect(at) { presenter.at(slug, at) }
        val last = at == lesson.cards.size
        Page(lesson.title.text, nav::back, bottom = {
            val next = if (last) words.actionDone else words.actionNext
            StepButtons(if (at > 1) ({ at -= 1 }) else null, next, { if (last) nav.back() else at += 1 })
        }) {
            Stack(Space.l, Modifier.verticalScroll(rememberScrollState()).padding(Space.l)) {
                Progress(words.trainingCard(at, lesson.cards.size), at, lesson.cards.size)
                Group { Stack(Space.m, Modifier.padding(Space.l)) { Card(app, nav, lesson.cards[at - 1], "$slug/$at") } }
            }
        }
    }
}

@Composable
private fun Card(app: App, nav: Nav, card: CardDetail, key: String) {
    when (card) {
        is CardDetail.Text -> Markdown(card.text.text)
        is CardDetail.Takeaways -> {
            Heading(words.trainingTakeaways)
            Markdown(card.list.joinToString("\n") { "- ${it.text}" })
        }
        is CardDetail.Flip -> {
            var turned by rememberSaveable(key) { mutableStateOf(false) }
            Muted(if (turned) words.trainingBack else words.trainingFront, Type.label)
            Markdown(if (turned) card.back.text else card.front.text)
            AppButton(words.trainingFlip, { turned = !turned }, weight = Weight.Secondary, icon = Icons.flip)
        }
        is CardDetail.Image -> Picture(app, card.picture, card.alt.text) { nav.open("picture", card.picture, card.alt.text) }
        is CardDetail.Video -> Video(app, card.video, card.alt.text, card.lengthMs)
    }
}

package frontline.ui

import androidx.compose.foundation.*
import androidx.compose.foundation.layout.*
import androidx.compose.material3.Text
import androidx.compose.runtime.*
import androidx.compose.runtime.saveable.rememberSaveable
import androidx.compose.ui.Modifier
import androidx.compose.ui.graphics.ImageBitmap
import androidx.compose.ui.semantics.heading
import androidx.compose.ui.semantics.semantics
import frontline.ffi.*
import frontline.model.App
import frontline.model.ModulePresenter
import frontline.model.TrainingPresenter

@Composable
fun TrainingScreen(app: App, nav: Nav) {
    val (presenter, state) = present(app) { TrainingPresenter(app) }
    Page(words.trainingTitle) {
        StateOf(state, { presenter.retry() }, { EmptyState(words.trainingEmpty, icon = Icons.training) }) { modules ->
            Scrolled { Group { modules.forEachIndexed { at, one -> if (at > 0) GroupLine(); ModuleRow(one) { nav.open("module", one.id, over = false) } } } }
        }
    }
}

@Composable
private fun ModuleRow(module: ModuleSummary, onClick: () -> Unit) =
    ListRow(module.title.text, detail = module.minutes?.let { words.countMinutes(it.toInt()) }, icon = Icons.training, tone = Tone.Accent, onClick = onClick) {
        when (module.status) {
            ModuleStatus.DONE -> StatusChip(words.trainingCompleted, Tone.Good)
            ModuleStatus.BEGUN -> StatusChip(words.labelProgress(module.read.toInt(), module.cards.toInt()), Tone.Info, Icons.edit)
            ModuleStatus.NEW -> StatusChip(words.trainingNotBegun, Tone.Neutral)
        }
        if (module.overdue) StatusChip(words.todayOverdue, Tone.Wrong, Icons.clock)
        else module.dueMs?.let { StatusChip(words.trainingMandatoryBy(dayed(it)), Tone.Attention, Icons.calendar) }
        module.quiz?.let { if (it.passed) StatusChip(words.trainingPassed, Tone.Good) }
    }

@Composable
fun ModuleScreen(app: App, nav: Nav, id: String) {
    val (presenter, state) = present(app, id) { ModulePresenter(app, id) }
    val module = (state as? frontline.model.Load.Ready)?.value
    Page(module?.title?.text ?: words.trainingTitle, nav::back, bottom = module?.let { { ModuleActs(it, nav) } }) {
        StateOf(state, { presenter.retry() }) { shown ->
            Scrolled {
                Text(words.trainingLessons(shown.lessons.size), color = palette.inkMuted, style = Type.body)
                Group {
                    shown.lessons.forEachIndexed { at, lesson ->
                        if (at > 0) GroupLine()
                        ListRow(lesson.title.text, detail = words.trainingLesson(at + 1), icon = Icons.training, tone = Tone.Accent, onClick = { nav.open("lesson", id, lesson.id) }) {
                            if (lesson.furthest.toInt() == lesson.cards.size) StatusChip(words.trainingCompleted, Tone.Good)
                            else StatusChip(words.labelProgress(lesson.furthest.toInt(), lesson.cards.size), Tone.Neutral)
                        }
                    }
                }
                shown.quiz?.let { quiz ->
                    SectionHeader(words.quizTitle)
                    if (quiz.passed) Notice(Tone.Good, words.trainingPassed)
                    Text(words.quizNeeded(quiz.masteryScore.toInt()), color = palette.inkMuted, style = Type.body)
                    Text(quiz.left?.let { words.quizAttemptsLeft(it.toInt()) } ?: words.quizAttemptsUnlimited, color = palette.inkMuted, style = Type.body)
                    if (shown.attempts.isNotEmpty()) Group {
                        shown.attempts.forEachIndexed { at, one ->
                            if (at > 0) GroupLine()
                            ListRow(words.quizAttempt(at + 1), detail = timed(one.startedMs), onClick = { nav.open("quiz", id, one.id) }) {
                                one.passed?.let { StatusChip(if (it) words.trainingPassed else words.trainingFailed, if (it) Tone.Good else Tone.Attention) }
                                one.points?.let { p -> one.of?.let { StatusChip(words.quizPoints(p.toInt(), it.toInt()), Tone.Neutral) } }
                            }
                        }
                    }
                }
            }
        }
    }
}

@Composable
private fun ModuleActs(module: ModuleDetail, nav: Nav) = Column(verticalArrangement = Arrangement.spacedBy(Space.s)) {
    val quiz = module.quiz
    val read = module.lessons.all { it.furthest.toInt() == it.cards.size }
    AppButton(words.actionContinue, { nav.open("lesson", module.id, module.resumeLesson) }, Modifier.fillMaxWidth(), if (read && quiz != null) Weight.Secondary else Weight.Primary, Icons.play)
    if (quiz != null) AppButton(
        if (quiz.open == null) words.quizBegin else words.quizResume, { nav.open("quiz", module.id) }, Modifier.fillMaxWidth(),
        if (read) Weight.Primary else Weight.Secondary, Icons.edit, quiz.canStart,
    )
}

/** One card at a time; being there reads it, and the place is kept. */
@Composable
fun LessonScreen(app: App, nav: Nav, id: String, slug: String) {
    val (presenter, state) = present(app, id) { ModulePresenter(app, id) }
    StateOf(state, { presenter.retry() }) { module ->
        val lesson = module.lessons.firstOrNull { it.id == slug } ?: return@StateOf EmptyState(words.trainingMissing)
        var at by rememberSaveable { mutableStateOf(lesson.card.toInt().coerceIn(1, lesson.cards.size)) }
        LaunchedEffect(at) { presenter.at(slug, at) }
        val last = at == lesson.cards.size
        Page(lesson.title.text, nav::back, bottom = {
            StepButtons(if (at > 1) ({ at -= 1 }) else null, if (last) words.actionDone else words.actionNext, { if (last) nav.back() else at += 1 })
        }) {
            Column(Modifier.verticalScroll(rememberScrollState()).padding(Space.l), Arrangement.spacedBy(Space.l)) {
                Progress(words.trainingCard(at, lesson.cards.size), at, lesson.cards.size)
                Group { Column(Modifier.padding(Space.l), Arrangement.spacedBy(Space.m)) { Card(app, lesson.cards[at - 1], "$slug/$at") } }
            }
        }
    }
}

@Composable
private fun Card(app: App, card: CardDetail, key: String) {
    when (card) {
        is CardDetail.Text -> Markdown(card.text.text)
        is CardDetail.Takeaways -> {
            Text(words.trainingTakeaways, Modifier.semantics { heading() }, palette.ink, style = Type.heading)
            Markdown(card.list.joinToString("\n") { "- ${it.text}" })
        }
        is CardDetail.Flip -> {
            var turned by rememberSaveable(key) { mutableStateOf(false) }
            Text(if (turned) words.trainingBack else words.trainingFront, color = palette.inkMuted, style = Type.label)
            Markdown(if (turned) card.back.text else card.front.text)
            AppButton(words.trainingFlip, { turned = !turned }, weight = Weight.Secondary, icon = Icons.flip)
        }
        is CardDetail.Image -> Picture(card.alt.text) { app.core.media { bytes(card.picture) } }
    }
}

/** A picture that is here; its words where it is not. */
@Composable
fun Picture(name: String, modifier: Modifier = Modifier, bytes: suspend () -> ByteArray?) {
    val decode = LocalPictures.current
    val image by produceState<ImageBitmap?>(null, name) {
        value = try { bytes()?.let(decode) } catch (_: frontline.model.ProblemException) { null }
    }
    image?.let { Image(it, name, modifier.fillMaxWidth()) } ?: Notice(Tone.Neutral, name, icon = Icons.photo, detail = words.trainingMissing)
}

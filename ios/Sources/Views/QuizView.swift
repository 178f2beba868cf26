import Presentation
import SwiftUI

/// A quiz, a question after the other on one page; the result is there at once when it is handed in.
struct QuizView: View {
    let quiz: QuizModel
    let leave: @MainActor () -> Void
    @Environment(\.words) private var words

    var body: some View {
        Page(name: quiz.detail.value?.title.text ?? words.quizTitle) {
            Shown(quiz.detail) { attempt in
                if attempt.finished { result(attempt) }
                ForEach(Array(attempt.questions.enumerated()), id: \.element.item) { place, question in
                    self.question(question, place + 1, attempt)
                }
                ErrorBanner(quiz.detail.problem)
            }
        } bottom: {
            if let attempt = quiz.detail.value {
                Flow {
                    AppButton(attempt.finished ? words.actionDone : words.actionBack, weight: .secondary, action: leave)
                    if !attempt.finished {
                        AppButton(words.quizFinish, icon: .check) { Task { await quiz.submit() } }
                            .disabled(!attempt.canSubmit || quiz.detail.isBusy)
                    }
                }
            }
        }
        .task { await quiz.open() }
    }

    private func result(_ attempt: AttemptDetail) -> some View {
        let passed = attempt.passed == true
        return Notice(
            passed ? words.trainingPassed : words.trainingFailed, passed ? .good : .wrong,
            detail: line(
                words.quizPoints(points: Int(attempt.points ?? 0), of: Int(attempt.of ?? 0)),
                words.quizNeeded(score: Int(attempt.masteryScore)),
                attempt.left.map { words.quizAttemptsLeft(n: Int($0)) }, by: "\n"))
    }

    private func question(_ question: QuestionDetail, _ place: Int, _ attempt: AttemptDetail) -> some View {
        VStack(alignment: .leading, spacing: Space.m) {
            Text(words.quizQuestion(n: place, total: attempt.questions.count)).type(TypeScale.label, Palette.inkMuted)
            Text(question.label.text).type(TypeScale.strong)
            if let help = question.help { Text(help.text).type(TypeScale.label, Palette.inkMuted) }
            if let graded = question.graded {
                StatusChip(words.say(graded))
                said(words.quizAnswer, question.answer, question)
                said(words.quizSolution, question.right, question)
                if let why = question.why { Text(why.text).type(TypeScale.label, Palette.inkMuted) }
            } else {
                ControlView(asked: Asked(question), answers: quiz.answers)
                    .disabled(attempt.finished)
            }
            ErrorBanner(quiz.answers.problems[question.item])
        }
        .card()
    }

    @ViewBuilder private func said(_ name: String, _ answer: Answer?, _ question: QuestionDetail) -> some View {
        if let answer {
            Text(name + ": " + words.say(answer, question.choices, question.rows)).type(TypeScale.body)
        }
    }
}

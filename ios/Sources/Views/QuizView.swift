import Presentation
import SwiftUI

/// A quiz, a question after the other on one page; the result is there at once when it is handed in.
struct QuizView: View {
    let quiz: QuizModel
    let leave: @MainActor () -> Void
    @Environment(\.words) private var words

    var body: some View {
        Page(name: quiz.detail.value?.title.text ?? words.quizTitle) {
            StateOf(load: quiz.detail.load, retry: { Task { await quiz.open() } }) {
                EmptyView()
            } content: { attempt in
                if attempt.finished { result(attempt) }
                ForEach(Array(attempt.questions.enumerated()), id: \.element.item) { place, question in
                    self.question(question, place + 1, attempt)
                }
                if let problem = quiz.detail.problem { ErrorBanner(problem: problem) {} }
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
        Notice(
            status: attempt.passed == true
                ? Status(words.trainingPassed, .good) : Status(words.trainingFailed, .wrong),
            detail: [
                words.quizPoints(points: Int(attempt.points ?? 0), of: Int(attempt.of ?? 0)),
                words.quizNeeded(score: Int(attempt.masteryScore)),
                attempt.left.map { words.quizAttemptsLeft(n: Int($0)) },
            ].compactMap { $0 }.joined(separator: "\n"))
    }

    private func question(_ question: QuestionDetail, _ place: Int, _ attempt: AttemptDetail) -> some View {
        VStack(alignment: .leading, spacing: Space.m) {
            Text(words.quizQuestion(n: place, total: attempt.questions.count)).type(TypeScale.label, Palette.inkMuted)
            Text(question.label.text).type(TypeScale.strong)
            if let help = question.help { Text(help.text).type(TypeScale.label, Palette.inkMuted) }
            if let graded = question.graded {
                StatusChip(words.say(graded))
                if let answer = question.answer {
                    Text(words.quizAnswer + ": " + words.say(answer, question.choices, question.rows)).type(
                        TypeScale.body)
                }
                if let right = question.right {
                    Text(words.quizSolution + ": " + words.say(right, question.choices, question.rows)).type(
                        TypeScale.body)
                }
                if let why = question.why { Text(why.text).type(TypeScale.label, Palette.inkMuted) }
            } else {
                ControlView(asked: Asked(question, enabled: !attempt.finished), answers: quiz.answers)
                    .disabled(attempt.finished)
            }
            if let problem = quiz.answers.problems[question.item] {
                Notice(status: Status(words.bannerError, .wrong), detail: words.say(problem))
            }
        }
        .card()
    }
}

import Presentation
import SwiftUI

/// What is to be learned; beside it, on a wide screen, the module that is open.
struct TrainingView: Screen {
    let app: AppModel
    @Binding var module: String
    @State private var modules = Listing<ModuleSummary>()

    var body: some View {
        NavigationSplitView {
            List(selection: $module.optional) {
                ContactBanners(app: app)
                Rows(list: modules, empty: words.trainingEmpty, icon: .training) { one in
                    NavigationLink(value: one.id) { row(one) }.tag(one.id)
                }
            }
            .navigationTitle(words.trainingTitle)
            .refreshable { app.sync() }
            .modifier(Bar(app: app))
        } detail: {
            if module.isEmpty {
                EmptyState(name: words.trainingTitle, icon: .training)
            } else {
                ModuleView(app: app, id: module).id(module)
            }
        }
        .task(id: app.turn(.training, .content)) { await modules.ask(app) { try $0.training().list(page: $1) } }
    }

    private func row(_ row: ModuleSummary) -> some View {
        ListRow(
            name: row.title.text,
            detail: line(
                row.dueMs.map { words.todayDueAt(time: words.time($0)) },
                row.minutes.map { words.countMinutes(n: Int($0)) },
                words.labelProgress(done: Int(row.read), total: Int(row.cards))), icon: .training,
            statuses: [
                words.say(row.status), row.overdue ? Status(words.todayOverdue, .wrong) : nil,
                row.quiz?.passed == true ? Status(words.trainingPassed, .good) : nil,
            ])
    }
}

extension Binding<String> {
    /// For what is stored as a text, and empty where nothing is chosen.
    var optional: Binding<String?> {
        Binding<String?>(get: { wrappedValue.isEmpty ? nil : wrappedValue }, set: { wrappedValue = $0 ?? "" })
    }
}

/// A module: its lessons card by card, then its quiz.
struct ModuleView: Screen {
    let app: AppModel
    let id: String
    @State private var module = Detail<ModuleDetail>()
    @State private var quiz: QuizModel?
    @SceneStorage("module.lesson") private var lesson = ""
    @SceneStorage("module.quiz") private var isInQuiz = false

    var body: some View {
        Group {
            if let quiz {
                QuizView(quiz: quiz) { leave() }
            } else {
                Shown(module) { detail in
                    if let open = detail.lessons.first(where: { $0.id == lesson }) {
                        LessonView(app: app, module: id, lesson: open) { lesson = "" }.id(open.id)
                    } else {
                        overview(detail)
                    }
                }
            }
        }
        .task(id: app.turn(.training)) {
            await module.ask(app) { [id] in try $0.training().module(id: id) }
            if isInQuiz, quiz == nil { await begin() }
        }
    }

    private func overview(_ detail: ModuleDetail) -> some View {
        Page(name: detail.title.text) {
            Text(words.trainingLessons(n: detail.lessons.count)).type(TypeScale.label, Palette.inkMuted)
            ForEach(detail.lessons, id: \.id) { one in
                ListRow(
                    name: one.title.text, detail: words.labelProgress(done: Int(one.furthest), total: one.cards.count),
                    icon: .training
                ) { lesson = one.id }
            }
            if let standing = detail.quiz { self.standing(standing, detail.attempts) }
            ErrorBanner(problem: module.problem)
        } bottom: {
            Flow {
                AppButton(
                    name: detail.lessons.allSatisfy { $0.card == 0 } ? words.actionStart : words.actionContinue,
                    weight: .secondary
                ) { lesson = detail.resumeLesson }
                if let standing = detail.quiz, standing.canStart {
                    AppButton(name: standing.open == nil ? words.quizBegin : words.quizResume) {
                        Task { await begin() }
                    }
                }
            }
        }
    }

    private func standing(_ standing: QuizStanding, _ attempts: [AttemptSummary]) -> some View {
        VStack(alignment: .leading, spacing: Space.s) {
            SectionHeader(name: words.quizTitle, aside: words.quizNeeded(score: Int(standing.masteryScore)))
            Text(standing.left.map { words.quizAttemptsLeft(n: Int($0)) } ?? words.quizAttemptsUnlimited)
                .type(TypeScale.label, Palette.inkMuted)
            ForEach(Array(attempts.enumerated()), id: \.element.id) { place, attempt in
                ListRow(
                    name: words.quizAttempt(n: place + 1), detail: words.time(attempt.startedMs),
                    statuses: [
                        attempt.passed.map {
                            $0 ? Status(words.trainingPassed, .good) : Status(words.trainingFailed, .wrong)
                        }
                            ?? Status(words.trainingInProgress, .accent)
                    ])
            }
        }
    }

    private func begin() async {
        guard let attempt = await module.perform(app, { [id] in try $0.training().startQuiz(module: id).id }) else {
            return
        }
        isInQuiz = true
        quiz = QuizModel(app, attempt: attempt)
    }
    private func leave() {
        (quiz, isInQuiz) = (nil, false)
        Task { await module.reload() }
    }
}

/// A lesson, a card at a time. Each card that is shown is kept as read: one goes on there after any pause.
struct LessonView: Screen {
    let app: AppModel
    let module: String
    let lesson: LessonDetail
    let done: @MainActor () -> Void
    @State private var turnedTo: Int?
    @State private var isTurned = false
    @State private var keep = Act()

    private var place: Int { turnedTo ?? max(1, Int(lesson.card)) }

    var body: some View {
        Page(name: lesson.title.text) {
            Progress(
                name: words.trainingCard(n: place, total: lesson.cards.count), done: place, total: lesson.cards.count)
            if lesson.cards.indices.contains(place - 1) { card(lesson.cards[place - 1]) }
            ErrorBanner(problem: keep.problem) { Task { await read() } }
        } bottom: {
            Flow {
                AppButton(name: words.actionPrevious, weight: .secondary) { go(place - 1) }.disabled(place <= 1)
                if place < lesson.cards.count {
                    AppButton(name: words.actionNext) { go(place + 1) }
                } else {
                    AppButton(name: words.trainingComplete, icon: .check, action: done)
                }
            }
        }
        .task(id: place) { await read() }
    }

    @ViewBuilder private func card(_ card: CardDetail) -> some View {
        switch card {
        case .text(let text): Markdown(text: text.text)
        case .image(let picture, let alt):
            ContentPicture(app: app, picture: picture, alt: alt.text).id(picture)
        case .video(let video, let alt, let ms):
            VideoRow(app: app, video: video, alt: alt.text, lengthMs: ms).id(video)
        case .takeaways(let list):
            SectionHeader(name: words.trainingTakeaways)
            ForEach(Array(list.enumerated()), id: \.offset) { _, one in
                HStack(alignment: .top, spacing: Space.s) {
                    IconView(.check, tint: Palette.good)
                    Text(one.text).type(TypeScale.body)
                }
            }
        case .flip(let front, let back):
            VStack(alignment: .leading, spacing: Space.m) {
                Text(isTurned ? words.trainingBack : words.trainingFront).type(TypeScale.label, Palette.inkMuted)
                Markdown(text: isTurned ? back.text : front.text)
                AppButton(name: words.trainingFlip, icon: .flip, weight: .secondary) { isTurned.toggle() }
            }
            .card()
        }
    }
    private func go(_ to: Int) { (turnedTo, isTurned) = (to, false) }
    private func read() async {
        let (module, lesson, card) = (module, lesson.id, UInt16(place))
        await keep.perform(app) { try $0.training().progress(module: module, lesson: lesson, card: card) }
    }
}

/// The few marks that lessons use, a block at a time: headings, lists, bold and italic.
struct Markdown: View {
    let text: String
    var body: some View {
        VStack(alignment: .leading, spacing: Space.m) {
            ForEach(Array(text.components(separatedBy: "\n\n").enumerated()), id: \.offset) { _, block in
                let line = block.trimmingCharacters(in: .whitespacesAndNewlines)
                if line.hasPrefix("#") {
                    Text(String(line.drop { $0 == "#" || $0 == " " })).type(TypeScale.heading)
                        .accessibilityAddTraits(.isHeader)
                } else {
                    Text(LocalizedStringKey(line)).type(TypeScale.body)
                }
            }
        }
    }
}

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
                ErrorBanner(problem: quiz.detail.problem)
            }
        } bottom: {
            if let attempt = quiz.detail.value {
                Flow {
                    AppButton(
                        name: attempt.finished ? words.actionDone : words.actionBack, weight: .secondary, action: leave)
                    if !attempt.finished {
                        AppButton(name: words.quizFinish, icon: .check) { Task { await quiz.submit() } }
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
            says: passed ? words.trainingPassed : words.trainingFailed, tone: passed ? .good : .wrong,
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
                Chips(all: [words.say(graded)])
                if let says = question.says { Text(words.quizAnswer + ": " + says).type(TypeScale.body) }
                if let right = question.rightSays { Text(words.quizSolution + ": " + right).type(TypeScale.body) }
                if let why = question.why { Text(why.text).type(TypeScale.label, Palette.inkMuted) }
            } else {
                ControlView(stands: Asked(question), answers: quiz)
                    .disabled(attempt.finished)
            }
            ErrorBanner(problem: quiz.problems[question.item])
        }
        .card()
    }
}

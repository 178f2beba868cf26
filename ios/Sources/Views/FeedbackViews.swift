import Presentation
import SwiftUI

/// Where feedback is asked for, and what was given.
struct FeedbackView: Screen {
    let app: AppModel
    @State private var points = Listing<TouchpointDetail>()
    @State private var given = Listing<FeedbackSummary>()
    @State private var open: Open?
    struct Open: Identifiable {
        let point: TouchpointDetail, kiosk: Bool
        var id: String { point.id }
    }

    var body: some View {
        NavigationStack {
            Page(name: words.feedbackTitle) {
                ContactBanners(app: app)
                SectionHeader(name: words.feedbackPickTouchpoint)
                Rows(list: points, empty: words.feedbackNoneHere, icon: .feedback) { point in
                    if point.mayCapture {
                        ListRow(name: point.name.text, detail: point.question.text, icon: .feedback)
                        Flow {
                            start(words.actionStart, .primary, Open(point: point, kiosk: false))
                            start(words.feedbackKiosk, .secondary, Open(point: point, kiosk: true))
                        }
                    }
                }
                SectionHeader(name: words.syncCaptured)
                Rows(list: given, empty: words.feedbackEmpty) { row in
                    ListRow(
                        name: words.feedbackScore(score: Int(row.score)) + " · " + row.touchpoint.label.text,
                        detail: line(
                            row.reason?.label.text, row.forgotten ? words.contactForgotten : row.comment,
                            words.feedbackBy(name: row.person, time: words.time(row.atMs)), by: "\n"), icon: .feedback,
                        statuses: [words.say(row.state)])
                }
            }
            .modifier(Bar(app: app))
            .fullScreenCover(item: $open) { one in
                let comment = Draft(app, about: "feedback/" + one.id)
                CaptureView(app: app, point: one.point, isKiosk: one.kiosk, comment: comment) { open = nil }
                    .language(words)
            }
        }
        .task(id: app.turn(.feedback, .content, .people)) {
            await points.ask(app) { try $0.feedback().touchpoints(page: $1) }
            await given.ask(app) { try $0.feedback().list(page: $1) }
        }
    }
    private func start(_ name: String, _ weight: Weight, _ what: Open) -> some View {
        AppButton(name: name, weight: weight, about: what.point.name.text) { open = what }
    }
}

/// A customer's answer in two taps; a reason and a comment if they like. On a kiosk it thanks and begins anew.
struct CaptureView: Screen {
    let app: AppModel
    let point: TouchpointDetail
    let isKiosk: Bool
    @State var comment: Draft
    let close: @MainActor () -> Void
    /// A customer's words are never kept as a draft of the worker's.
    @State private var said = ""
    @State private var score: Int?
    @State private var reason: [String] = []
    @State private var give = Act()
    @State private var hasThanked = false
    @State private var isEnding = false
    @State private var wrong: Problem?

    var body: some View {
        Page(name: point.name.text) {
            if isEnding {
                SectionHeader(name: words.feedbackKioskEnd)
                PersonPad(app: app, person: app.me?.id, problem: wrong, done: end)
                AppButton(name: words.actionCancel, weight: .quiet) { isEnding = false }
            } else if hasThanked {
                EmptyState(
                    name: point.thankYou.text.isEmpty ? words.feedbackThanks : point.thankYou.text,
                    detail: words.feedbackThanksDetail, icon: .good, step: (words.actionDone, isKiosk ? anew : close))
            } else {
                ask
            }
        } bottom: {
            if !isEnding, !hasThanked, score != nil {
                AppButton(name: words.feedbackSend) { Task { await send() } }.disabled(give.isBusy)
            }
        }
        .task { if isKiosk { await app.phone.kiosk(true) } else { await comment.restore() } }
        // Each touch begins the silence anew.
        .task(id: [score, reason, text.wrappedValue, hasThanked] as [AnyHashable?]) { await silence() }
    }

    @ViewBuilder private var ask: some View {
        Text(point.question.text).type(TypeScale.title).accessibilityAddTraits(.isHeader)
        switch point.scale {
        case .csat, .experience: Score(look: .faces, range: 1...5, value: score) { score = $0 }
        case .csat4: Score(look: .faces, range: 1...4, value: score) { score = $0 }
        case .nps: numbers(words.itemNpsLow, words.itemNpsHigh)
        case .ces: numbers(words.itemCesLow, words.itemCesHigh)
        }
        if score != nil {
            if !point.reasons.isEmpty {
                SectionHeader(name: words.feedbackWhy)
                Choices(all: point.reasons.choices, chosen: reason) { reason = $0 }
            }
            Field(name: words.feedbackComment, text: text, hint: words.stateOptional, lines: 3)
        }
        ErrorBanner(problem: give.problem) { Task { await send() } }
        AppButton(name: isKiosk ? words.feedbackKioskEnd : words.actionClose, weight: .quiet) {
            if isKiosk, app.me?.hasPin == true { isEnding = true } else { Task { await leave() } }
        }
    }

    private func numbers(_ low: String, _ high: String) -> some View {
        Score(look: .numbers(low: low, high: high), range: 1...5, value: score) { score = $0 }
    }

    private var text: Binding<String> { isKiosk ? $said : comment.typed }
    private func send() async {
        let said = text.wrappedValue
        let draft = FeedbackDraft(
            touchpoint: point.id, score: Int64(score ?? 0), reason: reason.first, comment: said.isEmpty ? nil : said)
        guard await give.perform(app, { try $0.feedback().give(draft: draft) }) != nil else { return }
        if !isKiosk { comment.drop() }
        hasThanked = true
    }
    /// After its silence a kiosk forgets what a customer began and left.
    private func silence() async {
        guard isKiosk, score != nil || hasThanked else { return }
        try? await Task.sleep(for: .seconds(Double(point.idleResetS) * app.pace))
        if !Task.isCancelled { anew() }
    }
    private func anew() { (score, reason, said, hasThanked) = (nil, [], "", false) }
    /// Whoever's phone it is ends it: the same PIN that lets them write.
    private func end(_ pin: String) async {
        wrong = await app.become(app.me?.id, pin: pin)
        if wrong == nil { await leave() }
    }
    private func leave() async {
        if isKiosk { await app.phone.kiosk(false) }
        close()
    }
}

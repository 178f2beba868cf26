import Presentation
import SwiftUI

/// Where feedback is asked for, and what was given.
struct FeedbackView: View {
    let app: AppModel
    @State private var points: Listing<TouchpointDetail>
    @State private var given: Listing<FeedbackSummary>
    @State private var open: Open?
    @Environment(\.words) private var words
    struct Open: Identifiable {
        let point: TouchpointDetail, kiosk: Bool
        var id: String { point.id }
    }

    init(app: AppModel) {
        self.app = app
        _points = State(
            initialValue: Listing(app) { try $0.feedback.touchpoints(page: $1) })
        _given = State(
            initialValue: Listing(app) { try $0.feedback.list(page: $1) })
    }

    var body: some View {
        NavigationStack {
            Page(name: words.feedbackTitle) {
                ContactBanners(app: app)
                SectionHeader(words.feedbackPickTouchpoint)
                StateOf(load: points.load, retry: { Task { await points.reload() } }) {
                    EmptyState(name: words.feedbackNoneHere, icon: .feedback)
                } content: { all in
                    ForEach(all.filter(\.mayCapture), id: \.id) { point in
                        ListRow(point.name.text, detail: point.question.text, icon: .feedback)
                        Flow {
                            AppButton(words.actionStart) { open = Open(point: point, kiosk: false) }
                                .accessibilityLabel(words.actionStart + ": " + point.name.text)
                            AppButton(words.feedbackKiosk, weight: .secondary) {
                                open = Open(point: point, kiosk: true)
                            }
                            .accessibilityLabel(words.feedbackKiosk + ": " + point.name.text)
                        }
                    }
                }
                SectionHeader(words.syncCaptured)
                StateOf(load: given.load, retry: { Task { await given.reload() } }) {
                    Text(words.feedbackEmpty).type(TypeScale.body, Palette.inkMuted)
                } content: { rows in
                    ForEach(rows, id: \.id) { row in self.row(row) }
                    if given.next != nil { AppButton(words.actionMore, weight: .quiet) { Task { await given.more() } } }
                }
            }
            .modifier(Bar(app: app))
            .fullScreenCover(item: $open) { one in
                CaptureView(app: app, point: one.point, isKiosk: one.kiosk) { open = nil }.language(words)
            }
        }
        .task(id: app.turn(.feedback, .content, .people)) {
            await points.reload()
            await given.reload()
        }
    }

    private func row(_ row: FeedbackSummary) -> some View {
        ListRow(
            words.feedbackScore(score: Int(row.score)) + " · " + row.touchpoint.label.text,
            detail: [
                row.reason?.label.text, row.forgotten ? words.contactForgotten : row.comment,
                words.feedbackBy(name: row.person, time: words.time(row.atMs)),
            ].compactMap { $0 }.joined(separator: "\n"), icon: .feedback,
            all: [words.say(row.state)].compactMap { $0 })
    }
}

/// A customer's answer in two taps; a reason and a comment if they like. On a kiosk it thanks and begins anew.
struct CaptureView: View {
    let app: AppModel
    let point: TouchpointDetail
    let isKiosk: Bool
    let close: @MainActor () -> Void
    @State private var score: Int?
    @State private var reason: Set<String> = []
    @State private var comment: Draft
    @State private var give: Detail<String>
    @State private var hasThanked = false
    /// Each touch begins the silence anew.
    @State private var touches = 0
    @State private var isEnding = false
    @State private var entry = PinEntry()
    @State private var wrong: String?
    @Environment(\.words) private var words
    @Environment(\.pace) private var pace

    init(app: AppModel, point: TouchpointDetail, isKiosk: Bool, close: @escaping @MainActor () -> Void) {
        (self.app, self.point, self.isKiosk, self.close) = (app, point, isKiosk, close)
        _comment = State(initialValue: Draft(app, about: "feedback/" + point.id))
        _give = State(initialValue: Detail(app) { _ in "" })
    }

    var body: some View {
        Page(name: point.name.text) {
            if isEnding {
                SectionHeader(words.feedbackKioskEnd)
                PinPad(entry: entry, wrong: wrong) { end(entry.take()) }
                AppButton(words.actionCancel, weight: .quiet) { isEnding = false }
            } else if hasThanked {
                EmptyState(
                    name: thanks, detail: words.feedbackThanksDetail, icon: .good, step: (words.actionDone, leave))
            } else {
                ask
            }
        } bottom: {
            if !isEnding, !hasThanked, score != nil {
                AppButton(words.feedbackSend) { send() }.disabled(give.isBusy)
            }
        }
        .task { if isKiosk { await app.phone.kiosk(true) } else { await comment.restore() } }
        .task(id: touches) { await silence() }
    }

    private var thanks: String { point.thankYou.text.isEmpty ? words.feedbackThanks : point.thankYou.text }

    @ViewBuilder private var ask: some View {
        Text(point.question.text).type(TypeScale.title).accessibilityAddTraits(.isHeader)
        switch point.scale {
        case .csat, .experience: Faces(score: picked)
        case .csat4: Faces(count: 4, score: picked)
        case .nps: Scale(range: 1...5, value: picked, low: words.itemNpsLow, high: words.itemNpsHigh)
        case .ces: Scale(range: 1...5, value: picked, low: words.itemCesLow, high: words.itemCesHigh)
        }
        if score != nil {
            if !point.reasons.isEmpty {
                SectionHeader(words.feedbackWhy)
                Choices(
                    choices: point.reasons.map { Choice($0.id, $0.label.text) },
                    chosen: Binding(
                        get: { reason },
                        set: {
                            reason = $0
                            touches += 1
                        }))
            }
            Field(name: words.feedbackComment, text: typed, hint: words.stateOptional, lines: 3)
        }
        if let problem = give.problem { ErrorBanner(problem: problem) { send() } }
        AppButton(isKiosk ? words.feedbackKioskEnd : words.actionClose, weight: .quiet) {
            if isKiosk, app.me?.hasPin == true { isEnding = true } else { leaveKiosk() }
        }
    }
    private var picked: Binding<Int?> {
        Binding(
            get: { score },
            set: {
                score = $0
                touches += 1
            })
    }
    private var typed: Binding<String> {
        Binding(
            get: { comment.text },
            set: {
                comment.type($0)
                touches += 1
            })
    }

    private func send() {
        let said = comment.text
        let draft = FeedbackDraft(
            touchpoint: point.id, score: Int64(score ?? 0), reason: reason.first, comment: said.isEmpty ? nil : said)
        Task {
            guard await give.perform({ try $0.feedback.give(draft: draft) }) != nil else { return }
            comment.drop()
            hasThanked = true
            touches += 1
        }
    }
    /// After its silence a kiosk forgets what a customer began and left.
    private func silence() async {
        guard isKiosk, score != nil || hasThanked else { return }
        try? await Task.sleep(for: .seconds(Double(point.idleResetS) * pace))
        if !Task.isCancelled { anew() }
    }
    private func anew() {
        (score, reason, hasThanked) = (nil, [], false)
        comment.drop()
    }
    private func leave() { if isKiosk { anew() } else { close() } }
    /// Whoever's phone it is ends it: the same PIN that lets them write.
    private func end(_ pin: String) {
        Task {
            do throws(Problem) {
                try await app.become(app.me?.id ?? "", pin: pin)
                leaveKiosk()
            } catch {
                wrong = words.say(error)
            }
        }
    }
    private func leaveKiosk() {
        Task {
            if isKiosk { await app.phone.kiosk(false) }
            close()
        }
    }
}

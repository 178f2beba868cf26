import Presentation
import SwiftUI

enum Tone: CaseIterable {
    case neutral, accent, good, attention, wrong, info

    var ink: Tint { look.ink }
    var soft: Tint { look.soft }
    var icon: Icon { look.icon }

    private var look: (ink: Tint, soft: Tint, icon: Icon) {
        switch self {
        case .neutral: (Palette.inkMuted, Palette.sunken, .clock)
        case .accent: (Palette.accent, Palette.accentSoft, .forward)
        case .good: (Palette.good, Palette.goodSoft, .good)
        case .attention: (Palette.attention, Palette.attentionSoft, .attention)
        case .wrong: (Palette.wrong, Palette.wrongSoft, .wrong)
        case .info: (Palette.info, Palette.infoSoft, .info)
        }
    }
}

/// How something stands: the words first, for a colour alone says nothing to many.
struct Status: Hashable {
    let words: String
    let tone: Tone
    init(_ words: String, _ tone: Tone) { (self.words, self.tone) = (words, tone) }
}

struct StatusChip: View {
    let status: Status
    init(_ status: Status) { self.status = status }

    var body: some View {
        HStack(spacing: Space.xs) {
            IconView(status.tone.icon, tint: status.tone.ink, side: 16)
            Text(status.words).type(TypeScale.label, status.tone.ink)
        }
        .padding(.horizontal, Space.s)
        .padding(.vertical, Space.xs)
        .background(Paint(status.tone.soft), in: .capsule)
        .accessibilityElement(children: .combine)
    }
}

/// Some of them, side by side.
struct Chips: View {
    let all: [Status]
    init(_ all: Status?...) { self.init(all) }
    init(_ all: [Status?]) { self.all = all.compactMap { $0 } }

    var body: some View { if !all.isEmpty { Flow { ForEach(all, id: \.self) { StatusChip($0) } } } }
}

/// A thing to know while working: what, why, and where there is one, the next step.
struct Notice: View {
    let status: Status
    var detail: String?
    var icon: Icon?
    var step: (name: String, run: @MainActor () -> Void)?

    init(
        _ words: String, _ tone: Tone, detail: String? = nil, icon: Icon? = nil,
        step: (name: String, run: @MainActor () -> Void)? = nil
    ) {
        (status, self.detail, self.icon, self.step) = (Status(words, tone), detail, icon, step)
    }

    var body: some View {
        VStack(alignment: .leading, spacing: Space.s) {
            HStack(alignment: .top, spacing: Space.m) {
                IconView(icon ?? status.tone.icon, tint: status.tone.ink)
                VStack(alignment: .leading, spacing: Space.xs) {
                    Text(status.words).type(TypeScale.strong)
                    if let detail { Text(detail).type(TypeScale.label) }
                }
            }
            .accessibilityElement(children: .combine)
            if let step { AppButton(step.name, weight: .secondary, action: step.run) }
        }
        .frame(maxWidth: .infinity, alignment: .leading)
        .card(status.tone.soft)
    }
}

/// Why something was not done, and a way to try again where the same may do later. Nothing where it was.
struct ErrorBanner: View {
    let problem: Problem?
    let retry: (@MainActor () -> Void)?
    @Environment(\.words) private var words

    init(_ problem: Problem?, retry: (@MainActor () -> Void)? = nil) { (self.problem, self.retry) = (problem, retry) }

    var body: some View {
        if let problem {
            Notice(
                words.bannerError, .wrong, detail: words.say(problem),
                step: problem.mayPass ? retry.map { (words.actionRetry, $0) } : nil)
        }
    }
}

/// Above every list: whether the phone is in contact, and what the server said about it as a whole.
struct ContactBanners: View {
    let app: AppModel
    @Environment(\.words) private var words

    var body: some View {
        if app.isOffline {
            Notice(words.bannerOffline, .neutral, detail: words.bannerOfflineDetail, icon: .offline)
        } else {
            ErrorBanner(app.syncProblem) { app.sync() }
        }
        if let blocked = app.status?.blocked {
            Notice(words.syncBlocked, .wrong, detail: words.blocked(blocked.code))
        }
    }
}

/// A screen with nothing to show says so, why, and what can be done.
struct EmptyState: View {
    let name: String
    var detail: String?
    var icon: Icon = .cloud
    var step: (name: String, run: @MainActor () -> Void)?

    var body: some View {
        VStack(spacing: Space.l) {
            IconView(icon, tint: Palette.inkMuted, side: 48)
            VStack(spacing: Space.s) {
                Text(name).type(TypeScale.heading).accessibilityAddTraits(.isHeader)
                if let detail { Text(detail).type(TypeScale.body, Palette.inkMuted) }
            }
            if let step { AppButton(step.name, action: step.run) }
        }
        .multilineTextAlignment(.center)
        .padding(Space.xl)
        .frame(maxWidth: Layout.reading)
    }
}

/// A screen that could not be shown: why, and a way to try again where that may help.
struct Failure: View {
    let problem: Problem
    let retry: @MainActor () -> Void
    @Environment(\.words) private var words

    var body: some View {
        EmptyState(
            name: problem.isOffline ? words.bannerOffline : words.bannerError, detail: words.say(problem),
            icon: problem.isOffline ? .cloudOff : .attention,
            step: problem.mayPass ? (words.actionRetry, retry) : nil)
    }
}

/// The one way that a screen waits, is out of contact or fails; the screen itself writes the good case.
struct Shown<Value: Sendable, Content: View>: View {
    let load: Load<Value>
    let retry: @MainActor () -> Void
    @ViewBuilder let content: (Value) -> Content
    @Environment(\.words) private var words

    var body: some View {
        switch load {
        case .loading: ProgressView(words.stateLoading).padding(Space.xl)
        case .failed(let problem): Failure(problem: problem, retry: retry)
        case .ready(let value): content(value)
        }
    }
}

extension Shown {
    init(_ detail: Detail<Value>, @ViewBuilder content: @escaping (Value) -> Content) {
        self.init(load: detail.load, retry: { Task { await detail.reload() } }, content: content)
    }
}

/// The rows of a list and a way to more of them, or that there are none.
struct Rows<Row: Sendable, Content: View>: View {
    let list: Listing<Row>
    let empty: String
    let icon: Icon?
    @ViewBuilder let content: (Row) -> Content
    @Environment(\.words) private var words

    init(
        _ list: Listing<Row>, empty: String, icon: Icon? = nil, @ViewBuilder content: @escaping (Row) -> Content
    ) {
        (self.list, self.empty, self.icon, self.content) = (list, empty, icon, content)
    }

    var body: some View {
        Shown(load: list.load, retry: { Task { await list.reload() } }) { rows in
            if rows.isEmpty, let icon {
                EmptyState(name: empty, icon: icon)
            } else if rows.isEmpty {
                Text(empty).type(TypeScale.body, Palette.inkMuted)
            }
            ForEach(Array(rows.enumerated()), id: \.offset) { _, row in content(row) }
            if list.hasMore { AppButton(words.actionMore, weight: .quiet) { Task { await list.more() } } }
        }
    }
}

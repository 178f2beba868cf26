import Presentation
import SwiftUI

struct Tone: Hashable {
    let ink: Tint, soft: Tint, icon: Icon
    static let neutral = Tone(ink: Palette.inkMuted, soft: Palette.sunken, icon: .clock)
    static let accent = Tone(ink: Palette.accent, soft: Palette.accentSoft, icon: .forward)
    static let good = Tone(ink: Palette.good, soft: Palette.goodSoft, icon: .good)
    static let attention = Tone(ink: Palette.attention, soft: Palette.attentionSoft, icon: .attention)
    static let wrong = Tone(ink: Palette.wrong, soft: Palette.wrongSoft, icon: .wrong)
    static let info = Tone(ink: Palette.info, soft: Palette.infoSoft, icon: .info)
}

/// How something stands: the words first, for a colour alone says nothing to many.
struct Status: Hashable {
    let words: String
    let tone: Tone
    let icon: Icon
    init(_ words: String, _ tone: Tone, _ icon: Icon? = nil) {
        (self.words, self.tone, self.icon) = (words, tone, icon ?? tone.icon)
    }
}

/// Some of them, side by side where there is room for it.
struct Chips: View {
    let all: [Status?]
    @Environment(\.dynamicTypeSize) private var size

    var body: some View {
        let known = all.compactMap { $0 }
        if size.isAccessibilitySize {
            Flow { ForEach(known, id: \.self, content: chip) }
        } else if !known.isEmpty {
            ViewThatFits(in: .horizontal) {
                Flow { ForEach(known, id: \.self, content: chip) }
                Flow(stacks: true) { ForEach(known, id: \.self, content: chip) }
            }
        }
    }
    private func chip(_ status: Status) -> some View {
        HStack(spacing: Space.xs) {
            IconView(status.icon, tint: status.tone.ink, side: 16)
            Text(status.words).type(TypeScale.label, status.tone.ink)
        }
        .padding(.horizontal, Space.s)
        .padding(.vertical, Space.xs)
        .background(Paint(status.tone.soft), in: .capsule)
        .accessibilityElement(children: .combine)
    }
}

/// A thing to know while working: what, why, and where there is one, the next step.
struct Notice: View {
    let says: String
    let tone: Tone
    var detail: String?
    var icon: Icon?
    var step: (name: String, run: @MainActor () -> Void)?

    var body: some View {
        VStack(alignment: .leading, spacing: Space.s) {
            HStack(alignment: .top, spacing: Space.m) {
                IconView(icon ?? tone.icon, tint: tone.ink)
                VStack(alignment: .leading, spacing: Space.xs) {
                    Text(says).type(TypeScale.strong)
                    if let detail { Text(detail).type(TypeScale.label) }
                }
            }
            .accessibilityElement(children: .combine)
            if let step { AppButton(name: step.name, weight: .secondary, action: step.run) }
        }
        .frame(maxWidth: .infinity, alignment: .leading)
        .card(tone.soft)
    }
}

/// Why something was not done, and a way to try again where the same may do later. Nothing where it was.
struct ErrorBanner: View {
    let problem: Problem?
    var retry: (@MainActor () -> Void)?
    @Environment(\.words) private var words

    var body: some View {
        if let problem {
            Notice(
                says: words.bannerError, tone: .wrong, detail: words.say(problem),
                step: problem.mayPass ? retry.map { (words.actionRetry, $0) } : nil)
        }
    }
}

/// Above every list: whether the phone is in contact, and what the server said about it as a whole.
struct ContactBanners: Screen {
    let app: AppModel

    var body: some View {
        if app.isOffline {
            Notice(says: words.bannerOffline, tone: .neutral, detail: words.bannerOfflineDetail, icon: .offline)
        } else {
            ErrorBanner(problem: app.syncProblem) { app.sync() }
        }
        if let days = app.status?.leaseEndsIn { Notice(says: words.leaseEnding(n: Int(days)), tone: .attention) }
        if let blocked = app.status?.blocked {
            Notice(says: words.syncBlocked, tone: .wrong, detail: words.blocked(blocked.code))
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
            if let step { AppButton(name: step.name, action: step.run) }
        }
        .multilineTextAlignment(.center)
        .padding(Space.xl)
        .frame(maxWidth: Layout.reading)
    }
}

/// The one way that a screen waits, is out of contact or fails, with a way to try again where that may help; the
/// screen itself writes the good case.
struct Shown<Value: Sendable, Content: View>: View {
    let load: Load<Value>
    let retry: @MainActor () -> Void
    @ViewBuilder let content: (Value) -> Content
    @Environment(\.words) private var words

    var body: some View {
        switch load {
        case .loading: ProgressView(words.stateLoading).padding(Space.xl)
        case .failed(let problem):
            EmptyState(
                name: problem.isOffline ? words.bannerOffline : words.bannerError, detail: words.say(problem),
                icon: problem.isOffline ? .cloudOff : .attention,
                step: problem.mayPass ? (words.actionRetry, retry) : nil)
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
    var detail: String?
    var icon: Icon?
    @ViewBuilder let content: (Row) -> Content
    @Environment(\.words) private var words

    var body: some View {
        Shown(load: list.load, retry: { Task { await list.reload() } }) { rows in
            if rows.isEmpty, let icon {
                EmptyState(name: empty, detail: detail, icon: icon)
            } else if rows.isEmpty {
                Text(empty).type(TypeScale.body, Palette.inkMuted)
            }
            ForEach(Array(rows.enumerated()), id: \.offset) { _, row in content(row) }
            if list.hasMore { AppButton(name: words.actionMore, weight: .quiet) { Task { await list.more() } } }
        }
    }
}

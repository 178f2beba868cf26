import Presentation
import SwiftUI

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

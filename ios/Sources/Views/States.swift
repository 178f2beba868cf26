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

/// The one way that a screen waits, has nothing, is out of contact or fails; the screen itself writes the good case.
struct StateOf<Value: Sendable, Empty: View, Content: View>: View {
    let load: Load<Value>
    let retry: @MainActor () -> Void
    @ViewBuilder let empty: Empty
    @ViewBuilder let content: (Value) -> Content
    @Environment(\.words) private var words

    var body: some View {
        switch load {
        case .loading: ProgressView(words.stateLoading).padding(Space.xl)
        case .empty: empty
        case .failed(let problem):
            EmptyState(
                name: problem.isOffline ? words.bannerOffline : words.bannerError, detail: words.say(problem),
                icon: problem.isOffline ? .cloudOff : .attention,
                step: problem.mayPass ? (words.actionRetry, retry) : nil)
        case .ready(let value): content(value)
        }
    }
}

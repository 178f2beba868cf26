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
            if let step { ActionButton(step.name, action: step.run) }
        }
        .multilineTextAlignment(.center)
        .padding(Space.xl)
        .frame(maxWidth: Layout.reading)
    }
}

struct LoadingState: View {
    @Environment(\.words) private var words
    var body: some View {
        ProgressView(words.stateLoading).padding(Space.xl)
    }
}

/// What cannot be had without the server: what is on the phone goes on working elsewhere.
struct OfflineState: View {
    let retry: @MainActor () -> Void
    @Environment(\.words) private var words
    var body: some View {
        EmptyState(
            name: words.bannerOffline, detail: words.errorOffline, icon: .offline, step: (words.actionRetry, retry))
    }
}

/// A screen that has nothing because of a fault.
struct ErrorState: View {
    let failure: Failure
    let retry: @MainActor () -> Void
    @Environment(\.words) private var words
    var body: some View {
        let lines = [failure.message(words), failure.trace(words)].compactMap { $0 }
        EmptyState(
            name: words.bannerError, detail: lines.joined(separator: "\n"), icon: .wrong,
            step: failure.mayPass ? (words.actionRetry, retry) : nil)
    }
}

/// Data as it is there: loading, empty, failed, or shown; what was there stays under a failure.
struct LoadedView<Value: Sendable, Empty: View, Content: View>: View {
    let loaded: Loaded<Value>
    var isEmpty: (Value) -> Bool
    let retry: @MainActor () -> Void
    @ViewBuilder let empty: Empty
    @ViewBuilder let content: (Value) -> Content
    @Environment(\.words) private var words

    var body: some View {
        if case .loading = loaded { LoadingState() }
        if let failure = loaded.failure {
            if loaded.value != nil {
                FailureBanner(failure: failure, retry: retry)
            } else if case .offline = failure {
                OfflineState(retry: retry)
            } else {
                ErrorState(failure: failure, retry: retry)
            }
        }
        if let value = loaded.value {
            if isEmpty(value) { empty } else { content(value) }
        }
    }
}

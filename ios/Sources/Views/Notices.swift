import Presentation
import SwiftUI

/// A thing to know while working: what, why, and where there is one, the next step.
struct Notice: View {
    let status: Status
    var detail: String?
    var icon: Icon?
    var step: (name: String, run: @MainActor () -> Void)?

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

struct OfflineBanner: View {
    @Environment(\.words) private var words
    var body: some View {
        Notice(status: Status(words.bannerOffline, .neutral), detail: words.bannerOfflineDetail, icon: .offline)
    }
}

struct ChangedBanner: View {
    let by: String
    let look: @MainActor () -> Void
    @Environment(\.words) private var words
    var body: some View {
        Notice(
            status: Status(words.bannerChanged(name: by), .info), detail: words.bannerChangedDetail, icon: .people,
            step: (words.actionShow, look))
    }
}

struct LockedBanner: View {
    let unlock: @MainActor () -> Void
    @Environment(\.words) private var words
    var body: some View {
        Notice(
            status: Status(words.bannerLocked, .attention), detail: words.bannerLockedDetail, icon: .lock,
            step: (words.whoUnlock, unlock))
    }
}

struct ErrorBanner: View {
    let problem: Problem
    let retry: @MainActor () -> Void
    @Environment(\.words) private var words

    var body: some View {
        Notice(
            status: Status(words.bannerError, .wrong), detail: words.say(problem),
            step: problem.mayPass ? (words.actionRetry, retry) : nil)
    }
}

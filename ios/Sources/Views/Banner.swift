import Presentation
import SwiftUI

/// A thing to know while working: what, why, and where there is one, the next step.
struct Banner: View {
    let status: Status
    let detail: String
    var icon: Icon?
    var step: (name: String, run: @MainActor () -> Void)?

    var body: some View {
        VStack(alignment: .leading, spacing: Space.s) {
            HStack(alignment: .top, spacing: Space.m) {
                IconView(icon ?? status.tone.icon, tint: status.tone.ink)
                VStack(alignment: .leading, spacing: Space.xs) {
                    Text(status.words).type(TypeScale.strong)
                    Text(detail).type(TypeScale.label)
                }
            }
            .accessibilityElement(children: .combine)
            if let step { ActionButton(step.name, weight: .secondary, action: step.run) }
        }
        .frame(maxWidth: .infinity, alignment: .leading)
        .card(status.tone.ground)
    }
}

struct OfflineBanner: View {
    @Environment(\.words) private var words
    var body: some View {
        Banner(status: Status(words.bannerOffline, .neutral), detail: words.bannerOfflineDetail, icon: .offline)
    }
}

struct ChangedBanner: View {
    let by: String
    let look: @MainActor () -> Void
    @Environment(\.words) private var words
    var body: some View {
        Banner(
            status: Status(words.bannerChanged(name: by), .info), detail: words.bannerChangedDetail, icon: .people,
            step: (words.actionShow, look))
    }
}

struct LockedBanner: View {
    let unlock: @MainActor () -> Void
    @Environment(\.words) private var words
    var body: some View {
        Banner(
            status: Status(words.bannerLocked, .attention), detail: words.bannerLockedDetail, icon: .lock,
            step: (words.whoUnlock, unlock))
    }
}

struct FailureBanner: View {
    let failure: Failure
    var retry: (@MainActor () -> Void)?
    @Environment(\.words) private var words

    var body: some View {
        let lines = [failure.message(words), failure.trace(words)].compactMap { $0 }
        let step = failure.mayPass ? retry : nil
        Banner(
            status: Status(words.bannerError, .wrong), detail: lines.joined(separator: "\n"),
            step: step.map { (words.actionRetry, $0) })
    }
}

import Presentation
import SwiftUI

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

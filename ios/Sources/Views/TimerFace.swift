import SwiftUI

/// How long a contact has run. `seconds` is the core's sum up to `since`; nil when it is paused: a clock that is
/// set back must not shorten what was already counted.
struct TimerFace: View {
    let seconds: Int
    let since: Date?
    @Environment(\.words) private var words

    var body: some View {
        if let since {
            TimelineView(.periodic(from: since, by: 1)) { context in
                face(seconds + max(0, Int(context.date.timeIntervalSince(since))))
            }
        } else {
            face(seconds)
        }
    }

    private func face(_ total: Int) -> some View {
        Text(verbatim: String(format: "%d:%02d", total / 60, total % 60))
            .type(TypeScale.display)
            .monospacedDigit()
            .environment(\.layoutDirection, .leftToRight)
            .accessibilityLabel(words.timerFace(minutes: total / 60, seconds: total % 60))
            .accessibilityAddTraits(.updatesFrequently)
    }
}

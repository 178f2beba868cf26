import SwiftUI

/// How long a contact has run. `seconds` is the core's sum up to `since`; nil when it is paused: a clock that is
/// set back must not shorten what was already counted.
struct TimerFace: View {
    let seconds: Int
    let since: Date?
    /// Running, or paused.
    let state: String
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
        VStack(spacing: Space.xs) {
            Text(verbatim: String(format: "%d:%02d", total / 60, total % 60))
                .type(total < 6000 ? TypeScale.display : TypeScale.title)
                .monospacedDigit()
                .environment(\.layoutDirection, .leftToRight)
                .accessibilityLabel(words.timerFace(minutes: total / 60, seconds: total % 60))
            Text(state).type(TypeScale.label, since == nil ? Palette.inkMuted : Palette.accent)
        }
        .accessibilityElement(children: .combine)
        .accessibilityAddTraits(.updatesFrequently)
    }
}

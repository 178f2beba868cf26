import SwiftUI

enum Tone: CaseIterable {
    case neutral, accent, good, attention, wrong, info

    var ink: Tint {
        switch self {
        case .neutral: Palette.inkMuted
        case .accent: Palette.accent
        case .good: Palette.good
        case .attention: Palette.attention
        case .wrong: Palette.wrong
        case .info: Palette.info
        }
    }
    var soft: Tint {
        switch self {
        case .neutral: Palette.sunken
        case .accent: Palette.accentSoft
        case .good: Palette.goodSoft
        case .attention: Palette.attentionSoft
        case .wrong: Palette.wrongSoft
        case .info: Palette.infoSoft
        }
    }
    var icon: Icon {
        switch self {
        case .neutral: .clock
        case .accent: .forward
        case .good: .good
        case .attention: .attention
        case .wrong: .wrong
        case .info: .info
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

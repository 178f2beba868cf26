import SwiftUI

enum Tone: CaseIterable {
    case neutral, accent, good, attention, wrong, info

    var ink: Tint { look.ink }
    var soft: Tint { look.soft }
    var icon: Icon { look.icon }

    private var look: (ink: Tint, soft: Tint, icon: Icon) {
        switch self {
        case .neutral: (Palette.inkMuted, Palette.sunken, .clock)
        case .accent: (Palette.accent, Palette.accentSoft, .forward)
        case .good: (Palette.good, Palette.goodSoft, .good)
        case .attention: (Palette.attention, Palette.attentionSoft, .attention)
        case .wrong: (Palette.wrong, Palette.wrongSoft, .wrong)
        case .info: (Palette.info, Palette.infoSoft, .info)
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

/// Some of them, side by side.
struct Chips: View {
    let all: [Status]
    init(_ all: Status?...) { self.all = all.compactMap { $0 } }
    init(_ all: [Status]) { self.all = all }

    var body: some View { if !all.isEmpty { Flow { ForEach(all, id: \.self) { StatusChip($0) } } } }
}

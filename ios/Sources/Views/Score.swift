import Presentation
import SwiftUI

/// A face whose mouth bends from sorrow (0) to a smile (1).
struct Face: Shape {
    let mood: Double

    func path(in rect: CGRect) -> Path {
        let side = min(rect.width, rect.height)
        let square = CGRect(x: rect.midX - side / 2, y: rect.midY - side / 2, width: side, height: side)
        func at(_ x: Double, _ y: Double) -> CGPoint {
            CGPoint(x: square.minX + x * side, y: square.minY + y * side)
        }
        return Path { path in
            path.addEllipse(in: square.insetBy(dx: side * 0.05, dy: side * 0.05))
            for x in [0.35, 0.65] {
                path.move(to: at(x, 0.36))
                path.addLine(to: at(x, 0.42))
            }
            let bend = (mood - 0.5) * 0.36
            path.move(to: at(0.3, 0.66 - bend / 2))
            path.addQuadCurve(to: at(0.7, 0.66 - bend / 2), control: at(0.5, 0.66 + bend * 1.5))
        }
    }
}

/// How good something was, by a button for each: stars, four or five faces, or numbers with words at their ends. Each
/// face says its words; a screen reader hears the words alone.
struct Score: View {
    enum Look { case stars, faces, numbers(low: String = "", high: String = "") }
    let look: Look
    let range: ClosedRange<Int>
    let value: Int?
    let give: @MainActor (Int) -> Void
    @Environment(\.words) private var words

    init(_ look: Look, _ range: ClosedRange<Int>, value: Int?, give: @escaping @MainActor (Int) -> Void) {
        (self.look, self.range, self.value, self.give) = (look, range, value, give)
    }

    var body: some View {
        switch look {
        case .stars: HStack(spacing: 0) { ForEach(range, id: \.self, content: star) }
        case .faces: Flow { ForEach(range, id: \.self, content: face) }.sensoryFeedback(.selection, trigger: value)
        case .numbers(let low, let high):
            LazyVGrid(columns: [GridItem(.adaptive(minimum: touchTarget), spacing: Space.xs)], spacing: Space.xs) {
                ForEach(range, id: \.self) { number($0, $0 == range.lowerBound ? low : high) }
            }
            HStack {
                Text(low).type(TypeScale.small, Palette.inkMuted)
                Spacer()
                Text(high).type(TypeScale.small, Palette.inkMuted)
            }
            .accessibilityHidden(true)
        }
    }

    private func star(_ place: Int) -> some View {
        Pick(isChosen: value == place, chosen: Palette.surface, act: { give(place) }) {
            IconView(place <= (value ?? 0) ? .starFilled : .star, tint: Palette.attention, side: 28)
        }
        .accessibilityLabel(words.itemStars(n: place))
    }
    private func face(_ place: Int) -> some View {
        let mood = Double(place - 1) / Double(range.count - 1)
        let tone: Tone = mood < 0.4 ? .wrong : mood < 0.6 ? .attention : .good
        return Pick(isChosen: value == place, chosen: tone.soft, act: { give(place) }) {
            VStack(spacing: Space.xs) {
                Face(mood: mood)
                    .stroke(Paint(tone.ink), style: StrokeStyle(lineWidth: 3, lineCap: .round, lineJoin: .round))
                    .frame(width: 48, height: 48)
                Text(words.face(place, of: range.count)).type(TypeScale.small)
            }
            .padding(Space.xs)
            .frame(maxWidth: .infinity)
        }
    }
    private func number(_ number: Int, _ end: String) -> some View {
        let isChosen = value == number
        return Pick(isChosen: isChosen, ground: Palette.sunken, chosen: Palette.accent, act: { give(number) }) {
            Text(verbatim: "\(number)").type(TypeScale.strong, isChosen ? Palette.onAccent : Palette.ink)
                .frame(maxWidth: .infinity)
        }
        .accessibilityHint(number == range.lowerBound || number == range.upperBound ? end : "")
    }
}

extension Strings {
    func face(_ place: Int, of count: Int) -> String {
        (count == 4 ? [face41, face42, face43, face44] : [face1, face2, face3, face4, face5])[place - 1]
    }
}

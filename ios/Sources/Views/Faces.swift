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

/// Four or five faces: how a customer was served. Each says its words; a screen reader hears the words alone.
struct Faces: View {
    var count = 5
    @Binding var score: Int?
    @Environment(\.words) private var words

    var body: some View {
        Flow {
            ForEach(1...count, id: \.self) { place in
                let isChosen = score == place
                let tint = tone(place).ink
                Button {
                    score = place
                } label: {
                    VStack(spacing: Space.xs) {
                        Face(mood: Double(place - 1) / Double(count - 1))
                            .stroke(Paint(tint), style: StrokeStyle(lineWidth: 3, lineCap: .round, lineJoin: .round))
                            .frame(width: 48, height: 48)
                        Text(Self.names(words, count)[place - 1]).type(TypeScale.small)
                    }
                    .padding(Space.xs)
                    .frame(maxWidth: .infinity)
                    .target()
                    .background(
                        Paint(isChosen ? tone(place).soft : Palette.surface), in: .rect(cornerRadius: Radius.m))
                }
                .buttonStyle(.plain)
                .accessibilityAddTraits(isChosen ? .isSelected : [])
            }
        }
        .sensoryFeedback(.selection, trigger: score)
    }

    private func tone(_ place: Int) -> Tone {
        let mood = Double(place - 1) / Double(count - 1)
        return mood < 0.4 ? .wrong : mood < 0.6 ? .attention : .good
    }
    static func names(_ words: any Strings, _ count: Int) -> [String] {
        count == 4
            ? [words.face41, words.face42, words.face43, words.face44]
            : [words.face1, words.face2, words.face3, words.face4, words.face5]
    }
}

import SwiftUI

/// An outline of the icon set. It says nothing to a screen reader: words stand beside it, or name the control.
struct IconView: View {
    let icon: Icon
    var tint: Tint = Palette.ink
    @ScaledMetric private var side: Double
    @Environment(\.layoutDirection) private var direction

    init(_ icon: Icon, tint: Tint = Palette.ink, side: Double = 24) {
        (self.icon, self.tint) = (icon, tint)
        _side = ScaledMetric(wrappedValue: side)
    }

    var body: some View {
        let outline = Outline(icon: icon)
        Group {
            if icon.filled {
                outline.fill(Paint(tint))
            } else {
                outline.stroke(Paint(tint), style: StrokeStyle(lineWidth: side / 12, lineCap: .round, lineJoin: .round))
            }
        }
        .frame(width: side, height: side)
        .scaleEffect(x: icon.mirrors && direction == .rightToLeft ? -1 : 1)
        .accessibilityHidden(true)
    }
}

struct Outline: Shape {
    let icon: Icon

    func path(in rect: CGRect) -> Path {
        let scale = min(rect.width, rect.height) / 24
        func at(_ x: Double, _ y: Double) -> CGPoint { CGPoint(x: rect.minX + x * scale, y: rect.minY + y * scale) }
        return Path { path in
            for step in icon.steps {
                switch step {
                case .move(let x, let y): path.move(to: at(x, y))
                case .line(let x, let y): path.addLine(to: at(x, y))
                case .curve(let ax, let ay, let bx, let by, let x, let y):
                    path.addCurve(to: at(x, y), control1: at(ax, ay), control2: at(bx, by))
                case .close: path.closeSubpath()
                }
            }
        }
    }
}

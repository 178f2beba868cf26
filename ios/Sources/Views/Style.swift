import Presentation
import SwiftUI

/// A colour of the palette, in the theme that is shown.
struct Paint: ShapeStyle {
    let tint: Tint
    init(_ tint: Tint) { self.tint = tint }

    func resolve(in environment: EnvironmentValues) -> Color { tint.color(environment.colorScheme) }
}

extension Tint {
    func color(_ scheme: ColorScheme) -> Color {
        let rgb = scheme == .dark ? dark : light
        func part(_ shift: UInt32) -> Double { Double((rgb >> shift) & 0xFF) / 255 }
        return Color(red: part(16), green: part(8), blue: part(0))
    }
}

extension TypeStyle { var fontWeight: Font.Weight { weight >= 600 ? .semibold : weight >= 500 ? .medium : .regular } }

private struct Sized: ViewModifier {
    let style: TypeStyle
    @ScaledMetric private var scale = 1.0

    func body(content: Content) -> some View {
        content.font(.system(size: style.size * scale, weight: style.fontWeight))
    }
}

extension View {
    /// A size of the type scale, grown with the phone's setting.
    func type(_ style: TypeStyle, _ tint: Tint = Palette.ink) -> some View {
        modifier(Sized(style: style)).foregroundStyle(Paint(tint))
    }

    /// The least that a thumb hits. It belongs inside a control's label: a frame around a button does not make
    /// the button larger, only the empty space.
    func target() -> some View { frame(minWidth: touchTarget, minHeight: touchTarget).contentShape(.rect) }

    /// A row that stands by itself on the ground.
    func raised() -> some View {
        padding(.horizontal, Space.m).background(Paint(Palette.surface), in: .rect(cornerRadius: Radius.m))
    }

    func card(_ tint: Tint = Palette.surface) -> some View {
        padding(Space.l)
            .background(Paint(tint), in: .rect(cornerRadius: Radius.m))
    }
}

/// Side by side, or one under the other where the text is so large that a row would break words.
struct Flow<Content: View>: View {
    var stacks = false
    @ViewBuilder let content: Content
    @Environment(\.dynamicTypeSize) private var size

    var body: some View {
        let layout =
            stacks || size.isAccessibilitySize
            ? AnyLayout(VStackLayout(alignment: .leading, spacing: Space.s)) : AnyLayout(HStackLayout(spacing: Space.s))
        layout { content }
    }
}

private struct WordsKey: EnvironmentKey { static let defaultValue: any Strings = En() }

extension EnvironmentValues {
    /// The app's own words in the language chosen.
    public var words: any Strings {
        get { self[WordsKey.self] }
        set { self[WordsKey.self] = newValue }
    }
}

extension View {
    /// Words and direction go together: Arabic words in a left-to-right layout are worse than either alone.
    public func language(_ words: any Strings) -> some View {
        environment(\.words, words)
            .environment(\.layoutDirection, words.rightToLeft ? .rightToLeft : .leftToRight)
            .environment(\.locale, Locale(identifier: words.language))
    }
}

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

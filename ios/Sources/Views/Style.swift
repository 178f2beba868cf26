import SwiftUI

/// A colour of the palette, in the theme that is shown.
struct Paint: ShapeStyle {
    let tint: Tint
    init(_ tint: Tint) { self.tint = tint }

    func resolve(in environment: EnvironmentValues) -> Color {
        tint.color(environment.colorScheme)
    }
}

extension Tint {
    func color(_ scheme: ColorScheme) -> Color {
        let rgb = scheme == .dark ? dark : light
        func part(_ shift: UInt32) -> Double { Double((rgb >> shift) & 0xFF) / 255 }
        return Color(red: part(16), green: part(8), blue: part(0))
    }
}

extension TypeStyle {
    var fontWeight: Font.Weight { weight >= 600 ? .semibold : weight >= 500 ? .medium : .regular }
}

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
    func target() -> some View {
        frame(minWidth: touchTarget, minHeight: touchTarget).contentShape(.rect)
    }

    func card(_ tint: Tint = Palette.surface) -> some View {
        padding(Space.l)
            .background(Paint(tint), in: .rect(cornerRadius: Radius.m))
    }
}

/// Side by side, or one under the other where the text is so large that a row would break words.
struct Flow<Content: View>: View {
    var spacing = Space.s
    @ViewBuilder let content: Content
    @Environment(\.dynamicTypeSize) private var size

    var body: some View {
        let layout =
            size.isAccessibilitySize
            ? AnyLayout(VStackLayout(alignment: .leading, spacing: spacing)) : AnyLayout(HStackLayout(spacing: spacing))
        layout { content }
    }
}

import SwiftUI

enum Weight {
    case primary, secondary, destructive, quiet

    var tints: (ink: Tint, ground: Tint) {
        switch self {
        case .primary: (Palette.onAccent, Palette.accent)
        case .secondary: (Palette.accent, Palette.accentSoft)
        case .destructive: (Palette.onWrong, Palette.wrong)
        case .quiet: (Palette.accent, Palette.surface)
        }
    }
}

/// The look of a button with words; all of it is touched.
struct Weighted: ButtonStyle {
    let weight: Weight
    @Environment(\.isEnabled) private var isEnabled

    func makeBody(configuration: Configuration) -> some View {
        configuration.label
            .type(TypeScale.strong, weight.tints.ink)
            .multilineTextAlignment(.center)
            .padding(.horizontal, Space.l)
            .padding(.vertical, Space.s)
            .frame(maxWidth: weight == .quiet ? nil : .infinity)
            .target()
            .background(Paint(weight.tints.ground), in: .rect(cornerRadius: Radius.m))
            .opacity(isEnabled ? (configuration.isPressed ? 0.7 : 1) : 0.4)
    }
}

struct AppButton: View {
    let name: String
    var icon: Icon?
    var weight = Weight.primary
    let action: @MainActor () -> Void

    init(_ name: String, icon: Icon? = nil, weight: Weight = .primary, action: @escaping @MainActor () -> Void) {
        (self.name, self.icon, self.weight, self.action) = (name, icon, weight, action)
    }

    var body: some View {
        Button(role: weight == .destructive ? .destructive : nil, action: action) {
            HStack(spacing: Space.s) {
                if let icon { IconView(icon, tint: weight.tints.ink, side: 20) }
                Text(name)
            }
        }
        .buttonStyle(Weighted(weight: weight))
    }
}

/// What cannot be undone asks first, and says what is lost.
struct DestructiveButton: View {
    let name: String
    let detail: String
    let action: @MainActor () -> Void
    @State private var isAsking = false
    @Environment(\.words) private var words

    init(_ name: String, detail: String, action: @escaping @MainActor () -> Void) {
        (self.name, self.detail, self.action) = (name, detail, action)
    }

    var body: some View {
        AppButton(name, weight: .destructive) { isAsking = true }
            .confirmationDialog(name, isPresented: $isAsking, titleVisibility: .visible) {
                Button(name, role: .destructive, action: action)
                Button(words.actionCancel, role: .cancel) {}
            } message: {
                Text(detail)
            }
    }
}

/// An icon alone, with its name for whoever hears it.
struct AppIconButton: View {
    let icon: Icon
    let name: String
    let action: @MainActor () -> Void

    init(_ icon: Icon, _ name: String, action: @escaping @MainActor () -> Void) {
        (self.icon, self.name, self.action) = (icon, name, action)
    }

    var body: some View {
        Button(action: action) { IconView(icon, tint: Palette.accent).target() }
            .buttonStyle(.plain)
            .accessibilityLabel(name)
    }
}

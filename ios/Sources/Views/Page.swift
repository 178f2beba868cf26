import Presentation
import SwiftUI

/// What is shown of the app: it speaks the app's words.
protocol Screen: View { var app: AppModel { get } }
extension Screen { var words: any Strings { app.words } }

/// A page: its title, what scrolls, and the one act of the page at the bottom, where a thumb is.
struct Page<Content: View, Bottom: View>: View {
    let name: String
    @ViewBuilder let content: Content
    @ViewBuilder let bottom: Bottom

    var body: some View {
        ScrollView {
            VStack(alignment: .leading, spacing: Space.l) { content }
                .padding(Space.l)
                .frame(maxWidth: Layout.reading)
                .frame(maxWidth: .infinity)
        }
        .background(Paint(Palette.ground))
        .navigationTitle(name)
        .safeAreaInset(edge: .bottom) { bottom.padding(Space.m).frame(maxWidth: Layout.reading) }
    }
}

extension Page where Bottom == EmptyView {
    init(name: String, @ViewBuilder content: () -> Content) {
        self.init(name: name, content: content, bottom: { EmptyView() })
    }
}

/// What lies over a screen until it is closed. Words do not reach it from the screen below.
struct Over<Content: View>: View {
    let words: any Strings
    let content: Content
    @Environment(\.dismiss) private var dismiss

    init(_ words: any Strings, @ViewBuilder content: () -> Content) { (self.words, self.content) = (words, content()) }

    var body: some View {
        NavigationStack {
            content.toolbar { ToolbarItem(placement: .cancellationAction) { Button(words.actionClose) { dismiss() } } }
        }
        .language(words)
    }
}

/// A button that lays something over the screen: with words and an icon, or an icon alone.
struct OverButton<Content: View>: View {
    let name: String
    let icon: Icon
    var weight = Weight.secondary
    var isBare = false
    /// Where several are named alike: which this one is, for whoever hears it.
    var about: String?
    @ViewBuilder let content: Content
    @State private var isOpen = false
    @Environment(\.words) private var words

    var body: some View {
        Group {
            if isBare {
                AppIconButton(icon: icon, name: name) { isOpen = true }
            } else {
                AppButton(name: name, icon: icon, weight: weight, about: about) { isOpen = true }
            }
        }
        .sheet(isPresented: $isOpen) { Over(words) { content } }
    }
}

/// One line of a list, read as one: what it is, what is known of it, how it stands. The icon adds to the words and
/// says nothing of its own: in a large type the words get its room. Where it leads anywhere, all of it is touched.
struct ListRow: View {
    let name: String
    var detail: String?
    var icon: Icon?
    var statuses: [Status?] = []
    var act: (@MainActor () -> Void)?
    @Environment(\.dynamicTypeSize) private var size

    var body: some View { if let act { Button(action: act) { row }.buttonStyle(.plain) } else { row } }
    private var row: some View {
        HStack(spacing: Space.m) {
            if let icon, !size.isAccessibilitySize { IconView(icon, tint: Palette.inkMuted) }
            VStack(alignment: .leading, spacing: Space.xs) {
                Text(name).type(TypeScale.strong)
                if let detail { Text(detail).type(TypeScale.label, Palette.inkMuted) }
                Chips(all: statuses)
            }
            .frame(maxWidth: .infinity, alignment: .leading)
        }
        .padding(.vertical, Space.xs)
        .target()
        .accessibilityElement(children: .combine)
    }
}

/// What is known of something as one text; nil where nothing is.
func line(_ parts: String?..., by mark: String = " · ") -> String? {
    let known = parts.compactMap { $0 }
    return known.isEmpty ? nil : known.joined(separator: mark)
}

struct SectionHeader: View {
    let name: String
    var aside: String?

    var body: some View {
        HStack {
            Text(name).type(TypeScale.heading).frame(maxWidth: .infinity, alignment: .leading)
            if let aside { Text(aside).type(TypeScale.label, Palette.inkMuted) }
        }
        .accessibilityElement(children: .combine)
        .accessibilityAddTraits(.isHeader)
    }
}

/// How far something is, in words and as a bar.
struct Progress: View {
    let name: String
    let done: Int
    let total: Int
    @Environment(\.words) private var words

    var body: some View {
        VStack(alignment: .leading, spacing: Space.xs) {
            Flow {
                Text(name).type(TypeScale.body)
                Spacer()
                Text(words.labelProgress(done: done, total: total)).type(TypeScale.label, Palette.inkMuted)
            }
            ProgressView(value: total == 0 ? 0 : Double(min(done, total)) / Double(total))
                .tint(Paint(Palette.accent))
                .accessibilityHidden(true)
        }
        .accessibilityElement(children: .combine)
    }
}

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
    /// Where several are named alike: which this one is, for whoever hears it.
    var about: String?
    let action: @MainActor () -> Void

    var body: some View {
        Button(role: weight == .destructive ? .destructive : nil, action: action) {
            HStack(spacing: Space.s) {
                if let icon { IconView(icon, tint: weight.tints.ink, side: 20) }
                Text(name)
            }
        }
        .buttonStyle(Weighted(weight: weight))
        .accessibilityLabel(about.map { name + ": " + $0 } ?? name)
    }
}

/// What cannot be undone asks first, and says what is lost.
struct DestructiveButton: View {
    let name: String
    let detail: String
    /// Where several are named alike: which this one is, for whoever hears it.
    var about: String?
    /// Finds out what would be lost; where it cannot, nothing is asked.
    var before: (@MainActor () async -> Bool)?
    let action: @MainActor () -> Void
    @State private var isAsking = false
    @Environment(\.words) private var words

    var body: some View {
        AppButton(name: name, weight: .destructive, about: about, action: ask)
            .confirmationDialog(name, isPresented: $isAsking, titleVisibility: .visible) {
                Button(name, role: .destructive, action: action)
                Button(words.actionCancel, role: .cancel) {}
            } message: {
                Text(detail)
            }
    }
    private func ask() {
        guard let before else { return isAsking = true }
        Task { isAsking = await before() }
    }
}

/// An icon alone, with its name for whoever hears it.
struct AppIconButton: View {
    let icon: Icon
    let name: String
    let action: @MainActor () -> Void

    var body: some View {
        Button(action: action) { IconView(icon, tint: Palette.accent).target() }
            .buttonStyle(.plain)
            .accessibilityLabel(name)
    }
}

import SwiftUI

/// One line of a list, read as one: what it is, what is known of it, how it stands. The icon adds to the words and
/// says nothing of its own: in a large type the words get its room. Where it leads anywhere, all of it is touched.
struct ListRow: View {
    let name: String
    let detail: String?
    let icon: Icon?
    let statuses: [Status]
    let act: (@MainActor () -> Void)?
    @Environment(\.dynamicTypeSize) private var size

    init(
        _ name: String, detail: String? = nil, icon: Icon? = nil, _ statuses: Status?...,
        act: (@MainActor () -> Void)? = nil
    ) {
        (self.name, self.detail, self.icon, self.act) = (name, detail, icon, act)
        self.statuses = statuses.compactMap { $0 }
    }

    var body: some View {
        if let act { Button(action: act) { row }.buttonStyle(.plain) } else { row }
    }
    private var row: some View {
        HStack(spacing: Space.m) {
            if let icon, !size.isAccessibilitySize { IconView(icon, tint: Palette.inkMuted) }
            VStack(alignment: .leading, spacing: Space.xs) {
                Text(name).type(TypeScale.strong)
                if let detail { Text(detail).type(TypeScale.label, Palette.inkMuted) }
                Chips(statuses)
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

    init(_ name: String, aside: String? = nil) { (self.name, self.aside) = (name, aside) }

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

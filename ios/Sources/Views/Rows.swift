import SwiftUI

/// One line of a list, read as one: what it is, what is known of it, how it stands. The icon adds to the words and
/// says nothing of its own: in a large type the words get its room.
struct ListRow: View {
    let name: String
    var detail: String?
    var icon: Icon?
    var statuses: [Status]
    @Environment(\.dynamicTypeSize) private var size

    init(_ name: String, detail: String? = nil, icon: Icon? = nil, _ statuses: Status...) {
        self.init(name, detail: detail, icon: icon, all: statuses)
    }
    init(_ name: String, detail: String? = nil, icon: Icon? = nil, all statuses: [Status]) {
        (self.name, self.detail, self.icon, self.statuses) = (name, detail, icon, statuses)
    }

    var body: some View {
        HStack(spacing: Space.m) {
            if let icon, !size.isAccessibilitySize { IconView(icon, tint: Palette.inkMuted) }
            VStack(alignment: .leading, spacing: Space.xs) {
                Text(name).type(TypeScale.strong)
                if let detail { Text(detail).type(TypeScale.label, Palette.inkMuted) }
                if !statuses.isEmpty { Flow { ForEach(statuses, id: \.self) { StatusChip($0) } } }
            }
            .frame(maxWidth: .infinity, alignment: .leading)
        }
        .padding(.vertical, Space.xs)
        .target()
        .accessibilityElement(children: .combine)
    }
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

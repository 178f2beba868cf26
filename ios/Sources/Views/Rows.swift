import SwiftUI

/// One line of a list: what it is, what is known of it, how it stands.
struct ListRow: View {
    let name: String
    var detail: String?
    var icon: Icon?
    var status: Status?

    init(_ name: String, detail: String? = nil, icon: Icon? = nil, status: Status? = nil) {
        (self.name, self.detail, self.icon, self.status) = (name, detail, icon, status)
    }

    var body: some View {
        Flow(spacing: Space.m) {
            if let icon { IconView(icon, tint: Palette.inkMuted) }
            VStack(alignment: .leading, spacing: Space.xs) {
                Text(name).type(TypeScale.body)
                if let detail { Text(detail).type(TypeScale.small, Palette.inkMuted) }
            }
            .frame(maxWidth: .infinity, alignment: .leading)
            if let status { StatusChip(status) }
        }
        .padding(.vertical, Space.xs)
        .target()
        .accessibilityElement(children: .combine)
    }
}

struct SectionHeader: View {
    let name: String
    var count: Int?

    init(_ name: String, count: Int? = nil) { (self.name, self.count) = (name, count) }

    var body: some View {
        HStack {
            Text(name).type(TypeScale.heading)
            Spacer()
            if let count { Text(verbatim: "\(count)").type(TypeScale.label, Palette.inkMuted) }
        }
        .accessibilityElement(children: .combine)
        .accessibilityAddTraits(.isHeader)
    }
}

/// How far something is, in words and as a bar.
struct ProgressRow: View {
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

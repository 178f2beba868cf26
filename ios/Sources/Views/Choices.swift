import SwiftUI

struct Choice<ID: Hashable & Sendable>: Identifiable, Hashable, Sendable {
    let id: ID
    let name: String
    let detail: String?
    init(_ id: ID, _ name: String, detail: String? = nil) { (self.id, self.name, self.detail) = (id, name, detail) }
}

/// One of several, or any of several: every choice is a row that is touched anywhere.
struct Choices<ID: Hashable & Sendable>: View {
    let choices: [Choice<ID>]
    @Binding var chosen: Set<ID>
    var takesMany = false

    var body: some View {
        VStack(spacing: Space.s) {
            ForEach(choices) { choice in
                let isChosen = chosen.contains(choice.id)
                Button {
                    pick(choice.id, isChosen)
                } label: {
                    HStack(spacing: Space.m) {
                        IconView(mark(isChosen), tint: isChosen ? Palette.accent : Palette.outline)
                        VStack(alignment: .leading) {
                            Text(choice.name).type(TypeScale.body)
                            if let detail = choice.detail { Text(detail).type(TypeScale.label, Palette.inkMuted) }
                        }
                        .frame(maxWidth: .infinity, alignment: .leading)
                    }
                    .padding(.horizontal, Space.m)
                    .target()
                    .background(
                        Paint(isChosen ? Palette.accentSoft : Palette.surface), in: .rect(cornerRadius: Radius.m))
                }
                .buttonStyle(.plain)
                .accessibilityAddTraits(isChosen ? .isSelected : [])
            }
        }
    }

    private func mark(_ isChosen: Bool) -> Icon {
        takesMany ? (isChosen ? .boxChecked : .box) : (isChosen ? .chosen : .choice)
    }
    private func pick(_ id: ID, _ isChosen: Bool) {
        if !takesMany { chosen = [id] } else if isChosen { chosen.remove(id) } else { chosen.insert(id) }
    }
}

/// A few answers side by side, under each other in a large type. Picking the chosen one again takes the answer back.
struct Segments<ID: Hashable & Sendable>: View {
    let options: [(id: ID, status: Status)]
    @Binding var chosen: ID?

    var body: some View {
        Flow {
            ForEach(options, id: \.id) { option in
                let isChosen = chosen == option.id
                Button {
                    chosen = isChosen ? nil : option.id
                } label: {
                    HStack(spacing: Space.s) {
                        IconView(option.status.tone.icon, tint: isChosen ? option.status.tone.ink : Palette.outline)
                        Text(option.status.words).type(
                            TypeScale.strong, isChosen ? option.status.tone.ink : Palette.ink)
                    }
                    .padding(.horizontal, Space.m)
                    .frame(maxWidth: .infinity)
                    .target()
                    .background(
                        Paint(isChosen ? option.status.tone.soft : Palette.sunken), in: .rect(cornerRadius: Radius.m))
                }
                .buttonStyle(.plain)
                .accessibilityAddTraits(isChosen ? .isSelected : [])
            }
        }
    }
}

struct PassFail: View {
    @Binding var passed: Bool?
    @Environment(\.words) private var words
    var body: some View {
        Segments(
            options: [(true, Status(words.itemPass, .good)), (false, Status(words.itemFail, .wrong))], chosen: $passed)
    }
}

struct YesNo: View {
    @Binding var answer: Bool?
    @Environment(\.words) private var words
    var body: some View {
        Segments(
            options: [(true, Status(words.itemYes, .accent)), (false, Status(words.itemNo, .neutral))], chosen: $answer)
    }
}

import Presentation
import SwiftUI

/// One thing to choose, however it looks; all of it is touched.
struct Pick<Face: View>: View {
    let isChosen: Bool
    var ground = Palette.surface
    var chosen = Palette.accentSoft
    let act: @MainActor () -> Void
    @ViewBuilder let face: Face

    var body: some View {
        Button(action: act) {
            face.target().background(Paint(isChosen ? chosen : ground), in: .rect(cornerRadius: Radius.m))
        }
        .buttonStyle(.plain)
        .accessibilityAddTraits(isChosen ? .isSelected : [])
    }
}

struct Choice: Identifiable, Hashable, Sendable {
    let id: String
    let name: String
    init(_ id: String, _ name: String) { (self.id, self.name) = (id, name) }
}
extension [Named] {
    var choices: [Choice] { map { Choice($0.id, $0.label.text) } }
}

/// One of several, or any of several, in a row each. What is chosen is given in the order of the rows.
struct Choices: View {
    let all: [Choice]
    let chosen: [String]
    let takesMany: Bool
    let give: @MainActor ([String]) -> Void

    init(
        _ all: [Choice], chosen: [String], takesMany: Bool = false, give: @escaping @MainActor ([String]) -> Void
    ) {
        (self.all, self.chosen, self.takesMany, self.give) = (all, chosen, takesMany, give)
    }

    var body: some View {
        VStack(spacing: Space.s) {
            ForEach(all) { choice in
                let isChosen = chosen.contains(choice.id)
                Pick(isChosen: isChosen, act: { pick(choice.id, isChosen) }) {
                    HStack(spacing: Space.m) {
                        IconView(mark(isChosen), tint: isChosen ? Palette.accent : Palette.outline)
                        Text(choice.name).type(TypeScale.body).frame(maxWidth: .infinity, alignment: .leading)
                    }
                    .padding(.horizontal, Space.m)
                }
            }
        }
    }

    private func mark(_ isChosen: Bool) -> Icon {
        takesMany ? (isChosen ? .boxChecked : .box) : (isChosen ? .chosen : .choice)
    }
    private func pick(_ id: String, _ isChosen: Bool) {
        guard takesMany else { return give([id]) }
        give(all.map(\.id).filter { $0 == id ? !isChosen : chosen.contains($0) })
    }
}

/// A few answers side by side, under each other in a large type. Picking the chosen one again takes the answer back.
struct Segments: View {
    let options: [(yes: Bool, status: Status)]
    let chosen: Bool?
    let give: @MainActor (Bool?) -> Void

    var body: some View {
        Flow {
            ForEach(options, id: \.yes) { yes, status in
                let isChosen = chosen == yes
                Pick(
                    isChosen: isChosen, ground: Palette.sunken, chosen: status.tone.soft,
                    act: { give(isChosen ? nil : yes) }
                ) {
                    HStack(spacing: Space.s) {
                        IconView(status.tone.icon, tint: isChosen ? status.tone.ink : Palette.outline)
                        Text(status.words).type(TypeScale.strong, isChosen ? status.tone.ink : Palette.ink)
                    }
                    .padding(.horizontal, Space.m)
                    .frame(maxWidth: .infinity)
                }
            }
        }
    }
}

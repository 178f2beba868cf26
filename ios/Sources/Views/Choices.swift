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

struct Choice: Identifiable, Hashable {
    let id: String
    let name: String
    let tone: Tone?
    init(_ id: String, _ name: String, _ tone: Tone? = nil) { (self.id, self.name, self.tone) = (id, name, tone) }
}
extension [Named] { var choices: [Choice] { map { Choice($0.id, $0.label.text) } } }

/// One of several, or any of several: in a row each, or side by side where each has its tone. What is chosen is given
/// in the order that they stand in.
struct Choices: View {
    let all: [Choice]
    let chosen: [String]
    var takesMany = false
    let give: @MainActor ([String]) -> Void

    var body: some View {
        Flow(stacks: all.allSatisfy { $0.tone == nil }) {
            ForEach(all) { choice in
                let isChosen = chosen.contains(choice.id)
                let tone = choice.tone ?? .accent
                Pick(
                    isChosen: isChosen, ground: choice.tone == nil ? Palette.surface : Palette.sunken,
                    chosen: tone.soft, act: { pick(choice, isChosen) }
                ) {
                    HStack(spacing: Space.m) {
                        IconView(choice.tone?.icon ?? mark(isChosen), tint: isChosen ? tone.ink : Palette.outline)
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
    private func pick(_ choice: Choice, _ isChosen: Bool) {
        // A yes or a no that is tapped again is taken back.
        guard takesMany else { return give(isChosen && choice.tone != nil ? [] : [choice.id]) }
        give(all.map(\.id).filter { $0 == choice.id ? !isChosen : chosen.contains($0) })
    }
}

/// One of a few things to see, side by side.
struct Segments: View {
    let all: [Choice]
    @Binding var chosen: String

    var body: some View {
        Flow {
            ForEach(all) { one in
                let isChosen = chosen == one.id
                Pick(isChosen: isChosen, ground: Palette.sunken, chosen: Palette.accent, act: { chosen = one.id }) {
                    Text(one.name).type(TypeScale.strong, isChosen ? Palette.onAccent : Palette.ink)
                        .multilineTextAlignment(.center)
                        .padding(.horizontal, Space.s)
                        .frame(maxWidth: .infinity)
                }
            }
        }
    }
}

/// A face whose mouth bends from sorrow (0) to a smile (1).
struct Face: Shape {
    let mood: Double

    func path(in rect: CGRect) -> Path {
        let side = min(rect.width, rect.height)
        let square = CGRect(x: rect.midX - side / 2, y: rect.midY - side / 2, width: side, height: side)
        func at(_ x: Double, _ y: Double) -> CGPoint { CGPoint(x: square.minX + x * side, y: square.minY + y * side) }
        return Path { path in
            path.addEllipse(in: square.insetBy(dx: side * 0.05, dy: side * 0.05))
            for x in [0.35, 0.65] {
                path.move(to: at(x, 0.36))
                path.addLine(to: at(x, 0.42))
            }
            let bend = (mood - 0.5) * 0.36
            path.move(to: at(0.3, 0.66 - bend / 2))
            path.addQuadCurve(to: at(0.7, 0.66 - bend / 2), control: at(0.5, 0.66 + bend * 1.5))
        }
    }
}

/// How good something was, by a button for each: stars, four or five faces, or numbers with words at their ends. Each
/// face says its words; a screen reader hears the words alone.
struct Score: View {
    enum Look { case stars, faces, numbers(low: String = "", high: String = "") }
    let look: Look
    let range: ClosedRange<Int>
    let value: Int?
    let give: @MainActor (Int) -> Void
    @Environment(\.words) private var words

    var body: some View {
        switch look {
        case .stars: HStack(spacing: 0) { ForEach(range, id: \.self, content: star) }
        case .faces: Flow { ForEach(range, id: \.self, content: face) }.sensoryFeedback(.selection, trigger: value)
        case .numbers(let low, let high):
            LazyVGrid(columns: [GridItem(.adaptive(minimum: touchTarget), spacing: Space.xs)], spacing: Space.xs) {
                ForEach(range, id: \.self) { number($0, $0 == range.lowerBound ? low : high) }
            }
            HStack {
                Text(low).type(TypeScale.small, Palette.inkMuted)
                Spacer()
                Text(high).type(TypeScale.small, Palette.inkMuted)
            }
            .accessibilityHidden(true)
        }
    }

    private func star(_ place: Int) -> some View {
        Pick(isChosen: value == place, chosen: Palette.surface, act: { give(place) }) {
            IconView(place <= (value ?? 0) ? .starFilled : .star, tint: Palette.attention, side: 28)
        }
        .accessibilityLabel(words.itemStars(n: place))
    }
    private func face(_ place: Int) -> some View {
        let mood = Double(place - 1) / Double(range.count - 1)
        let tone: Tone = mood < 0.4 ? .wrong : mood < 0.6 ? .attention : .good
        return Pick(isChosen: value == place, chosen: tone.soft, act: { give(place) }) {
            VStack(spacing: Space.xs) {
                Face(mood: mood)
                    .stroke(Paint(tone.ink), style: StrokeStyle(lineWidth: 3, lineCap: .round, lineJoin: .round))
                    .frame(width: 48, height: 48)
                Text(words.face(place, of: range.count)).type(TypeScale.small)
            }
            .padding(Space.xs)
            .frame(maxWidth: .infinity)
        }
    }
    private func number(_ number: Int, _ end: String) -> some View {
        let isChosen = value == number
        return Pick(isChosen: isChosen, ground: Palette.sunken, chosen: Palette.accent, act: { give(number) }) {
            Text(verbatim: "\(number)").type(TypeScale.strong, isChosen ? Palette.onAccent : Palette.ink)
                .frame(maxWidth: .infinity)
        }
        .accessibilityHint(number == range.lowerBound || number == range.upperBound ? end : "")
    }
}

extension Strings {
    func face(_ place: Int, of count: Int) -> String {
        (count == 4 ? [face41, face42, face43, face44] : [face1, face2, face3, face4, face5])[place - 1]
    }
}

/// The label stands above and stays there: in a large type one inside the field is cut.
struct Field: View {
    let name: String
    @Binding var text: String
    var hint: String?
    var lines = 1
    var keyboard = UIKeyboardType.default
    var unit: String?
    var hidesName = false
    @Environment(\.words) private var words
    @Environment(\.layoutDirection) private var direction

    var body: some View {
        VStack(alignment: .leading, spacing: Space.xs) {
            if !hidesName { Text(name).type(TypeScale.label).accessibilityHidden(true) }
            HStack(spacing: Space.s) {
                TextField(name, text: $text, axis: lines > 1 ? .vertical : .horizontal)
                    .keyboardType(keyboard)
                    .type(TypeScale.body)
                    .lineLimit(lines > 1 ? nil : 1)
                    .target()
                    // Numbers and addresses run from left to right in every language.
                    .environment(\.layoutDirection, keyboard == .default ? direction : .leftToRight)
                    .accessibilityHint(line(unit.map { words.itemUnit(unit: $0) }, hint, by: ", ") ?? "")
                if let unit { Text(unit).type(TypeScale.body, Palette.inkMuted).accessibilityHidden(true) }
            }
            .padding(.horizontal, Space.m)
            .background(Paint(Palette.sunken), in: .rect(cornerRadius: Radius.m))
            // The field itself says it too, as its hint.
            if let hint { Text(hint).type(TypeScale.small, Palette.inkMuted).accessibilityHidden(true) }
        }
    }
}

/// Something between two buttons that make it less or more: a hand in a glove hits no keys and drags to no point.
struct Stepped<Content: View>: View {
    let name: String
    let step: @MainActor (Int) -> Void
    @ViewBuilder let content: Content
    @Environment(\.words) private var words

    var body: some View {
        HStack(spacing: Space.s) {
            AppIconButton(icon: .remove, name: words.actionDecrease(label: name)) { step(-1) }
            content
            AppIconButton(icon: .add, name: words.actionIncrease(label: name)) { step(1) }
        }
    }
}

/// A slider. `shown` is the value as the core writes it; nil before there is an answer, so that none looks given.
struct SliderField: View {
    let name: String
    let value: Double?
    let range: ClosedRange<Double>
    var step = 1.0
    let shown: String?
    let give: @MainActor (Double) -> Void
    @Environment(\.words) private var words

    var body: some View {
        let state = shown ?? words.itemUnanswered
        VStack(alignment: .leading, spacing: Space.xs) {
            Flow {
                Text(name).type(TypeScale.label).frame(maxWidth: .infinity, alignment: .leading)
                Text(state).type(shown == nil ? TypeScale.label : TypeScale.heading)
            }
            .accessibilityHidden(true)
            Stepped(name: name, step: move) {
                Slider(value: Binding(get: { value ?? range.lowerBound }, set: give), in: range, step: step) {
                    Text(name)
                }
                .tint(Paint(value == nil ? Palette.outline : Palette.accent))
                .frame(minHeight: touchTarget)
                .accessibilityValue(state)
            }
        }
    }
    private func move(_ by: Int) {
        give(value.map { min(max($0 + Double(by) * step, range.lowerBound), range.upperBound) } ?? range.lowerBound)
    }
}

/// A text that is the person's own until it is handed over: kept as a draft while it is typed, there again later.
struct Typed: View {
    let name: String
    let id: String
    let answers: Answers
    let stands: String
    var lines = 1
    var keyboard = UIKeyboardType.default
    var unit: String?
    var hint: String?
    let touched: @MainActor () -> Void
    let done: @MainActor (String) async -> Void
    @Environment(\.words) private var words

    var body: some View {
        VStack(alignment: .leading, spacing: Space.s) {
            Field(name: name, text: text, hint: hint, lines: lines, keyboard: keyboard, unit: unit, hidesName: true)
                .onSubmit(save)
            if answers.typed(id) != nil {
                AppButton(name: words.actionSave, weight: .secondary, about: name, action: save)
            }
        }
    }

    private var text: Binding<String> {
        Binding(
            get: { answers.typed(id) ?? stands },
            set: {
                touched()
                answers.type(id, $0)
            })
    }
    private func save() {
        guard let typed = answers.typed(id) else { return }
        Task { await done(typed) }
    }
}

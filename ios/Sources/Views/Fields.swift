import Presentation
import SwiftUI

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
            AppIconButton(.remove, words.actionDecrease(label: name)) { step(-1) }
            content
            AppIconButton(.add, words.actionIncrease(label: name)) { step(1) }
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
                AppButton(words.actionSave, weight: .secondary, action: save)
                    .accessibilityLabel(words.actionSave + ": " + name)
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

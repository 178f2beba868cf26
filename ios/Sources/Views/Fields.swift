import Presentation
import SwiftUI

/// The label stands above and stays there: in a large type one inside the field is cut.
struct Field: View {
    let name: String
    @Binding var text: String
    var hint: String?
    var wrong: String?
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
                    .accessibilityHint([unit.map { words.itemUnit(unit: $0) }, wrong ?? hint].say)
                if let unit { Text(unit).type(TypeScale.body, Palette.inkMuted).accessibilityHidden(true) }
            }
            .padding(.horizontal, Space.m)
            .background(Paint(Palette.sunken), in: .rect(cornerRadius: Radius.m))
            Remark(hint: hint, wrong: wrong)
        }
    }
}

/// Under a field: what is wrong, or else what helps. The field itself says it too, as its hint.
private struct Remark: View {
    let hint: String?
    let wrong: String?
    var body: some View {
        Group {
            if let wrong {
                StatusChip(Status(wrong, .wrong))
            } else if let hint {
                Text(hint).type(TypeScale.small, Palette.inkMuted)
            }
        }
        .accessibilityHidden(true)
    }
}

extension [String?] {
    fileprivate var say: String { compactMap { $0 }.joined(separator: ", ") }
}

/// A number by keys, or by the two buttons where a glove is on.
struct NumberField: View {
    let name: String
    @Binding var text: String
    let step: @MainActor (Int) -> Void
    var unit: String?
    var hint: String?
    var wrong: String?
    @Environment(\.words) private var words

    var body: some View {
        VStack(alignment: .leading, spacing: Space.xs) {
            Text(name).type(TypeScale.label).accessibilityHidden(true)
            HStack(spacing: Space.s) {
                AppIconButton(.remove, words.actionDecrease(label: name)) { step(-1) }
                Field(name: name, text: $text, keyboard: .numbersAndPunctuation, unit: unit, hidesName: true)
                AppIconButton(.add, words.actionIncrease(label: name)) { step(1) }
            }
            Remark(hint: hint, wrong: wrong)
        }
    }
}

/// A slider with a button at either end: a thumb in a glove cannot drag to the point. `shown` is the value as the
/// core writes it; nil before there is an answer, so that no value looks given.
struct SliderField: View {
    let name: String
    @Binding var value: Double?
    let range: ClosedRange<Double>
    var step = 1.0
    let shown: String?
    @Environment(\.words) private var words

    var body: some View {
        let state = shown ?? words.itemUnanswered
        VStack(alignment: .leading, spacing: Space.xs) {
            Flow {
                Text(name).type(TypeScale.label).frame(maxWidth: .infinity, alignment: .leading)
                Text(state).type(shown == nil ? TypeScale.label : TypeScale.heading)
            }
            .accessibilityHidden(true)
            HStack(spacing: Space.s) {
                AppIconButton(.remove, words.actionDecrease(label: name)) { move(-step) }
                Slider(value: place, in: range, step: step) { Text(name) }
                    .tint(Paint(value == nil ? Palette.outline : Palette.accent))
                    .frame(minHeight: touchTarget)
                    .accessibilityValue(state)
                AppIconButton(.add, words.actionIncrease(label: name)) { move(step) }
            }
        }
    }

    private var place: Binding<Double> {
        Binding(get: { value ?? range.lowerBound }, set: { value = $0 })
    }
    private func move(_ by: Double) {
        value = value.map { min(max($0 + by, range.lowerBound), range.upperBound) } ?? range.lowerBound
    }
}

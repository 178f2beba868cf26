import SwiftUI

/// A number that is typed or stepped. The text is the person's own until it is a number, so that a half-typed
/// "-" or "1." is not taken away from under the thumb.
struct NumberField: View {
    let name: String
    @Binding var value: Double?
    var range: ClosedRange<Double>?
    var step = 1.0
    var decimals = 0
    var unit: String?
    @State private var text = ""
    @Environment(\.words) private var words

    var body: some View {
        VStack(alignment: .leading, spacing: Space.s) {
            HStack(spacing: Space.s) {
                IconButton(.remove, words.actionDecrease(label: name)) { move(-step) }
                    .disabled(value.map { range.map(\.lowerBound) == $0 } ?? false)
                TextField(name, text: $text)
                    .keyboardType((range?.lowerBound ?? -1) < 0 ? .numbersAndPunctuation : .decimalPad)
                    .type(TypeScale.title)
                    .multilineTextAlignment(.center)
                    .target()
                    .background(Paint(Palette.sunken), in: .rect(cornerRadius: Radius.s))
                    .accessibilityHint(unit.map { words.itemUnit(unit: $0) } ?? "")
                if let unit { Text(unit).type(TypeScale.body, Palette.inkMuted).accessibilityHidden(true) }
                IconButton(.add, words.actionIncrease(label: name)) { move(step) }
                    .disabled(value.map { range.map(\.upperBound) == $0 } ?? false)
            }
            if let range, let value, !range.contains(value) {
                StatusChip(
                    Status(words.itemOutOfRange(min: show(range.lowerBound), max: show(range.upperBound)), .attention))
            }
        }
        .onChange(of: text) { _, typed in value = read(typed) }
        .onChange(of: value, initial: true) { _, new in
            if read(text) != new { text = new.map(show) ?? "" }
        }
    }

    private func move(_ by: Double) {
        let from = value ?? range.map { max($0.lowerBound, min(0, $0.upperBound)) - by } ?? -by
        let to = from + by
        // Rounded, or 0.1 ten times is not 1.
        let unit = pow(10, Double(decimals))
        value = (range.map { min(max(to, $0.lowerBound), $0.upperBound) } ?? to).rounded(to: unit)
    }
    private func show(_ number: Double) -> String { String(format: "%.\(decimals)f", number) }
    /// Either decimal mark, and the digits of Arabic keyboards.
    private func read(_ typed: String) -> Double? {
        let plain = typed.map { mark -> Character in
            if let digit = mark.wholeNumberValue { return Character("\(digit)") }
            return mark == "," || mark == "\u{66B}" ? "." : mark
        }
        return Double(String(plain))
    }
}

extension Double {
    fileprivate func rounded(to unit: Double) -> Double { (self * unit).rounded() / unit }
}

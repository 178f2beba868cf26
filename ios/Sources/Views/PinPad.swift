import Presentation
import SwiftUI

/// Digits for the PIN. Neither the screen nor a screen reader says which were typed, only how many.
struct PinPad: View {
    var wrong: String?
    let done: @MainActor (String) -> Void
    @State private var entry = PinEntry()
    @Environment(\.words) private var words

    var body: some View {
        VStack(spacing: Space.l) {
            HStack(spacing: Space.m) {
                ForEach(0..<max(entry.count, entry.length.lowerBound), id: \.self) { place in
                    Circle().fill(Paint(place < entry.count ? Palette.accent : Palette.line))
                        .frame(width: 14, height: 14)
                }
            }
            .accessibilityElement()
            .accessibilityLabel(words.pinEnter)
            .accessibilityValue(words.pinTyped(n: entry.count))
            .accessibilityAddTraits(.updatesFrequently)
            if let wrong { Notice(wrong, .wrong) }
            Grid(horizontalSpacing: Space.l, verticalSpacing: Space.m) {
                ForEach(0..<3, id: \.self) { row in
                    GridRow { ForEach(1...3, id: \.self) { key(row * 3 + $0) } }
                }
                GridRow {
                    AppIconButton(.check, words.actionContinue, action: { done(entry.take()) }).disabled(!entry.isComplete)
                    key(0)
                    AppIconButton(.backspace, words.pinDelete) { entry.delete() }.disabled(entry.count == 0)
                }
            }
            // As on every telephone: rows of digits run from left to right in Arabic too.
            .environment(\.layoutDirection, .leftToRight)
        }
        .privacySensitive()
    }

    private func key(_ digit: Int) -> some View {
        Pick(isChosen: false, ground: Palette.sunken, act: { entry.type(digit) }) {
            Text(verbatim: "\(digit)").type(TypeScale.title).frame(minWidth: 72, minHeight: 56)
        }
        .accessibilityLabel(words.pinDigit(digit: "\(digit)"))
        .disabled(entry.isFull)
    }
}

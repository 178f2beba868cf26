import SwiftUI

/// Stars, one button each, so that no swipe is needed.
struct StarRating: View {
    var count = 5
    @Binding var stars: Int?
    @Environment(\.words) private var words

    var body: some View {
        HStack(spacing: 0) {
            ForEach(1...count, id: \.self) { place in
                Button {
                    stars = place
                } label: {
                    IconView(place <= (stars ?? 0) ? .starFilled : .star, tint: Palette.attention, side: 28).target()
                }
                .buttonStyle(.plain)
                .accessibilityLabel(words.itemStars(n: place))
                .accessibilityAddTraits(stars == place ? .isSelected : [])
            }
        }
    }
}

/// Numbers from one end to the other, such as 0 to 10, with words at the ends.
struct NumberScale: View {
    let range: ClosedRange<Int>
    @Binding var value: Int?
    var low = ""
    var high = ""

    var body: some View {
        VStack(spacing: Space.xs) {
            LazyVGrid(columns: [GridItem(.adaptive(minimum: touchTarget), spacing: Space.xs)], spacing: Space.xs) {
                ForEach(range, id: \.self) { number in
                    let isChosen = value == number
                    Button {
                        value = number
                    } label: {
                        Text(verbatim: "\(number)").type(TypeScale.strong, isChosen ? Palette.onAccent : Palette.ink)
                            .frame(maxWidth: .infinity)
                            .target()
                            .background(
                                Paint(isChosen ? Palette.accent : Palette.sunken), in: .rect(cornerRadius: Radius.s))
                    }
                    .buttonStyle(.plain)
                    .accessibilityHint(number == range.lowerBound ? low : number == range.upperBound ? high : "")
                    .accessibilityAddTraits(isChosen ? .isSelected : [])
                }
            }
            HStack {
                Text(low).type(TypeScale.small, Palette.inkMuted)
                Spacer()
                Text(high).type(TypeScale.small, Palette.inkMuted)
            }
            .accessibilityHidden(true)
        }
    }
}

/// A slider with a button at either end: a thumb in a glove cannot drag to the point.
struct SliderField: View {
    let name: String
    @Binding var value: Double
    let range: ClosedRange<Double>
    var step = 1.0
    @Environment(\.words) private var words

    var body: some View {
        HStack(spacing: Space.s) {
            IconButton(.remove, words.actionDecrease(label: name)) { move(-step) }
                .disabled(value <= range.lowerBound)
            Slider(value: $value, in: range, step: step) { Text(name) }
                .tint(Paint(Palette.accent))
                .frame(minHeight: touchTarget)
            IconButton(.add, words.actionIncrease(label: name)) { move(step) }
                .disabled(value >= range.upperBound)
            Text(value, format: .number).type(TypeScale.strong).accessibilityHidden(true)
        }
    }

    private func move(_ by: Double) { value = min(max(value + by, range.lowerBound), range.upperBound) }
}

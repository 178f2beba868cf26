import SwiftUI

/// Stars, one button each, so that no swipe is needed.
struct Rating: View {
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
struct Scale: View {
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

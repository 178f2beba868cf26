import Foundation
import Presentation
import SwiftUI

/// A number by keys; the two buttons beside it step what is typed.
struct NumberControl: View {
    let asked: Asked
    let answers: Answers
    let touched: @MainActor () -> Void
    @Environment(\.words) private var words

    var body: some View {
        VStack(alignment: .leading, spacing: Space.s) {
            HStack(spacing: Space.s) {
                AppIconButton(.remove, words.actionDecrease(label: asked.label.text)) { step(-1) }
                Typed(
                    name: asked.label.text, id: asked.id, answers: answers, stands: asked.text,
                    keyboard: .numbersAndPunctuation, unit: asked.unit, hint: asked.between(words), touched: touched
                ) {
                    await answers.giveAndWait(asked.id, .number(digits: TypedNumber.plain($0)))
                }
                AppIconButton(.add, words.actionIncrease(label: asked.label.text)) { step(1) }
            }
        }
    }
    private func step(_ by: Decimal) {
        touched()
        answers.type(asked.id, asked.stepped(answers.typed(asked.id) ?? asked.text, by: by))
    }
}

extension Asked {
    fileprivate var range: ClosedRange<Decimal>? {
        guard let low = min.flatMap({ Decimal(string: $0) }), let high = max.flatMap({ Decimal(string: $0) }),
            low < high
        else { return nil }
        return low...high
    }
    fileprivate func stepped(_ from: String, by: Decimal) -> String {
        TypedNumber.stepped(from, by: by, in: range, decimals: Int(decimals ?? 0))
    }
    func between(_ words: any Strings) -> String? {
        guard let min, let max else { return nil }
        return words.itemRange(min: min, max: max)
    }
}

/// A count: each tap is an answer.
struct CounterControl: View {
    let asked: Asked
    let give: @MainActor (String) -> Void
    @Environment(\.words) private var words

    var body: some View {
        HStack(spacing: Space.m) {
            AppIconButton(.remove, words.actionDecrease(label: asked.label.text)) {
                give(asked.stepped(asked.text, by: -1))
            }
            Text(verbatim: asked.text.isEmpty ? words.itemUnanswered : asked.text).type(TypeScale.heading)
            AppIconButton(.add, words.actionIncrease(label: asked.label.text)) {
                give(asked.stepped(asked.text, by: 1))
            }
        }
    }
}

struct SliderControl: View {
    let asked: Asked
    let give: @MainActor (String) -> Void

    var body: some View {
        let low = Double(asked.min ?? "") ?? 0
        SliderField(
            name: asked.label.text,
            value: Binding(
                get: { asked.digits.flatMap(Double.init) },
                set: { value in
                    if let value { give(String(format: "%.\(asked.decimals ?? 0)f", value)) }
                }),
            range: low...max(low + 1, Double(asked.max ?? "") ?? 100), step: pow(10, -Double(asked.decimals ?? 0)),
            shown: asked.says ?? asked.digits)
    }
}

struct DurationControl: View {
    let asked: Asked
    let give: @MainActor (Int) -> Void
    @Environment(\.words) private var words

    var body: some View {
        let seconds = asked.digits.flatMap { Int($0) }
        VStack(alignment: .leading, spacing: Space.s) {
            Text(seconds.map { words.timerFace(minutes: $0 / 60, seconds: $0 % 60) } ?? words.itemUnanswered)
                .type(TypeScale.body)
            part(words.itemHours, seconds ?? 0, 3600)
            part(words.itemMinutes, seconds ?? 0, 60)
            part(words.itemSeconds, seconds ?? 0, 1)
        }
    }
    private func part(_ name: String, _ seconds: Int, _ unit: Int) -> some View {
        HStack(spacing: Space.s) {
            AppIconButton(.remove, words.actionDecrease(label: name)) { give(max(0, seconds - unit)) }
            Text(name).type(TypeScale.label).frame(maxWidth: .infinity)
            AppIconButton(.add, words.actionIncrease(label: name)) { give(seconds + unit) }
        }
    }
}

/// A day, a month, a time or both. A picker always shows something: nothing is an answer before it is touched.
struct DateControl: View {
    let name: String
    let asked: Asked
    let shows: DatePickerComponents
    let now: String
    let iso: @Sendable (Date) -> String
    let give: @MainActor (String) -> Void
    @Environment(\.words) private var words

    var body: some View {
        let date = Iso.date(asked.answer)
        VStack(alignment: .leading, spacing: Space.s) {
            if date == nil { Text(words.itemUnanswered).type(TypeScale.label, Palette.inkMuted) }
            DatePicker(
                name, selection: Binding(get: { date ?? .now }, set: { give(iso($0)) }), displayedComponents: shows
            )
            .frame(minHeight: touchTarget)
            AppButton(now, icon: .clock, weight: .secondary) { give(iso(.now)) }
        }
    }
}

/// Where the phone is.
struct PlaceControl: View {
    let asked: Asked
    let phone: any Phone
    let give: @MainActor ([Pair]) -> Void
    @State private var isMissing = false
    @Environment(\.words) private var words

    var body: some View {
        VStack(alignment: .leading, spacing: Space.s) {
            if case .place(_, _, let within) = asked.answer {
                StatusChip(Status(words.itemPlaceFound(metres: Int(within)), .good))
            }
            if isMissing { Notice(status: Status(words.itemPlaceNone, .attention)) }
            AppButton(words.itemPlaceTake, icon: .place, weight: .secondary) {
                Task {
                    guard let place = await phone.place() else { return isMissing = true }
                    isMissing = false
                    func digits(_ number: Double, _ decimals: Int) -> String {
                        String(format: "%.\(decimals)f", number)
                    }
                    give([
                        Pair(name: "lat", value: digits(place.latitude, 6)),
                        Pair(name: "lon", value: digits(place.longitude, 6)),
                        Pair(name: "within", value: digits(place.within, 0)),
                    ])
                }
            }
        }
    }
}

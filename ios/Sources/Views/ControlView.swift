import Presentation
import SwiftUI

/// The control of an item or a question. It hands over what was tapped or typed; the item's own rules read it.
struct ControlView: View {
    let stands: Asked
    let answers: Answers
    var touched: @MainActor () -> Void = {}
    @Environment(\.words) var words

    var asked: Asked { answers.shown(stands) }

    var body: some View {
        switch asked.control {
        case .reading: EmptyView()
        case .line: typed()
        case .lines: typed(lines: 4)
        case .scanner:
            typed()
            AppButton(name: words.itemScan, icon: .barcode, weight: .secondary) {
                Task { if let code = await answers.app.code() { text(code) } }
            }
        case .number: keyed
        case .counter: counter
        case .slider: slider
        case .duration: duration
        case .yesNo: yes(Choice("true", words.itemYes, .accent), Choice("false", words.itemNo, .neutral))
        case .passFail: yes(Choice("true", words.itemPass, .good), Choice("false", words.itemFail, .wrong))
        case .acknowledge: yes(Choice("true", words.itemAcknowledge, .good))
        case .one: Choices(all: asked.choices.choices, chosen: asked.chosen) { if let id = $0.first { text(id) } }
        case .several: Choices(all: asked.choices.choices, chosen: asked.chosen, takesMany: true, give: many)
        case .lookup, .person, .site, .asset:
            // While the core has not said it in words yet, there is only its name, which nobody reads.
            Text(asked.says ?? (asked.given == nil ? words.itemUnanswered : words.stateLoading)).type(TypeScale.body)
            OverButton(name: words.actionChoose + ": " + asked.label.text, icon: .search) {
                LookupView(asked: asked, answers: answers, give: text)
            }
        case .ranking: ranking
        case .grid, .pairs: pairs
        case .gaps: gaps
        case .spot: spot
        case .stars: score(.stars, 1...(asked.most ?? 5))
        case .smileys: score(.faces, 1...(asked.kind == "csat4" ? 4 : 5))
        case .scale: score(.numbers(), asked.least...max(asked.least, asked.most ?? 10))
        case .day: date(.date, words.itemToday, Iso.day)
        case .month: date(.date, words.itemToday, Iso.month)
        case .time: date(.hourAndMinute, words.itemNow, Iso.time)
        case .dateTime: date([.date, .hourAndMinute], words.itemNow, Iso.moment)
        case .camera:
            Pictures(
                app: answers.app, media: answers.media, keep: { await answers.keep($0, live: $1, for: asked.id) },
                shots: asked.chosen.map { Pictures.Shot(id: $0, photo: $0, isLive: !asked.notLive.contains($0)) },
                liveOnly: asked.photos?.liveCameraOnly == true, limit: asked.picture,
                remove: { id in many(asked.chosen.filter { $0 != id }) }
            ) { many(asked.chosen + [$0]) }
        case .signature, .sketch: DrawControl(asked: asked, answers: answers, give: text)
        case .place: PlaceControl(asked: asked, phone: answers.app.phone, give: give)
        case .microphone:
            Recordings(
                app: answers.app, media: answers.media, shots: asked.chosen.map { Pictures.Shot(id: $0, photo: $0) },
                name: words.voiceRecord, place: answers.place(asked.id), about: asked.label.text,
                isEnabled: asked.isOpen, takesMore: asked.files.map { asked.chosen.count < $0.max } ?? true,
                remove: { id in many(asked.chosen.filter { $0 != id }) }
            ) {
                touched()
                return await answers.give(asked.id, .many(list: asked.chosen + [$0])).value
            }
        case .video, .file: Notice(says: words.itemNotYet, tone: .info)
        case .computed: Text(asked.says ?? words.itemCalculatedMissing).type(TypeScale.heading)
        }
    }

    private func score(_ look: Score.Look, _ range: ClosedRange<Int>) -> some View {
        Score(look: look, range: range, value: asked.whole) { number("\($0)") }
    }
    private func yes(_ all: Choice...) -> some View {
        Choices(all: all, chosen: asked.yes.map { ["\($0)"] } ?? []) { chosen in
            give(chosen.first.map { .yes(yes: $0 == "true") } ?? .nothing)
        }
    }
    private func typed(lines: Int = 1) -> some View {
        Typed(
            name: asked.label.text, id: asked.id, answers: answers, stands: asked.text, lines: lines, touched: touched
        ) { _ = await answers.give(asked.id, .text(text: $0)).value }
    }

    func give(_ given: Given) {
        touched()
        answers.give(asked.id, given)
    }
    func text(_ text: String) { give(.text(text: text)) }
    func number(_ digits: String) { give(.number(digits: digits)) }
    func many(_ list: [String]) { give(.many(list: list)) }
}

extension ControlView {
    /// A number by keys; the two buttons beside it step what is typed.
    var keyed: some View {
        Stepped(name: asked.label.text) { by in
            touched()
            answers.type(asked.id, asked.stepped(answers.typed(asked.id) ?? asked.text, by: by))
        } content: {
            Typed(
                name: asked.label.text, id: asked.id, answers: answers, stands: asked.text,
                keyboard: .numbersAndPunctuation, unit: asked.unit, hint: range, touched: touched
            ) { _ = await answers.give(asked.id, .number(digits: TypedNumber.plain($0))).value }
        }
    }
    private var range: String? {
        guard let min = asked.min, let max = asked.max else { return nil }
        return words.itemRange(min: min, max: max)
    }

    /// A count: each tap is an answer.
    var counter: some View {
        Stepped(name: asked.label.text) { by in
            number(asked.stepped(asked.text, by: by))
        } content: {
            Text(verbatim: asked.text.isEmpty ? words.itemUnanswered : asked.text).type(TypeScale.heading)
        }
    }

    var slider: some View {
        SliderField(
            name: asked.label.text, value: asked.digits.flatMap(Double.init), range: asked.slide,
            step: asked.step.flatMap(Double.init) ?? 1, shown: asked.says ?? asked.digits
        ) { number(String(format: "%.10g", $0)) }
    }

    var duration: some View {
        VStack(alignment: .leading, spacing: Space.s) {
            Text(asked.whole.map(words.length) ?? words.itemUnanswered).type(TypeScale.body)
            ForEach([(words.itemHours, 3600), (words.itemMinutes, 60), (words.itemSeconds, 1)], id: \.1) { name, unit in
                Stepped(name: name) { by in
                    number("\(max(0, (asked.whole ?? 0) + by * unit))")
                } content: {
                    Text(name).type(TypeScale.label).frame(maxWidth: .infinity)
                }
            }
        }
    }

    /// A day, a month, a time or both. A picker always shows something: nothing is an answer before it is touched.
    func date(_ shows: DatePickerComponents, _ now: String, _ iso: @escaping @Sendable (Date) -> String) -> some View {
        let date = Iso.date(asked.text)
        return VStack(alignment: .leading, spacing: Space.s) {
            if date == nil { Text(words.itemUnanswered).type(TypeScale.label, Palette.inkMuted) }
            DatePicker(
                asked.label.text, selection: Binding(get: { date ?? .now }, set: { text(iso($0)) }),
                displayedComponents: shows
            )
            .frame(minHeight: touchTarget)
            AppButton(name: now, icon: .clock, weight: .secondary) { text(iso(.now)) }
        }
    }

    /// A place in a picture, by two sliders. The surface does not say which picture it is: see ios/README.md.
    var spot: some View {
        let (x, y) = (asked.pair("x"), asked.pair("y"))
        func part(_ name: String, _ value: Int?, _ set: @escaping @MainActor (Int) -> Void) -> some View {
            SliderField(
                name: name, value: value.map(Double.init), range: 0...1000, step: 10, shown: value.map { "\($0)" }
            ) { set(Int($0)) }
        }
        return VStack(alignment: .leading, spacing: Space.s) {
            Text(words.itemSpot).type(TypeScale.label)
            part(words.itemAcross, x) { give(.pairs([("x", $0), ("y", y ?? 500)])) }
            part(words.itemDownwards, y) { give(.pairs([("x", x ?? 500), ("y", $0)])) }
        }
    }
}

extension Asked {
    var least: Int { min.flatMap { Int($0) } ?? 0 }
    var most: Int? { max.flatMap { Int($0) } }
    var whole: Int? { digits.flatMap { Int($0) } }
    fileprivate var slide: ClosedRange<Double> {
        let low = min.flatMap(Double.init) ?? 0
        return low...Swift.max(low + 1, max.flatMap(Double.init) ?? 100)
    }
    fileprivate func stepped(_ from: String, by: Int) -> String {
        let (least, most) = (min.flatMap { Decimal(string: $0) }, max.flatMap { Decimal(string: $0) })
        return TypedNumber.stepped(from, by: Decimal(by), from: least, to: most)
    }
}

/// Where the phone is.
struct PlaceControl: View {
    let asked: Asked
    let phone: any Phone
    let give: @MainActor (Given) -> Void
    @State private var isMissing = false
    @Environment(\.words) private var words

    var body: some View {
        VStack(alignment: .leading, spacing: Space.s) {
            if let within = asked.pair("within") { Chips(all: [Status(words.itemPlaceFound(metres: within), .good)]) }
            if isMissing { Notice(says: words.itemPlaceNone, tone: .attention) }
            AppButton(name: words.itemPlaceTake, icon: .place, weight: .secondary) { Task { await take() } }
        }
    }
    private func take() async {
        let place = await phone.place()
        isMissing = place == nil
        guard let place else { return }
        func digits(_ number: Double) -> String { String(format: "%.6f", number) }
        // Where the phone cannot tell whether an app made it up, nothing is said of it.
        let mock = place.mock.map { [("mock", "\($0)")] } ?? []
        let (lat, lon) = (digits(place.latitude), digits(place.longitude))
        give(.pairs([("lat", lat), ("lon", lon), ("within", "\(Int(place.within))")] + mock))
    }
}

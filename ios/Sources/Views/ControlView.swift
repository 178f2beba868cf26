import Foundation
import Presentation
import SwiftUI

/// The control of an item or a question. It hands over what was tapped or typed; the item's own rules read it.
struct ControlView: View {
    let stands: Asked
    let answers: Answers
    let touched: @MainActor () -> Void
    @Environment(\.words) private var words

    init(asked: Asked, answers: Answers, touched: @escaping @MainActor () -> Void = {}) {
        (stands, self.answers, self.touched) = (asked, answers, touched)
    }

    private var asked: Asked { answers.shown(stands) }

    var body: some View {
        let name = asked.label.text
        switch asked.control {
        case .reading: EmptyView()
        case .line: typed(lines: 1)
        case .lines: typed(lines: 4)
        case .scanner:
            typed(lines: 1)
            AppButton(words.itemScan, icon: .barcode, weight: .secondary) {
                Task { if let code = await answers.app.phone.code() { give(.text(text: code)) } }
            }
        case .number: NumberControl(asked: asked, answers: answers, touched: touched)
        case .counter: CounterControl(asked: asked) { give(.number(digits: $0)) }
        case .slider: SliderControl(asked: asked) { give(.number(digits: $0)) }
        case .yesNo: YesNo(answer: yes)
        case .passFail: PassFail(passed: yes)
        case .acknowledge: Segments(options: [(true, Status(words.itemAcknowledge, .good))], chosen: yes)
        case .one: Choices(choices: choices, chosen: one)
        case .several: Choices(choices: choices, chosen: several, takesMany: true)
        case .lookup, .person, .site, .asset:
            LookupControl(asked: asked, answers: answers) { give(.text(text: $0)) }
        case .ranking: RankingControl(asked: asked) { give(.many(list: $0)) }
        case .grid, .pairs: PairsControl(asked: asked) { give(.pairs(pairs: $0)) }
        case .gaps: GapsControl(asked: asked, answers: answers, touched: touched)
        case .spot: SpotControl(asked: asked) { give(.pairs(pairs: $0)) }
        case .stars: Rating(count: asked.most ?? 5, stars: number)
        case .smileys: Faces(count: asked.kind == "csat4" ? 4 : 5, score: number)
        case .scale: Scale(range: asked.least...max(asked.least, asked.most ?? 10), value: number)
        case .day: DateControl(name: name, asked: asked, shows: .date, now: words.itemToday, iso: Iso.day, give: text)
        case .month:
            DateControl(name: name, asked: asked, shows: .date, now: words.itemToday, iso: Iso.month, give: text)
        case .time:
            DateControl(name: name, asked: asked, shows: .hourAndMinute, now: words.itemNow, iso: Iso.time, give: text)
        case .dateTime:
            DateControl(
                name: name, asked: asked, shows: [.date, .hourAndMinute], now: words.itemNow, iso: Iso.moment,
                give: text)
        case .duration: DurationControl(asked: asked) { give(.number(digits: "\($0)")) }
        case .camera: CameraControl(asked: asked, answers: answers) { give(.many(list: $0)) }
        case .signature, .sketch:
            DrawControl(asked: asked, answers: answers, signs: asked.control == .signature) { give(.text(text: $0)) }
        case .place: PlaceControl(asked: asked, phone: answers.app.phone) { give(.pairs(pairs: $0)) }
        case .video, .microphone, .file: Notice(status: Status(words.itemNotYet, .info))
        case .computed:
            Text(asked.says ?? words.itemCalculatedMissing).type(TypeScale.heading)
        }
    }

    private func give(_ given: Given) {
        touched()
        answers.give(asked.id, given)
    }
    private func text(_ text: String) { give(.text(text: text)) }
    private func typed(lines: Int) -> some View {
        Typed(
            name: asked.label.text, id: asked.id, answers: answers, stands: asked.text, lines: lines, touched: touched
        ) {
            await answers.giveAndWait(asked.id, .text(text: $0))
        }
    }

    private var choices: [Choice<String>] { asked.choices.map { Choice($0.id, $0.label.text) } }
    private var yes: Binding<Bool?> {
        Binding(get: { asked.yes }, set: { give($0.map { .yes(yes: $0) } ?? .nothing) })
    }
    private var number: Binding<Int?> {
        Binding(get: { asked.digits.flatMap { Int($0) } }, set: { give(.number(digits: "\($0 ?? 0)")) })
    }
    private var one: Binding<Set<String>> {
        Binding(get: { Set(asked.chosen) }, set: { if let id = $0.first { give(.text(text: id)) } })
    }
    private var several: Binding<Set<String>> {
        Binding(
            get: { Set(asked.chosen) },
            // In the order of the list, whatever order they were tapped in.
            set: { chosen in give(.many(list: asked.choices.map(\.id).filter(chosen.contains))) })
    }
}

extension Asked {
    var least: Int { min.flatMap { Int($0) } ?? 0 }
    var most: Int? { max.flatMap { Int($0) } }
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
    var touched: @MainActor () -> Void = {}
    let done: @MainActor (String) async -> Void
    @Environment(\.words) private var words

    init(
        name: String, id: String, answers: Answers, stands: String, lines: Int = 1,
        keyboard: UIKeyboardType = .default, unit: String? = nil, hint: String? = nil,
        touched: @escaping @MainActor () -> Void = {}, done: @escaping @MainActor (String) async -> Void
    ) {
        (self.name, self.id, self.answers, self.stands, self.lines) = (name, id, answers, stands, lines)
        (self.keyboard, self.unit, self.hint, self.touched, self.done) = (keyboard, unit, hint, touched, done)
    }

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

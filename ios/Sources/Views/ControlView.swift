import Foundation
import Presentation
import SwiftUI

/// The control of an item or a question. It hands over what was tapped or typed; the item's own rules read it.
struct ControlView: View {
    let stands: Asked
    let answers: Answers
    let touched: @MainActor () -> Void
    @Environment(\.words) var words

    init(asked: Asked, answers: Answers, touched: @escaping @MainActor () -> Void = {}) {
        (stands, self.answers, self.touched) = (asked, answers, touched)
    }

    var asked: Asked { answers.shown(stands) }

    var body: some View {
        switch asked.control {
        case .reading: EmptyView()
        case .line: typed()
        case .lines: typed(lines: 4)
        case .scanner:
            typed()
            AppButton(words.itemScan, icon: .barcode, weight: .secondary) {
                Task { if let code = await answers.app.phone.code() { text(code) } }
            }
        case .number: keyed
        case .counter: counter
        case .slider: slider
        case .duration: duration
        case .yesNo: segments((true, Status(words.itemYes, .accent)), (false, Status(words.itemNo, .neutral)))
        case .passFail: segments((true, Status(words.itemPass, .good)), (false, Status(words.itemFail, .wrong)))
        case .acknowledge: segments((true, Status(words.itemAcknowledge, .good)))
        case .one: Choices(asked.choices.choices, chosen: asked.chosen) { if let id = $0.first { text(id) } }
        case .several: Choices(asked.choices.choices, chosen: asked.chosen, takesMany: true, give: many)
        case .lookup, .person, .site, .asset: LookupControl(asked: asked, answers: answers, give: text)
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
                answers: answers, item: asked.id, shots: asked.chosen.map { Pictures.Shot(id: $0, photo: $0) },
                liveOnly: asked.photos?.liveCameraOnly == true, remove: { id in many(asked.chosen.filter { $0 != id }) }
            ) { many(asked.chosen + [$0]) }
        case .signature, .sketch: DrawControl(asked: asked, answers: answers, give: text)
        case .place: PlaceControl(asked: asked, phone: answers.app.phone, give: give)
        case .video, .microphone, .file: Notice(words.itemNotYet, .info)
        case .computed: Text(asked.says ?? words.itemCalculatedMissing).type(TypeScale.heading)
        }
    }

    private func score(_ look: Score.Look, _ range: ClosedRange<Int>) -> some View {
        Score(look, range, value: asked.whole) { number("\($0)") }
    }
    private func segments(_ options: (yes: Bool, status: Status)...) -> some View {
        Segments(options: options, chosen: asked.yes) { give($0.map { .yes(yes: $0) } ?? .nothing) }
    }
    private func typed(lines: Int = 1) -> some View {
        Typed(
            name: asked.label.text, id: asked.id, answers: answers, stands: asked.text, lines: lines, touched: touched
        ) { await answers.giveAndWait(asked.id, .text(text: $0)) }
    }

    func give(_ given: Given) {
        touched()
        answers.give(asked.id, given)
    }
    func text(_ text: String) { give(.text(text: text)) }
    func number(_ digits: String) { give(.number(digits: digits)) }
    func many(_ list: [String]) { give(.many(list: list)) }
}

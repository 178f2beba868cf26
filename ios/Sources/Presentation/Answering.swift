import Foundation
import Observation

/// What a control asks for: an item of a run, or a question of a quiz.
public struct Asked: Sendable, Identifiable {
    public let id: String, kind: String, control: Control, label: Words
    public let unit: String?, min: String?, max: String?, decimals: UInt8?
    public let choices: [Named], rows: [Named]
    public private(set) var answer: Answer?
    public private(set) var says: String?
    public let photos: PhotoRule?
    public let enabled: Bool

    public init(_ item: ItemDetail) {
        (id, kind, control, label, unit) = (item.id, item.kind, item.control, item.label, item.unit)
        (min, max, decimals, choices, rows) = (item.min, item.max, item.decimals, item.choices, item.rows)
        (answer, says, photos, enabled) = (item.answer, item.says, item.photos, item.enabled)
    }
    public init(_ question: QuestionDetail, enabled: Bool) {
        (id, kind, control) = (question.item, question.kind, question.control)
        (label, unit) = (question.label, question.unit)
        (min, max, decimals, choices, rows) = (nil, nil, nil, question.choices, question.rows)
        (answer, says, photos, self.enabled) = (question.answer, nil, nil, enabled)
    }

    /// As it will be once the core has what was tapped: a second tap builds on the first, however fast it comes.
    public func with(_ given: Given?) -> Asked {
        guard let given else { return self }
        var asked = self
        asked.says = nil
        asked.answer =
            switch (given, control) {
            case (.text(let text), .day), (.text(let text), .month): .day(iso: text)
            case (.text(let text), .time): .time(iso: text)
            case (.text(let text), .one): .choice(id: text)
            case (.text(let text), .signature): .signature(id: text)
            case (.number(let digits), .duration): .duration(seconds: UInt32(digits) ?? 0)
            case (.number(let digits), _): .number(digits: digits)
            case (.yes(let yes), _): .yes(yes: yes)
            case (.many(let list), .several): .choices(ids: list)
            case (.many(let list), .ranking): .ranked(ids: list)
            case (.many(let list), .camera): .photos(ids: list)
            case (.many(let list), _): .texts(texts: list)
            case (.pairs(let pairs), .grid), (.pairs(let pairs), .pairs): .pairs(pairs: pairs)
            case (.nothing, _): nil
            default: answer
            }
        return asked
    }

    public var digits: String? {
        switch answer {
        case .number(let digits): digits
        case .duration(let seconds): "\(seconds)"
        default: nil
        }
    }
    public var yes: Bool? { if case .yes(let yes) = answer { yes } else { nil } }
    public var chosen: [String] {
        switch answer {
        case .choice(let id), .person(let id), .site(let id), .signature(let id): [id]
        case .choices(let ids), .ranked(let ids), .photos(let ids), .files(let ids): ids
        default: []
        }
    }
    public var pairs: [Pair] { if case .pairs(let pairs) = answer { pairs } else { [] } }
    /// What stands in its fields, as typed.
    public var text: String {
        switch answer {
        case .text(let text), .day(let text), .time(let text): text
        case .number(let digits): digits
        case .texts(let texts): texts.joined(separator: "\n")
        default: ""
        }
    }
    /// `___` in the label stands for a gap.
    public var gaps: Int { Swift.max(1, label.text.components(separatedBy: "___").count - 1) }
}

extension ItemDetail {
    /// One that was taken back stands as an empty text; on the screen that is no answer.
    public var given: Answer? { answer == .text(text: "") ? nil : answer }
}

extension Given {
    /// What was offered, taken as it is.
    public init(_ answer: Answer) {
        self =
            switch answer {
            case .notApplicable(let reason): .notApplicable(reason: reason)
            case .text(let text), .day(let text), .time(let text): .text(text: text)
            case .number(let digits): .number(digits: digits)
            case .yes(let yes): .yes(yes: yes)
            case .choice(let id), .signature(let id), .person(let id), .site(let id): .text(text: id)
            case .choices(let ids), .ranked(let ids), .photos(let ids), .files(let ids): .many(list: ids)
            case .pairs(let pairs): .pairs(pairs: pairs)
            case .texts(let texts): .many(list: texts)
            case .duration(let seconds): .number(digits: "\(seconds)")
            case .moment(let ms): .text(text: Iso.moment(Date(timeIntervalSince1970: Double(ms) / 1000)))
            case .place(let lat, let lon, let within):
                .pairs(pairs: [
                    Pair(name: "lat", value: "\(lat)"), Pair(name: "lon", value: "\(lon)"),
                    Pair(name: "within", value: "\(within)"),
                ])
            case .spot(let x, let y): .pairs(pairs: [Pair(name: "x", value: "\(x)"), Pair(name: "y", value: "\(y)")])
            }
    }
}

/// What is being typed into the items of one run or attempt, and the way of an answer to the core.
@MainActor @Observable public final class Answers {
    private var drafts: [String: Draft] = [:]
    public private(set) var problems: [String: Problem] = [:]
    public let app: AppModel
    @ObservationIgnored private let about: String
    @ObservationIgnored private let seen: @MainActor () -> String?
    @ObservationIgnored private let send: @MainActor (String, Given, String?) async -> Problem?
    /// What the person looked at when they began to type: what came meanwhile was not seen.
    @ObservationIgnored private var began: [String: String] = [:]
    /// Given, and not yet in the core.
    private var waiting: [String: Waiting] = [:]
    private struct Waiting { let turn: Int, given: Given }
    @ObservationIgnored private var turn = 0
    @ObservationIgnored private var last: Task<Bool, Never>?
    @ObservationIgnored public let choices: (@Sendable (Services, String, String, PageAsked) throws -> ChoicePage)?

    init(
        _ app: AppModel, about: String, seen: @escaping @MainActor () -> String? = { nil },
        choices: (@Sendable (Services, String, String, PageAsked) throws -> ChoicePage)? = nil,
        send: @escaping @MainActor (String, Given, String?) async -> Problem?
    ) {
        (self.app, self.about, self.seen, self.choices, self.send) = (app, about, seen, choices, send)
    }

    public func shown(_ asked: Asked) -> Asked { asked.with(waiting[asked.id]?.given) }

    /// Nil where nothing is being typed: then the answer that stands is shown.
    public func typed(_ item: String) -> String? {
        guard let text = drafts[item]?.text, !text.isEmpty else { return nil }
        return text
    }

    /// Everything that was begun here before, at once: a run has dozens of items.
    public func restore() async {
        let (prefix, asked) = (about, PageAsked(after: nil, count: 200))
        guard let begun = try? await app.ask({ try $0.people.drafts(about: nil, page: asked).items }) else { return }
        for one in begun where one.about.hasPrefix(prefix) {
            await draft(String(one.about.dropFirst(prefix.count))).restore()
        }
    }

    public func type(_ item: String, _ text: String) {
        if began[item] == nil { began[item] = seen() }
        draft(item).type(text)
    }

    public func give(_ item: String, _ given: Given) { _ = enqueue(item, given) }
    @discardableResult public func giveAndWait(_ item: String, _ given: Given) async -> Bool {
        await enqueue(item, given).value
    }
    /// One after the other, in the order of the taps.
    private func enqueue(_ item: String, _ given: Given) -> Task<Bool, Never> {
        turn += 1
        let (mine, before) = (turn, last)
        waiting[item] = Waiting(turn: mine, given: given)
        let task = Task {
            _ = await before?.value
            let problem = await send(item, given, began[item] ?? seen())
            problems[item] = problem
            if waiting[item]?.turn == mine { waiting[item] = nil }
            guard problem == nil else { return false }
            began[item] = nil
            if drafts[item]?.text.isEmpty == false { drafts[item]?.drop() }
            return true
        }
        last = task
        return task
    }

    /// Keeps a picture, and gives what an answer names it by.
    public func keep(_ bytes: Data, live: Bool, for item: String) async -> String? {
        do throws(Problem) {
            return try await app.ask { try $0.media.add(draft: PictureDraft(bytes: bytes, live: live)).id }
        } catch {
            problems[item] = error
            return nil
        }
    }

    private func draft(_ item: String) -> Draft {
        if let draft = drafts[item] { return draft }
        let draft = Draft(app, about: about + item)
        drafts[item] = draft
        return draft
    }
}

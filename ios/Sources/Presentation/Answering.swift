import Foundation
import Observation

/// What a control asks for: an item of a run, or a question of a quiz.
public struct Asked: Sendable, Identifiable {
    public let id: String, kind: String, control: Control, label: Words
    public let unit: String?, min: String?, max: String?, decimals: UInt8?, step: String?, gaps: Int
    public let choices: [Named], rows: [Named]
    public let photos: PhotoRule?
    public let picture: PictureLimit?
    public let notLive: [String]
    public let files: FileRule?
    /// Of something that is only read what was recorded can be heard all the same.
    public let isOpen: Bool
    /// What stands, in the form that a control gives it in; and in words, where the core said so.
    public private(set) var given: Given?
    public private(set) var says: String?

    public init(_ item: ItemDetail) {
        (id, kind, control, label, unit) = (item.id, item.kind, item.control, item.label, item.unit)
        (min, max, decimals, choices, rows) = (item.min, item.max, item.decimals, item.choices, item.rows)
        (given, says, photos) = (item.answer.map(Given.init), item.says, item.photos)
        (step, gaps, picture, notLive) = (item.step, Int(item.gaps), item.picture, item.notLive)
        (files, isOpen) = (item.files, item.enabled)
    }
    public init(_ question: QuestionDetail) {
        (id, kind, control, label) = (question.item, question.kind, question.control, question.label)
        (min, max, decimals, unit) = (question.min, question.max, question.decimals, question.unit)
        (choices, rows, gaps) = (question.choices, question.rows, Int(question.gaps))
        (given, says, photos, step) = (question.answer.map(Given.init), question.says, nil, nil)
        (picture, notLive, files, isOpen) = (nil, [], nil, true)
    }

    /// As it will be once the core has what was tapped: a second tap builds on the first, however fast it comes.
    public func with(_ given: Given?) -> Asked {
        guard let given else { return self }
        var asked = self
        (asked.given, asked.says) = (given == .nothing ? nil : given, nil)
        return asked
    }

    public var digits: String? { if case .number(let digits) = given { digits } else { nil } }
    public var yes: Bool? { if case .yes(let yes) = given { yes } else { nil } }
    public var pairs: [Pair] { if case .pairs(let pairs) = given { pairs } else { [] } }
    public func pair(_ name: String) -> Int? { pairs.first { $0.name == name }.flatMap { Int($0.value) } }
    public var chosen: [String] {
        switch given {
        case .text(let id): id.isEmpty ? [] : [id]
        case .many(let ids): ids
        default: []
        }
    }
    /// What stands in its fields, as typed.
    public var text: String { digits ?? chosen.joined(separator: "\n") }
}

extension Given {
    public init(_ answer: Answer) {
        self =
            switch answer {
            case .notApplicable(let reason): .notApplicable(reason: reason)
            case .text(let text), .day(let text), .time(let text): .text(text: text)
            case .number(let digits): .number(digits: digits)
            case .yes(let yes): .yes(yes: yes)
            case .choice(let id), .signature(let id), .person(let id), .site(let id): .text(text: id)
            case .choices(let ids), .ranked(let ids), .photos(let ids), .files(let ids), .texts(let ids):
                .many(list: ids)
            case .pairs(let pairs): .pairs(pairs: pairs)
            case .duration(let seconds): .number(digits: "\(seconds)")
            case .moment(let ms): .text(text: Iso.moment(Date(timeIntervalSince1970: Double(ms) / 1000)))
            case .place(let lat, let lon, let within): .pairs([("lat", lat), ("lon", lon), ("within", within)])
            case .spot(let x, let y): .pairs([("x", x), ("y", y)])
            }
    }
    public static func pairs(_ all: [(String, any CustomStringConvertible & Sendable)]) -> Given {
        .pairs(pairs: all.map { Pair(name: $0, value: "\($1)") })
    }
}

/// What is being typed into the items of one run or attempt, and the way of an answer to the core.
@MainActor @Observable open class Answers {
    private var drafts: [String: Draft] = [:]
    public internal(set) var problems: [String: Problem] = [:]
    public let app: AppModel
    @ObservationIgnored private let about: String
    /// What the person looked at when they began to type: what came meanwhile was not seen.
    @ObservationIgnored private var began: [String: String] = [:]
    /// Given, and not yet in the core.
    private var waiting: [String: Waiting] = [:]
    private struct Waiting { let turn: Int, given: Given }
    @ObservationIgnored private var turn = 0
    @ObservationIgnored private var last: Task<Bool, Never>?
    public typealias Choosing = @Sendable (Services, String, String, PageAsked) throws -> ChoicePage

    public init(_ app: AppModel, about: String) { (self.app, self.about) = (app, about) }

    // What a run and an attempt do each in their own way.
    open var seen: String? { nil }
    open var choices: Choosing? { nil }
    /// The media of what is answered.
    open var media: Holding? { nil }
    /// What is typed or recorded for an item, as it is kept until it is given.
    public func place(_ item: String) -> String { about + item }
    open func send(_ item: String, _ given: Given, _ seen: String?) async -> Problem? { nil }

    public func shown(_ asked: Asked) -> Asked { asked.with(waiting[asked.id]?.given) }

    /// Nil where nothing is being typed: then the answer that stands is shown.
    public func typed(_ item: String) -> String? {
        guard let text = drafts[item]?.text, !text.isEmpty else { return nil }
        return text
    }

    /// Everything that was begun here before, at once: a run has dozens of items.
    public func restore() async {
        let (prefix, asked) = (about, PageAsked(after: nil, count: 200))
        let begun = await app.found { try $0.people().drafts(about: nil, page: asked).items }
        for one in begun.value ?? [] where one.about.hasPrefix(prefix) {
            await draft(String(one.about.dropFirst(prefix.count))).restore()
        }
    }

    public func type(_ item: String, _ text: String) {
        if began[item] == nil { began[item] = seen }
        draft(item).type(text)
    }

    /// One after the other, in the order of the taps. Gives whether the core took it.
    @discardableResult public func give(_ item: String, _ given: Given) -> Task<Bool, Never> {
        turn += 1
        let (mine, before) = (turn, last)
        waiting[item] = Waiting(turn: mine, given: given)
        let task = Task {
            _ = await before?.value
            let problem = await send(item, given, began[item] ?? seen)
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
        await keep(item) { try $0.media().add(draft: PictureDraft(bytes: bytes, live: live)).id }
    }
    /// Keeps a signature as it was drawn.
    public func keep(_ strokes: Strokes, for item: String) async -> String? {
        await keep(item) { [drawing = strokes.drawing] in try $0.media().addDrawing(draft: drawing).id }
    }
    private func keep(_ item: String, _ call: @escaping Call<String>) async -> String? {
        let kept = await app.found(call)
        problems[item] = kept.problem
        return kept.value
    }

    private func draft(_ item: String) -> Draft {
        if let draft = drafts[item] { return draft }
        let draft = Draft(app, about: about + item)
        drafts[item] = draft
        return draft
    }
}

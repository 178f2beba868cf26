import Observation

/// A run that is open on the screen.
@MainActor @Observable public final class RunModel: Answers {
    /// What a colleague did since the person last looked.
    public struct Changed: Equatable, Sendable { public let by: String, items: [String] }

    public let id: String
    public let detail = Detail<RunDetail>()
    public private(set) var changed: Changed?

    public init(_ app: AppModel, id: String) {
        self.id = id
        super.init(app, about: "answer/\(id)/")
    }

    override public var seen: String? { detail.value?.seen }
    override public var media: Holding? { { [id] in try $0.media().ofRun(run: id) } }
    override public var choices: Choosing? {
        { [id] in try $0.procedures().choices(asked: ChoicesAsked(run: id, item: $1, words: $2, page: $3)) }
    }
    override public func send(_ item: String, _ given: Given, _ seen: String?) async -> Problem? {
        let draft = AnswerDraft(run: id, item: item, value: given, seen: seen)
        return await detail.answer(app) { try $0.procedures().answer(draft: draft) }
    }

    public func open() async {
        await detail.ask(app) { [id] in try $0.procedures().run(id: id) }
        await restore()
        // One that has left this phone comes back from the server.
        if case .failed(let problem) = detail.load, problem.isOffline {
            await act { try await $0.procedures().fetch(run: $1) }
        }
    }

    /// A colleague's change came: it is shown, and said, with whose it is and where.
    public func arrived() async {
        let before = detail.value
        await detail.reload()
        guard let before, let now = detail.value else { return }
        let known = Set(before.items.flatMap(\.answers).map(\.id))
        let fresh = now.items.compactMap { item -> (String, StandingAnswer)? in
            item.answers.first { !known.contains($0.id) }.map { (item.id, $0) }
        }
        if let by = fresh.last?.1.by ?? (now.said != before.said ? now.said?.by : nil), by != app.me?.name {
            changed = Changed(by: by, items: fresh.map(\.0))
        }
    }
    public func looked() { changed = nil }

    /// Does something to this run, which gives it as it is then.
    @discardableResult public func act(
        _ call: @escaping @Sendable (Services, String) async throws -> RunDetail
    ) async -> Bool {
        await detail.act(app) { [id] in try await call($0, id) }
    }
    public func settle(_ item: String, pick: String) async {
        await act { try $0.procedures().answer(draft: AnswerDraft(run: $1, item: item, value: .pick(id: pick))) }
    }
    /// A photo, a note or a recording beside an answer, or one taken back. Gives whether the core took it.
    @discardableResult public func evidence(_ item: String, _ change: EvidenceChange) async -> Bool {
        let draft = EvidenceDraft(run: id, item: item, change: change)
        problems[item] = await detail.answer(app) { try $0.procedures().evidence(draft: draft) }
        return problems[item] == nil
    }
    /// Takes up what a rule asks for: gives its action, which is the same whoever took it up.
    public func takeUp(_ demand: DemandSummary) async -> String? {
        let from = ActionOrigin(run: id, item: demand.item, demand: demand.id)
        let draft = ActionWish(dueMs: demand.dueMs).draft(demand.says.text, from: from)
        return await detail.perform(app) { try $0.actions().open(draft: draft) }
    }
    /// Its version was withdrawn: the same work is begun with the one that stands, about the same asset.
    public func begin(_ procedure: String) async {
        let asset = detail.value?.asset?.id
        let new = await detail.perform(app) { try $0.procedures().start(procedure: procedure, asset: asset) }
        if let new { app.way = .run(new, item: nil) }
    }
    public func seal(_ seal: Seal) async -> Bool { await act { try $0.procedures().seal(run: $1, seal: seal) } }
}

extension RunDetail { public var items: [ItemDetail] { sections.flatMap(\.items) } }

extension Detail {
    /// An answer: what is wrong with it is said beside it, not of the whole.
    func answer(_ app: AppModel, _ call: @escaping Call<Value>) async -> Problem? {
        await act(app, call)
        defer { problem = nil }
        return problem
    }
}

/// An attempt at a quiz.
@MainActor @Observable public final class QuizModel: Answers {
    public let id: String
    public let detail = Detail<AttemptDetail>()

    public init(_ app: AppModel, attempt id: String) {
        self.id = id
        super.init(app, about: "question/\(id)/")
    }

    override public func send(_ item: String, _ given: Given, _ seen: String?) async -> Problem? {
        let draft = QuizAnswerDraft(attempt: id, item: item, value: given)
        return await detail.answer(app) { try $0.training().answer(draft: draft) }
    }
    public func open() async {
        await detail.ask(app) { [id] in try $0.training().attempt(id: id) }
        await restore()
    }
    public func submit() async { await detail.act(app) { [id] in try $0.training().submit(attempt: id) } }
}

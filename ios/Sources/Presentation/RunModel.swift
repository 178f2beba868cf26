import Observation

/// A run that is open on the screen.
@MainActor @Observable public final class RunModel {
    /// What a colleague did since the person last looked.
    public struct Changed: Equatable, Sendable { public let by: String, items: [String] }

    public let id: String
    public let detail: Detail<RunDetail>
    public let answers: Answers
    public private(set) var changed: Changed?
    public private(set) var isFetching = false

    public init(_ app: AppModel, id: String) {
        self.id = id
        let detail = Detail(app) { try $0.procedures.run(id: id) }
        self.detail = detail
        answers = Answers(
            app, about: "answer/\(id)/", seen: { detail.value?.seen },
            choices: { try $0.procedures.choices(asked: ChoicesAsked(run: id, item: $1, words: $2, page: $3)) },
            send: { item, given, seen in
                let draft = AnswerDraft(run: id, item: item, value: given, seen: seen)
                await detail.act { try $0.procedures.answer(draft: draft) }
                defer { detail.problem = nil }
                return detail.problem
            })
    }

    public func open() async {
        await detail.reload()
        await answers.restore()
        if case .failed(let problem) = detail.load, problem.isOffline { await fetch() }
    }

    /// One that has left this phone comes back from the server.
    public func fetch() async {
        isFetching = true
        defer { isFetching = false }
        await detail.act { [id] in try await $0.procedures.fetch(run: id) }
    }

    /// A colleague's change came: it is shown, and said, with whose it is and where.
    public func arrived() async {
        let before = detail.value
        await detail.reload()
        guard let before, let now = detail.value else { return }
        let known = Dictionary(before.items.map { ($0.id, Set($0.answers.map(\.id))) }) { first, _ in first }
        let fresh = now.items.compactMap { item -> (String, StandingAnswer)? in
            item.answers.first { known[item.id]?.contains($0.id) != true }.map { (item.id, $0) }
        }
        if let by = fresh.last?.1.by ?? (now.said != before.said ? now.said?.by : nil) {
            changed = Changed(by: by, items: fresh.map(\.0))
        }
    }
    public func looked() { changed = nil }

    public func settle(_ item: String, pick: String) async {
        await detail.act { [id] in
            try $0.procedures.answer(draft: AnswerDraft(run: id, item: item, value: .pick(id: pick)))
        }
    }
    public func evidence(_ item: String, _ change: EvidenceChange) async {
        await detail.act { [id] in
            try $0.procedures.evidence(draft: EvidenceDraft(run: id, item: item, change: change))
        }
    }
    @discardableResult public func seal(_ seal: Seal) async -> Bool {
        await detail.act { [id] in try $0.procedures.seal(run: id, seal: seal) }
    }
}

extension RunDetail {
    public var items: [ItemDetail] { sections.flatMap(\.items) }
}

/// An attempt at a quiz.
@MainActor @Observable public final class QuizModel {
    public let detail: Detail<AttemptDetail>
    public let answers: Answers

    public init(_ app: AppModel, module: String, attempt: AttemptDetail) {
        let id = attempt.id
        let detail = Detail(app) { try $0.training.attempt(id: id) }
        self.detail = detail
        answers = Answers(app, about: "question/\(id)/") { item, given, _ in
            let draft = QuizAnswerDraft(attempt: id, item: item, value: given)
            await detail.act { try $0.training.answer(draft: draft) }
            defer { detail.problem = nil }
            return detail.problem
        }
    }
    public func open() async {
        await detail.reload()
        await answers.restore()
    }
    public func submit() async {
        guard let id = detail.value?.id else { return }
        await detail.act { try $0.training.submit(attempt: id) }
    }
}

import Observation

/// A call of the core, made away from the screen's thread.
public typealias Call<T> = @Sendable (Services) async throws -> T
/// A call that asks for a page of one of the core's lists.
public typealias PageCall<Row> = @Sendable (Services, PageAsked) throws -> any Paged<Row>

/// What a screen has to show of something that may take time or fail.
public enum Load<Value: Sendable>: Sendable {
    case loading
    case failed(Problem)
    case ready(Value)

    public var value: Value? { if case .ready(let value) = self { value } else { nil } }
    public var problem: Problem? { if case .failed(let problem) = self { problem } else { nil } }
}
extension Load: Equatable where Value: Equatable {}

/// What is done to the core from a screen: whether it is under way, and why the last time failed.
@MainActor @Observable public class Act {
    public var problem: Problem?
    public private(set) var isBusy = false

    public init() {}

    @discardableResult public func perform<T: Sendable>(_ app: AppModel, _ call: @escaping Call<T>) async -> T? {
        isBusy = true
        defer { isBusy = false }
        let outcome = await app.found(call)
        problem = outcome.problem
        return outcome.value
    }
}

/// One thing of the core on a screen: asked for, asked again when it changed, acted upon.
@MainActor @Observable public final class Detail<Value: Sendable>: Act {
    public private(set) var load = Load<Value>.loading
    @ObservationIgnored private var again: (@MainActor () async -> Void)?

    public var value: Value? { load.value }

    public func ask(_ app: AppModel, _ fetch: @escaping Call<Value>) async {
        again = { [weak self] in await self?.ask(app, fetch) }
        let outcome = await app.found(fetch)
        // What is shown is better than a fault of asking anew for it.
        if case .failed = outcome, value != nil { return }
        load = outcome
    }
    public func reload() async { await again?() }

    /// Does it and shows what it gives.
    @discardableResult public func act(_ app: AppModel, _ call: @escaping Call<Value>) async -> Bool {
        guard let value = await perform(app, call) else { return false }
        load = .ready(value)
        return true
    }
}

/// A page of any of the core's lists.
public protocol Paged<Row>: Sendable {
    associatedtype Row: Sendable
    var items: [Row] { get }
    var next: String? { get }
}
extension ProcedurePage: Paged {}
extension RunPage: Paged {}
extension HistoryPage: Paged {}
extension ModulePage: Paged {}
extension TouchpointPage: Paged {}
extension FeedbackPage: Paged {}
extension ContactPage: Paged {}
extension CapturedPage: Paged {}
extension PersonPage: Paged {}
extension ChoicePage: Paged {}
extension ActionPage: Paged {}
extension OwnerPage: Paged {}

/// A list of the core, a page at a time; asked again, it comes as long as it was.
@MainActor @Observable public final class Listing<Row: Sendable> {
    public private(set) var load = Load<[Row]>.loading
    /// The one that came last.
    public private(set) var page: (any Paged<Row>)?
    @ObservationIgnored private var asked: (app: AppModel, fetch: PageCall<Row>)?

    public init() {}

    public var rows: [Row] { load.value ?? [] }
    public var hasMore: Bool { page?.next != nil }

    public func ask(_ app: AppModel, _ fetch: @escaping PageCall<Row>) async {
        asked = (app, fetch)
        await reload()
    }
    public func reload() async { await read(PageAsked(after: nil, count: UInt32(min(max(rows.count, 50), 200)))) }
    public func more() async { await read(PageAsked(after: page?.next, count: nil)) }

    private func read(_ wanted: PageAsked) async {
        guard let (app, fetch) = asked else { return }
        switch await app.found({ try fetch($0, wanted) }) {
        case .ready(let page): (load, self.page) = (.ready(wanted.after == nil ? page.items : rows + page.items), page)
        // A list that has changed meanwhile is begun at its first page.
        case .failed where wanted.after != nil: await reload()
        case .failed(let problem): load = .failed(problem)
        case .loading: break
        }
    }
}

/// What somebody types into one place, kept at every pause under their own key and there again after the app ended.
@MainActor @Observable public final class Draft {
    public private(set) var text = ""
    @ObservationIgnored private let app: AppModel
    @ObservationIgnored private let about: String
    @ObservationIgnored private var keeping: Task<Void, Never>?
    /// Somebody typed, or sent what they had typed: what was kept before is not theirs to meet again.
    @ObservationIgnored private var isTyped = false

    public init(_ app: AppModel, about: String) { (self.app, self.about) = (app, about) }

    public func restore() async {
        let kept = await app.found { [about] in
            try $0.people().drafts(about: about, page: PageAsked(after: nil, count: 1)).items.first?.text
        }
        if !isTyped, text.isEmpty, let kept = kept.value ?? nil { text = kept }
    }

    public func type(_ typed: String) {
        text = typed
        isTyped = true
        // One at a time and the newest last: an older text must not be written over a newer one.
        guard keeping == nil else { return }
        keeping = Task {
            var kept: String?
            while kept != text {
                let now = text
                await app.tell { [about] in try $0.people().keepDraft(about: about, text: now) }
                kept = now
            }
            keeping = nil
        }
    }

    /// It became a capture, which took the draft with it, or is given up.
    public func drop() { type("") }
}

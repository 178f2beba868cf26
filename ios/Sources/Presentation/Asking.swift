import Observation

/// One thing of the core on a screen: asked for, asked again when it changed, acted upon.
@MainActor @Observable public final class Detail<Value: Sendable> {
    public private(set) var load = Load<Value>.loading
    /// Of the last act; what was shown before stays on the screen.
    public var problem: Problem?
    public private(set) var isBusy = false
    public let app: AppModel
    @ObservationIgnored private let fetch: @Sendable (Services) async throws -> Value

    public init(_ app: AppModel, _ fetch: @escaping @Sendable (Services) async throws -> Value) {
        (self.app, self.fetch) = (app, fetch)
    }

    public var value: Value? { if case .ready(let value) = load { value } else { nil } }

    public func reload() async {
        let outcome = await Presentation.load { () throws(Problem) in try await app.ask(fetch) }
        // What is shown is better than a fault of asking anew for it.
        if case .failed = outcome, value != nil { return }
        load = outcome
    }

    /// Does it and shows what it gives.
    @discardableResult public func act(_ call: @escaping @Sendable (Services) async throws -> Value) async -> Bool {
        guard let value = await perform(call) else { return false }
        load = .ready(value)
        return true
    }

    @discardableResult public func perform<T: Sendable>(
        _ call: @escaping @Sendable (Services) async throws -> T
    ) async -> T? {
        isBusy = true
        defer { isBusy = false }
        do throws(Problem) {
            let done = try await app.ask(call)
            problem = nil
            return done
        } catch {
            problem = error
            return nil
        }
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

/// A list of the core, a page at a time; asked again, it comes as long as it was.
@MainActor @Observable public final class Listing<Row: Sendable> {
    public private(set) var load = Load<[Row]>.loading
    public private(set) var next: String?
    public let app: AppModel
    @ObservationIgnored private let fetch: @Sendable (Services, PageAsked) throws -> any Paged<Row>

    public init(_ app: AppModel, _ fetch: @escaping @Sendable (Services, PageAsked) throws -> any Paged<Row>) {
        (self.app, self.fetch) = (app, fetch)
    }

    public var rows: [Row] { if case .ready(let rows) = load { rows } else { [] } }

    public func reload() async {
        let count = UInt32(min(max(rows.count, 50), 200))
        do throws(Problem) {
            let page = try await app.ask { [fetch] in try fetch($0, PageAsked(after: nil, count: count)) }
            (load, next) = (page.items.isEmpty ? .empty : .ready(page.items), page.next)
        } catch {
            load = .failed(error)
        }
    }

    public func more() async {
        guard let after = next else { return }
        do throws(Problem) {
            let page = try await app.ask { [fetch] in try fetch($0, PageAsked(after: after, count: nil)) }
            (load, next) = (.ready(rows + page.items), page.next)
        } catch {
            // A list that has changed meanwhile is begun at its first page.
            await reload()
        }
    }
}

/// What somebody types into one place, kept at every pause under their own key and there again after the app ended.
@MainActor @Observable public final class Draft {
    public private(set) var text = ""
    public private(set) var isRestored = false
    @ObservationIgnored private let app: AppModel
    @ObservationIgnored private let about: String
    @ObservationIgnored private var keeping: Task<Void, Never>?

    public init(_ app: AppModel, about: String) { (self.app, self.about) = (app, about) }

    public func restore() async {
        let kept = try? await app.ask { [about] in
            try $0.people.drafts(about: about, page: PageAsked(after: nil, count: 1)).items.first?.text
        }
        guard text.isEmpty, let kept = kept ?? nil, !kept.isEmpty else { return }
        (text, isRestored) = (kept, true)
    }

    public func type(_ typed: String) {
        text = typed
        // One at a time and the newest last: an older text must not be written over a newer one.
        guard keeping == nil else { return }
        keeping = Task {
            var kept: String?
            while kept != text {
                let now = text
                _ = try? await app.ask { [about] in try $0.people.keepDraft(about: about, text: now) }
                kept = now
            }
            keeping = nil
        }
    }

    /// It became a capture, which took the draft with it, or is given up.
    public func drop() { type("") }
}

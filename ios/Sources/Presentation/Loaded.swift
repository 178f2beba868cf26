/// What a screen has of its data. A failed reload keeps what was there: work in sight is not taken away.
public enum Loaded<Value: Sendable>: Sendable {
    case loading
    case ready(Value)
    case failed(Failure, last: Value?)

    public var value: Value? {
        switch self {
        case .loading: nil
        case .ready(let value): value
        case .failed(_, let last): last
        }
    }

    public var failure: Failure? {
        if case .failed(let failure, _) = self { failure } else { nil }
    }

    /// What is there after a read. Returned, not set in place: a model cannot be held open across an await.
    /// Where it is called, it runs.
    public func after(
        isolation: isolated (any Actor)? = #isolation, _ read: () async throws(Failure) -> Value
    ) async -> Self {
        do throws(Failure) {
            return .ready(try await read())
        } catch {
            return .failed(error, last: value)
        }
    }
}
extension Loaded: Equatable where Value: Equatable {}

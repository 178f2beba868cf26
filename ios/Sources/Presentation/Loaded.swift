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

    /// Takes the outcome of a read.
    public mutating func take(_ read: () async throws(Failure) -> Value) async {
        do throws(Failure) {
            self = .ready(try await read())
        } catch {
            self = .failed(error, last: value)
        }
    }
}
extension Loaded: Equatable where Value: Equatable {}

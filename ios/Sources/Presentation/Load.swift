/// What a screen has to show of something that may take time or fail.
public enum Load<Value: Sendable>: Sendable {
    case loading
    case empty
    case failed(Problem)
    case ready(Value)
}
extension Load: Equatable where Value: Equatable {}

/// Asks, and turns whatever comes into what a screen can show. It runs where it is called: a model cannot be held
/// open across an await, so the outcome is returned and not set in place.
public func load<Value: Sendable>(
    isolation: isolated (any Actor)? = #isolation, isEmpty: (Value) -> Bool = { _ in false },
    _ ask: () async throws(Problem) -> Value
) async -> Load<Value> {
    do throws(Problem) {
        let value = try await ask()
        return isEmpty(value) ? .empty : .ready(value)
    } catch {
        return .failed(error)
    }
}

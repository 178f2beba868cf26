import FrontlineCore
import Presentation

extension Failure {
    /// Exhaustive on purpose: a new kind in the core must find its words here before it compiles.
    init(_ error: FrontlineError) {
        self =
            switch error {
            case .Invalid(let field, let rule, let detail): .invalid(field: field, rule: rule, detail: detail)
            case .NotFound(let what): .notFound(what: what)
            case .Locked(let detail): .locked(detail: detail)
            case .Offline(let detail): .offline(detail: detail)
            case .Unauthorized(let detail): .unauthorized(detail: detail)
            case .Busy: .busy
            case .StorageFull: .storageFull
            case .StorageCorrupt(let keptAt): .storageCorrupt(keptAt: keptAt)
            case .Internal(let reference): .internal(reference: reference)
            }
    }
}

/// Runs a call of the core away from the screen's thread: it reads the disk, and may wait for another writer.
func offMain<T: Sendable>(_ call: @Sendable @escaping () throws -> T) async throws(Failure) -> T {
    let outcome: Result<T, Failure> = await Task.detached(priority: .userInitiated) {
        do {
            return .success(try call())
        } catch let error as FrontlineError {
            return .failure(Failure(error))
        } catch {
            // The bindings' own faults: a core that does not fit them. There is no reference for the log.
            return .failure(.internal(reference: "bindings"))
        }
    }.value
    return try outcome.get()
}

import FrontlineCore
import Presentation

extension Problem {
    /// Exhaustive on purpose: a new kind in the core must find its words here before it compiles.
    init(_ error: FrontlineError) {
        self =
            switch error {
            case .Invalid(let field, let rule, let detail): .invalid(field: field, rule: rule, detail: detail)
            case .NotFound: .notFound
            case .Locked(let by, _): .locked(by)
            case .Offline(let why, _): .offline(why)
            case .Unauthorized(let device, _): .unauthorised(device: device)
            case .Busy: .busy
            case .StorageFull: .storageFull
            case .StorageCorrupt(let keptAt): .storageDamaged(keptAt: keptAt)
            case .Internal(let reference): .internal(reference: reference)
            }
    }
}

/// Runs a call of the core away from the screen's thread: it reads the disk, and may wait for another writer.
func offMain<T: Sendable>(_ call: @Sendable @escaping () async throws -> T) async throws(Problem) -> T {
    let work = Task<Result<T, Problem>, Never>.detached(priority: .userInitiated) {
        do {
            return .success(try await call())
        } catch let error as FrontlineError {
            return .failure(Problem(error))
        } catch let problem as Problem {
            return .failure(problem)
        } catch is CancellationError {
            // Whoever asked for it has gone; what was done by then stays.
            return .failure(.offline(.cut))
        } catch {
            // The bindings' own faults: a core that does not fit them. There is no reference for the log.
            return .failure(.internal(reference: "bindings"))
        }
    }
    // A detached task knows nothing of the one that waits for it.
    let outcome = await withTaskCancellationHandler {
        await work.value
    } onCancel: {
        work.cancel()
    }
    return try outcome.get()
}

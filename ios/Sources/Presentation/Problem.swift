/// Why something was not done, named for what the person can do next. Mirrors the core's one error: `Live` turns
/// one into the other, and everything of the seam throws this and nothing else.
public enum Problem: Error, Hashable, Sendable {
    case invalid(field: String, rule: String, detail: String)
    case notFound, locked, offline, unauthorised, busy, storageFull
    case storageDamaged(keptAt: String)
    case `internal`(reference: String)

    /// Whether the same call may succeed later without anything else being done.
    public var mayPass: Bool {
        switch self {
        case .busy, .offline, .internal, .storageFull: true
        case .invalid, .notFound, .locked, .unauthorised, .storageDamaged: false
        }
    }
}

extension Strings {
    /// What happened and what to do next.
    public func say(_ problem: Problem) -> String {
        switch problem {
        case .invalid(_, _, let detail):
            errorInvalid(detail: detail.hasSuffix(".") ? String(detail.dropLast()) : detail)
        case .notFound: errorNotFound
        case .locked: errorLocked
        case .offline: errorOffline
        case .unauthorised: errorUnauthorised
        case .busy: errorBusy
        case .storageFull: errorStorageFull
        case .storageDamaged(let path): errorStorageDamaged + "\n" + errorKeptAt(path: path)
        case .internal(let reference): errorInternal + "\n" + errorReference(reference: reference)
        }
    }
}

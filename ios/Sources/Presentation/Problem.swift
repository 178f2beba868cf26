import FrontlineCore

/// Why something was not done, named for what the person can do next. Mirrors the core's one error: `Live` turns
/// one into the other, and everything of the seam throws this and nothing else.
public enum Problem: Error, Hashable, Sendable {
    case invalid(field: String, rule: String, detail: String)
    case notFound, busy, storageFull
    case locked(LockedBy)
    case offline(OfflineWhy)
    /// With the code's name where the server turns the whole device away.
    case unauthorised(device: String?)
    case storageDamaged(keptAt: String)
    case `internal`(reference: String)

    /// Whether the same call may succeed later without anything else being done.
    public var mayPass: Bool {
        switch self {
        case .busy, .offline, .internal, .storageFull, .storageDamaged: true
        case .invalid, .notFound, .locked, .unauthorised: false
        }
    }
    public var isOffline: Bool { if case .offline = self { true } else { false } }
}

extension Strings {
    /// What happened and what to do next.
    public func say(_ problem: Problem) -> String {
        switch problem {
        case .invalid(_, _, let detail):
            errorInvalid(detail: detail.hasSuffix(".") ? String(detail.dropLast()) : detail)
        case .notFound: errorNotFound
        case .locked(.pin), .locked(.shut): errorLocked
        case .locked(.key): errorKeyLost
        case .locked(.lease): leaseOver + "\n" + leaseOverDetail
        case .offline(.portal): errorPortal
        case .offline(.untrusted): errorUntrusted
        case .offline(.left): errorLeft
        case .offline: errorOffline
        case .unauthorised(.some(let code)): blocked(code)
        case .unauthorised(.none): errorUnauthorised
        case .busy: errorBusy
        case .storageFull: errorStorageFull
        case .storageDamaged(let path): errorStorageDamaged + "\n" + errorKeptAt(path: path)
        case .internal(let reference): errorInternal + "\n" + errorReference(reference: reference)
        }
    }

    /// Why the server turns the device away as a whole.
    public func blocked(_ code: String) -> String {
        switch code {
        case "VERSION": syncBlockedOldApp
        default: syncBlockedRevoked
        }
    }
}

import FrontlineCore

/// Why something was not done, named for what the person can do next: the core's one error. Everything of the seam
/// throws it and nothing else.
public typealias Problem = FrontlineError

extension Problem {
    /// Whether the same call may succeed later without anything else being done.
    public var mayPass: Bool {
        switch self {
        case .Busy, .Offline, .Internal, .StorageFull, .StorageCorrupt: true
        case .Invalid, .NotFound, .Locked, .Unauthorized: false
        }
    }
    public var isOffline: Bool { if case .Offline = self { true } else { false } }
}

extension Strings {
    /// What happened and what to do next.
    public func say(_ problem: Problem) -> String {
        switch problem {
        case .Invalid("code", "valid", _): enrolCodeWrong
        case .Invalid(_, "wrong", _): pinWrong
        case .Invalid("pin", "wait", _), .Invalid("old", "wait", _): pinWaitSoon
        case .Invalid("pin", "locked", _), .Invalid("old", "locked", _): pinLockedOut + "\n" + pinLockedOutDetail
        case .Invalid(_, _, let detail):
            errorInvalid(detail: detail.hasSuffix(".") ? String(detail.dropLast()) : detail)
        case .NotFound: errorNotFound
        case .Locked(.pin, _), .Locked(.shut, _): errorLocked
        case .Locked(.key, _): errorKeyLost
        case .Locked(.lease, _): leaseOver + "\n" + leaseOverDetail
        case .Offline(.portal, _): errorPortal
        case .Offline(.untrusted, _): errorUntrusted
        case .Offline(.left, _): errorLeft
        case .Offline: errorOffline
        case .Unauthorized(.some(let code), _): blocked(code)
        case .Unauthorized(.none, _): errorUnauthorised
        case .Busy: errorBusy
        case .StorageFull: errorStorageFull
        case .StorageCorrupt(let path): errorStorageDamaged + "\n" + errorKeptAt(path: path)
        case .Internal(let reference): errorInternal + "\n" + errorReference(reference: reference)
        }
    }

    /// Why the server turns the device away as a whole.
    public func blocked(_ code: String) -> String { code == "VERSION" ? syncBlockedOldApp : syncBlockedRevoked }
}

/// Why the core did not do what it was asked, named for what the person can do. Its cases are the core's: `Live`
/// turns one into the other, and nothing else does.
public enum Failure: Error, Hashable, Sendable {
    case invalid(field: String, rule: String, detail: String)
    case notFound(what: String)
    case locked(detail: String)
    case offline(detail: String)
    case unauthorized(detail: String)
    case busy
    case storageFull
    case storageCorrupt(keptAt: String)
    case `internal`(reference: String)

    /// What happened and what to do next.
    public func message(_ words: any Strings) -> String {
        switch self {
        case .invalid(_, _, let detail): words.errorInvalid(detail: detail)
        case .notFound: words.errorNotFound
        case .locked: words.errorLocked
        case .offline: words.errorOffline
        case .unauthorized: words.errorUnauthorised
        case .busy: words.errorBusy
        case .storageFull: words.errorStorageFull
        case .storageCorrupt: words.errorStorageDamaged
        case .internal: words.errorInternal
        }
    }

    /// What support asks for: where damaged storage was kept, or the reference in the log.
    public func trace(_ words: any Strings) -> String? {
        switch self {
        case .storageCorrupt(let path): words.errorKeptAt(path: path)
        case .internal(let reference): words.errorReference(reference: reference)
        default: nil
        }
    }

    /// Whether the same call may succeed later without anything else being done.
    public var mayPass: Bool {
        switch self {
        case .busy, .offline, .internal, .storageFull: true
        case .invalid, .notFound, .locked, .unauthorized, .storageCorrupt: false
        }
    }
}

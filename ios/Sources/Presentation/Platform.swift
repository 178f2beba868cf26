// What only the platform has, as the rest of the shell sees it. `Platform` holds Apple's; tests hold their own.

/// Where the key of the store is kept: never in a backup, never readable before the first unlock.
public protocol KeyStore: Sendable {
    /// The key, or a new one that is kept before it is handed out: a store whose key was not kept is lost.
    func key() throws(Problem) -> [UInt8]
    func forget() throws(Problem)
}

/// Asks the system to run a sync when the app is not in front.
public protocol BackgroundWork: Sendable {
    func schedule()
}

/// Keeps the phone on one app while customers hold it.
@MainActor public protocol KioskLock {
    func begin() async -> Bool
    func end() async -> Bool
}

/// Says on the locked screen that something is due. It says how many, never what: others read that screen.
public protocol Reminders: Sendable {
    func allow() async -> Bool
    func remind(due: Int, words: any Strings) async
}

/// The server takes no more than it is asked to: a picture goes through the core, as a file.
public struct Picture: Hashable, Sendable {
    public let path: String
    public init(path: String) { self.path = path }
}

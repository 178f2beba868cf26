import Foundation
// The records of the core, and the protocols that the generator makes of its services: the seam itself. Nothing here
// makes one of its objects or calls one of its functions; `Live` does.
@_exported import FrontlineCore

/// The seven services and Today. They are handed out inside `Device.ask` only: what holds them is off the main thread.
public typealias Services = any FrontlineProtocol

/// What changed, and whether it came with a sync.
public typealias Change = (topic: Topic, ids: [String], remote: Bool)

/// The store of this phone. Before it is opened, and once it was shut, what is asked of it is `Locked`.
public protocol Device: Sendable {
    func open() async throws(Problem)
    /// Does it away from the screen's thread: a call reads the disk, and may wait for another writer.
    func ask<T: Sendable>(_ call: @escaping @Sendable (Services) async throws -> T) async throws(Problem) -> T
    /// Everything that changes from now on.
    func changes() async throws(Problem) -> AsyncStream<Change>
    func shut() async
    /// Opens the way back into a store whose key is gone, by a one-time code.
    func recover(server: String, code: String) async throws(Problem)
    /// Takes the store away. It must have been shut.
    func reset(_ leaving: Leaving) async throws(Problem) -> Exported
}

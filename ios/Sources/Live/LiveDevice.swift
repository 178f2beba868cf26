import Foundation
import FrontlineCore
import Presentation

public struct LiveOpening: DeviceOpening {
    private let draft: OpenDraft
    private let bridge: Bridge

    public init(folder: URL, phone: any Phone, language: String) {
        draft = OpenDraft(dataDir: folder.path(percentEncoded: false), language: language)
        bridge = Bridge(phone)
    }

    public func open() async throws(Problem) -> any Device {
        try await offMain { [draft, bridge] in LiveDevice(core: try Frontline.open(draft: draft, platform: bridge)) }
    }
    public func recover(server: String, code: String) async throws(Problem) {
        try await offMain { [draft, bridge] in
            try await FrontlineCore.recover(draft: draft, platform: bridge, server: server, code: code)
        }
    }
    public func reset(_ leaving: Leaving) async throws(Problem) -> Exported {
        try await offMain { [draft, bridge] in
            try FrontlineCore.reset(draft: draft, platform: bridge, leaving: leaving)
        }
    }
}

struct LiveDevice: Device {
    let core: Frontline

    func ask<T: Sendable>(_ call: @escaping @Sendable (Services) async throws -> T) async throws(Problem) -> T {
        try await offMain { [core] in try await call(Services(core)) }
    }
    func changes() async throws(Problem) -> AsyncStream<Change> {
        try await offMain { [core] in
            let (stream, told) = AsyncStream.makeStream(of: Change.self)
            let subscription = try core.subscribe(observer: Ear(told))
            told.onTermination = { _ in subscription.end() }
            return stream
        }
    }
    func shut() async { _ = try? await offMain { [core] in core.shut() } }
}

/// Told on a thread of the core; whoever reads the stream goes to its own.
private final class Ear: Observer {
    private let told: AsyncStream<Change>.Continuation
    init(_ told: AsyncStream<Change>.Continuation) { self.told = told }
    func changed(topic: Topic, ids: [String], origin: Source) {
        told.yield((topic, ids, origin == .remote))
    }
}

/// The phone as the core asks for it.
private final class Bridge: FrontlineCore.Platform {
    private let phone: any Phone
    init(_ phone: any Phone) { self.phone = phone }

    func secret(name: String) throws -> Data? { try told { () throws(Problem) in try phone.keys.secret(name) } }
    func keepSecret(name: String, bytes: Data) throws {
        try told { () throws(Problem) in try phone.keys.keep(name, bytes) }
    }
    func forgetSecret(name: String) throws { try told { () throws(Problem) in try phone.keys.forget(name) } }
    func deviceModel() -> String { phone.model }
    func storageFree() -> UInt64? { phone.storageFree }
    func network() -> NetworkKind { phone.network }

    /// The core knows two faults of a platform: closed until the phone is unlocked, and any other.
    private func told<T>(_ ask: () throws(Problem) -> T) throws -> T {
        do throws(Problem) {
            return try ask()
        } catch .Busy {
            throw PlatformError.Closed
        } catch {
            throw PlatformError.Failed(detail: "\(error)")
        }
    }
}

/// Runs a call of the core away from the screen's thread: it reads the disk, and may wait for another writer.
func offMain<T: Sendable>(_ call: @Sendable @escaping () async throws -> T) async throws(Problem) -> T {
    let outcome: Result<T, Problem> = await Task.detached(priority: .userInitiated) {
        do {
            return .success(try await call())
        } catch let problem as Problem {
            return .failure(problem)
        } catch {
            // The bindings' own faults: a core that does not fit them. There is no reference for the log.
            return .failure(.Internal(reference: "bindings"))
        }
    }.value
    return try outcome.get()
}

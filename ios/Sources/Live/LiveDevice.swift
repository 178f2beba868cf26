import Foundation
import FrontlineCore
import Presentation

public actor LiveDevice: Device {
    private let draft: OpenDraft
    private let phone: any Phone
    private var core: Frontline?

    public init(folder: URL, phone: any Phone, language: String) {
        draft = OpenDraft(dataDir: folder.path(percentEncoded: false), language: language)
        self.phone = phone
    }

    public func open() async throws(Problem) {
        core = try await offMain { [draft, phone] in try Frontline.open(draft: draft, platform: phone) }
    }
    public func ask<T: Sendable>(
        _ call: @escaping @Sendable (Services) async throws -> T
    ) async throws(Problem) -> T {
        guard let core else { throw .Locked(by: .shut, detail: "") }
        return try await offMain { try await call(core) }
    }
    public func changes() async throws(Problem) -> AsyncStream<Change> {
        try await ask { core in
            let (stream, told) = AsyncStream.makeStream(of: Change.self)
            let subscription = try core.subscribe(observer: Ear(told))
            told.onTermination = { _ in subscription.end() }
            return stream
        }
    }
    public func shut() async {
        _ = try? await ask { $0.shut() }
        core = nil
    }
    public func recover(server: String, code: String) async throws(Problem) {
        try await offMain { [draft, phone] in
            try await FrontlineCore.recover(draft: draft, platform: phone, server: server, code: code)
        }
    }
    public func reset(_ leaving: Leaving) async throws(Problem) -> Exported {
        try await offMain { [draft, phone] in try FrontlineCore.reset(draft: draft, platform: phone, leaving: leaving) }
    }
}

/// Told on a thread of the core; whoever reads the stream goes to its own.
private final class Ear: Observer {
    private let told: AsyncStream<Change>.Continuation
    init(_ told: AsyncStream<Change>.Continuation) { self.told = told }
    func changed(topic: Topic, ids: [String], origin: Source) { told.yield((topic, ids, origin == .remote)) }
}

/// Runs a call of the core away from the screen's thread: it reads the disk, and may wait for another writer. What
/// belongs to no actor runs on none; who is cancelled cancels the call.
func offMain<T: Sendable>(_ call: @Sendable () async throws -> T) async throws(Problem) -> T {
    do {
        return try await call()
    } catch let problem as Problem {
        throw problem
    } catch is CancellationError {
        // Whoever asked for it has gone; what was done by then stays.
        throw .Offline(why: .cut, detail: "")
    } catch {
        // The bindings' own faults: a core that does not fit them. There is no reference for the log.
        throw .Internal(reference: "bindings")
    }
}

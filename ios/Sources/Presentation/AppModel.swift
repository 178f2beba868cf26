import Foundation
import Observation

/// The store, whoever is at the phone, and the contact with the server. Screens ask through it and nothing else.
@MainActor @Observable public final class AppModel {
    public enum Phase { case opening, failed(Problem), enrol, away, choosePin, who, home }

    public private(set) var phase = Phase.opening
    public private(set) var me: Me?
    public private(set) var status: SyncStatus?
    /// Grows with every change: a screen that shows it asks again.
    public private(set) var turns: [Topic: Int] = [:]
    private var arrivals: [String: Int] = [:]
    public private(set) var isSyncing = false
    public private(set) var report: SyncReport?
    public private(set) var syncProblem: Problem?
    public let phone: any Phone
    public let language: String
    @ObservationIgnored let opening: any DeviceOpening
    @ObservationIgnored private var device: (any Device)?
    @ObservationIgnored private var ear: Task<Void, Never>?
    @ObservationIgnored private var running: Task<Void, Never>?
    @ObservationIgnored private var soon: Task<Void, Never>?
    @ObservationIgnored var acting = 0
    @ObservationIgnored private var isAsked = false
    private let pause: Duration

    /// `pause`: how long after a capture a sync begins, so that several go together.
    public init(opening: any DeviceOpening, phone: any Phone, language: String, pause: Duration = .seconds(1)) {
        (self.opening, self.phone, self.language, self.pause) = (opening, phone, language, pause)
    }

    /// The app's own words, in the language of whoever is at the phone.
    public var words: any Strings { stringsFor(me?.language ?? language) }
    public var isOffline: Bool { phone.network == .none || syncProblem?.isOffline == true }
    public func turn(_ topics: Topic...) -> Int { topics.reduce(0) { $0 + turns[$1, default: 0] } }

    /// Grows when a colleague's change of this thing arrives, or of more things than there were names for.
    public func arrived(_ id: String) -> Int { arrivals[id, default: 0] + arrivals["", default: 0] }

    func ask<T: Sendable>(_ call: @escaping @Sendable (Services) async throws -> T) async throws(Problem) -> T {
        guard let device else { throw .locked(.shut) }
        do throws(Problem) {
            return try await device.ask(call)
        } catch {
            // The core locked meanwhile: what comes first is no longer this screen.
            if case .locked(let by) = error, by == .pin || by == .lease { Task { await look() } }
            throw error
        }
    }

    public func open() async {
        guard device == nil else { return await look() }
        do throws(Problem) {
            let opened = try await opening.open()
            device = opened
            listen(to: try await opened.changes())
            await look()
            syncSoon()
        } catch {
            phase = .failed(error)
        }
    }

    /// The store is shut, and its listener with it: before a reset, and at the end of a test.
    public func shut() async {
        stopSync()
        soon?.cancel()
        ear?.cancel()
        await device?.shut()
        (device, me, status, phase) = (nil, nil, nil, .opening)
    }

    public func recover(server: String, code: String) async -> Problem? {
        do throws(Problem) {
            try await opening.recover(server: server, code: code)
            await open()
            return await enrol(server: server, code: code)
        } catch {
            return error
        }
    }

    public func enrol(server: String, code: String) async -> Problem? {
        do throws(Problem) {
            _ = try await ask { try await $0.sync.enrol(server: server, code: code) }
            await syncAndWait()
            await look()
            return nil
        } catch {
            return error
        }
    }

    public func reset(_ leaving: Leaving) async -> Problem? {
        await shut()
        var problem: Problem?
        do throws(Problem) { _ = try await opening.reset(leaving) } catch { problem = error }
        await open()
        return problem
    }

    /// Who is at the phone and how the device stands decide which screen comes first. The core says both.
    public func look() async {
        do throws(Problem) {
            let (status, me) = try await ask { core in
                let status = try core.sync.status()
                return (status, status.device == nil ? nil : try core.people.me())
            }
            (self.status, self.me) = (status, me)
            phase =
                if let me {
                    status.leaseOver ? .away : me.needsPin ? .choosePin : me.signedIn ? .home : .who
                } else { .enrol }
        } catch {
            phase = .failed(error)
        }
    }

    public func lock() async {
        _ = try? await ask { try $0.people.switchTo(person: nil, pin: nil) }
        await look()
    }

    private func listen(to changes: AsyncStream<Change>) {
        ear = Task { [weak self] in
            for await change in changes {
                guard let self, !Task.isCancelled else { return }
                await self.heard(change)
            }
        }
    }

    private func heard(_ change: Change) async {
        turns[change.topic, default: 0] += 1
        if change.remote {
            for id in change.ids.isEmpty ? [""] : change.ids { arrivals[id, default: 0] += 1 }
        } else if change.topic != .sync, change.topic != .people {
            syncSoon()
        }
        // Amid an act of its own, who is at the phone is not settled: it looks when it is done.
        if acting == 0, change.topic == .sync || change.topic == .people { await look() }
    }
}

// MARK: Contact with the server

extension AppModel {
    /// After a capture, where the platform says that there is a network. What fails is shown as a state, not told.
    public func syncSoon() {
        guard phone.network != .none, status?.device != nil else { return }
        soon?.cancel()
        soon = Task { [pause] in
            try? await Task.sleep(for: pause)
            if !Task.isCancelled { sync() }
        }
    }

    public func sync() {
        // What was captured while one runs may have come too late for it.
        guard running == nil else { return isAsked = true }
        running = Task { await syncAndWait() }
    }

    /// The network came, went or became paid for: what is shown of it is shown anew.
    public func networkChanged() {
        turns[.sync, default: 0] += 1
        syncSoon()
    }

    public func stopSync() {
        running?.cancel()
        (running, isAsked, isSyncing) = (nil, false, false)
    }

    /// In time that the system lent: true where nothing is left to say.
    public func syncInBackground() async -> Bool {
        await open()
        guard status?.device != nil, running == nil else { return false }
        await syncAndWait()
        return syncProblem == nil
    }

    func syncAndWait() async {
        (isSyncing, syncProblem) = (true, nil)
        do throws(Problem) {
            report = try await ask { try await $0.sync.now(budgetMs: nil) }
        } catch {
            // That it was stopped is no problem; what was done by then stays.
            if !Task.isCancelled { syncProblem = error }
        }
        if !Task.isCancelled { (isSyncing, running) = (false, nil) }
        turns[.sync, default: 0] += 1
        await look()
        if isAsked {
            isAsked = false
            sync()
        }
    }
}

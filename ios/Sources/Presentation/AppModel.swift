import Foundation
import Observation

/// The store, whoever is at the phone, and the contact with the server. Screens ask through it and nothing else.
@MainActor @Observable public final class AppModel {
    public enum Phase { case opening, failed(Problem), enrol, away, choosePin, who, home }

    public private(set) var phase = Phase.opening
    public private(set) var me: Me?
    public private(set) var status: SyncStatus?
    /// Grows with every change: a screen that shows it asks again.
    private var turns: [Topic: Int] = [:]
    private var arrivals: [String: Int] = [:]
    public private(set) var isSyncing = false
    public private(set) var report: SyncReport?
    public private(set) var syncProblem: Problem?
    public let phone: any Phone
    /// How long silences are, against what they should be: a test does not wait for them.
    public let pace: Double
    @ObservationIgnored private let language: String
    @ObservationIgnored private let device: any Device
    @ObservationIgnored private var isOpen = false
    @ObservationIgnored private var ear: Task<Void, Never>?
    @ObservationIgnored private var running: Task<Void, Never>?
    @ObservationIgnored private var soon: Task<Void, Never>?
    @ObservationIgnored private var isAsked = false
    /// Syncs that failed one after the other.
    @ObservationIgnored private var failures = 0
    @ObservationIgnored var acting = 0

    public init(device: any Device, phone: any Phone, language: String, pace: Double = 1) {
        (self.device, self.phone, self.language, self.pace) = (device, phone, language, pace)
    }

    /// The app's own words, in the language of whoever is at the phone.
    public var words: any Strings { stringsFor(me?.language ?? language) }
    public var isOffline: Bool { phone.network() == .none || syncProblem?.isOffline == true }
    public func turn(_ topics: Topic...) -> Int { topics.reduce(0) { $0 + turns[$1, default: 0] } }

    /// Grows when a colleague's change of this thing arrives, or of more things than there were names for.
    public func arrived(_ id: String) -> Int { arrivals[id, default: 0] + arrivals["", default: 0] }

    func ask<T: Sendable>(_ call: @escaping Call<T>) async throws(Problem) -> T {
        do throws(Problem) {
            return try await device.ask(call)
        } catch {
            // The core locked meanwhile: what comes first is no longer this screen.
            if case .Locked(let by, _) = error, by == .pin || by == .lease { Task { await look() } }
            throw error
        }
    }

    public func open() async {
        guard !isOpen else { return await look() }
        do throws(Problem) {
            try await device.open()
            isOpen = true
            listen(to: try await device.changes())
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
        await device.shut()
        (isOpen, me, status, phase) = (false, nil, nil, .opening)
    }

    public func recover(server: String, code: String) async -> Problem? {
        do throws(Problem) { try await device.recover(server: server, code: code) } catch { return error }
        await open()
        return await enrol(server: server, code: code)
    }

    public func enrol(server: String, code: String) async -> Problem? {
        if let problem = await tell({ _ = try await $0.sync().enrol(server: server, code: code) }) { return problem }
        await syncAndWait()
        return nil
    }

    public func reset(_ leaving: Leaving) async -> Problem? {
        await shut()
        var problem: Problem?
        do throws(Problem) { _ = try await device.reset(leaving) } catch { problem = error }
        await open()
        return problem
    }

    /// Who is at the phone and how the device stands decide which screen comes first. The core says both.
    public func look() async {
        do throws(Problem) {
            let (status, me) = try await ask { core in
                let status = try core.sync().status()
                return (status, status.device == nil ? nil : try core.people().me())
            }
            (self.status, self.me) = (status, me)
            guard let me else {
                phase = .enrol
                return await phone.remind(at: [], saying: "")
            }
            phase = status.leaseOver ? .away : me.needsPin ? .choosePin : me.signedIn ? .home : .who
        } catch {
            phase = .failed(error)
        }
    }

    /// What is due is said on the locked screen too, and no more of it than how much there is.
    public func remind(_ today: TodayDetail) async {
        await phone.remind(at: today.items.compactMap(\.dueMs), saying: words.noticeDue(n: Int(today.count)))
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
    /// A little after a capture, so that several go together, where the platform says that there is a network. What
    /// fails is shown as a state, not told.
    public func syncSoon(after seconds: Double = 1) {
        guard phone.network() != .none, status?.device != nil else { return }
        soon?.cancel()
        soon = Task { [pace] in
            try? await Task.sleep(for: .seconds(seconds * pace))
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

    private func syncAndWait() async {
        (isSyncing, syncProblem) = (true, nil)
        let outcome = await found { try await $0.sync().now(budgetMs: nil) }
        report = outcome.value ?? report
        // That it was stopped is no problem; what was done by then stays.
        if !Task.isCancelled { (isSyncing, running, syncProblem) = (false, nil, outcome.problem) }
        turns[.sync, default: 0] += 1
        await look()
        failures = syncProblem == nil ? 0 : failures + 1
        if isAsked {
            isAsked = false
            sync()
        } else if syncProblem?.mayPass == true, !Task.isCancelled {
            // Later each time, up to a quarter of an hour, and not all phones at once when a server is there again.
            syncSoon(after: min(15 * pow(2, Double(failures - 1)), 900) * .random(in: 0.5...1.5))
        }
    }
}

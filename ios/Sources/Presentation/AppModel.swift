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
    /// The file that work was carried out into last: still to be handed on after a reset.
    public private(set) var carried: Carried?
    /// Where a screen asked to be led; whoever shows the places goes there.
    public var way: Way?
    public let phone: any Phone
    /// How long silences are, against what they should be: a test does not wait for them.
    public let pace: Double
    @ObservationIgnored private let language: String
    @ObservationIgnored private let device: any Device
    @ObservationIgnored private var isOpen = false
    @ObservationIgnored private var ear: Task<Void, Never>?
    /// The sync under way, by its number: no other clears what is said of it.
    @ObservationIgnored private var running: (number: Int, task: Task<Void, Never>)?
    @ObservationIgnored private var started = 0
    @ObservationIgnored private var soon: Task<Void, Never>?
    @ObservationIgnored private var isAsked = false
    /// Syncs that failed one after the other.
    @ObservationIgnored private var failures = 0
    @ObservationIgnored var acting = 0
    /// What people recorded and neither kept nor dropped, under whose it is and what it is about.
    @ObservationIgnored private var voices: [String: Voice] = [:]

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
        } catch { phase = .failed(error) }
    }

    /// The store is shut, and its listener with it: before a reset, and at the end of a test.
    public func shut() async {
        stopSync()
        dropVoices()
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
        do throws(Problem) {
            let left = try await device.reset(leaving)
            if let file = leaving.file { carried = Carried(file: file, leftOut: left.leftOut) }
        } catch { problem = error }
        await open()
        return problem
    }

    /// Carries what is unsent out into a new file.
    public func carry() async -> Problem? {
        let file = phone.newFile()
        let outcome = await found { try $0.sync().export(file: file) }
        if let left = outcome.value { carried = Carried(file: file, leftOut: left.leftOut) }
        return outcome.problem
    }

    /// The same each time, for whoever is at the phone.
    public func voice(_ about: String) -> Voice {
        let key = "\(me?.id ?? "")/\(about)"
        let voice = voices[key] ?? Voice(self)
        voices[key] = voice
        return voice
    }
    /// What was recorded and not kept goes: of somebody who signs out, or with the whole store.
    func dropVoices(of person: String? = nil) {
        for key in voices.keys where person.map({ key.hasPrefix($0 + "/") }) ?? true {
            voices.removeValue(forKey: key)?.drop()
        }
    }

    /// Who is at the phone and how the device stands decide which screen comes first. The core says both.
    public func look() async {
        do throws(Problem) {
            let (status, me) = try await ask { core in
                let status = try core.sync().status()
                do {
                    return (status, status.device == nil ? nil : try core.people().me())
                } catch Problem.Invalid("device", "enrolled", _) {
                    // The last person here signed out: somebody is enrolled anew.
                    return (status, nil)
                }
            }
            (self.status, self.me) = (status, me)
            guard let me else {
                phase = .enrol
                return await phone.remind(at: [], saying: "")
            }
            phase = status.leaseOver ? .away : me.needsPin ? .choosePin : me.signedIn ? .home : .who
        } catch {
            // What is shown is better than a fault of one look; a store that was shut meanwhile is no fault.
            switch (error, phase) {
            case (.Locked(.shut, _), _): break
            case (.Locked, _), (_, .opening), (_, .failed): phase = .failed(error)
            default: break
            }
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
        if running == nil { _ = start() } else { isAsked = true }
    }

    /// The network came, went or became paid for: what is shown of it is shown anew.
    public func networkChanged() {
        turns[.sync, default: 0] += 1
        syncSoon()
    }

    public func stopSync() {
        running?.task.cancel()
        (running, isAsked, isSyncing) = (nil, false, false)
    }

    /// In time that the system lent: true where nothing is left to say.
    public func syncInBackground() async -> Bool {
        await open()
        guard status?.device != nil, running == nil else { return false }
        await syncAndWait()
        return syncProblem == nil
    }

    /// Until one that began now is over; who no longer waits for it ends it.
    private func syncAndWait() async {
        await running?.task.value
        let task = running?.task ?? start()
        await withTaskCancellationHandler {
            await task.value
        } onCancel: {
            task.cancel()
        }
    }

    /// The one way that a sync begins: never two beside each other.
    private func start() -> Task<Void, Never> {
        started += 1
        (isSyncing, syncProblem) = (true, nil)
        let task = Task { [number = started] in await run(number) }
        running = (started, task)
        return task
    }

    private func run(_ number: Int) async {
        let outcome = await found { try await $0.sync().now(budgetMs: nil) }
        report = outcome.value ?? report
        turns[.sync, default: 0] += 1
        await look()
        // One that was stopped has nothing more to say: what was done by then stays.
        guard running?.number == number else { return }
        // That the system took its time back is no problem.
        let problem = Task.isCancelled ? nil : outcome.problem
        (running, isSyncing, syncProblem) = (nil, false, problem)
        failures = problem == nil ? 0 : failures + 1
        if isAsked {
            isAsked = false
            sync()
        } else if problem?.mayPass == true {
            // Later each time, up to a quarter of an hour, and not all phones at once when a server is there again.
            syncSoon(after: min(15 * pow(2, Double(failures - 1)), 900) * .random(in: 0.5...1.5))
        }
    }
}

/// A place that one screen leads to from another.
public enum Way: Equatable, Sendable { case run(String, item: String?), action(String), actions }

/// A file with unsent work, and how many pictures are in no file.
public struct Carried: Sendable {
    public let file: String
    public let leftOut: UInt64
}

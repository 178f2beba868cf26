import Foundation
import Live
import Presentation
@_spi(Harness) import SwiftUI
import Synchronization
import TestSupport
import Testing

@testable import Views

/// A phone of a test: its keys lie in memory, its network comes and goes, its camera gives one picture.
final class TestPhone: Phone {
    private let secrets = Mutex<[String: Data]>([:])
    private let kind = Mutex(NetworkKind.unmetered)
    let seen = Mutex<String?>(nil)
    let folder: URL
    let files: URL
    /// In a folder that goes with the tests.
    init(in company: URL) {
        folder = company.appending(path: "phone-\(UUID().uuidString)")
        files = company.appending(path: "files-\(UUID().uuidString)")
    }

    func secret(name: String) throws -> Data? { secrets.withLock { $0[name] } }
    func keepSecret(name: String, bytes: Data) throws { secrets.withLock { $0[name] = bytes } }
    func forgetSecret(name: String) throws { secrets.withLock { $0[name] = nil } }
    func deviceModel() -> String { "Test" }
    func storageFree() -> UInt64? { nil }
    func network() -> NetworkKind { kind.withLock { $0 } }
    func goes(_ network: NetworkKind) { kind.withLock { $0 = network } }
    func picture(live: Bool, limit: PictureLimit?) async -> Data? {
        limits.withLock { $0.append(limit) }
        return Data(base64Encoded: live ? Self.pixels : Self.saved)
    }
    /// What each picture might be.
    let limits = Mutex<[PictureLimit?]>([])
    private static let pixels =
        "iVBORw0KGgoAAAANSUhEUgAAAAIAAAACCAIAAAD91JpzAAAAEElEQVR4nGNQSFgARAwQCgAdjgSBQe+XXgAAAABJRU5ErkJggg=="
    /// Another one, of those that were taken before.
    private static let saved =
        "iVBORw0KGgoAAAANSUhEUgAAAAIAAAACCAIAAAD91JpzAAAAEElEQVR4nGNYoJAARAwQCgAgjgSBTF7cbAAAAABJRU5ErkJggg=="
    /// A label in front of the camera, read by the core; else what a code is said to say.
    let label = Mutex<String?>(nil)
    func code(_ read: @escaping CodeReader) async -> String? {
        guard let digits = label.withLock({ $0 }) else { return seen.withLock { $0 } }
        return await read(Label.ean13(digits))
    }
    /// Whether an app makes up where this phone is; nil where it cannot tell.
    let mock = Mutex<Bool?>(nil)
    func place() async -> Place? { (51.5, -0.1, 8, mock.withLock { $0 }) }
    /// A microphone that hears what `Tests/files` has.
    @MainActor let sounds: any Sounds = HeldSounds()
    func kiosk(_ on: Bool) async {}
    let reminders = Mutex((times: [Int64](), words: ""))
    func remind(at times: [Int64], saying words: String) async { reminders.withLock { $0 = (times, words) } }
    func newFile() -> String {
        try? FileManager.default.createDirectory(at: files, withIntermediateDirectories: true)
        return files.appending(path: "\(UUID().uuidString).frontline").path()
    }
}

/// Whether the phone was out of contact for longer than its organisation allows; until a sync came through.
final class Lease: Sendable {
    let isOver = Mutex(false)
    let endsIn = Mutex<UInt32?>(nil)
    /// Whether syncs wait, how many there are, and how many there were beside each other at most.
    let syncs = Mutex((isHeld: false, now: 0, most: 0))
}

/// The sync of such a phone: the core's clock cannot be moved from here, so its word is put in.
final class OverdueSync: Sync, @unchecked Sendable {
    private let real: any SyncProtocol
    private let lease: Lease
    init(_ real: any SyncProtocol, _ lease: Lease) {
        (self.real, self.lease) = (real, lease)
        super.init(noHandle: NoHandle())
    }
    required init(unsafeFromHandle handle: UInt64) { fatalError("made of a real one only") }
    override func captured(of: CapturedOf, page: PageAsked) throws -> CapturedPage {
        try real.captured(of: of, page: page)
    }
    override func enrol(server: String, code: String) async throws -> EnrolledDetail {
        try await real.enrol(server: server, code: code)
    }
    override func export(file: String) throws -> Exported { try real.export(file: file) }
    override func now(budgetMs: UInt64?) async throws -> SyncReport {
        lease.syncs.withLock { $0 = ($0.isHeld, $0.now + 1, max($0.most, $0.now + 1)) }
        defer { lease.syncs.withLock { $0.now -= 1 } }
        while lease.syncs.withLock({ $0.isHeld }) { try await Task.sleep(for: .milliseconds(5)) }
        let report = try await real.now(budgetMs: budgetMs)
        lease.isOver.withLock { $0 = false }
        lease.endsIn.withLock { $0 = nil }
        return report
    }
    override func status() throws -> SyncStatus {
        let now = try real.status()
        return SyncStatus(
            device: now.device, name: now.name, epoch: now.epoch, person: now.person, server: now.server,
            incarnation: now.incarnation, unsent: now.unsent, stored: now.stored, held: now.held,
            refused: now.refused, lastContactMs: now.lastContactMs, reportedThroughMs: now.reportedThroughMs,
            leaseUntilMs: now.leaseUntilMs, leaseOver: lease.isOver.withLock { $0 },
            leaseEndsIn: lease.endsIn.withLock { $0 },
            backedUpMs: now.backedUpMs, blocked: now.blocked, clashes: now.clashes, syncs: now.syncs,
            bytesUp: now.bytesUp,
            bytesDown: now.bytesDown, picturesWaiting: now.picturesWaiting,
            picturesWaitingBytes: now.picturesWaitingBytes, freeBytes: now.freeBytes, setAside: now.setAside)
    }
}

/// A core whose sync is such a one; the rest is the real one's.
final class Overdue: FrontlineProtocol {
    private let real: any FrontlineProtocol
    private let lease: Lease
    init(_ real: any FrontlineProtocol, _ lease: Lease) { (self.real, self.lease) = (real, lease) }
    func sync() -> Sync { OverdueSync(real.sync(), lease) }
    func actions() -> Actions { real.actions() }
    func feedback() -> Feedback { real.feedback() }
    func interactions() -> Interactions { real.interactions() }
    func media() -> Media { real.media() }
    func people() -> People { real.people() }
    func procedures() -> Procedures { real.procedures() }
    func shut() { real.shut() }
    func subscribe(observer: Observer) throws -> Subscription { try real.subscribe(observer: observer) }
    func today() throws -> TodayDetail { try real.today() }
    func training() -> Training { real.training() }
}

/// The real store, watched: no call may reach a service on the screen's thread.
final class Watched: Device {
    private let device: LiveDevice
    let calls = Mutex((all: 0, onMain: 0))
    let lease = Lease()
    init(_ device: LiveDevice) { self.device = device }

    func open() async throws(Problem) { try await device.open() }
    func ask<T: Sendable>(_ call: @escaping @Sendable (Services) async throws -> T) async throws(Problem) -> T {
        try await device.ask { [self] services in
            note(onMain: Thread.isMainThread)
            return try await call(Overdue(services, lease))
        }
    }
    private func note(onMain: Bool) {
        calls.withLock { $0 = ($0.all + 1, $0.onMain + (onMain ? 1 : 0)) }
    }
    func changes() async throws(Problem) -> AsyncStream<Change> { try await device.changes() }
    func shut() async { await device.shut() }
    func recover(server: String, code: String) async throws(Problem) {
        try await device.recover(server: server, code: code)
    }
    func reset(_ leaving: Leaving) async throws(Problem) -> Exported { try await device.reset(leaving) }
}

/// The app on one phone, and somebody walking through it.
@MainActor final class Journey {
    let company: Company
    let phone: TestPhone
    let store: Watched
    let language: String
    let words: any Strings
    private(set) var app: AppModel
    private(set) var host: ViewHost
    private(set) var screens: [String] = []

    init(_ language: String, environment: EnvironmentValues = EnvironmentValues()) throws {
        company = try Company.open()
        phone = TestPhone(in: company.folder)
        self.language = language
        words = stringsFor(language)
        store = Watched(LiveDevice(folder: phone.folder, phone: phone, language: language))
        app = AppModel(device: store, phone: phone, language: language, pace: 0.02)
        host = ViewHost(RootView(app), environment: environment)
    }

    /// The system ended the app; the person opens it again.
    func restarts() async {
        host.close()
        await app.shut()
        app = AppModel(device: store, phone: phone, language: language, pace: 0.02)
        host = ViewHost(RootView(app), after: host)
    }
    func ends() async {
        host.close()
        await app.shut()
        #expect(store.calls.withLock { $0.all > 0 && $0.onMain == 0 })
        try? FileManager.default.removeItem(at: phone.folder)
    }

    var files: URL { phone.files }
    var site: String { language == "ar" ? "marina" : "harbour" }
    /// Who leads there and reads this language, and somebody who works there.
    var lead: String { language == "ar" ? "khalid-saeed" : "ben-okafor" }
    var staff: String { language == "ar" ? "yusuf-darwish" : "ana-pereira" }
    var other: String { language == "ar" ? "hana-suleiman" : "lucy-chen" }
    func text(_ en: String, _ ar: String) -> String { language == "ar" ? ar : en }

    /// What a screen reader meets on this screen: every control named, none too small, none by gesture alone.
    func walk(_ screen: String, _ at: SourceLocation = #_sourceLocation) {
        screens.append(screen)
        #expect(host.unnamed.isEmpty, "without a name on \(screen)", sourceLocation: at)
        #expect(host.small.isEmpty, "too small on \(screen)", sourceLocation: at)
        #expect(host.gestureOnly.isEmpty, "by gesture alone on \(screen)", sourceLocation: at)
    }

    func shows(_ text: String, _ seconds: Double = 20) async throws {
        try await host.wait(seconds) { $0.says(text) }
    }
    func wait(_ seconds: Double = 20, _ wanted: @escaping @MainActor (AppModel) -> Bool) async throws {
        try await host.wait(seconds) { [app] _ in wanted(app) }
    }

    /// Sets the phone up, without looking at it again.
    func enrols(_ person: String) async throws {
        try await shows(words.enrolTitle)
        try host.set(words.enrolServer, to: company.url)
        try host.set(words.enrolCode, to: try company.code(person, at: site))
        try host.tap(words.enrolGo)
        try await isHome()
    }
    func isHome() async throws { try await shows(words.navContacts) }

    func syncs() async throws {
        try await wait { !$0.isSyncing }
        let before = app.status?.syncs ?? 0
        app.sync()
        try await wait { !$0.isSyncing && ($0.status?.syncs ?? 0) > before }
    }
    /// Starts a procedure from its tab: what can be started says how many items it has.
    func starts(_ title: String) async throws {
        try host.tap(holding: words.navProcedures)
        // A run of the same name may be on the phone already, from a colleague, and be there first.
        let ofRuns = [words.runOpen, words.runHandedIn, words.runSigned, words.runLapsed, words.runWithdrawn]
        func isToStart(_ name: String) -> Bool {
            name.hasPrefix(title + ", ") && !ofRuns.contains { name.dropFirst(title.count).contains($0) }
        }
        try await host.wait(40) { $0.names.contains { isToStart($0) } }
        try host.tap(holding: try #require(host.names.last { isToStart($0) }))
        try await shows(words.runHistory)
    }
    /// Gives the answer of an item as the core has it.
    func answer(_ item: String, of run: String) async -> Answer? {
        let detail = await app.found { try $0.procedures().run(id: run) }.value
        return detail?.items.first { $0.id == item }?.answer
    }
    func reads(in language: String) async {
        _ = await app.settle { try $0.people().readIn(language: language) }
    }
    /// Waits until the core has what was done.
    func settles() async { try? await Task.sleep(for: .milliseconds(150)) }

    func taps(_ name: String) async throws {
        try await host.wait(40) { $0.isEnabled(name) }
        try host.tap(name)
        await settles()
    }
    /// Types into the field whose name begins so, and saves it.
    func types(_ text: String, into begin: String) async throws {
        let field = try #require(host.fields.first { $0.hasPrefix(begin) }, "no field \(begin)")
        try host.set(field, to: text)
        try host.tap(words.actionSave + ": " + field)
        await settles()
    }
    func digits(_ pin: String) throws {
        for digit in pin { try host.tap(words.pinDigit(digit: "\(digit)")) }
        try host.tap(words.actionContinue)
    }
    func setsPin(_ pin: String) async throws {
        try host.tap(words.navSettings)
        try await taps(words.pinSet)
        try await shows(words.pinSetDetail)
        walk("set PIN")
        try digits(pin)
        try await shows(words.pinRepeat)
        try digits(pin)
        try await host.wait(30) { !$0.says(words.pinSetDetail) }
        try host.tap(words.actionClose)
    }
    func becomes(_ name: String, _ pin: String?) async throws {
        try host.tap(words.whoSwitch)
        try await host.wait(40) { $0.names.contains { $0.contains(name) } }
        try host.tap(holding: name)
        if let pin {
            try await host.wait(40) { $0.isEnabled(words.pinDigit(digit: "2")) }
            try digits(pin)
        }
        try await host.wait(30) { [app] _ in app.me?.name == name && app.me?.signedIn == true }
        await settles()
        try? host.tap(words.actionClose)
    }
    func newestRun() async throws -> String {
        let newest = RunsAsked(page: PageAsked(count: 1))
        let runs = await app.found { try $0.procedures().runs(asked: newest).items }
        if case .ready(let rows) = runs, let run = rows.first { return run.id }
        throw Company.Missing(description: "no run")
    }
}

import Foundation
import FrontlineCore

/// What the tests are given: a folder for stores, a server behind a relay, the file that makes the relay silent, codes.
struct Asked {
    let data: String, server: String, silent: String, codes: [String], openings: Int

    init(_ words: [String]) throws {
        let word = { (key: String) throws -> String in
            guard let at = words.firstIndex(of: key), at + 1 < words.count else { throw Failure("say \(key)") }
            return words[at + 1]
        }
        (data, server, silent) = (try word("--data"), try word("--server"), try word("--silent"))
        codes = try word("--codes").split(separator: ",").map(String.init)
        openings = Int(try word("--openings")) ?? 10_000
    }
}

struct Failure: Error {
    let why: String
    init(_ why: String) { self.why = why }
}

func must(_ holds: Bool, _ why: @autoclosure () -> String) throws {
    if !holds { throw Failure(why()) }
}

final class Terminal: Platform {
    func secret(name: String) throws -> Data? { nil }
    func keepSecret(name: String, bytes: Data) throws { throw PlatformError.Failed(detail: "a story keeps its key itself") }
    func forgetSecret(name: String) throws {}
    func deviceModel() -> String { "terminal" }
    func storageFree() -> UInt64? { nil }
    func network() -> NetworkKind { .unmetered }
    func log(line: String) {}
}

/// A phone whose clock is the machine's: it speaks with a real server.
struct Held: Sendable {
    let story: StoryPhone

    init(_ dir: String, seed: UInt64) {
        story = StoryPhone(dir: dir, seed: seed, platform: Terminal())
        story.setClock(wallMs: Int64(Date().timeIntervalSince1970 * 1000), monoMs: 1_000)
    }

    func open<T>(_ work: (Frontline) throws -> T) throws -> T {
        let app = try story.open()
        defer { app.shut() }
        return try work(app)
    }
}

/// A value that threads share; unchecked, for the lock is what makes it so.
final class Shared<T: Sendable>: @unchecked Sendable {
    private let lock = NSLock()
    private var held: T
    init(_ value: T) { held = value }
    var value: T { lock.withLock { held } }
    func set(_ value: T) { lock.withLock { held = value } }
    func change(_ by: (inout T) -> Void) { lock.withLock { by(&held) } }
}

/// Counts what it is told, and does something with it.
final class Told: Observer {
    let calls = Shared(0)
    private let then: @Sendable (Topic) -> Void
    init(_ then: @escaping @Sendable (Topic) -> Void = { _ in }) { self.then = then }
    func changed(topic: Topic, ids: [String], origin: Source) {
        calls.change { $0 += 1 }
        then(topic)
    }
}

/// All rows of a list.
func everything<Row>(_ read: (PageAsked) throws -> ([Row], String?)) throws -> [Row] {
    var (rows, next) = try read(PageAsked(after: nil, count: 200))
    while let after = next {
        let page = try read(PageAsked(after: after, count: 200))
        rows += page.0
        next = page.1
    }
    return rows
}

extension Frontline {
    func give() throws {
        let at = try feedback().touchpoints(page: PageAsked(after: nil, count: nil)).items.first { $0.mayCapture }
        guard let at else { throw Failure("there is nothing to ask about") }
        _ = try feedback().give(draft: FeedbackDraft(touchpoint: at.id, score: 3))
    }

    func given() throws -> Int {
        try everything { ask in
            let page = try feedback().list(page: ask)
            return (page.items, page.next)
        }.count
    }
}

private func figure(_ key: String) -> Int {
    let text = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
    let line = text.split(separator: "\n").first { $0.hasPrefix("\(key):") } ?? ""
    return Int(line.filter(\.isNumber)) ?? 0
}
func memory() -> Double { Double(figure("VmRSS")) / 1024 }
func threads() -> Int { figure("Threads") }
func mib(_ value: Double) -> String { String(format: "%.1f", value) }

/// Waits for what another thread does, five seconds at most.
func wait(_ what: String, _ holds: () throws -> Bool) throws {
    let until = Date() + 5
    while try !holds() {
        try must(Date() < until, "in five seconds not: \(what)")
        Thread.sleep(forTimeInterval: 0.002)
    }
}

/// Holds also for what has no end: a call that does not come back fails the test, not its reader's patience.
func within(_ seconds: Int, _ what: String, _ work: @escaping @Sendable () throws -> Void) throws {
    let (done, fault) = (DispatchSemaphore(value: 0), Shared<(any Error)?>(nil))
    Thread.detachNewThread {
        do { try work() } catch { fault.set(error) }
        done.signal()
    }
    try must(done.wait(timeout: .now() + .seconds(seconds)) == .success, "in \(seconds) seconds not: \(what)")
    if let fault = fault.value { throw fault }
}

@main struct Lifetime {
    static func main() async throws {
        let asked = try Asked(CommandLine.arguments)
        var failed = false
        func part(_ name: String, _ work: () async throws -> String) async {
            let start = Date()
            let said: String
            do { said = try await work() } catch {
                failed = true
                said = "FAILED: \((error as? Failure)?.why ?? String(reflecting: error))"
            }
            let took = String(format: "%.1f", Date().timeIntervalSince(start))
            FileHandle.standardOutput.write(Data("swift, \(name): \(said); \(took) s\n".utf8))
        }
        let phone = Held(asked.data + "/phone", seed: 7)
        let app = try phone.story.open()
        _ = try await app.sync().enrol(server: asked.server, code: asked.codes[0])
        _ = try await app.sync().now()
        app.shut()
        await part("subscriptions") { try subscriptions(phone) }
        await part("openings") { try openings(phone, count: asked.openings) }
        await part("observers") { try observers(phone) }
        await part("shutting") { try shutting(phone) }
        await part("cancelled syncs") { try await cancelledSyncs(phone, asked) }
        await part("cancelled enrolments") { try await cancelledEnrolments(asked) }
        await part("other calls cancelled") { try await cancelledRest(phone, asked) }
        await part("thousands cancelled") { try await thousandsCancelled(phone, asked) }
        await part("two threads") { try twoThreads(phone) }
        await part("a panic") { try panic(phone) }
        _exit(failed ? 1 : 0)
    }
}

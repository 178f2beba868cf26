import Foundation
import FrontlineCore

/// How calls ended that were cancelled, and how long the slowest took to.
private final class Ends: CustomStringConvertible {
    private var all: [String: Int] = [:]
    private var slowest = 0.0
    var description: String {
        all.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }.joined(separator: ", ")
            + String(format: ", after %.1f ms at most", slowest * 1000)
    }
    func of(_ end: String) -> Int { all[end] ?? 0 }
    func count(_ end: String) { all[end, default: 0] += 1 }

    /// Where nothing comes back, none has another end.
    func demandAllCut(_ what: String) throws {
        try must(Array(all.keys) == ["cancelled"], "\(what), against a server that says nothing: \(self)")
    }

    /// Begins it, cancels it within so many microseconds, and waits for how it ends: two seconds at most.
    func cut(within micros: Int = 50_000, _ work: @escaping @Sendable () async throws -> Void) async throws {
        let over = Shared<Date?>(nil)
        let task = Task.detached {
            defer { over.set(Date()) }
            try await work()
        }
        try await Task.sleep(for: .microseconds(Int.random(in: 0..<micros)))
        let cancelled = Date()
        task.cancel()
        while over.value == nil {
            try must(Date() < cancelled + 2, "in two seconds a cancelled call has not come back")
            try await Task.sleep(for: .microseconds(200))
        }
        slowest = max(slowest, over.value!.timeIntervalSince(cancelled))
        switch await task.result {
        case .success: count("at their end")
        case .failure(is CancellationError): count("cancelled")
        case .failure(let e as FrontlineError): count("told \(String(describing: e).prefix { $0 != "(" })")
        case .failure(let e): throw e
        }
    }
}

/// Of a task that was cancelled before it calls.
private func tooLate(_ what: String, _ work: @escaping @Sendable () async throws -> Void) async throws {
    let task = Task.detached {
        while !Task.isCancelled { await Task.yield() }
        let start = Date()
        do { try await work() } catch is CancellationError { return Date().timeIntervalSince(start) }
        throw Failure("\(what) was done for a task that had been cancelled")
    }
    task.cancel()
    let took = try await task.value
    try must(took < 0.5, "\(what) took \(took) s to see that its task had been cancelled")
}

/// While the server says nothing.
private func silently(_ asked: Asked, _ work: () async throws -> Void) async throws {
    try Data().write(to: URL(fileURLWithPath: asked.silent))
    do { try await work() } catch {
        try? FileManager.default.removeItem(atPath: asked.silent)
        throw error
    }
    try FileManager.default.removeItem(atPath: asked.silent)
}

func cancelledSyncs(_ phone: Held, _ asked: Asked) async throws -> String {
    let app = try phone.story.open()
    defer { app.shut() }
    let (real, dead) = (Ends(), Ends())
    let now = { @Sendable in _ = try await app.sync().now() }
    for _ in 0..<200 {
        try app.give()
        try await real.cut(now)
    }
    try must(real.of("cancelled") > 0, "none was cut amid: \(real)")
    try await silently(asked) {
        for _ in 0..<100 { try await dead.cut(now) }
        try await tooLate("a sync", now)
    }
    try dead.demandAllCut("syncs")
    try await wholeAfter(phone, app)
    return "200 with a server: \(real); 100 with one that says nothing: \(dead); then all was sent, once"
}

/// It syncs to its end, the server has each thing once, and the store is as it should be.
private func wholeAfter(_ phone: Held, _ app: Frontline) async throws {
    // What may be asked about comes with the first one.
    _ = try await app.sync().now()
    try app.give()
    let report = try await app.sync().now()
    try must(report.ended == .complete && report.unsent == 0, "the sync after it: \(report)")
    let stored = try app.sync().status().stored
    let captured = try everything { ask in
        let page = try app.sync().captured(of: .everything, page: ask)
        return (page.items, page.next)
    }.count
    try must(stored == captured, "\(stored) stored of \(captured)")
    let problems = try phone.story.check(app: app).problems
    try must(problems.isEmpty, "the store has problems: \(problems)")
}

/// A code is good once: what was cut may have used it up. The first one may, too: what was held passes on in the end.
func cancelledEnrolments(_ asked: Asked) async throws -> String {
    let (real, dead, codes) = (Ends(), Ends(), Array(asked.codes.dropFirst(2)))
    let phone = Held(asked.data + "/silent", seed: 8)
    let app = try phone.story.open()
    defer { app.shut() }
    let enrol = { @Sendable in _ = try await app.sync().enrol(server: asked.server, code: codes[0]) }
    try await silently(asked) {
        for _ in 0..<100 { try await dead.cut(enrol) }
        try await tooLate("an enrolment", enrol)
    }
    try dead.demandAllCut("enrolments")
    for (n, code) in codes.dropFirst().dropLast().enumerated() {
        let phone = Held(asked.data + "/cut-\(n)", seed: 100 + UInt64(n))
        let app = try phone.story.open()
        defer { app.shut() }
        try await real.cut { _ = try await app.sync().enrol(server: asked.server, code: code) }
        try must(try phone.story.check(app: app).problems.isEmpty, "the store has problems")
    }
    _ = try await app.sync().enrol(server: asked.server, code: codes.last!)
    try await wholeAfter(phone, app)
    return "100 with a server that says nothing: \(dead); \(codes.count - 2) with one: \(real)"
}

/// What else waits for the network: a colleague's picture, and the way back into a store. A run has to be old before there
/// is anything to fetch; of one that is here the call ends by itself, at about the moment at which it is cancelled.
func cancelledRest(_ phone: Held, _ asked: Asked) async throws -> String {
    let picture = try await colleaguesPicture(asked)
    let app = try phone.story.open()
    defer { app.shut() }
    _ = try await app.sync().now()
    let keys = Keys()
    let (photo, run) = picture
    let fetch = { @Sendable in try await app.media().fetch(id: photo, small: false) }
    let back = { @Sendable in
        let draft = OpenDraft(dataDir: asked.data + "/phone", language: "en")
        try await recover(draft: draft, platform: keys, server: asked.server, code: "none")
    }
    let (fetches, recoveries) = (Ends(), Ends())
    try await silently(asked) {
        for _ in 0..<100 { try await fetches.cut(fetch) }
        for _ in 0..<100 { try await recoveries.cut(back) }
        try await tooLate("fetching a picture", fetch)
        try await tooLate("a recovery", back)
        try await tooLate("fetching a run") { _ = try await app.procedures().fetch(run: run) }
    }
    let races = Ends()
    for _ in 0..<1_000 { try await races.cut(within: 2_000) { _ = try await app.procedures().fetch(run: run) } }
    try must(races.of("cancelled") + races.of("at their end") == 1_000, "fetching a run that is here: \(races)")
    try must(races.of("cancelled") > 0 && races.of("at their end") > 0, "none was cut at its end: \(races)")
    try fetches.demandAllCut("pictures")
    try recoveries.demandAllCut("recoveries")
    try await fetch()
    try must(try app.media().bytes(id: photo) == png, "the picture is another one than was taken")
    try await wholeAfter(phone, app)
    return "100 pictures: \(fetches); 100 recoveries: \(recoveries); 1000 runs that are here: \(races); then the picture came"
}

/// Thousands of syncs, most of them cancelled before anything was said: where each leaves something, it shows.
func thousandsCancelled(_ phone: Held, _ asked: Asked, count: Int = 5_000) async throws -> String {
    let app = try phone.story.open()
    defer { app.shut() }
    let ends = Ends()
    var (warm, warmThreads) = (0.0, 0)
    for n in 1...count / 100 {
        // What the relay holds is let go of between two of them.
        try await silently(asked) {
            for _ in 0..<100 { try await ends.cut(within: 3_000) { _ = try await app.sync().now() } }
        }
        if n == count / 1_000 { (warm, warmThreads) = (memory(), threads()) }
    }
    let (end, endThreads) = (memory(), threads())
    try ends.demandAllCut("syncs")
    try must(end - warm < most, "memory grew from \(mib(warm)) to \(mib(end)) MiB over \(count)")
    try must(endThreads - warmThreads < 5, "threads grew from \(warmThreads) to \(endThreads) over \(count)")
    try await wholeAfter(phone, app)
    return "\(ends); memory \(mib(warm)) MiB after the first \(count / 10), \(mib(end)) at the end; "
        + "threads \(warmThreads), then \(endThreads); then all was sent, once"
}

/// A phone whose keys are kept while this runs.
private final class Keys: Platform {
    private let all = Shared<[String: Data]>([:])
    func secret(name: String) throws -> Data? { all.value[name] }
    func keepSecret(name: String, bytes: Data) throws { all.change { $0[name] = bytes } }
    func forgetSecret(name: String) throws { all.change { $0[name] = nil } }
    func deviceModel() -> String { "terminal" }
    func storageFree() -> UInt64? { nil }
    func network() -> NetworkKind { .unmetered }
    func log(line: String) {}
}

/// One colour, 64 by 48.
private let png = Data(
    base64Encoded: "iVBORw0KGgoAAAANSUhEUgAAAEAAAAAwCAIAAAAuKetIAAAAQ0lEQVR42u3PQQkAAAgEsItmNKMZzQp+hcEKLNXzWgQEBAQEBAQE"
        + "BAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQErhY6QwEPZhjnCgAAAABJRU5ErkJggg==")!

/// A picture that is at the server, and the run that it is of.
private func colleaguesPicture(_ asked: Asked) async throws -> (photo: String, run: String) {
    let app = try Held(asked.data + "/colleague", seed: 9).story.open()
    defer { app.shut() }
    _ = try await app.sync().enrol(server: asked.server, code: asked.codes[1])
    _ = try await app.sync().now()
    let run = try app.procedures().start(procedure: "opening-checks")
    let photo = try app.media().add(draft: PictureDraft(bytes: png, live: true)).id
    let draft = AnswerDraft(run: run, item: "counter-photo", value: .many(list: [photo]), seen: nil)
    _ = try app.procedures().answer(draft: draft)
    let report = try await app.sync().now()
    try must(report.unsent == 0 && report.pictures?.waiting == 0, "the picture was not sent: \(report)")
    return (photo, run)
}

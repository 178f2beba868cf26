import Foundation
import FrontlineCore

/// What became of calls that were cancelled after up to 50 ms.
private final class Ends: CustomStringConvertible {
    private var all: [String: Int] = [:]
    var description: String { all.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }.joined(separator: ", ") }
    func count(_ end: String) { all[end, default: 0] += 1 }

    /// Begins it, cancels it, and waits for how it ends.
    func cut(_ work: @escaping @Sendable () async throws -> Void) async throws {
        let task = begin(work)
        try await Task.sleep(for: .microseconds(Int.random(in: 0..<50_000)))
        let wasOver = task.over.value
        task.task.cancel()
        try await finish(task, wasOver ? "at their end before it" : "cancelled")
    }

    func finish(_ call: Call, _ kind: String) async throws {
        let until = Date() + 60
        while !call.over.value {
            try must(Date() < until, "in a minute a cancelled call has not come back")
            try await Task.sleep(for: .milliseconds(1))
        }
        switch await call.task.result {
        case .success: count(kind)
        case .failure(is CancellationError): count("\(kind), told so")
        case .failure(let e as FrontlineError): count("\(kind), told \(String(describing: e).prefix { $0 != "(" })")
        case .failure(let e): throw e
        }
    }
}

private struct Call: Sendable {
    let task: Task<Void, any Error>
    let over: Shared<Bool>
}

private func begin(_ work: @escaping @Sendable () async throws -> Void) -> Call {
    let over = Shared(false)
    let task = Task.detached {
        defer { over.set(true) }
        try await work()
    }
    return Call(task: task, over: over)
}

/// Ten calls against a server that says nothing, all cancelled; how many have come back two seconds later. All do once
/// the server speaks again. Swift's generated bindings do not pass on that a task was cancelled: the call goes on until
/// it ends by itself, and the shell, which no longer waits for it, lets it. So there is a count here, and no demand.
private func silently(_ asked: Asked, _ ends: Ends, _ work: @escaping @Sendable () async throws -> Void) async throws -> Int {
    try Data().write(to: URL(fileURLWithPath: asked.silent))
    var calls: [Call] = []
    for _ in 0..<10 {
        let call = begin(work)
        try await Task.sleep(for: .microseconds(Int.random(in: 0..<50_000)))
        call.task.cancel()
        calls.append(call)
    }
    try await Task.sleep(for: .seconds(2))
    let back = calls.filter { $0.over.value }.count
    try FileManager.default.removeItem(atPath: asked.silent)
    for call in calls { try await ends.finish(call, "cancelled") }
    return back
}

func cancelledSyncs(_ phone: Held, _ asked: Asked) async throws -> String {
    let app = try phone.story.open()
    defer { app.shut() }
    let (real, dead) = (Ends(), Ends())
    for _ in 0..<200 {
        try app.give()
        try await real.cut { _ = try await app.sync().now() }
    }
    let back = try await silently(asked, dead) { _ = try await app.sync().now() }
    try await wholeAfter(phone, app)
    return "200 with a server: \(real); 10 with one that says nothing: \(back) back within 2 s, then \(dead); then all was sent, once"
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
    let (real, dead, codes) = (Ends(), Ends(), Array(asked.codes.dropFirst()))
    let phone = Held(asked.data + "/silent", seed: 8)
    let app = try phone.story.open()
    defer { app.shut() }
    let back = try await silently(asked, dead) { _ = try await app.sync().enrol(server: asked.server, code: codes[0]) }
    for (n, code) in codes.dropFirst().dropLast().enumerated() {
        let phone = Held(asked.data + "/cut-\(n)", seed: 100 + UInt64(n))
        let app = try phone.story.open()
        defer { app.shut() }
        try await real.cut { _ = try await app.sync().enrol(server: asked.server, code: code) }
        try must(try phone.story.check(app: app).problems.isEmpty, "the store has problems")
    }
    if try app.sync().status().device == nil { _ = try await app.sync().enrol(server: asked.server, code: codes.last!) }
    try await wholeAfter(phone, app)
    return "10 with a server that says nothing: \(back) back within 2 s, then \(dead); \(codes.count - 2) with one: \(real)"
}

/// One writes, one reads, as fast as they can.
func twoThreads(_ phone: Held, count: Int = 300) throws -> String {
    try phone.open { app in
        let run = try app.procedures().start(procedure: "fridge-log")
        let asked = { try app.procedures().run(id: run).sections.flatMap(\.items).filter { $0.control == .number && $0.enabled } }
        let items = try asked()
        try must(!items.isEmpty, "the run asks for no number")
        let before = try app.given()
        let (faults, lists, done, ended) = (Shared<[String]>([]), Shared(0), Shared(false), Shared(false))
        Thread.detachNewThread {
            do {
                while !done.value {
                    _ = try app.procedures().runs(page: PageAsked(after: nil, count: nil))
                    _ = try app.procedures().run(id: run)
                    _ = try app.given()
                    _ = try app.sync().status()
                    _ = try app.today()
                    lists.change { $0 += 5 }
                }
            } catch { faults.change { $0.append("\(error)") } }
            ended.set(true)
        }
        defer { done.set(true) }
        for n in 0..<count {
            try app.give()
            let draft = AnswerDraft(run: run, item: items[n % items.count].id, value: .number(digits: "\(n % 5)"), seen: nil)
            _ = try app.procedures().answer(draft: draft)
        }
        done.set(true)
        try wait("the reader ends") { ended.value }
        try must(faults.value.isEmpty, "the reader was told \(faults.value)")
        let kept = try app.given() - before
        try must(kept == count, "\(kept) of \(count) were kept")
        let held = try asked().first { $0.id == items[(count - 1) % items.count].id }?.answer
        try must(held == .number(digits: "\((count - 1) % 5)"), "the last answer is \(String(describing: held))")
        let problems = try phone.story.check(app: app).problems
        try must(problems.isEmpty, "the store has problems: \(problems)")
        return "\(2 * count) writes beside \(lists.value) lists, all kept"
    }
}

/// A fault inside a write is an error of that call; the write is rolled back, and the store goes on.
func panic(_ phone: Held) throws -> String {
    try phone.open { app in
        let (before, count) = (try app.sync().status(), try app.given())
        var references: Set<String> = []
        for _ in 0..<3 {
            do {
                try phone.story.panicWithin(app: app)
                throw Failure("it did not throw")
            } catch FrontlineError.Internal(let reference) {
                try must(reference.count == 8 && reference.allSatisfy(\.isHexDigit), "its reference is \(reference)")
                references.insert(reference)
            }
        }
        let after = try app.sync().status()
        try must(after == before, "something of the torn write stayed: \(before), then \(after)")
        try app.give()
        try must(try app.given() == count + 1, "nothing can be written after it")
        try must(try phone.story.check(app: app).problems.isEmpty, "the store has problems")
        return "told as Internal \(references.sorted().joined(separator: " ")), nothing of it stayed, and the store goes on"
    }
}

import Foundation
import FrontlineCore

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
                    _ = try app.procedures().runs(asked: RunsAsked(page: PageAsked(after: nil, count: nil)))
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

import Foundation
import FrontlineCore

/// The most MiB that a loop may leave in memory.
let most = 20.0

/// An observer that is missed where it is kept: ten thousand of them are a hundred MiB.
private final class Heavy: Observer {
    private let calls: Shared<Int>
    private let weight = [UInt8](repeating: 1, count: 10_240)
    init(_ calls: Shared<Int>) { self.calls = calls }
    func changed(topic: Topic, ids: [String], origin: Source) { calls.change { $0 += weight.count } }
}

/// Subscribed and dropped, in both ways that there are. Who was dropped is told nothing; who stayed is.
func subscriptions(_ phone: Held, count: Int = 10_000) throws -> String {
    try phone.open { app in
        let dropped = Shared(0)
        var warm = 0.0
        for n in 1...count {
            let subscription = try app.subscribe(observer: Heavy(dropped))
            if n % 2 == 0 { subscription.end() }
            if n == count / 10 { warm = memory() }
        }
        let end = memory()
        let stayed = Told()
        let subscription = try app.subscribe(observer: stayed)
        try app.give()
        try wait("the one that stayed is told") { stayed.calls.value > 0 }
        subscription.end()
        try must(dropped.value == 0, "who was dropped was told something")
        try must(end - warm < most, "memory grew from \(mib(warm)) to \(mib(end)) MiB over \(count)")
        return
            "\(count) begun and dropped, nothing told after; memory \(mib(warm)) MiB after the first \(count / 10), \(mib(end)) at the end"
    }
}

/// The same store opened and closed.
func openings(_ phone: Held, count: Int) throws -> String {
    var done = 0
    func once() throws {
        try phone.open { app in
            let subscription = try app.subscribe(observer: Heavy(Shared(0)))
            _ = try app.sync().status()
            // Every other one is dropped after the core was shut.
            if done % 2 == 0 { subscription.end() }
        }
        done += 1
    }
    for _ in 0..<100 { try once() }
    let (warm, warmThreads) = (memory(), threads())
    var said = "memory \(mib(warm)) MiB after 100"
    for mark in [count / 10, count / 2, count] {
        while done < mark { try once() }
        said += ", \(mib(memory())) after \(mark)"
        try must(memory() - warm < most, "it grew: \(said)")
    }
    let endThreads = threads()
    try must(endThreads - warmThreads < 5, "threads grew from \(warmThreads) to \(endThreads) over \(done)")
    return "\(done); \(said); threads \(warmThreads), then \(endThreads)"
}

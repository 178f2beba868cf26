import Foundation
import FrontlineCore

/// Observers that come back into the core from within what they are told. (In Swift an observer has no way to throw.)
func observers(_ phone: Held) throws -> String {
    try phone.open { app in
        // Calls a service, writes, subscribes another, and ends its own subscription, all within the first thing it is told.
        let (own, inner) = (Shared<Subscription?>(nil), Shared<Subscription?>(nil))
        let (later, faults) = (Told(), Shared<[String]>([]))
        let again = Told { _ in
            do {
                _ = try app.sync().status()
                _ = try app.feedback().list(page: PageAsked(after: nil, count: nil))
                try app.give()
                inner.set(try app.subscribe(observer: later))
            } catch { faults.change { $0.append("\(error)") } }
            own.value!.end()
        }
        let count = try app.given()
        own.set(try app.subscribe(observer: again))
        try app.give()
        try wait("the one that was subscribed within is told") { try later.calls.value > 0 && app.given() == count + 2 }
        try must(faults.value.isEmpty, "within it was told \(faults.value)")
        try must(again.calls.value == 1, "\(again.calls.value) times told to one that ended its own subscription")
        inner.value!.end()

        // Subscriptions that come and go while things are told.
        let (stop, ended, came) = (Shared(false), Shared(false), Shared(0))
        Thread.detachNewThread {
            while !stop.value { do { try app.give() } catch { faults.change { $0.append("\(error)") } } }
            ended.set(true)
        }
        for n in 0..<1_000 {
            let subscription = try app.subscribe(observer: Told { _ in came.change { $0 += 1 } })
            if n % 4 == 0 { Thread.sleep(forTimeInterval: 0.001) }
            subscription.end()
        }
        stop.set(true)
        try wait("the writer ends") { ended.value }
        try must(faults.value.isEmpty, "the writer was told \(faults.value)")
        return "came back into the core from within; 1000 subscriptions amid writes heard \(came.value) times"
    }
}

/// Shut while observers are told: it comes back, nothing begins to be told after it, and calls say that it is shut.
func shutting(_ phone: Held, rounds: Int = 10) throws -> String {
    var late = 0
    let (locked, faults) = (Shared(0), Shared<[String]>([]))
    for _ in 0..<rounds {
        let app = try phone.story.open()
        let slow = Told { _ in
            Thread.sleep(forTimeInterval: 0.05)
            do { _ = try app.sync().status() } catch FrontlineError.Locked(by: .shut, detail: _) {
                locked.change { $0 += 1 }
            } catch { faults.change { $0.append("\(error)") } }
        }
        let subscription = try app.subscribe(observer: slow)
        for _ in 0..<10 { try app.give() }
        try wait("it is being told") { slow.calls.value > 0 }
        try within(10, "shut comes back while an observer is told") { app.shut() }
        let before = slow.calls.value
        Thread.sleep(forTimeInterval: 0.3)
        late = max(late, slow.calls.value - before)
        subscription.end()
        do {
            try app.give()
            throw Failure("a call after shut did not say so")
        } catch FrontlineError.Locked {}
    }
    try must(faults.value.isEmpty, "observers were told \(faults.value)")
    // One may have been looked up at that very moment.
    try must(late <= 1, "\(late) things were begun to be told after shut had come back")
    // The app is shut from within what is told.
    for _ in 0..<rounds {
        let (app, done) = (try phone.story.open(), Shared(false))
        let subscription = try app.subscribe(
            observer: Told { _ in
                app.shut()
                done.set(true)
            })
        do { try app.give() } catch FrontlineError.Locked {}
        try wait("an observer shuts the app itself") { done.value }
        subscription.end()
    }
    try phone.open { app in
        try must(try phone.story.check(app: app).problems.isEmpty, "the store has problems")
    }
    return "\(rounds) times while it was told, \(locked.value) calls of observers found it shut, at most \(late) begun after; "
        + "\(rounds) times from within"
}

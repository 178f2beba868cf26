import Foundation
import Presentation
@_spi(Harness) import SwiftUI
import Testing

@testable import Views

/// Each control that a form can ask for, answered on the screen and read back from the core.
@MainActor @Suite(.serialized) struct ControlTests {
    @Test func eachIsAnsweredOnTheScreen() async throws {
        let my = try Journey("en")
        let (words, host) = (my.words, my.host)
        try await my.enrols("ewa-zielinska")
        my.phone.goes(.none)
        try await my.starts("Every control")
        try await my.shows("Read this.")
        let run = try await my.newestRun()
        my.phone.label.withLock { $0 = "4006381333931" }

        func answer(_ item: String) async -> Answer? {
            guard case .ready(let detail) = await my.app.found({ try $0.procedures().run(id: run) }) else { return nil }
            return detail.items.first { $0.id == item }?.answer
        }
        func expect(_ item: String, _ wanted: Answer, _ at: SourceLocation = #_sourceLocation) async throws {
            var left = 300
            while left > 0, await answer(item) != wanted {
                left -= 1
                try await Task.sleep(for: .milliseconds(20))
            }
            let given = await answer(item)
            #expect(given == wanted, sourceLocation: at)
        }

        func given(_ item: String, _ at: SourceLocation = #_sourceLocation) async throws {
            var left = 200
            while left > 0, await answer(item) == nil {
                left -= 1
                try await Task.sleep(for: .milliseconds(20))
            }
            let standing = await answer(item)
            #expect(standing != nil, sourceLocation: at)
        }

        try await my.types("A line", into: "Line")
        try await expect("line", .text(text: "A line"))
        try await my.types("More lines", into: "Lines")
        try await expect("lines", .text(text: "More lines"))
        try await my.types("٣٫٥", into: "Number")
        try await expect("number", .number(digits: "3.5"))
        try host.set("Slider", to: 7.0)
        try await expect("slider", .number(digits: "7"))
        try await my.taps(words.actionIncrease(label: "Counter"))
        try await my.taps(words.actionIncrease(label: "Counter"))
        try await expect("counter", .number(digits: "1"))
        try await my.shows("2")
        try host.tap(words.itemYes, near: "Yes or no")
        try await expect("yes-no", .yes(yes: true))
        try host.tap(words.itemFail, near: "Passed")
        try await expect("pass-fail", .yes(yes: false))
        try await my.taps(words.itemAcknowledge)
        try await expect("acknowledge", .yes(yes: true))
        try await my.taps("Bread")
        try await expect("one", .choice(id: "b"))
        try await my.taps("Dates")
        try await my.taps("Cheese")
        try await expect("several", .choices(ids: ["c", "d"]))
        try await my.taps(words.actionDown + ": Eggs")
        try await expect("ranking", .ranked(ids: ["f", "e"]))
        try await my.taps("Rich")
        try await expect("grid", .pairs(pairs: [Pair(name: "g", value: "high")]))
        try await my.taps(words.itemStars(n: 4))
        try await expect("stars", .number(digits: "4"))
        try await my.taps(words.face2)
        try await expect("smileys", .number(digits: "2"))
        try await my.taps("9")
        try await expect("scale", .number(digits: "9"))
        let day = Date(timeIntervalSince1970: 1_774_951_200)
        try host.set("Day", to: day)
        try await expect("day", .day(iso: "2026-03-31"))
        try host.set("Month", to: day)
        try await expect("month", .day(iso: "2026-03-31"))
        try host.set("Clock time", to: day)
        try await expect("time", .time(iso: Iso.time(day)))
        try host.set("Moment", to: day)
        try await expect("date-time", .moment(ms: 1_774_951_200_000))
        try await my.taps(words.actionIncrease(label: words.itemMinutes))
        try await my.taps(words.actionIncrease(label: words.itemSeconds))
        try await expect("duration", .duration(seconds: 61))
        try host.tap(words.itemPhotoTake, near: "Camera")
        try await host.wait(40) { $0.says(words.itemPhotoRemove) }
        try await given("camera")
        try host.drag(words.itemSignHere, through: [CGPoint(x: 10, y: 10), CGPoint(x: 90, y: 40)])
        try await my.taps(words.actionSave + ": Signature")
        try await my.shows(words.itemSigned)
        try await given("signature")
        try host.drag(words.itemSketch, through: [CGPoint(x: 10, y: 10), CGPoint(x: 90, y: 40)])
        try await my.taps(words.actionSave + ": Sketch")
        try await given("sketch")
        try await my.shows(words.itemSketched)
        try await my.taps(words.itemScan)
        try await expect("scanner", .text(text: "4006381333931"))
        try await my.taps(words.itemPlaceTake)
        try await expect("place", .place(lat: 51.5, lon: -0.1, withinM: 8))
        try await my.taps(words.actionChoose + ": Somewhere")
        try await host.wait(40) { $0.names.contains { $0.contains("Harbour") } }
        my.walk("lookup")
        try host.tap(holding: "Harbour")
        try await host.wait(40) { !$0.names.contains(words.actionClose) }
        await my.settles()
        try await given("site")
        try await my.taps(words.actionChoose + ": Somebody")
        try await host.wait(40) { $0.names.contains { $0.contains("Ewa") } }
        try host.tap(holding: "Ewa")
        await my.settles()
        try await given("person")

        // A photo beside an answer, added and taken back; the taking back asks first.
        try host.tap(words.itemPhotoPick, near: words.itemEvidence)
        try await host.wait(40) { $0.says(words.labelByAt(name: "Ewa Zielińska", time: "").prefix(4).description) }
        await my.settles()
        try host.tap(words.itemPhotoRemove, near: words.itemEvidence)
        try await my.shows(words.itemPhotoOff)
        try host.tap(words.itemPhotoRemove)
        await my.settles()

        // An answer is taken back.
        try host.tap(words.itemTakeBack, near: "Stars")
        for _ in 0..<300 where await answer("stars") != nil { try await Task.sleep(for: .milliseconds(20)) }
        let left = await answer("stars")
        #expect(left == nil)
        my.walk("every control")
        await my.ends()
    }
}

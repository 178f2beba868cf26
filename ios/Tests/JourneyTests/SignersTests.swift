import Foundation
import Presentation
@_spi(Harness) import SwiftUI
import Testing

@testable import Views

/// Runs that several people sign, that ask for a note, and that are looked for.
@MainActor @Suite(.serialized) struct SignersTests {
    private struct Texts {
        let title: String, door: String, gap: String, mend: String, walked: String, manager: String
        @MainActor init(_ my: Journey) {
            (title, door) = (my.text("Cold room", "غرفة التبريد"), my.text("The door closes", "الباب ينغلق"))
            (gap, mend) = (my.text("How wide is the gap?", "ما عرض الفجوة؟"), my.text("Mend the door", "أصلح الباب"))
            walked = my.text("Walked it myself", "تفقدتها بنفسي")
            manager = my.text("Grace Whitfield", "Layla Mansour")
        }
    }

    @Test(arguments: ["en", "ar"]) func aRunIsSignedInTwoRoles(language: String) async throws {
        let my = try Journey(language)
        let (words, host, texts) = (my.words, my.host, Texts(my))
        let manager = try my.company.colleague(my.text("grace-whitfield", "layla-mansour"), at: my.site)
        try await my.enrols(my.lead)
        try await my.starts(texts.title)
        try await my.shows(texts.door)
        let run = try await my.newestRun()
        try await my.shows(words.runSigners)
        // Nobody is asked yet what is asked of who signs.
        #expect(!host.says(texts.walked))
        try host.tap(words.itemPass, near: texts.door)
        try await host.wait(40) { $0.isEnabled(words.runHandIn) }
        try host.tap(words.runHandIn)
        try await my.shows(texts.walked)
        try await my.shows(words.runSectionOf(role: words.runRoleSupervisor))
        // Their own question comes first, and is said to.
        #expect(!host.isEnabled(words.signGo) && host.says(words.runRequiredLeft(n: 1)))
        my.walk("run, asked of who signs")
        try host.tap(words.itemYes, near: texts.walked)
        try await my.taps(words.signGo)
        try await my.shows(words.signDetail)
        try await my.taps(words.signGo)
        let me = my.text("Ben Okafor", "Khalid Saeed")
        func signed(_ name: String, _ role: String) -> (ViewHost) -> Bool {
            { $0.tree.split(separator: "\n").contains { $0.contains(role) && $0.contains(name) } }
        }
        try await host.wait(40, until: signed(me, words.runRoleSupervisor))
        // What is still asked is asked of somebody else.
        #expect(host.says(words.runSignWaited) && !host.isEnabled(words.runNextMissing))
        my.walk("run, signed once")
        try await my.syncs()
        try manager.does(
            ["do": "sync.now"], ["do": "procedures.answer", "run": run, "item": "use", "value": true],
            ["do": "procedures.sign_off", "run": run], ["do": "sync.now"])
        try await my.syncs()
        try await host.wait(40, until: signed(texts.manager, words.runRoleManager))
        #expect(signed(me, words.runRoleSupervisor)(host) && !host.says(words.runSignWaited))
        #expect(host.says(words.runSigned) && host.says(words.runReadOnly))
        my.walk("run, signed twice")
        await my.ends()
    }

    @Test(arguments: ["en", "ar"]) func whatIsWrongIsNotedTakenUpAndKept(language: String) async throws {
        let my = try Journey(language)
        let (words, host, texts) = (my.words, my.host, Texts(my))
        try await my.enrols(my.staff)
        my.phone.goes(.none)
        try await my.starts(texts.title)
        try await my.shows(texts.door)
        try host.tap(words.itemFail, near: texts.door)
        try await my.shows(words.runNoteNeeded)
        #expect(!host.isEnabled(words.runHandIn))
        my.walk("run, note needed")
        let note = words.runNoteAdd + ": " + texts.door
        try await my.types(my.text("The hinge is loose", "المفصلة مرتخية"), into: note)
        try await host.wait(40) { $0.isEnabled(words.runHandIn) && !$0.says(words.runNoteNeeded) }
        #expect(host.says(my.text("The hinge is loose", "المفصلة مرتخية")))
        #expect(try host.value(of: note) == "")
        // One more, and taken back again; the taking back asks first.
        try await my.types("x", into: note)
        try await host.wait(40) { $0.isEnabled(words.runNoteRemove + ": x") }
        try host.tap(words.runNoteRemove + ": x")
        try await my.shows(words.runNoteOff)
        try host.tap(words.runNoteRemove)
        try await host.wait(40) { !$0.isEnabled(words.runNoteRemove + ": x") }

        // What its rule asks for is one action, however often it is taken up.
        try await my.taps(words.actionsTakeUp + ": " + texts.mend)
        try await my.shows(words.actionsFrom)
        #expect(host.says(texts.mend) && host.says(texts.door))
        my.walk("action, taken up")
        let action = try await my.newestAction()
        try await my.taps(words.actionEdit)
        try await my.shows(words.actionsName)
        #expect(try host.value(of: words.actionsName) == texts.mend)
        try host.tap(words.actionsOwnerTake)
        try host.tap(words.actionsPriorityHigh)
        my.walk("change an action")
        try host.tap(words.actionSave)
        try await my.shows(words.actionsOwnerMe)
        #expect(host.says(words.actionsPriorityHigh))
        try host.set(words.actionsComment, to: "By tonight")
        try await my.taps(words.actionsCommentSend)
        try await host.wait(40) { (try? $0.value(of: words.actionsComment)) == "" && $0.says("By tonight") }
        try host.tap(words.actionsFromShow)
        try await my.taps(words.ruleTakenUp + ": " + texts.mend)
        try await my.shows("By tonight")
        let again = try await my.newestAction()
        #expect(again == action)
        // It cannot be done without saying why.
        try host.tap(words.actionsGoCannotDo)
        #expect(!host.isEnabled(words.actionsGoCannotDo))
        try host.set(words.actionsWhyCannotDo, to: "No part")
        my.walk("why an action cannot be done")
        try host.tap(words.actionsGoCannotDo)
        try await my.shows(words.actionsToReview)
        #expect(host.says("No part"))
        // Who leads judges it, and nobody else.
        #expect(!host.isEnabled(words.actionsGoRejected) && host.says(words.runNoRight))
        // It is theirs, so Today has it, and leads there.
        try host.tap(holding: words.navToday)
        try await host.wait(40) { $0.names.contains { $0.hasPrefix(texts.mend) } }
        my.walk("today with an action")
        try host.tap(try #require(host.names.first { $0.hasPrefix(texts.mend) }))
        try await my.shows("By tonight")

        // What no longer applies is there to be read, and asks for nothing.
        try host.tap(words.actionsFromShow)
        try await my.shows(texts.gap)
        try await my.types("3", into: texts.gap)
        try host.tap(words.itemPass, near: texts.door)
        try await my.shows(words.runKept)
        #expect(!host.fields.contains(texts.gap) && host.says(words.runKeptDetail))
        my.walk("run, kept answer")
        try host.tap(words.runHistory)
        try await my.shows(words.historyAnswered + ": " + texts.gap)
        let took = try #require(words.runTook(time: "").split(separator: " ").last)
        #expect(host.says(String(took)))
        my.walk("history of a run")
        await my.ends()
    }

    @Test(arguments: ["en", "ar"]) func runsAreLookedFor(language: String) async throws {
        let my = try Journey(language)
        let (words, host, texts) = (my.words, my.host, Texts(my))
        try await my.enrols(my.other)
        my.phone.goes(.none)
        try await my.starts(texts.title)
        try await my.shows(texts.door)
        try host.tap("Back")
        try await my.starts(my.text("Fridge log", "سجل الثلاجات"))
        try await my.shows(my.text("Milk fridge", "ثلاجة الحليب"))
        try host.tap("Back")
        func runs(_ title: String) -> Int {
            host.names.filter { $0.hasPrefix(title) && $0.contains(words.runOpen) }.count
        }
        try await host.wait(40) { _ in runs(texts.title) > 0 }
        my.walk("procedures and runs")
        // The beginning of a word is enough; what can be started is no run.
        try host.set(words.runsSearch, to: my.text("col", "غر"))
        try await host.wait(40) { _ in
            runs(texts.title) > 0 && !host.says(my.text("Fridge log", "سجل الثلاجات"))
                && !host.says(words.proceduresToStart)
        }
        my.walk("runs, found")
        try host.set(words.actionFilter, to: words.runSigned)
        try await host.wait(40) { _ in runs(texts.title) == 0 }
        try host.set(words.actionFilter, to: words.runOpen)
        try await host.wait(40) { _ in runs(texts.title) > 0 }
        try host.set(words.runsSearch, to: "xyzzy")
        try await my.shows(words.countResults(n: 0))
        try host.set(words.runsSearch, to: "")
        try host.set(words.actionFilter, to: words.filterAll)
        try await my.shows(words.proceduresToStart)
        await my.ends()
    }

    /// A place that an app made up, and a picture that was chosen: taken, and said so.
    @Test func whatIsHardToBelieveIsSaid() async throws {
        let my = try Journey("en")
        let (words, host) = (my.words, my.host)
        try await my.enrols("jamie-doyle")
        my.phone.goes(.none)
        try await my.starts("Every control")
        try await my.shows("Read this.")
        my.phone.mock.withLock { $0 = true }
        try await my.taps(words.itemPlaceTake)
        try await my.shows(words.runMock)
        my.phone.mock.withLock { $0 = false }
        try await my.taps(words.itemPlaceTake)
        try await host.wait(40) { !$0.says(words.runMock) }
        try host.tap(words.itemPhotoTake, near: "Camera")
        try await host.wait(40) { $0.says(words.itemPhotoRemove) }
        #expect(!host.says(words.runNotLive))
        try host.tap(words.itemPhotoPick, near: "Camera")
        try await my.shows(words.runNotLive)
        // Each is made as the organisation wants it before it is handed over.
        #expect(my.phone.limits.withLock { $0.count == 2 && $0.allSatisfy { $0 != nil } })
        my.walk("not live")
        await my.ends()
    }
}

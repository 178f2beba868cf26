import Foundation
import Presentation
@_spi(Harness) import SwiftUI
import Synchronization
import Testing

@testable import Views

/// What could be lost is named before it is; what stands in the way is said with what to do next.
@MainActor @Suite(.serialized) struct CareTests {
    @Test func signingOutNamesTheDraftsThatWouldBeLost() async throws {
        let my = try Journey("en")
        let (words, host) = (my.words, my.host)
        try await my.enrols("priya-nair")
        try await my.starts("Fridge log")
        try await my.shows("Note")
        try host.set("Note", to: "Half a")
        await my.settles()
        try host.tap(words.navToday)
        try host.tap(words.navSettings)
        await my.settles()
        try await my.taps(words.settingsSignOut)
        try await my.shows(words.settingsSignOutDrafts(n: 1))
        // One that is begun while it is asked was not told: nothing goes, and it is told anew.
        await my.app.tell { try $0.people().keepDraft(about: "contact/new", text: "Half b") }
        try host.tap(words.settingsSignOut)
        try await my.shows(words.bannerError)
        #expect(my.app.me?.name == "Priya Nair")
        try await my.taps(words.settingsSignOut)
        try await my.shows(words.settingsSignOutDrafts(n: 2))
        try host.tap(words.actionCancel)
        #expect(my.app.me?.name == "Priya Nair")
        try await my.taps(words.settingsSignOut)
        try await my.shows(words.settingsSignOutDrafts(n: 2))
        try host.tap(words.settingsSignOut)
        try await my.shows(words.enrolTitle)
        await my.ends()
    }

    @Test func aResetCarriesUnsentWorkOutFirst() async throws {
        let my = try Journey("en")
        let (words, host) = (my.words, my.host)
        try await my.enrols("omar-haddad")
        await my.reads(in: "en")
        my.phone.goes(.none)
        try await my.starts("Fridge log")
        try await my.shows("Note")
        try await my.types("Kept", into: "Note")
        try await my.wait { ($0.status?.unsent ?? 0) > 0 }
        try host.tap(words.navToday)
        try await my.shows(words.syncUnsent(n: Int(my.app.status?.unsent ?? 0)))
        try host.tap(words.navSettings)
        try await my.taps(words.settingsResetGo)
        try await host.wait(40) { $0.isEnabled(words.actionCancel) }
        #expect(host.says(words.settingsResetLost(n: Int(my.app.status?.unsent ?? 0))))
        try host.tap(words.settingsResetGo)
        try await my.shows(words.enrolTitle)
        try await my.shows(words.syncHandOn)
        #expect(try host.value(of: words.syncHandOn) == my.app.carried?.file)
        my.walk("enrol after a reset")
        let files = try FileManager.default.contentsOfDirectory(atPath: my.files.path())
        #expect(files.contains { $0.hasSuffix(".frontline") })
        await my.ends()
    }

    @Test func aStoreWhoseKeyIsGoneIsOpenedAgainByACode() async throws {
        let my = try Journey("en")
        let words = my.words
        try await my.enrols("jamie-doyle")
        try my.phone.forgetSecret(name: "store")
        await my.restarts()
        try await my.shows(words.errorKeyLost)
        my.walk("recover")
        try my.host.set(words.enrolServer, to: my.company.url)
        try my.host.set(words.enrolCode, to: my.company.code("jamie-doyle", at: "harbour"))
        try my.host.tap(words.enrolRecover)
        try await my.isHome()
        #expect(my.app.me?.name == "Jamie Doyle")
        await my.ends()
    }

    @Test func aRunIsGivenBackWithWhatMustBePutRight() async throws {
        let my = try Journey("en")
        let (words, host) = (my.words, my.host)
        try await my.enrols("grace-whitfield")
        try await my.starts("Fridge log")
        try await my.shows("Milk fridge")
        let run = try await my.newestRun()
        for (item, value) in [
            ("read-at", Given.text(text: "07:30")), ("milk-fridge", .number(digits: "3")),
            ("food-fridge", .number(digits: "3")), ("freezer", .number(digits: "-20")),
            ("doors-closed", .yes(yes: true)), ("action-taken", .text(text: "none-needed")),
        ] {
            let draft = AnswerDraft(run: run, item: item, value: value, seen: nil)
            _ = await my.app.found { try $0.procedures().answer(draft: draft) }
        }
        try host.tap("Back")
        func isRun(_ name: String) -> Bool { name.hasPrefix("Fridge log") && name.contains(words.runOpen) }
        try await host.wait(40) { $0.names.contains { isRun($0) } }
        let row = try #require(host.names.first { isRun($0) })
        try host.tap(holding: row)
        try await host.wait(40) { $0.isEnabled(words.runHandIn) }
        try host.tap(words.runHandIn)
        try await host.wait(40) { $0.isEnabled(words.signGiveBack) }
        try host.tap(words.signGiveBack)
        try host.set(words.signGiveBackWhy, to: "The display fridge is missing")
        my.walk("give back")
        try await my.taps(words.signGiveBack)
        try await my.shows("The display fridge is missing")
        #expect(host.says(words.runGivenBack))
        await my.ends()
    }

    @Test func aWideScreenShowsTheListBesideTheRun() async throws {
        var wide = EnvironmentValues()
        wide.horizontalSizeClass = .regular
        let my = try Journey("en", environment: wide)
        let (words, host) = (my.words, my.host)
        try await my.enrols("tom-hale")
        try host.tap(holding: words.navProcedures)
        try await my.shows(words.proceduresPick)
        try await my.starts("Fridge log")
        try await my.shows("Milk fridge")
        #expect(host.says(words.proceduresToStart))
        my.walk("procedures, wide")
        try host.tap(words.actionsTitle)
        try await my.shows(words.actionsFilterMine)
        #expect(host.says(words.actionsTitle) && host.isEnabled(words.actionsNew))
        // One that is begun freely is there again after the app was ended, and opens beside the list.
        try host.tap(words.actionsNew)
        try host.set(words.actionsName, to: "Salt on the steps")
        await my.settles()
        try host.tap(words.actionClose)
        try host.tap(words.actionsNew)
        try await host.wait(40) { (try? $0.value(of: words.actionsName)) == "Salt on the steps" }
        try host.tap(words.actionsSubmit)
        try await my.shows(words.actionsHistory)
        #expect(host.says(words.actionsFilterMine) && !host.says(words.actionsFrom))
        my.walk("actions, wide")
        try host.tap(holding: words.navTraining)
        try await my.shows("Coffee basics")
        try host.tap(holding: "Coffee basics")
        try await my.shows(words.quizBegin)
        #expect(host.says(words.trainingNotBegun))
        my.walk("training, wide")
        await my.ends()
    }

    /// A quiz goes on at its answers after the app was ended.
    @Test func aQuizIsThereAgain() async throws {
        let my = try Journey("en")
        let words = my.words
        try await my.enrols("ana-pereira")
        try my.host.tap(holding: words.navTraining)
        try await my.shows("Coffee basics")
        try my.host.tap(holding: "Coffee basics")
        try await my.shows(words.quizTitle)
        try my.host.tap(my.host.isEnabled(words.quizResume) ? words.quizResume : words.quizBegin)
        try await my.shows("How hot is the water?")
        try my.host.set("How hot is the water?", to: "9")
        await my.settles()
        await my.restarts()
        try await my.host.wait(40) { (try? $0.value(of: "How hot is the water?")) == "9" }
        await my.ends()
    }

    @Test func aLockedPhoneAsksForThePin() async throws {
        let my = try Journey("en")
        let (words, host) = (my.words, my.host)
        try await my.enrols("fatima-rahmani")
        await my.reads(in: "en")
        try await my.setsPin("2468")
        try host.tap(words.navSettings)
        try await my.taps(words.whoLock)
        try await host.wait(40) { $0.names.contains { $0.contains("Fatima") } }
        try host.tap(holding: "Fatima")
        try await host.wait(40) { $0.isEnabled(words.pinDigit(digit: "1")) }
        try my.digits("1357")
        try await my.shows(words.pinWrong)
        let left = await my.app.found { try $0.people().list(page: PageAsked(after: nil, count: 1)).items[0].triesLeft }
        try await my.shows(words.pinTriesLeft(n: Int(try #require(left.value))))
        my.walk("wrong PIN")
        try my.digits("2468")
        try await my.isHome()
        await my.ends()
    }

    @Test func aSyncIsStopped() async throws {
        let my = try Journey("en")
        try await my.enrols("pedro-nunes")
        my.app.sync()
        my.app.stopSync()
        #expect(!my.app.isSyncing)
        try await my.syncs()
        await my.ends()
    }

    /// The system takes its time back while the app is in front: what was asked for meanwhile runs after it, not beside.
    @Test func aSyncInLentTimeLeavesNothingBehind() async throws {
        let my = try Journey("en")
        try await my.enrols("pedro-nunes")
        try await my.wait { !$0.isSyncing }
        let lease = my.store.lease
        lease.syncs.withLock { $0 = (true, 0, 0) }
        let lent = Task { await my.app.syncInBackground() }
        try await my.host.wait(20) { _ in lease.syncs.withLock { $0.now == 1 } }
        my.app.sync()
        lent.cancel()
        _ = await lent.value
        lease.syncs.withLock { $0.isHeld = false }
        try await my.wait { !$0.isSyncing }
        #expect(lease.syncs.withLock { $0.most == 1 && $0.now == 0 })
        try await my.syncs()
        await my.ends()
    }

    /// Out of contact for longer than is allowed: nothing opens, and a sync that comes through opens it all again.
    @Test(arguments: ["en", "ar"]) func aLeaseThatIsOverIsOpenedByASync(language: String) async throws {
        let my = try Journey(language)
        let (words, host) = (my.words, my.host)
        try await my.enrols(my.staff)
        my.phone.goes(.none)
        my.store.lease.endsIn.withLock { $0 = 2 }
        await my.app.look()
        try await my.shows(words.leaseEnding(n: 2))
        my.walk("lease ending")
        try host.tap(words.navSync)
        try await my.shows(words.syncCaptured)
        #expect(host.says(words.leaseEnding(n: 2)))
        try host.tap(words.actionClose)
        my.store.lease.isOver.withLock { $0 = true }
        await my.app.look()
        try await my.shows(words.leaseOver)
        #expect(host.says(words.leaseOverDetail) && !host.says(words.navContacts))
        my.walk("lease over")
        my.phone.goes(.unmetered)
        try host.tap(words.syncNow)
        try await my.isHome()
        await my.ends()
    }

    /// What is due is said on the locked screen at the core's own times, and nobody's once the phone is new.
    @Test func whatIsDueIsRemindedOf() async throws {
        let my = try Journey("en")
        try await my.enrols("lucy-chen")
        try await my.host.wait(20) { [phone = my.phone] _ in phone.reminders.withLock { !$0.times.isEmpty } }
        try await my.wait { !$0.isSyncing }
        await my.settles()
        let today = await my.app.found { try $0.today() }.value
        let said = my.phone.reminders.withLock { $0 }
        #expect(said.times == today?.items.compactMap(\.dueMs))
        #expect(said.words == my.words.noticeDue(n: Int(today?.count ?? 0)))
        _ = await my.app.reset(Leaving(file: my.phone.newFile(), dropPictures: true))
        #expect(my.phone.reminders.withLock { $0.times.isEmpty })
        await my.ends()
    }
}

import Foundation
import Presentation
@_spi(Harness) import SwiftUI
import Testing

@testable import Views

/// Corrective actions: the ninth journey of shells/journeys.md in two languages, and what it does not walk.
@MainActor @Suite(.serialized) struct AmendTests {
    @Test(arguments: ["en", "ar"]) func amend(language: String) async throws {
        let my = try Journey(language)
        let (words, host) = (my.words, my.host)
        let colleague = try my.company.colleague(my.other, at: my.site)
        let name = my.text("Lucy Chen", "Hana Suleiman")
        try await my.enrols(my.lead)
        my.phone.goes(.none)
        try await my.starts(my.text("Opening checks", "فحوصات الافتتاح"))
        let item = my.text("Entrance swept, no litter", "المدخل مكنوس وخالٍ من النفايات")
        try await my.shows(item)
        try host.tap(words.itemFail, near: item)
        try await my.taps(words.actionsFromAnswer + ": " + item)
        try await my.shows(words.actionsName)
        #expect(host.says(item) && !host.isEnabled(words.actionsSubmit))
        my.walk("new action")
        let title = my.text("Mop the entrance", "امسح المدخل")
        try host.set(words.actionsName, to: title)
        try host.tap(words.actionsPriorityUrgent)
        try host.tap(words.actionsOwnerPick)
        try await host.wait(40) { $0.names.contains { $0.contains(name) } }
        my.walk("owners")
        try host.tap(holding: name)
        try await my.shows(name)
        try host.tap(words.actionsDueHours(n: 4))
        #expect(host.isEnabled(words.actionsDueNone))
        try host.tap(words.actionsSubmit)
        try await my.shows(words.actionsFrom)
        try await my.shows(words.syncCaptured)
        for text in [title, name, words.actionsStatusOpen, words.actionsPriorityUrgent, item] {
            #expect(host.says(text))
        }
        my.walk("action")

        // The colleague takes it up; then both say how it ended, and neither sees the other's.
        my.phone.goes(.unmetered)
        try await my.syncs()
        let action = try await my.newestAction()
        func becomes(_ status: String, _ reason: String?) -> [String: Any] {
            ["do": "actions.status", "id": action, "to": status, "reason": reason as Any? ?? NSNull()]
        }
        try colleague.does(["do": "sync.now"], becomes("in-progress", nil), ["do": "sync.now"])
        try await my.syncs()
        try await my.shows(words.actionsStatusInProgress)
        my.phone.goes(.none)
        try await my.taps(words.actionsGoDone)
        try await my.shows(words.actionsToReview)
        let why = my.text("The mop is gone", "الممسحة مفقودة")
        try colleague.does(becomes("cannot-do", why), ["do": "sync.now"])
        my.phone.goes(.unmetered)
        try await my.syncs()
        try await my.shows(words.actionsClash)
        #expect(host.says(words.actionsStatusCannotDo) && host.says(why) && host.says(name))
        #expect(host.says(words.actionsStatusDone) && host.says(my.text("Ben Okafor", "Khalid Saeed")))
        my.walk("action, clash")
        try host.tap(holding: words.actionsClashKeep + ": " + words.actionsStatusDone)
        try await host.wait(40) { !$0.says(words.actionsClash) }
        try await my.taps(words.actionsGoVerified)
        try await my.shows(words.actionsStatusVerified)
        try await my.shows(words.actionsToldStatus(to: words.actionsStatusInProgress, from: words.actionsStatusOpen))
        #expect(host.says(words.actionsToldStatus(to: words.actionsStatusVerified, from: words.actionsStatusDone)))
        #expect(host.says(words.actionsToldOpened) && host.says(why))
        my.walk("action, verified")

        // Where it comes from, the very answer.
        try host.tap(words.actionsFromShow)
        try await my.shows(words.runHistory)
        try await host.wait(40) { $0.scrolledTo?.hasSuffix("/entrance-clean") == true }
        // It is open no longer, and there among all.
        try host.tap("Back")
        try await my.taps(words.actionsTitle)
        try? host.tap("Back")
        try await my.shows(words.actionsFilterAll)
        try await my.syncs()
        try await host.wait(40) { !$0.names.contains { $0.hasPrefix(title) } }
        my.walk("actions")
        try host.tap(words.actionsFilterAll)
        try await host.wait(40) {
            $0.names.contains { $0.hasPrefix(title) && $0.contains(words.actionsStatusVerified) }
        }
        my.walk("actions, all")
        await my.ends()
    }
}

extension Journey {
    func newestAction() async throws -> String {
        let asked = ActionsAsked(which: .all, page: PageAsked(count: 1))
        if let id = await app.found({ try $0.actions().list(asked: asked).items.first?.id }).value ?? nil { return id }
        throw Company.Missing(description: "no action")
    }
}

import Foundation
import Presentation
@_spi(Harness) import SwiftUI
import Testing

@testable import Views

/// A run that begins at the label of an asset, and what stands beside its steps.
@MainActor @Suite(.serialized) struct AssetTests {
    @Test(arguments: ["en", "ar"]) func aRunBeginsAtALabel(language: String) async throws {
        let my = try Journey(language)
        let (words, host) = (my.words, my.host)
        let name = my.text("The cold room below", "غرفة التبريد السفلى")
        let door = my.text("The door closes", "الباب ينغلق")
        try await my.enrols(my.lead)
        my.phone.goes(.none)
        try host.tap(holding: words.navProcedures)
        // A label of nothing here is said to be one; what it says can be typed, too.
        my.phone.label.withLock { $0 = "9780201379624" }
        try await my.taps(words.runAssetScan)
        try await my.shows(words.runAssetUnknown)
        my.walk("no asset")
        try host.set(words.runAssetType, to: my.text("4006381333931", "5901234123457"))
        try host.tap(words.actionSearch)
        try await my.shows(name)
        try host.tap(words.actionClose)
        my.phone.label.withLock { $0 = my.text("4006381333931", "5901234123457") }
        func begins() async throws {
            try await my.taps(words.runAssetScan)
            try await my.shows(words.runAssetStart)
            try await my.taps(try #require(host.names.first { $0.hasSuffix(words.countItems(n: 5)) }))
            try await my.shows(words.runAsset(name: name))
        }
        try await my.taps(words.runAssetScan)
        try await my.shows(words.runAssetStart)
        my.walk("asset")
        try host.tap(words.actionClose)
        try await begins()
        #expect(!host.says(my.text("No light", "لا ضوء")))
        try host.tap(words.runReference)
        #expect(host.says(my.text("No light", "لا ضوء")))
        try await my.types("3.5", into: my.text("How warm is it?", "ما درجة الحرارة؟"))
        try host.tap(words.itemPass, near: door)
        try await host.wait(40) { $0.isEnabled(words.runHandIn) }
        try host.tap(words.runHandIn)
        try await my.shows(words.runHandedIn)
        my.walk("run about an asset")
        try host.tap("Back")
        // The next one about it shows what stood there the last time.
        try await begins()
        try await host.wait(40) { $0.says(words.runReference + ": ") && $0.says("3.5") }
        my.walk("run beside its last answer")
        try host.tap("Back")
        try await my.taps(words.runAssetScan)
        try await my.shows(words.runAssetRuns)
        // What is open about it is gone on with from there.
        try await my.taps(try #require(host.names.first { $0.contains(words.runOpen) }))
        try await host.wait(40) { $0.says(words.runAsset(name: name)) && $0.isEnabled(words.runHistory) }
        await my.ends()
    }
}

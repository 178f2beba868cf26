import Foundation
import Presentation
@_spi(Harness) import SwiftUI
import Testing

@testable import Views

/// The eight journeys of shells/journeys.md, in two languages.
@MainActor @Suite(.serialized) struct JourneyTests {
    @Test(arguments: ["en", "ar"]) func enrol(language: String) async throws {
        let my = try Journey(language)
        let (words, host) = (my.words, my.host)
        try await my.shows(words.enrolTitle)
        my.walk("enrol")
        try host.set(words.enrolServer, to: my.company.url)
        try host.set(words.enrolCode, to: "WRNG-WRNG")
        try host.tap(words.enrolGo)
        try await my.shows(words.enrolCodeWrong)
        #expect(try host.value(of: words.enrolCode) == "WRNG-WRNG")
        #expect(try host.value(of: words.enrolServer) == my.company.url)
        my.walk("enrol refused")
        // A QR code holds server and code in one.
        let code = try my.company.code(my.staff, at: my.site)
        let server = my.company.url.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
        my.phone.seen.withLock { $0 = "frontline://enrol?server=\(server)&code=\(code)" }
        try host.tap(words.enrolScan)
        try await host.wait(5) { (try? $0.value(of: words.enrolCode)) == code }
        try host.tap(words.enrolGo)
        try await my.isHome()
        try await my.shows(my.text("Coffee basics", "أساسيات القهوة"))
        #expect(host.says(words.todayDue))
        my.walk("today")
        await my.ends()
    }
}

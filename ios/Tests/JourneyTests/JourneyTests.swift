import Foundation
import Presentation
@_spi(Harness) import SwiftUI
import Testing

@testable import Views

/// Eight of the nine journeys of shells/journeys.md, in two languages; `AmendTests` has the ninth.
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
        // What a sync brings is no capture: it does not call for another one.
        try await my.wait { !$0.isSyncing }
        try await Task.sleep(for: .milliseconds(300))
        try await my.wait { !$0.isSyncing }
        let syncs = my.app.status?.syncs
        try await Task.sleep(for: .seconds(1))
        #expect(my.app.status?.syncs == syncs && !my.app.isSyncing)
        await my.ends()
    }

    @Test(arguments: ["en", "ar"]) func learn(language: String) async throws {
        let my = try Journey(language)
        let (words, host) = (my.words, my.host)
        try await my.enrols(my.staff)
        let title = my.text("Coffee basics", "أساسيات القهوة")
        try await my.shows(title)
        try host.tap(holding: title)
        guard case .ready(let module) = await my.app.found({ try $0.training().module(id: "coffee-basics") }) else {
            Issue.record("no module")
            return
        }
        for lesson in module.lessons {
            try await my.shows(lesson.title.text)
            my.walk("module")
            try host.tap(holding: lesson.title.text)
            for card in 1...lesson.cards.count {
                try await my.shows(words.trainingCard(n: card, total: lesson.cards.count))
                if host.isEnabled(words.trainingFlip) { try host.tap(words.trainingFlip) }
                my.walk("lesson")
                try host.tap(card < lesson.cards.count ? words.actionNext : words.trainingComplete)
                await my.settles()
            }
        }
        try await my.shows(words.quizBegin)
        try host.tap(words.quizBegin)
        let roast = my.text("A bag is best from the seventh", "يكون كيس البن في أفضل حالاته")
        try await my.shows(roast)
        #expect(!host.isEnabled(words.quizFinish))
        try await my.types("21", into: roast)
        try await my.taps(my.text("Dry", "في مكان جاف"))
        try await my.taps(my.text("Dark", "في مكان مظلم"))
        try await my.taps(my.text("Grind finer", "أطحن أنعم"))
        try await my.types("93", into: my.text("How hot is the water?", "ما درجة حرارة الماء؟"))
        try await my.taps(words.itemNo)
        try await my.taps(my.text("A clean one, with a clean steam wand", "إبريقًا نظيفًا مع عصا بخار نظيفة"))
        try await host.wait(40) { $0.isEnabled(words.quizFinish) }
        my.walk("quiz")
        try host.tap(words.quizFinish)
        try await my.shows(words.trainingPassed)
        #expect(host.says(words.quizPoints(points: 13, of: 13)))
        my.walk("result")
        try host.tap(words.actionDone)
        try host.tap(holding: words.navToday)
        try await host.wait(40) { !$0.names.contains { $0.contains(title) } }
        await my.ends()
    }

    @Test(arguments: ["en", "ar"]) func check(language: String) async throws {
        let my = try Journey(language)
        let (words, host) = (my.words, my.host)
        try await my.enrols(my.lead)
        my.phone.goes(.none)
        try await my.starts(my.text("Fridge log", "سجل الثلاجات"))
        let (milk, food) = (my.text("Milk fridge", "ثلاجة الحليب"), my.text("Food fridge", "ثلاجة الطعام"))
        let freezer = my.text("Freezer", "المجمّد")
        try await my.shows(milk)
        my.walk("run")
        try host.tap(words.itemNow, near: my.text("Read at", "وقت القراءة"))
        await my.settles()
        try await my.types("3.5", into: milk)
        // Outside of what the item allows: said beside it, in words, and what was typed stays.
        try await my.types("90", into: food)
        try await my.shows(words.bannerError)
        #expect(try host.value(of: food) == "90")
        try await my.types("4", into: food)
        try host.tap(words.itemNa, near: freezer)
        try await my.types(my.text("Defrosting", "قيد إذابة الثلج"), into: words.itemNaReason)
        try await my.shows(my.text("Defrosting", "قيد إذابة الثلج"))
        try host.tap(
            words.itemPass, near: my.text("All doors close by themselves", "جميع الأبواب تنغلق من تلقاء نفسها"))
        try await my.shows(words.runRequiredLeft(n: 1))
        #expect(!host.isEnabled(words.runHandIn))
        my.walk("run, not ready")
        try host.tap(words.runNextMissing)
        #expect(host.scrolledTo?.hasSuffix("/action-taken") == true)
        try await my.taps(my.text("None was", "لا توجد"))
        try await host.wait(40) { $0.isEnabled(words.runHandIn) }
        try host.tap(words.runHandIn)
        try await my.shows(words.runHandedIn)
        #expect(host.says(words.runMayChange))
        my.walk("run, handed in")
        try host.tap(words.runHistory)
        try await my.shows(words.historyAnswered + ": " + milk)
        my.walk("history")
        await my.ends()
    }

    @Test(arguments: ["en", "ar"]) func together(language: String) async throws {
        let my = try Journey(language)
        let (words, host) = (my.words, my.host)
        let colleague = try my.company.colleague(my.other, at: my.site)
        try await my.enrols(my.lead)
        try await my.setsPin("2468")
        try await my.starts(my.text("Opening checks", "فحوصات الافتتاح"))
        let milk = my.text("Milk fridge", "ثلاجة الحليب")
        try await my.shows(milk)
        try host.tap(words.itemNow, near: my.text("Doors unlocked at", "وقت فتح الأبواب"))
        await my.settles()
        try await my.syncs()
        try colleague.does(["do": "sync.now"])
        let run = try await my.newestRun()
        my.phone.goes(.none)
        try await my.types("3.5", into: milk)
        func answer(_ item: String, _ value: Any) -> [String: Any] {
            ["do": "procedures.answer", "run": run, "item": item, "value": value]
        }
        try colleague.does(
            answer("fridge-temp", 4.5), answer("entrance-clean", "pass"), answer("lights-working", "pass"),
            answer("step-free-way", "pass"), answer("fire-exits", "pass"), answer("extinguishers", 8),
            answer("alarm-panel", "normal"), answer("till-float", 200), answer("card-terminal", true),
            answer("shelves", 4), answer("allergen-folder", "pass"), answer("person-in-charge", "Shift lead"),
            ["do": "sync.now"])
        my.phone.goes(.unmetered)
        try await my.syncs()
        try await my.shows(words.clashTitle)
        let name = my.text("Lucy Chen", "Hana Suleiman")
        #expect(host.says(words.bannerChanged(name: name)))
        #expect(host.says("3.5") && host.says("4.5") && host.says(name))
        my.walk("clash")
        try host.tap(words.actionShow)
        try host.tap(holding: words.clashPick + ": 3.5")
        try await host.wait(40) { !$0.says(words.clashTitle) }
        try await host.wait(40) { $0.isEnabled(words.runHandIn) }
        try host.tap(words.runHandIn)
        try await host.wait(40) { $0.isEnabled(words.signGo) }
        try host.tap(words.signGo)
        try await my.shows(words.signDetail)
        my.walk("sign-off")
        try my.digits("1357")
        try await my.shows(words.signDetail)
        await my.settles()
        try my.digits("2468")
        try await my.shows(words.runSigned, 30)
        my.walk("run, signed")
        try await my.syncs()
        // The colleague has not heard of the signature.
        try colleague.does(answer("remarks", "The door sticks"), ["do": "sync.now"])
        try await my.syncs()
        try await my.shows(words.runLapsed)
        #expect(host.says(words.signLapsedDetail))
        my.walk("run, lapsed")
        await my.ends()
    }

    @Test(arguments: ["en", "ar"]) func ask(language: String) async throws {
        let my = try Journey(language)
        let (words, host) = (my.words, my.host)
        try await my.enrols(my.staff)
        try host.tap(holding: words.navFeedback)
        let desk = my.text("Front desk", "مكتب الاستقبال")
        try await host.wait(40) { $0.names.contains(words.actionStart + ": " + desk) }
        my.walk("feedback")
        try host.tap(words.actionStart + ": " + desk)
        try await my.taps(words.face2)
        my.walk("capture")
        guard
            case .ready(let points) = await my.app.found({
                try $0.feedback().touchpoints(page: PageAsked(after: nil, count: nil)).items
            }),
            let point = points.first(where: { $0.name.text == desk }), let reason = point.reasons.first
        else {
            Issue.record("no touchpoint")
            return
        }
        try await my.taps(reason.label.text)
        try host.set(words.feedbackComment, to: "The guest in 12 waited")
        await my.settles()
        try host.tap(words.feedbackSend)
        try await my.shows(words.feedbackThanksDetail)
        my.walk("thanks")
        try host.tap(words.actionDone)
        try await my.shows(words.feedbackScore(score: 2))
        #expect(host.says("The guest in 12 waited") && host.says(reason.label.text))
        // The kiosk thanks, and after its silence stands there anew for the next customer.
        try host.tap(words.feedbackKiosk + ": " + desk)
        try await my.taps(words.face5)
        // A customer's words are no draft of the worker's.
        try host.set(words.feedbackComment, to: "Thank you")
        let begun = await my.app.begun().value
        #expect(begun?.contains { $0.about.hasPrefix("feedback/") } == false)
        try host.tap(words.feedbackSend)
        try await my.shows(words.feedbackThanksDetail)
        try await my.shows(point.question.text)
        #expect(!host.isEnabled(words.feedbackSend))
        my.walk("kiosk")
        try host.tap(words.feedbackKioskEnd)
        try await my.shows(words.feedbackScore(score: 5))
        await my.ends()
    }

    @Test(arguments: ["en", "ar"]) func contact(language: String) async throws {
        let my = try Journey(language)
        let (words, host) = (my.words, my.host)
        try await my.enrols(my.staff)
        try host.tap(holding: words.navContacts)
        try await host.wait(40) { $0.isEnabled(words.contactsNew) }
        my.walk("contacts")
        try host.tap(words.contactsNew)
        try await my.shows(words.contactRunning)
        try await my.shows(my.text("Wants a refund", "طلب استرداد المبلغ"))
        host.now = Date().addingTimeInterval(65)
        #expect(host.says("1:0") || host.says("1:1"))
        my.walk("contact")
        try host.tap(words.contactPause)
        try await my.shows(words.contactPaused)
        try host.tap(words.contactResume)
        try await my.shows(words.contactRunning)
        let phone = my.text("+447700900123", "+447700900456")
        try host.set(words.contactName, to: "Alex Morgan")
        try host.set(words.contactPhone, to: phone)
        await my.settles()
        try host.tap(words.contactSaveCustomer)
        try await my.shows("Alex Morgan")
        try await my.taps(my.text("Wants a refund", "طلب استرداد المبلغ"))
        try await my.taps(my.text("Solved by a refund", "تم الحل باسترداد المبلغ"))
        try host.tap(words.contactClose)
        try await my.shows(words.contactClosed)
        my.walk("contact, closed")
        try host.tap(words.actionBack)
        try host.set(words.contactsSearch, to: phone)
        try host.tap(words.actionSearch)
        try await host.wait(40) { $0.names.contains { $0.contains("Alex Morgan") } }
        my.walk("contacts, found")
        await my.ends()
    }

    @Test(arguments: ["en", "ar"]) func offline(language: String) async throws {
        let my = try Journey(language)
        let (words, host) = (my.words, my.host)
        let person = my.text("callum-reid", "rashid-khalfan")
        try await my.enrols(person)
        my.phone.goes(.none)
        try host.tap(holding: words.navFeedback)
        let desk = my.text("Front desk", "مكتب الاستقبال")
        try await host.wait(40) { $0.names.contains(words.actionStart + ": " + desk) }
        #expect(host.says(words.bannerOffline))
        try host.tap(words.actionStart + ": " + desk)
        try await my.taps(words.face4)
        try host.tap(words.feedbackSend)
        try await my.shows(words.feedbackThanksDetail)
        try host.tap(words.actionDone)
        try await my.shows(words.syncCaptured)
        try host.tap(words.navSync)
        try await my.shows(words.syncCapturedDetail)
        my.walk("sync centre, offline")
        my.phone.goes(.unmetered)
        try host.tap(words.syncNow)
        try await my.shows(words.syncStoredDetail)
        try await my.shows(words.syncAllSent)
        #expect(!host.says(words.bannerOffline))
        my.walk("sync centre")
        try host.tap(words.actionClose)
        // Their role was taken away meanwhile: what they captured after it is refused, and said so with its reason.
        my.phone.goes(.none)
        try my.company.withdraws("staff", of: person, at: my.site)
        try host.tap(words.actionStart + ": " + desk)
        try await my.taps(words.face1)
        try host.tap(words.feedbackSend)
        try await my.shows(words.feedbackThanksDetail)
        try host.tap(words.actionDone)
        my.phone.goes(.unmetered)
        try await my.syncs()
        try host.tap(words.navSync)
        try await my.shows("Its author had no right")
        #expect(host.says(words.syncRefused))
        my.walk("sync centre, refused")
        await my.ends()
    }

    @Test(arguments: ["en", "ar"]) func hands(language: String) async throws {
        let my = try Journey(language)
        let words = my.words
        try await my.enrols(my.staff)
        try await my.setsPin("2468")
        try my.host.tap(words.navSettings)
        try await my.shows(words.whoAdd)
        my.walk("settings")
        try my.host.tap(words.whoAdd)
        try await my.shows(words.enrolTitle)
        try my.host.set(words.enrolServer, to: my.company.url)
        try my.host.set(words.enrolCode, to: my.company.code(my.other, at: my.site))
        try my.host.tap(words.enrolGo)
        try await my.host.wait(40) { !$0.says(words.enrolTitle) }
        try? my.host.tap(words.actionClose)
        try await my.becomes(my.text("Ana Pereira", "Yusuf Darwish"), "2468")
        try await my.starts(my.text("Fridge log", "سجل الثلاجات"))
        let note = my.text("Note", "ملاحظة")
        try await my.shows(note)
        try my.host.set(note, to: "Half a sent")
        await my.settles()
        try my.host.tap(words.navToday)
        try await my.becomes(my.text("Lucy Chen", "Hana Suleiman"), nil)
        try my.host.tap(words.navProcedures)
        try await my.shows(note)
        #expect(try my.host.value(of: note) != "Half a sent")
        try my.host.tap(words.navToday)
        try await my.becomes(my.text("Ana Pereira", "Yusuf Darwish"), "2468")
        try my.host.tap(words.navProcedures)
        try await my.host.wait(40) { (try? $0.value(of: note)) == "Half a sent" }
        // The system ends the app, and the person opens it again: with their PIN, on the very item.
        await my.restarts()
        try await my.shows(my.text("Ana Pereira", "Yusuf Darwish"))
        my.walk("who")
        try my.host.tap(holding: my.text("Ana Pereira", "Yusuf Darwish"))
        try await my.host.wait(40) { $0.isEnabled(words.pinDigit(digit: "2")) }
        my.walk("PIN")
        try my.digits("2468")
        try await my.host.wait(40) { (try? $0.value(of: note)) == "Half a sent" }
        #expect(my.host.scrolledTo?.hasSuffix("/note") == true)
        await my.ends()
    }
}

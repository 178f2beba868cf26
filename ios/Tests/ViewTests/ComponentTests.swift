import Presentation
@_spi(Harness) import SwiftUI
import Testing

@testable import Views

let english = En()

/// Holds a value for a component, and shows what it is.
struct Holder<Value, Content: View>: View {
    @State private var value: Value
    let content: (Binding<Value>) -> Content
    init(_ value: Value, @ViewBuilder content: @escaping (Binding<Value>) -> Content) {
        _value = State(initialValue: value)
        self.content = content
    }
    var body: some View {
        VStack {
            content($value)
            Text(verbatim: "= \(value)")
        }
    }
}

@MainActor final class Tapped {
    var count = 0
    var text = ""
}

@MainActor @Suite struct FieldTests {
    @Test func aSliderHasNoValueBeforeAnAnswer() throws {
        let host = ViewHost(
            Holder(Double?.none) { value in
                SliderField(
                    name: "Noise", value: value.wrappedValue, range: 0...2, shown: value.wrappedValue.map { "\($0)" }
                ) { value.wrappedValue = $0 }
            })
        #expect(try host.value(of: "Noise") == english.itemUnanswered)
        for _ in 0..<5 { try host.tap(english.actionIncrease(label: "Noise")) }
        #expect(try host.value(of: "Noise") == "2.0")
        try host.set("Noise", to: 0.5)
        try host.tap(english.actionDecrease(label: "Noise"))
        #expect(host.shows("= Optional(0.0)"))
    }

    @Test(arguments: [false, true]) func oneOrManyAreChosenInTheOrderOfTheRows(many: Bool) throws {
        let choices = [Choice("a", "Food moved"), Choice("b", "Food thrown away")]
        let host = ViewHost(
            Holder([String]()) { chosen in
                Choices(all: choices, chosen: chosen.wrappedValue, takesMany: many) { chosen.wrappedValue = $0 }
            })
        try host.tap("Food thrown away")
        try host.tap("Food moved")
        #expect(host.shows(many ? "= [\"a\", \"b\"]" : "= [\"a\"]"))
        #expect(try host.notes(of: "Food moved").contains("selected"))
        try host.tap("Food thrown away")
        #expect(host.shows(many ? "= [\"a\"]" : "= [\"b\"]"))
    }

    @Test func aYesThatIsTappedAgainIsTakenBack() throws {
        let host = ViewHost(
            Holder([String]()) { chosen in
                Choices(
                    all: [Choice("true", "Pass", .good), Choice("false", "Fail", .wrong)], chosen: chosen.wrappedValue
                ) { chosen.wrappedValue = $0 }
            })
        try host.tap("Fail")
        #expect(host.shows("= [\"false\"]"))
        try host.tap("Fail")
        #expect(host.shows("= []"))
    }

    private func score(_ look: Score.Look, _ range: ClosedRange<Int>) -> ViewHost {
        ViewHost(
            Holder(Int?.none) { value in
                Score(look: look, range: range, value: value.wrappedValue) { value.wrappedValue = $0 }
            })
    }
    @Test(arguments: [4, 5]) func facesAreHeardByTheirWords(count: Int) throws {
        let host = score(.faces, 1...count)
        for place in 1...count {
            let name = english.face(place, of: count)
            try host.tap(name)
            #expect(host.shows("= Optional(\(place))"))
            #expect(try host.notes(of: name).contains("selected"))
        }
    }

    @Test func starsAndScales() throws {
        let stars = score(.stars, 1...5)
        try stars.tap(english.itemStars(n: 4))
        #expect(stars.shows("= Optional(4)"))
        let scale = score(.numbers(low: english.itemNpsLow), 0...10)
        try scale.tap("10")
        #expect(scale.shows("= Optional(10)"))
    }
}

@MainActor @Suite struct PadTests {
    @Test func thePinPadSaysHowManyDigitsAndNeverWhich() throws {
        let tapped = Tapped()
        let host = ViewHost(PinPad { tapped.text = $0 })
        #expect(!host.isEnabled(english.actionContinue) && !host.isEnabled(english.pinDelete))
        for digit in ["4", "7", "1", "1"] { try host.tap(english.pinDigit(digit: digit)) }
        #expect(try host.value(of: english.pinEnter) == english.pinTyped(n: 4))
        try host.tap(english.pinDelete)
        #expect(!host.isEnabled(english.actionContinue))
        try host.tap(english.pinDigit(digit: "0"))
        try host.tap(english.actionContinue)
        #expect(tapped.text == "4710")
        #expect(try host.value(of: english.pinEnter) == english.pinTyped(n: 0))
        for _ in 0..<12 { try host.tap(english.pinDigit(digit: "5")) }
        #expect(!host.isEnabled(english.pinDigit(digit: "5")))
    }

    @Test func theTimerRunsFromWhatWasCounted() {
        let host = ViewHost(
            TimerFace(seconds: 60, since: Date(timeIntervalSince1970: 100), state: english.contactRunning))
        host.now = Date(timeIntervalSince1970: 163)
        #expect(host.shows("2:03") && host.shows(english.timerFace(minutes: 2, seconds: 3)))
        // A clock that is set back takes nothing away.
        host.now = Date(timeIntervalSince1970: 5)
        #expect(host.shows("1:00"))
        #expect(ViewHost(TimerFace(seconds: 59, since: nil, state: english.contactPaused)).shows("0:59"))
    }
}

@MainActor @Suite struct NoticeTests {
    @Test func whatCannotBeUndoneAsksFirst() throws {
        let tapped = Tapped()
        let host = ViewHost(
            DestructiveButton(name: english.contactVoid, detail: english.contactVoidDetail) { tapped.count += 1 })
        try host.tap(english.contactVoid)
        #expect(tapped.count == 0 && host.shows(english.contactVoidDetail))
        try host.tap(english.actionCancel)
        try host.tap(english.contactVoid)
        try host.tap(english.contactVoid)
        #expect(tapped.count == 1 && !host.shows(english.contactVoidDetail))
    }

    @Test func bannersSayWhatAndOfferTheNextStep() throws {
        let tapped = Tapped()
        let host = ViewHost(
            VStack {
                Notice(says: "Ana was here", tone: .info, step: (english.actionShow, { tapped.count += 1 }))
                ErrorBanner(problem: .Busy) { tapped.count += 10 }
                ErrorBanner(problem: nil) { tapped.count += 100 }
            })
        #expect(host.shows("Ana was here"))
        try host.tap(english.actionShow)
        try host.tap(english.actionRetry)
        #expect(tapped.count == 11)
    }

    @Test func aFailureThatStaysOffersNoRetry() {
        let host = ViewHost(ErrorBanner(problem: .Unauthorized(device: nil, detail: "")) {})
        #expect(!host.isEnabled(english.actionRetry))
        #expect(host.texts.contains(english.errorUnauthorised))
    }

    @Test func aScreenShowsWhatThereIs() {
        func host(_ load: Load<[String]>) -> ViewHost {
            ViewHost(Shown(load: load, retry: {}) { rows in List { ForEach(rows, id: \.self) { ListRow(name: $0) } } })
        }
        #expect(host(.loading).shows(english.stateLoading))
        #expect(host(.ready(["Till"])).shows("Till"))
        #expect(host(.failed(.Offline(why: .timeout, detail: ""))).isEnabled(english.actionRetry))
        #expect(host(.failed(.Locked(by: .pin, detail: ""))).shows(english.errorLocked))
        #expect(!host(.failed(.Locked(by: .pin, detail: ""))).isEnabled(english.actionRetry))
    }

    @Test func rowsAreOneThingToHear() {
        let host = ViewHost(
            List {
                SectionHeader(name: "Due", aside: "2")
                ListRow(name: "Fridge log", detail: "Kitchen", icon: .procedures, statuses: [Status("Overdue", .wrong)])
                Progress(name: "Opening", done: 3, total: 8)
            })
        #expect(host.tree.contains("\"Fridge log, Kitchen, Overdue\""))
        #expect(host.tree.contains("\"Due, 2\" [header]"))
        #expect(host.tree.contains(english.labelProgress(done: 3, total: 8)))
    }
}

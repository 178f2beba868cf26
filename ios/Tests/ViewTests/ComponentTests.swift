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
}

@MainActor @Suite struct FieldTests {
    @Test func aNumberIsTypedOrSteppedAndSaysWhatIsWrong() throws {
        let host = ViewHost(
            Holder("4") { text in
                NumberField(
                    name: "Fridge", text: text,
                    step: { text.wrappedValue = TypedNumber.stepped(text.wrappedValue, by: Decimal($0)) },
                    unit: "°C", wrong: text.wrappedValue == "5" ? english.stateRequired : nil)
            })
        try host.set("Fridge", to: "-")
        #expect(host.shows("= -"))
        try host.set("Fridge", to: "4")
        try host.tap(english.actionIncrease(label: "Fridge"))
        #expect(host.shows("= 5") && host.tree.contains(english.stateRequired))
        try host.tap(english.actionDecrease(label: "Fridge"))
        #expect(host.shows("= 4") && !host.tree.contains(english.stateRequired))
        #expect(host.tree.contains("hint=\"\(english.itemUnit(unit: "°C"))"))
    }

    @Test func aSliderHasNoValueBeforeAnAnswer() throws {
        let host = ViewHost(
            Holder(Double?.none) { value in
                SliderField(name: "Noise", value: value, range: 0...2, shown: value.wrappedValue.map { "\($0)" })
            })
        #expect(try host.value(of: "Noise") == english.itemUnanswered)
        for _ in 0..<5 { try host.tap(english.actionIncrease(label: "Noise")) }
        #expect(try host.value(of: "Noise") == "2.0")
        try host.set("Noise", to: 0.5)
        try host.tap(english.actionDecrease(label: "Noise"))
        #expect(host.shows("= Optional(0.0)"))
    }

    @Test func oneOrManyAreChosen() throws {
        let choices = [Choice("a", "Food moved"), Choice("b", "Food thrown away")]
        let one = ViewHost(Holder(Set<String>()) { Choices(choices: choices, chosen: $0) })
        try one.tap("Food moved")
        try one.tap("Food thrown away")
        #expect(one.shows("= [\"b\"]"))
        #expect(try one.notes(of: "Food thrown away").contains("selected"))
        let many = ViewHost(Holder(Set<String>()) { Choices(choices: choices, chosen: $0, takesMany: true) })
        try many.tap("Food moved")
        try many.tap("Food thrown away")
        try many.tap("Food moved")
        #expect(many.shows("= [\"b\"]"))
    }

    @Test func passFailAndYesNo() throws {
        let host = ViewHost(Holder(Bool?.none) { PassFail(passed: $0) })
        try host.tap("Fail")
        #expect(host.shows("= Optional(false)"))
        try host.tap("Fail")
        #expect(host.shows("= nil"))
        let other = ViewHost(Holder(Bool?.none) { YesNo(answer: $0) })
        try other.tap("Yes")
        #expect(other.shows("= Optional(true)"))
    }

    @Test(arguments: [4, 5]) func facesAreHeardByTheirWords(count: Int) throws {
        let host = ViewHost(Holder(Int?.none) { Faces(count: count, score: $0) })
        for (place, name) in Faces.names(english, count).enumerated() {
            try host.tap(name)
            #expect(host.shows("= Optional(\(place + 1))"))
            #expect(try host.notes(of: name).contains("selected"))
        }
    }

    @Test func starsAndScales() throws {
        let stars = ViewHost(Holder(Int?.none) { Rating(stars: $0) })
        try stars.tap(english.itemStars(n: 4))
        #expect(stars.shows("= Optional(4)"))
        let scale = ViewHost(Holder(Int?.none) { Scale(range: 0...10, value: $0, low: english.itemNpsLow) })
        try scale.tap("10")
        #expect(scale.shows("= Optional(10)"))
    }
}

@MainActor @Suite struct PadTests {
    @Test func aSignatureIsDrawnUndoneClearedOrTyped() throws {
        let host = ViewHost(
            Holder(Strokes()) { strokes in
                Holder("") { SignaturePad(strokes: strokes, typed: $0) }
            })
        let (pad, clear) = (english.itemSignHere, english.actionClear)
        #expect(!host.isEnabled(clear))
        try host.drag(pad, through: [CGPoint(x: 1, y: 1), CGPoint(x: 50, y: 60), CGPoint(x: 50, y: 60)])
        try host.drag(pad, through: [CGPoint(x: 9, y: 9), CGPoint(x: 9, y: 9)])
        #expect(try host.value(of: pad) == english.itemStrokes(n: 2))
        try host.perform(english.actionUndo, on: pad)
        #expect(try host.value(of: pad) == english.itemStrokes(n: 1))
        try host.tap(clear)
        #expect(try host.value(of: pad) == english.itemStrokes(n: 0))
        try host.tap(english.itemSignType)
        try host.set(english.itemSignType, to: "Ana")
        #expect(host.shows("= Ana"))
    }

    @Test func thePinPadSaysHowManyDigitsAndNeverWhich() throws {
        let (entry, tapped) = (PinEntry(length: 4...6), Tapped())
        let host = ViewHost(PinPad(entry: entry) { tapped.count += 1 })
        #expect(!host.isEnabled(english.actionContinue) && !host.isEnabled(english.pinDelete))
        for digit in ["4", "7", "1", "1"] { try host.tap(english.pinDigit(digit: digit)) }
        #expect(try host.value(of: english.pinEnter) == english.pinTyped(n: 4))
        try host.tap(english.pinDelete)
        #expect(!host.isEnabled(english.actionContinue))
        try host.tap(english.pinDigit(digit: "0"))
        try host.tap(english.actionContinue)
        #expect(tapped.count == 1 && entry.take() == "4710")
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
            DestructiveButton(english.contactVoid, detail: english.contactVoidDetail) { tapped.count += 1 })
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
                OfflineBanner()
                ChangedBanner(by: "Ana") { tapped.count += 1 }
                LockedBanner { tapped.count += 10 }
                ErrorBanner(problem: .busy) { tapped.count += 100 }
            })
        #expect(host.shows(english.bannerOffline) && host.shows(english.bannerChanged(name: "Ana")))
        try host.tap(english.actionShow)
        try host.tap(english.whoUnlock)
        try host.tap(english.actionRetry)
        #expect(tapped.count == 111)
    }

    @Test func aFailureThatStaysOffersNoRetry() {
        let host = ViewHost(ErrorBanner(problem: .unauthorised(device: nil)) {})
        #expect(!host.isEnabled(english.actionRetry))
        #expect(host.texts.contains(english.errorUnauthorised))
    }

    @Test func aScreenShowsWhatThereIs() {
        func host(_ load: Load<[String]>) -> ViewHost {
            ViewHost(
                StateOf(load: load, retry: {}) {
                    EmptyState(name: english.todayEmpty, detail: english.todayEmptyDetail)
                } content: { rows in
                    List { ForEach(rows, id: \.self) { ListRow($0) } }
                })
        }
        #expect(host(.loading).shows(english.stateLoading))
        #expect(host(.empty).shows(english.todayEmpty))
        #expect(host(.ready(["Till"])).shows("Till"))
        #expect(host(.failed(.offline(.timeout))).isEnabled(english.actionRetry))
        #expect(host(.failed(.locked(.pin))).shows(english.errorLocked))
        #expect(!host(.failed(.locked(.pin))).isEnabled(english.actionRetry))
    }

    @Test func rowsAreOneThingToHear() {
        let host = ViewHost(
            List {
                SectionHeader("Due", aside: "2")
                ListRow("Fridge log", detail: "Kitchen", icon: .procedures, Status("Overdue", .wrong))
                Progress(name: "Opening", done: 3, total: 8)
            })
        #expect(host.tree.contains("\"Fridge log, Kitchen, Overdue\""))
        #expect(host.tree.contains("\"Due, 2\" [header]"))
        #expect(host.tree.contains(english.labelProgress(done: 3, total: 8)))
    }
}

import Foundation
@_spi(Harness) import SwiftUI
import Synchronization
import TestSupport
import Testing

@testable import Presentation
@testable import Views

/// No store: what is typed is kept nowhere, and what is answered is noted.
class NoStore: Device, Phone, @unchecked Sendable {
    let failing: Problem
    let sounds: any Sounds
    init(failing: Problem = .Busy, sounds: any Sounds = HeldSounds()) {
        (self.failing, self.sounds) = (failing, sounds)
    }
    func open() async throws(Problem) { throw failing }
    func ask<T: Sendable>(_ call: @escaping @Sendable (Services) async throws -> T) async throws(Problem) -> T {
        throw .Locked(by: .shut, detail: "")
    }
    func changes() async throws(Problem) -> AsyncStream<Change> { throw failing }
    func shut() async {}
    func recover(server: String, code: String) async throws(Problem) {}
    func reset(_ leaving: Leaving) async throws(Problem) -> Exported { throw .Busy }
    func secret(name: String) throws -> Data? { nil }
    func keepSecret(name: String, bytes: Data) throws {}
    func forgetSecret(name: String) throws {}
    func deviceModel() -> String { "None" }
    func storageFree() -> UInt64? { nil }
    func network() -> NetworkKind { .none }
    func picture(live: Bool, limit: PictureLimit?) async -> Data? { nil }
    func code(_ read: @escaping CodeReader) async -> String? { nil }
    func place() async -> Place? { nil }
    func kiosk(_ on: Bool) async {}
    func remind(at times: [Int64], saying words: String) async {}
    func newFile() -> String { "" }
}

/// The controls of quizzes, and those that no content of the journeys asks for.
@MainActor @Suite struct ControlKindTests {
    final class Sent: Answers {
        var given: Given?
        override func send(_ item: String, _ given: Given, _ seen: String?) async -> Problem? {
            self.given = given
            return nil
        }
    }

    func host(
        _ control: Control, label: String = "Asked", gaps: UInt8 = 0, choices: [String] = [], rows: [String] = [],
        answer: Answer? = nil
    )
        -> (ViewHost, Sent)
    {
        func named(_ all: [String]) -> [Named] { all.map { Named(id: $0, label: words($0)) } }
        let question = QuestionDetail(
            item: "it", kind: "", control: control, label: words(label), help: nil, unit: nil, min: nil, max: nil,
            decimals: nil, gaps: gaps, choices: named(choices), rows: named(rows), answer: answer, says: nil, of: 1,
            critical: false, graded: nil, points: nil, right: nil, rightSays: nil, why: nil)
        let app = AppModel(device: NoStore(), phone: NoStore(), language: "en")
        let sent = Sent(app, about: "question/x/")
        return (ViewHost(ScrollView { ControlView(stands: Asked(question), answers: sent) }), sent)
    }
    func words(_ text: String) -> Words { Words(text: text, lang: "en", dir: .ltr) }
    func gives(_ wanted: Given, _ sent: Sent, _ host: ViewHost, _ at: SourceLocation = #_sourceLocation) async throws {
        try await host.wait { _ in sent.given != nil }
        #expect(sent.given == wanted, sourceLocation: at)
        #expect(host.unnamed.isEmpty && host.small.isEmpty && host.gestureOnly.isEmpty, sourceLocation: at)
    }

    @Test func pairsAreJoinedRowByRow() async throws {
        let (host, sent) = host(
            .pairs, choices: ["salt"], rows: ["bread", "soup"],
            answer: .pairs(pairs: [Pair(name: "bread", value: "salt")]))
        try host.tap("salt", near: "soup")
        try await gives(
            .pairs(pairs: [Pair(name: "bread", value: "salt"), Pair(name: "soup", value: "salt")]), sent, host)
    }

    @Test func gapsAreHandedOverTogether() async throws {
        let (host, sent) = host(.gaps, label: "Use ___ and ___", gaps: 2)
        try host.set(english.itemBlank(n: 2), to: "milk")
        try host.set(english.itemBlank(n: 1), to: "fresh")
        try host.tap(english.actionSave + ": Use ___ and ___")
        try await gives(.many(list: ["fresh", "milk"]), sent, host)
    }

    @Test func aSpotIsSetByTwoSliders() async throws {
        let (host, sent) = host(.spot, answer: .spot(x: 100, y: 200))
        try host.set(english.itemAcross, to: 300.0)
        try await gives(.pairs(pairs: [Pair(name: "x", value: "300"), Pair(name: "y", value: "200")]), sent, host)
    }

    @Test func aSignatureIsDrawnUndoneClearedOrTyped() throws {
        let (host, _) = host(.signature)
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
        #expect(try host.value(of: english.itemSignType) == "Ana" && host.isEnabled(clear))
    }

    @Test(arguments: [Control.lookup, .asset, .person, .site]) func aListIsOpenedAndSaysWhatIsWrong(control: Control)
        async throws
    {
        let (host, _) = host(control)
        try host.tap(english.actionChoose + ": Asked")
        #expect(host.isEnabled(english.actionClose) && host.unnamed.isEmpty)
    }

    @Test(arguments: [Control.video, .file]) func whatCannotBeRecordedIsSaid(control: Control) {
        #expect(host(control).0.shows(english.itemNotYet))
    }

    @Test func whatIsWorkedOutOrReadTakesNoAnswer() {
        #expect(host(.computed).0.shows(english.itemCalculatedMissing))
        #expect(host(.reading).0.names.isEmpty && host(.reading).0.fields.isEmpty)
    }
}

@MainActor @Suite struct ItemTests {
    private func card(_ control: Control = .number, measured: Bool = false, kept: Bool = false) -> ViewHost {
        func words(_ text: String) -> Words { Words(text: text, lang: "en", dir: .ltr) }
        let answer = Answer.number(digits: "3.5")
        let standing = StandingAnswer(
            id: "s1", answer: answer, says: "3.5 °C", by: "Ana", atMs: 0, settles: false, measured: measured)
        let item = ItemDetail(
            id: "it", kind: "", control: control, label: words("Milk fridge"), help: nil, spoken: "", required: true,
            notApplicable: .no, unit: nil, min: nil, max: nil, target: nil, step: nil, gaps: 0, decimals: nil,
            choices: [], rows: [], visible: true, kept: kept, enabled: !kept,
            whyNot: kept ? "It no longer applies" : nil,
            answer: kept ? nil : answer, says: "3.5 °C", offered: nil, offeredSays: nil, clash: false, outOfBand: false,
            first: nil, problem: kept ? "It is missing" : nil, answers: [standing], photos: nil, evidence: [],
            reference: .last(says: "4.5 °C", by: "Omar", atMs: 0))
        let app = AppModel(device: NoStore(), phone: NoStore(), language: "en")
        return ViewHost(ItemCard(item: item, run: RunModel(app, id: "r1")) {})
    }

    /// That an instrument read it is said of such an answer, and of no other.
    @Test func whatWasMeasuredSaysSo() {
        #expect(card(measured: true).says(english.runMeasured) && !card().says(english.runMeasured))
    }

    @Test func whatNoLongerAppliesIsReadAndAsksForNothing() {
        let kept = card(kept: true)
        #expect(kept.says("3.5 °C") && kept.says(english.runKept) && kept.says("It no longer applies"))
        #expect(kept.fields.isEmpty && kept.names.isEmpty)
        #expect(!kept.says("It is missing") && !kept.says(english.stateRequired) && !kept.says("4.5 °C"))
        #expect(card().says("4.5 °C") && card().fields.count == 1)
    }
}

@MainActor @Suite struct RootTests {
    @Test func aStoreThatIsBusyMayBeTriedAgain() async throws {
        let host = ViewHost(RootView(AppModel(device: NoStore(), phone: NoStore(), language: "en")))
        #expect(host.says(english.stateLoading))
        try await host.wait { $0.shows(english.errorBusy) }
        try host.tap(english.actionRetry)
        try await host.wait { $0.shows(english.errorBusy) }
        host.close()
    }

    /// Each kind of fault has words of its own that say what to do next.
    @Test(arguments: [
        Problem.StorageFull, .StorageCorrupt(keptAt: "/kept"), .Unauthorized(device: "DEVICE_REVOKED", detail: ""),
    ])
    func aStoreThatDoesNotOpenSaysWhatToDo(problem: Problem) async throws {
        let host = ViewHost(
            RootView(AppModel(device: NoStore(failing: problem), phone: NoStore(), language: "en")))
        try await host.wait { $0.shows(english.say(problem)) }
        host.close()
    }
}

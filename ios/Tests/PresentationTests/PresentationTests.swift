import Foundation
import Observation
import Platform
import Presentation
import Testing

@MainActor @Suite struct PinEntryTests {
    @Test func takesNoMoreDigitsThanThereAre() {
        let entry = PinEntry(length: 4...6)
        for digit in [1, 2, 3] { entry.type(digit) }
        #expect(!entry.isComplete)
        for digit in [4, 5, 6, 7, 12] { entry.type(digit) }
        #expect(entry.count == 6 && entry.isFull)
        entry.delete()
        #expect(entry.take() == "12345")
    }

    @Test func isForgottenOnceItIsTaken() {
        let entry = PinEntry()
        entry.type(3)
        _ = entry.take()
        #expect(entry.count == 0 && entry.take().isEmpty)
    }

    @Test func isObservable() async {
        let entry = PinEntry()
        await confirmation { changed in
            withObservationTracking {
                _ = entry.count
            } onChange: {
                changed()
            }
            entry.type(1)
        }
    }
}

@Suite struct ProblemTests {
    static let all: [Problem] =
        [.pin, .key, .lease].map { .Locked(by: $0, detail: "") }
        + [.timeout, .portal, .untrusted, .left].map { .Offline(why: $0, detail: "") }
        + [nil, "DEVICE_REVOKED", "VERSION"].map { .Unauthorized(device: $0, detail: "") }
        + [
            .Invalid(field: "score", rule: "range", detail: "1 to 5."), .NotFound(what: "run"), .Busy, .StorageFull,
            .StorageCorrupt(keptAt: "/kept"), .Internal(reference: "4711"),
        ]

    @Test(arguments: all) func eachSaysWhatToDoInEachLanguage(problem: Problem) {
        let said = allStrings.map { $0.say(problem) }
        #expect(Set(said).count == allStrings.count && said.allSatisfy { !$0.isEmpty && !$0.contains("..") })
    }

    @Test func whatSupportAsksForIsShown() {
        #expect(En().say(.Internal(reference: "4711")).contains("4711"))
        #expect(Ar().say(.StorageCorrupt(keptAt: "/kept")).contains("/kept"))
    }
}

@Suite struct TypedNumberTests {
    @Test(arguments: [("4,5", "4.5"), ("٣٫٥", "3.5"), ("-۱۲", "-12"), ("", ""), ("-", "-")])
    func isReadFromAnyKeyboard(typed: String, plain: String) { #expect(TypedNumber.plain(typed) == plain) }

    @Test func tenTenthsAreOne() {
        var text = "0"
        for _ in 0..<10 { text = TypedNumber.stepped(text, by: 0.1, decimals: 1) }
        #expect(text == "1")
    }

    @Test func stopsAtTheEndsAndStartsNearZero() {
        #expect(TypedNumber.stepped("", by: 1, in: -40 ... -18) == "-18")
        #expect(TypedNumber.stepped("", by: 1, in: 2...9) == "2")
        #expect(TypedNumber.stepped("9", by: 1, in: 2...9) == "9")
        #expect(TypedNumber.stepped("x", by: 1) == "0")
    }
}

@Suite struct StrokesTests {
    @Test func aLineEndsWhereTheFingerIsLifted() {
        var strokes = Strokes()
        strokes.draw(to: .init(x: 0, y: 0))
        strokes.draw(to: .init(x: 2, y: -1))
        strokes.lift()
        strokes.draw(to: .init(x: 0.5, y: 0.5))
        #expect(strokes.lines == [[.init(x: 0, y: 0), .init(x: 1, y: 0)], [.init(x: 0.5, y: 0.5)]])
        strokes.undo()
        #expect(strokes.lines.count == 1)
    }
}

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

@Suite struct LoadedTests {
    @Test func aFailedReloadKeepsWhatWasThere() async {
        var loaded = Loaded<Int>.loading
        loaded = await loaded.after { () throws(Failure) in 3 }
        #expect(loaded == .ready(3))
        loaded = await loaded.after { () throws(Failure) in throw .busy }
        #expect(loaded.value == 3 && loaded.failure == .busy)
    }
}

@Suite struct FailureTests {
    static let all: [Failure] = [
        .invalid(field: "score", rule: "range", detail: "1 to 5"), .notFound(what: "run"), .locked(detail: ""),
        .offline(detail: ""), .unauthorized(detail: ""), .busy, .storageFull, .storageCorrupt(keptAt: "/kept"),
        .internal(reference: "4711"),
    ]

    @Test(arguments: all) func eachSaysWhatToDoInEachLanguage(failure: Failure) {
        let said = allStrings.map { failure.message($0) }
        #expect(Set(said).count == allStrings.count && said.allSatisfy { !$0.isEmpty })
    }

    @Test func whatSupportAsksForIsShown() {
        #expect(Failure.internal(reference: "4711").trace(En())?.contains("4711") == true)
        #expect(Failure.storageCorrupt(keptAt: "/kept").trace(Ar())?.contains("/kept") == true)
        #expect(Failure.busy.trace(En()) == nil)
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

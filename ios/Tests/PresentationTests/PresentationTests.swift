import Foundation
import Platform
import Presentation
import Testing

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

    private func step(_ typed: String, _ by: Decimal = 1, _ least: Decimal? = nil, _ most: Decimal? = nil) -> String {
        TypedNumber.stepped(typed, by: by, from: least, to: most)
    }
    @Test func tenTenthsAreOne() {
        var text = "0"
        for _ in 0..<10 { text = step(text, 0.1) }
        #expect(text == "1")
    }

    @Test func stopsAtTheEndsAndStartsNearZero() {
        #expect(step("", 1, -40, -18) == "-18")
        #expect(step("", 1, 2, 9) == "2")
        #expect(step("9", 1, 2, 9) == "9")
        #expect(step("9", 1, 2) == "10" && step("-9", -1, nil, 9) == "-10")
        #expect(step("x") == "0")
    }
}

@Suite struct StrokesTests {
    @Test func aLineEndsWhereTheFingerIsLifted() {
        var strokes = Strokes()
        strokes.draw(to: .init(x: 0, y: 0), at: .now)
        strokes.draw(to: .init(x: 2, y: -1), at: .now)
        strokes.lift()
        strokes.draw(to: .init(x: 0.5, y: 0.25), at: .now)
        #expect(
            strokes.lines.map { $0.map(\.at) } == [[.init(x: 0, y: 0), .init(x: 1, y: 0)], [.init(x: 0.5, y: 0.25)]])
        strokes.undo()
        #expect(strokes.lines.count == 1)
    }

    /// Times count from when the finger first came down, in a field that has the pad's shape; none is before the first.
    @Test func aDrawingHasItsFieldAndItsTimes() {
        let began = Date(timeIntervalSince1970: 1_774_951_200)
        var strokes = Strokes()
        strokes.draw(to: .init(x: 0, y: 0), at: began)
        strokes.draw(to: .init(x: 2, y: 2), at: began.addingTimeInterval(0.25))
        strokes.lift()
        strokes.draw(to: .init(x: 0.5, y: 0.25), at: began.addingTimeInterval(-9))
        #expect(
            strokes.drawing
                == Drawing(
                    width: 2_200, height: 1_000,
                    strokes: [
                        Stroke(points: [StrokePoint(x: 0, y: 0, atMs: 0), StrokePoint(x: 2_200, y: 1_000, atMs: 250)]),
                        Stroke(points: [StrokePoint(x: 1_100, y: 550, atMs: 0)]),
                    ]))
    }
}

import Presentation
@_spi(Harness) import SwiftUI
import Testing

@testable import Views

/// Every component, in both languages and at both ends of the text sizes.
@MainActor @Suite struct AccessTests {
    struct Gallery: View {
        @State private var strokes = Strokes()
        @State private var typed = ""
        @Environment(\.words) private var words

        var body: some View {
            ScrollView {
                Field(name: "Remarks", text: $typed, hint: words.stateOptional, lines: 3)
                Field(name: "Fridge", text: $typed, keyboard: .numbersAndPunctuation, unit: "°C")
                Choices(all: [Choice("1", "One"), Choice("2", "Two")], chosen: ["2"]) { _ in }
                Choices(all: [Choice("true", words.itemYes, .accent)], chosen: ["true"]) { _ in }
                Score(look: .faces, range: 1...5, value: 2) { _ in }
                Score(look: .stars, range: 1...5, value: 3) { _ in }
                Score(look: .numbers(low: "Poor", high: "Rich"), range: 0...10, value: 4) { _ in }
                SliderField(name: "Noise", value: nil, range: 0...2, shown: nil) { _ in }
                DrawingPad(name: words.itemSignHere, strokes: $strokes)
                TimerFace(seconds: 3, since: nil, state: words.contactPaused)
                PinPad(wrong: words.pinWrong) { _ in }
                ErrorBanner(problem: .Busy) {}
                EmptyState(name: words.stateEmpty, step: (words.actionStart, {}))
                DestructiveButton(name: words.actionDelete, detail: words.runVoidDetail) {}
                AppIconButton(icon: .close, name: words.actionClose) {}
                ListRow(name: "Till", statuses: [Status(words.filterOpen, .accent)])
                SectionHeader(name: words.todayDue)
                Segments(all: [Choice("1", words.proceduresRuns), Choice("2", words.actionsTitle)], chosen: $typed)
            }
        }
    }

    @Test(arguments: ["en", "ar"], [DynamicTypeSize.xSmall, .large, .accessibility5])
    func everyControlIsNamedAndLargeEnough(language: String, size: DynamicTypeSize) {
        var environment = EnvironmentValues()
        environment.dynamicTypeSize = size
        let host = ViewHost(Gallery().language(stringsFor(language)), environment: environment)
        #expect(host.unnamed.isEmpty)
        #expect(host.small.isEmpty)
        #expect(host.gestureOnly.isEmpty)
    }

    @Test func largeTextIsStackedAndGrows() {
        var environment = EnvironmentValues()
        let row = ListRow(name: "Fridge log", statuses: [Status("Due", .info), Status("Mine", .accent)])
        #expect(ViewHost(row, environment: environment).tree.contains("font: 16.0"))
        environment.dynamicTypeSize = .accessibility5
        let large = ViewHost(row, environment: environment).tree
        #expect(large.components(separatedBy: "VStack").count == 3 && large.contains("font: 49.9"))
    }

    @Test func directionFollowsTheWords() {
        struct Direction: View {
            @Environment(\.layoutDirection) private var direction
            @Environment(\.words) private var words
            var body: some View { Text(verbatim: "\(direction) \(words.language)") }
        }
        #expect(ViewHost(Direction().language(Ar())).shows("rightToLeft ar"))
        #expect(ViewHost(Direction().language(stringsFor("fr-CH"))).shows("leftToRight en"))
    }

    @Test func everyIconAndFaceIsDrawnInsideItsSquare() {
        let square = CGRect(x: 10, y: 20, width: 48, height: 48)
        for icon in Icon.all { #expect(!Outline(icon: icon).path(in: square).isEmpty) }
        for mood in [0, 0.5, 1] { #expect(!Face(mood: mood).path(in: square).isEmpty) }
    }

    @Test func coloursFollowTheTheme() {
        var environment = EnvironmentValues()
        let light = Paint(Palette.ink).resolve(in: environment)
        environment.colorScheme = .dark
        #expect(Paint(Palette.ink).resolve(in: environment) != light)
    }
}

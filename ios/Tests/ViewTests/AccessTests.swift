import Presentation
@_spi(Harness) import SwiftUI
import Testing

@testable import Views

/// Every component, in both languages and at both ends of the text sizes.
@MainActor @Suite struct AccessTests {
    struct Gallery: View {
        @State private var number: Double? = 3
        @State private var set: Set<Int> = []
        @State private var bool: Bool?
        @State private var int: Int?
        @State private var level = 1.0
        @State private var strokes = Strokes()
        @State private var typed = ""
        let entry = PinEntry()
        @Environment(\.words) private var words

        var body: some View {
            ScrollView {
                NumberField(name: "Fridge", value: $number, range: 0...9, unit: "°C")
                ChoiceList(choices: [Choice(1, "One"), Choice(2, "Two")], chosen: $set)
                PassFail(passed: $bool)
                YesNo(answer: $bool)
                FaceScale(score: $int)
                StarRating(stars: $int)
                NumberScale(range: 0...10, value: $int)
                SliderField(name: "Noise", value: $level, range: 0...2)
                SignaturePad(strokes: $strokes, typed: $typed)
                TimerFace(seconds: 3, since: nil)
                PinPad(entry: entry) {}
                OfflineBanner()
                LockedBanner {}
                EmptyState(name: words.stateEmpty, step: (words.actionStart, {}))
                DestructiveButton(words.actionDelete, detail: words.runVoidDetail) {}
                IconButton(.close, words.actionClose) {}
                ListRow("Till", status: Status(words.filterOpen, .accent))
                SectionHeader(words.todayDue)
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
        let row = ListRow("Fridge log", status: Status("Due", .info))
        #expect(ViewHost(row, environment: environment).tree.contains("font: 16.0"))
        environment.dynamicTypeSize = .accessibility5
        let large = ViewHost(row, environment: environment).tree
        #expect(large.hasPrefix("VStack") && large.contains("font: 49.9"))
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

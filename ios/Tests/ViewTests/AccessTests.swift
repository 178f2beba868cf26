import Presentation
@_spi(Harness) import SwiftUI
import Testing

@testable import Views

/// Every component, in both languages and at both ends of the text sizes.
@MainActor @Suite struct AccessTests {
    struct Gallery: View {
        @State private var number = "3"
        @State private var set: Set<Int> = []
        @State private var bool: Bool?
        @State private var int: Int?
        @State private var level: Double?
        @State private var strokes = Strokes()
        @State private var typed = ""
        let entry = PinEntry()
        @Environment(\.words) private var words

        var body: some View {
            ScrollView {
                Field(name: "Remarks", text: $typed, hint: words.stateOptional, lines: 3)
                NumberField(name: "Fridge", text: $number, step: { _ in }, unit: "°C", wrong: words.stateRequired)
                Choices(choices: [Choice(1, "One"), Choice(2, "Two")], chosen: $set)
                PassFail(passed: $bool)
                YesNo(answer: $bool)
                Faces(score: $int)
                Rating(stars: $int)
                Scale(range: 0...10, value: $int)
                SliderField(name: "Noise", value: $level, range: 0...2, shown: nil)
                SignaturePad(strokes: $strokes, typed: $typed)
                TimerFace(seconds: 3, since: nil, state: words.contactPaused)
                PinPad(entry: entry, wrong: words.pinWrong) {}
                OfflineBanner()
                LockedBanner {}
                EmptyState(name: words.stateEmpty, step: (words.actionStart, {}))
                DestructiveButton(words.actionDelete, detail: words.runVoidDetail) {}
                AppIconButton(.close, words.actionClose) {}
                ListRow("Till", Status(words.filterOpen, .accent))
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
        let row = ListRow("Fridge log", Status("Due", .info), Status("Mine", .accent))
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

    @Test func thePlacesOfTheAppAreTabs() throws {
        let places = ["today", "sync"].map { id in
            Destination(
                id: id, name: id, icon: "house", waiting: id == "sync" ? 2 : 0,
                list: AnyView(Page(name: "Page \(id)") { Text("On \(id)") }))
        }
        let host = ViewHost(Holder("today") { AppScaffold(places: places, current: $0) })
        #expect(host.shows("Page today") && !host.shows("Page sync"))
        #expect(try host.value(of: "sync") == "2")
        try host.tap("sync")
        #expect(host.shows("On sync") && host.shows("= sync"))
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

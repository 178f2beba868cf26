@_spi(Harness) import SwiftUI
import Testing

/// What a test of a screen relies on, tried on views made for it.
@MainActor @Suite struct HarnessTests {
    struct Controls: View {
        @State private var isOn = false
        @State private var count = 1
        @State private var level = 0.5
        @State private var text = ""
        @State private var day = Date(timeIntervalSince1970: 0)
        @State private var fruit = "fig"

        var body: some View {
            Form {
                Toggle("Light", isOn: $isOn)
                Stepper("Count", value: $count, in: 0...2)
                Slider(value: $level, in: 0...1, step: 0.25) { Text("Level") }
                TextField("Name", text: $text)
                SecureField("Code", text: $text)
                TextEditor(text: $text).accessibilityLabel("Remarks")
                DatePicker("Day", selection: $day, in: Date(timeIntervalSince1970: 0)..., displayedComponents: .date)
                Picker("Fruit", selection: $fruit) { ForEach(["fig", "pear"], id: \.self) { Text($0).tag($0) } }
                DisclosureGroup("More") { Text("Hidden part") }
            }
        }
    }

    @Test func everyControlIsSetAndRead() throws {
        let host = ViewHost(Controls())
        try host.tap("Light")
        #expect(try host.value(of: "Light") == "on")
        try host.perform("Increment", on: "Count")
        try host.perform("Increment", on: "Count")
        #expect(try host.value(of: "Count") == "2")
        try host.perform("Decrement", on: "Level")
        #expect(try host.value(of: "Level") == "0.25")
        try host.set("Remarks", to: "ab")
        #expect(try host.value(of: "Name") == "ab")
        #expect(try host.value(of: "Code") == "••")
        try host.set("Day", to: Date(timeIntervalSince1970: -86_400))
        #expect(try host.value(of: "Day") == "1970-01-01")
        try host.set("Day", to: Date(timeIntervalSince1970: 86_400))
        #expect(try host.value(of: "Day") == "1970-01-02")
        try host.set("Fruit", to: "pear")
        #expect(try host.value(of: "Fruit") == "pear")
        #expect(!host.shows("Hidden part"))
        try host.tap("More")
        #expect(host.shows("Hidden part"))
        #expect(throws: HarnessError.self) { try host.set("Count", to: "two") }
        #expect(host.unnamed.isEmpty && host.small.isEmpty)
    }

    struct Faults: View {
        @State private var text = ""
        var body: some View {
            VStack {
                TextEditor(text: $text)
                Button {
                } label: {
                    Image(systemName: "plus").accessibilityHidden(true)
                }
                Button("Narrow") {}.frame(width: 30, height: 60)
                Button("Bare") {}
                Button {
                } label: {
                    Text("Good").frame(minWidth: 44, minHeight: 44)
                }
                Text("Tapped").onTapGesture {}
                Text("Trait").frame(minHeight: 44).onTapGesture {}.accessibilityAddTraits(.isButton)
                Canvas { _, _ in }.frame(height: 80).gesture(DragGesture()).accessibilityLabel("Drawn")
            }
        }
    }

    @Test func faultsOfAccessAreFound() {
        let host = ViewHost(Faults())
        #expect(host.unnamed == ["TextEditor", "Button"])
        #expect(host.small == ["", "Narrow", "Bare", "Tapped"])
        #expect(host.gestureOnly == ["Tapped", "Drawn"])
    }

    struct Boxed: ButtonStyle {
        let side: CGFloat
        @Environment(\.isEnabled) private var isEnabled
        func makeBody(configuration: Configuration) -> some View {
            configuration.label.frame(minWidth: side, minHeight: side).opacity(isEnabled ? 1 : 0.5)
        }
    }

    @Test(arguments: [20.0, 44.0]) func aStylesFrameCounts(side: Double) {
        let host = ViewHost(HStack { Button("Go") {}.buttonStyle(Boxed(side: side)) })
        #expect(host.small.isEmpty == (side >= 44))
    }

    struct Storing: View {
        @AppStorage("theme") private var theme = "light"
        @SceneStorage("tab") private var tab = 1
        var body: some View {
            List {
                Button("Dark") { (theme, tab) = ("dark", 3) }
                Text("\(theme) \(tab)")
                Reader()
            }
        }
    }
    struct Reader: View {
        @AppStorage("theme") private var theme = "none"
        var body: some View { Text("also \(theme)") }
    }

    @Test func storedValuesAreSharedAndOutliveTheApp() throws {
        let host = ViewHost(Storing())
        #expect(host.texts.contains("also light"))
        try host.tap("Dark")
        #expect(host.texts.contains("dark 3") && host.texts.contains("also dark"))
        #expect(ViewHost(Storing(), after: host).texts.contains("dark 3"))
        #expect(ViewHost(Storing()).texts.contains("light 1"))
    }

    @Test func timeIsWhatTheTestSays() {
        let host = ViewHost(
            TimelineView(.periodic(from: .now, by: 1)) { Text("\(Int($0.date.timeIntervalSince1970))") })
        #expect(host.shows("0"))
        host.now = Date(timeIntervalSince1970: 5)
        #expect(host.shows("5"))
    }

    struct Drawing: View {
        @State private var points: [CGPoint] = []
        @State private var isDone = false
        var body: some View {
            Canvas { context, size in
                context.stroke(Path { $0.addLines(points) }, with: .color(.black), style: StrokeStyle(lineWidth: 2))
            }
            .gesture(
                DragGesture(minimumDistance: 0).onChanged { points.append($0.location) }.onEnded { _ in isDone = true }
            )
            .accessibilityLabel("Pad")
            .accessibilityValue("\(points.count) \(isDone)")
        }
    }

    @Test func aFingerDraws() throws {
        let host = ViewHost(Drawing())
        try host.drag("Pad", through: [.zero, CGPoint(x: 5, y: 5), CGPoint(x: 9, y: 9)])
        #expect(host.shows("2 true"))
    }
}

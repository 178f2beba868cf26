@_spi(Harness) import SwiftUI
import Testing

@MainActor @Suite struct NavigationTests {
    struct Panes: View {
        @State private var chosen: Int?
        var body: some View {
            NavigationSplitView {
                List(selection: $chosen) { ForEach(1...2, id: \.self) { NavigationLink("Row \($0)", value: $0) } }
            } detail: {
                if let chosen { Text("Detail \(chosen)") } else { Text("Nothing chosen") }
            }
        }
    }

    @Test func aWideScreenShowsBothPanes() throws {
        var environment = EnvironmentValues()
        environment.horizontalSizeClass = .regular
        let host = ViewHost(Panes(), environment: environment)
        #expect(host.shows("Nothing chosen") && host.shows("Row 2"))
        try host.tap("Row 2")
        #expect(host.shows("Detail 2") && host.shows("Row 1"))
        #expect(try host.notes(of: "Row 2") == ["selected"])
    }

    @Test func aNarrowScreenShowsOneAndTheWayBack() throws {
        let host = ViewHost(Panes())
        #expect(!host.shows("Nothing chosen"))
        try host.tap("Row 1")
        #expect(host.shows("Detail 1") && !host.shows("Row 1"))
        try host.tap("Back")
        #expect(host.shows("Row 1"))
    }

    struct Bar: View {
        @State private var tab = "one"
        var body: some View {
            TabView(selection: $tab) {
                Counter().tabItem { Label("First", systemImage: "1.circle") }.tag("one")
                Text("Second page").tabItem { Label("Second", systemImage: "2.circle") }.tag("two").badge(3)
            }
        }
    }
    struct Counter: View {
        @State private var count = 0
        var body: some View {
            List {
                Button("Count") { count += 1 }
                Text("at \(count)")
            }
        }
    }

    @Test func aTabKeepsItsStateWhileAnotherIsShown() throws {
        let host = ViewHost(Bar())
        try host.tap("Count")
        #expect(host.shows("at 1") && !host.shows("Second page"))
        #expect(try host.value(of: "Second") == "3")
        try host.tap("Second")
        #expect(host.shows("Second page") && !host.shows("at 1"))
        try host.tap("First")
        #expect(host.shows("at 1"))
    }

    struct Asking: View {
        @State private var asks = false
        @State private var picked: Picked?
        @State private var covers = false
        @State private var said = ""
        struct Picked: Identifiable, Hashable { let id: Int }

        var body: some View {
            NavigationStack {
                List {
                    Text("said \(said)")
                    Button("Delete", role: .destructive) { asks = true }
                    Button("Pick") { picked = Picked(id: 4) }
                    Button("Cover") { covers = true }
                }
                .confirmationDialog("Delete it?", isPresented: $asks, titleVisibility: .visible) {
                    Button("Yes", role: .destructive) { said = "yes" }
                    Button("No", role: .cancel) {}
                } message: {
                    Text("It cannot be undone.")
                }
                .sheet(item: $picked) { item in Closing(words: "Sheet \(item.id)") }
                .fullScreenCover(isPresented: $covers) { Closing(words: "Covered") }
            }
        }
    }
    struct Closing: View {
        let words: String
        @Environment(\.dismiss) private var dismiss
        var body: some View {
            VStack {
                Text(words)
                Button("Close") { dismiss() }
            }
        }
    }

    @Test func questionsCoverWhatIsUnderThem() throws {
        let host = ViewHost(Asking())
        try host.tap("Delete")
        #expect(host.texts == ["Delete it?", "It cannot be undone.", "Yes", "No"])
        #expect(throws: HarnessError.self) { try host.tap("Pick") }
        try host.tap("Yes")
        #expect(host.shows("said yes"))
        try host.tap("Pick")
        #expect(host.shows("Sheet 4"))
        try host.tap("Close")
        try host.tap("Cover")
        #expect(host.texts == ["Covered", "Close"])
        try host.tap("Close")
        #expect(host.shows("said yes"))
    }

    struct Rows: View {
        @State private var passed: [String] = []
        var body: some View {
            List {
                ForEach(["Freezer", "Fridge"], id: \.self) { name in
                    VStack {
                        Text(name)
                        Button("Pass") { passed.append(name) }
                    }
                }
                Text("passed \(passed.joined())")
            }
        }
    }

    @Test func whatIsNamedAlikeIsToldApart() throws {
        let host = ViewHost(Rows())
        #expect(throws: HarnessError.self) { try host.tap("Pass") }
        #expect(throws: HarnessError.self) { try host.tap("Pass", near: "Oven") }
        try host.tap("Pass", near: "Fridge")
        #expect(host.shows("passed Fridge"))
    }

    struct Events: View {
        @State private var query = ""
        @State private var log: [String] = []
        @FocusState private var isFocused: Bool
        var body: some View {
            List {
                TextField("Field", text: $query).focused($isFocused)
                ForEach(log, id: \.self) { Text($0) }
            }
            .searchable(text: $query, prompt: "Find")
            .refreshable { log.append("refreshed") }
            .onChange(of: query) { old, new in log.append("\(old)>\(new)") }
            .onChange(of: query.count) { log.append("\(query.count) letters") }
            .task { log.append("task") }
            .onAppear { isFocused = true }
            .toolbar { ToolbarItem(placement: .primaryAction) { Button("Bar") { log.append("bar") } } }
            .safeAreaInset(edge: .bottom) { Text("Inset") }
        }
    }

    @Test func eventsReachTheView() async throws {
        let host = ViewHost(Events())
        try await host.wait { $0.shows("task") }
        #expect(try host.notes(of: "Field").contains("focused"))
        try host.set("Find", to: "tea")
        #expect(host.shows(">tea") && host.shows("3 letters") && host.shows("Inset"))
        try host.tap("Bar")
        #expect(host.shows("bar"))
        try host.refresh()
        try await host.wait { $0.shows("refreshed") }
        host.close()
    }
}

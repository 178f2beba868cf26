import Presentation
import SwiftUI

/// What is there before anything else: the store is opened, or it is said why not and what to do.
public struct RootView: View {
    private let opening: any DeviceOpening
    @State private var unsent = Load<Int>.loading
    @Environment(\.words) private var words

    public init(opening: any DeviceOpening) { self.opening = opening }

    public var body: some View {
        StateOf(load: unsent, retry: { Task { await open() } }) {
            EmptyView()
        } content: { count in
            EmptyState(name: words.appName, detail: words.syncUnsent(n: count), icon: .sync)
        }
        .task { await open() }
    }

    private func open() async {
        unsent = await load { () throws(Problem) in try await opening.open().unsent() }
    }
}

import Presentation
import SwiftUI

/// What is there before anything else: the store is opened, or it is said why not and what to do.
public struct RootView: View {
    private let opening: any DeviceOpening
    @State private var unsent = Loaded<Int>.loading
    @Environment(\.words) private var words

    public init(opening: any DeviceOpening) { self.opening = opening }

    public var body: some View {
        VStack(spacing: Space.l) {
            LoadedView(loaded: unsent, isEmpty: { _ in false }, retry: { Task { await open() } }) {
                EmptyView()
            } content: { count in
                EmptyState(name: words.appName, detail: words.syncUnsent(n: count), icon: .sync)
            }
        }
        .padding(Space.l)
        .task { await open() }
    }

    private func open() async {
        unsent = await unsent.after { () throws(Failure) in try await opening.open().unsent() }
    }
}

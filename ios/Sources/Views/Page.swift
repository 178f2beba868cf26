import Presentation
import SwiftUI

/// A page: its title, what scrolls, and the one act of the page at the bottom, where a thumb is.
struct Page<Content: View, Bottom: View>: View {
    let name: String
    @ViewBuilder let content: Content
    @ViewBuilder let bottom: Bottom

    var body: some View {
        ScrollView {
            VStack(alignment: .leading, spacing: Space.l) { content }
                .padding(Space.l)
                .frame(maxWidth: Layout.reading)
                .frame(maxWidth: .infinity)
        }
        .background(Paint(Palette.ground))
        .navigationTitle(name)
        .safeAreaInset(edge: .bottom) { bottom.padding(Space.m).frame(maxWidth: Layout.reading) }
    }
}

extension Page where Bottom == EmptyView {
    init(name: String, @ViewBuilder content: () -> Content) {
        self.init(name: name, content: content, bottom: { EmptyView() })
    }
}

/// What lies over a screen until it is closed. Words do not reach it from the screen below.
struct Over<Content: View>: View {
    let words: any Strings
    let content: Content
    @Environment(\.dismiss) private var dismiss

    init(_ words: any Strings, @ViewBuilder content: () -> Content) { (self.words, self.content) = (words, content()) }

    var body: some View {
        NavigationStack {
            content.toolbar {
                ToolbarItem(placement: .cancellationAction) { Button(words.actionClose) { dismiss() } }
            }
        }
        .language(words)
    }
}

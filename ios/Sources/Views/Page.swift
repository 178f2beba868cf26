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

struct Destination: Identifiable {
    let id: String
    let name: String
    let icon: String
    var waiting = 0
    let list: AnyView
}

/// The places of the app in a bar; in each, its list beside its detail on an iPad, or one over the other on a phone.
/// The icons of the bar are the system's: it takes no others that grow and mirror as its own do.
struct AppScaffold: View {
    let places: [Destination]
    @Binding var current: String

    var body: some View {
        TabView(selection: $current) {
            ForEach(places) { place in
                place.list
                    .tabItem { Label(place.name, systemImage: place.icon) }
                    .tag(place.id)
                    .badge(place.waiting)
            }
        }
        .tint(Paint(Palette.accent))
    }
}

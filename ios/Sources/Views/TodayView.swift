import Presentation
import SwiftUI

/// What is to be done, in the core's order, each with why.
struct TodayView: View {
    let app: AppModel
    let today: Detail<TodayDetail>
    let open: @MainActor (TodayItem) -> Void
    @State private var showsSync = false
    @Environment(\.words) private var words

    var body: some View {
        NavigationStack {
            Page(name: words.todayTitle) {
                if let me = app.me {
                    Text(me.name + " · " + me.site.text).type(TypeScale.label, Palette.inkMuted)
                }
                ContactBanners(app: app)
                ErrorBanner(today.problem) { Task { await today.reload() } }
                Shown(today) { detail in
                    if detail.items.isEmpty {
                        EmptyState(name: words.todayEmpty, detail: words.todayEmptyDetail, icon: .good)
                    }
                    ForEach(Array(detail.items.enumerated()), id: \.offset) { _, item in row(item) }
                }
            }
            .refreshable { app.sync() }
            .modifier(Bar(app: app))
            .sheet(isPresented: $showsSync) { Over(words) { SyncView(app: app) } }
        }
    }

    private func row(_ item: TodayItem) -> some View {
        ListRow(
            item.title.text,
            detail: line(
                item.dueMs.map { words.todayDueAt(time: words.time($0)) },
                item.of == 0 ? nil : words.labelProgress(done: Int(item.done), total: Int(item.of))),
            icon: icon(item.what), words.say(item.why)
        ) { if item.what == .refused { showsSync = true } else { open(item) } }
        .padding(.horizontal, Space.m)
        .background(Paint(Palette.surface), in: .rect(cornerRadius: Radius.m))
    }
    private func icon(_ what: TodayWhat) -> Icon {
        switch what {
        case .module: .training
        case .procedure, .run: .procedures
        case .refused: .attention
        }
    }
}

import Presentation
import SwiftUI

/// The places of the app. Which one, and what is open in it, is there again after the system ended the app.
struct HomeView: View {
    let app: AppModel
    @SceneStorage("place") private var place = "today"
    @SceneStorage("run") private var run = ""
    @SceneStorage("module") private var module = ""
    @State private var today: Detail<TodayDetail>
    @Environment(\.words) private var words

    init(app: AppModel) {
        self.app = app
        _today = State(initialValue: Detail(app) { try $0.today() })
    }

    var body: some View {
        AppScaffold(
            places: [
                Destination(
                    id: "today", name: words.navToday, icon: "house", waiting: Int(today.value?.count ?? 0),
                    list: AnyView(TodayView(app: app, today: today) { open($0) })),
                Destination(
                    id: "procedures", name: words.navProcedures, icon: "checklist",
                    list: AnyView(ProceduresView(app: app, run: $run))),
                Destination(
                    id: "training", name: words.navTraining, icon: "graduationcap",
                    list: AnyView(TrainingView(app: app, module: $module))),
                Destination(
                    id: "feedback", name: words.navFeedback, icon: "face.smiling", list: AnyView(FeedbackView(app: app))
                ),
                Destination(
                    id: "contacts", name: words.navContacts, icon: "phone", list: AnyView(ContactsView(app: app))),
            ], current: $place
        )
        .task(id: app.turn(.procedures, .training, .content, .sync)) { await today.reload() }
    }

    private func open(_ item: TodayItem) {
        switch item.what {
        case .module: (module, place) = (item.id, "training")
        case .run: (run, place) = (item.id, "procedures")
        case .procedure:
            Task {
                if let id = await today.perform({ try $0.procedures.start(procedure: item.id) }) {
                    (run, place) = (id, "procedures")
                }
            }
        case .refused: break
        }
    }
}

/// What every first page has in its bar: the sync centre, the settings, and who is at the phone.
struct Bar: ViewModifier {
    let app: AppModel
    @State private var shows: Sheet?
    @Environment(\.words) private var words
    enum Sheet: String, Identifiable {
        case sync, settings, who
        var id: String { rawValue }
    }

    func body(content: Content) -> some View {
        content
            .toolbar {
                ToolbarItemGroup(placement: .primaryAction) {
                    AppIconButton(app.isOffline ? .cloudOff : .sync, words.navSync) { shows = .sync }
                    AppIconButton(.people, words.whoSwitch) { shows = .who }
                    AppIconButton(.settings, words.navSettings) { shows = .settings }
                }
            }
            .sheet(item: $shows) { sheet in
                NavigationStack {
                    Group {
                        switch sheet {
                        case .sync: SyncView(app: app)
                        case .settings: SettingsView(app: app)
                        case .who: WhoView(app: app)
                        }
                    }
                    .toolbar {
                        ToolbarItem(placement: .cancellationAction) {
                            Button(words.actionClose) { shows = nil }
                        }
                    }
                }
                .language(words)
            }
    }
}

/// Above every list: whether the phone is in contact, and what the server said about it as a whole.
struct ContactBanners: View {
    let app: AppModel
    @Environment(\.words) private var words
    var body: some View {
        if app.isOffline { OfflineBanner() }
        if let blocked = app.status?.blocked {
            Notice(status: Status(words.syncBlocked, .wrong), detail: words.blocked(blocked.code))
        }
        if let problem = app.syncProblem, !problem.isOffline { ErrorBanner(problem: problem) { app.sync() } }
    }
}

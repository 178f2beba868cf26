import Presentation
import SwiftUI

/// The places of the app in a bar; in each, its list beside its detail on an iPad, or one over the other on a phone.
/// Where somebody is, and what is open there, is the same again after the system ended the app.
struct HomeView: View {
    let app: AppModel
    @SceneStorage("place") private var place = "today"
    @SceneStorage("run") private var run = ""
    @SceneStorage("module") private var module = ""
    @State private var today = Detail<TodayDetail>()
    @Environment(\.words) private var words

    var body: some View {
        TabView(selection: $place) {
            tab("today", words.navToday, "house") { TodayView(app: app, today: today, open: open) }
                .badge(Int(today.value?.count ?? 0))
            tab("procedures", words.navProcedures, "checklist") { ProceduresView(app: app, run: $run) }
            tab("training", words.navTraining, "graduationcap") { TrainingView(app: app, module: $module) }
            tab("feedback", words.navFeedback, "face.smiling") { FeedbackView(app: app) }
            tab("contacts", words.navContacts, "phone") { ContactsView(app: app) }
        }
        .tint(Paint(Palette.accent))
        .task(id: app.turn(.procedures, .training, .content, .sync)) {
            await today.ask(app) { try $0.today() }
            if let today = today.value { await app.remind(today) }
        }
    }

    /// The icons of the bar are the system's: it takes no others that grow and mirror as its own do.
    private func tab<V: View>(_ id: String, _ name: String, _ icon: String, list: () -> V) -> some View {
        list().tabItem { Label(name, systemImage: icon) }.tag(id)
    }
    private func open(_ item: TodayItem) {
        switch item.what {
        case .module: (module, place) = (item.id, "training")
        case .run: (run, place) = (item.id, "procedures")
        case .procedure:
            Task {
                if let id = await today.perform(app, { try $0.procedures.start(procedure: item.id) }) {
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
                Over(words) {
                    switch sheet {
                    case .sync: SyncView(app: app)
                    case .settings: SettingsView(app: app)
                    case .who: WhoView(app: app)
                    }
                }
            }
    }
}

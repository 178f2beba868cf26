import Presentation
import SwiftUI

/// The places of the app in a bar; in each, its list beside its detail on an iPad, or one over the other on a phone.
/// Where somebody is, and what is open there, is the same again after the system ended the app.
struct HomeView: Screen {
    let app: AppModel
    @SceneStorage("place") private var place = "today"
    @SceneStorage("run") private var run = ""
    @SceneStorage("action") private var action = ""
    @SceneStorage("work") private var work = "runs"
    @SceneStorage("module") private var module = ""
    /// Where a run is gone on with: it scrolls there when it is shown.
    @SceneStorage("run.item") private var item = ""
    @State private var today = Detail<TodayDetail>()

    var body: some View {
        TabView(selection: $place) {
            tab("today", words.navToday, "house") {
                TodayView(app: app, today: today) { item in Task { await open(item) } }
            }
            .badge(Int(today.value?.count ?? 0))
            tab("procedures", words.navProcedures, "checklist") {
                WorkView(app: app, run: $run, action: $action, work: $work)
            }
            tab("training", words.navTraining, "graduationcap") { TrainingView(app: app, module: $module) }
            tab("feedback", words.navFeedback, "face.smiling") { FeedbackView(app: app) }
            tab("contacts", words.navContacts, "phone") { ContactsView(app: app) }
        }
        .tint(Paint(Palette.accent))
        .task(id: app.turn(.procedures, .actions, .training, .content, .sync)) {
            await today.ask(app) { try $0.today() }
            if let today = today.value { await app.remind(today) }
        }
        .onChange(of: app.way) { if let way = app.way { lead(way) } }
    }

    /// The icons of the bar are the system's: it takes no others that grow and mirror as its own do.
    private func tab<V: View>(_ id: String, _ name: String, _ icon: String, list: () -> V) -> some View {
        list().tabItem { Label(name, systemImage: icon) }.tag(id)
    }
    private func open(_ item: TodayItem) async {
        switch item.what {
        case .module: (module, place) = (item.id, "training")
        case .run: lead(.run(item.id, item: nil))
        case .procedure:
            if let id = await today.perform(app, { try $0.procedures().start(procedure: item.id) }) {
                lead(.run(id, item: nil))
            }
        case .refused: break
        }
    }
    private func lead(_ way: Way) {
        switch way {
        case .run(let id, let at):
            if let at { item = id + "/" + at }
            (run, work) = (id, "runs")
        case .action(let id): (action, work) = (id, "actions")
        case .actions: (action, work) = ("", "actions")
        }
        place = "procedures"
        app.way = nil
    }
}

/// What every first page has in its bar: the sync centre, the settings, and who is at the phone.
struct Bar: ViewModifier {
    let app: AppModel
    @Environment(\.words) private var words

    func body(content: Content) -> some View {
        content.toolbar {
            ToolbarItemGroup(placement: .primaryAction) {
                OverButton(name: words.navSync, icon: app.isOffline ? .cloudOff : .sync, isBare: true) {
                    SyncView(app: app)
                }
                OverButton(name: words.whoSwitch, icon: .people, isBare: true) { WhoView(app: app) }
                OverButton(name: words.navSettings, icon: .settings, isBare: true) { SettingsView(app: app) }
            }
        }
    }
}

/// What is to be done, in the core's order, each with why.
struct TodayView: Screen {
    let app: AppModel
    let today: Detail<TodayDetail>
    let open: @MainActor (TodayItem) -> Void
    @State private var showsSync = false

    var body: some View {
        NavigationStack {
            Page(name: words.todayTitle) {
                if let me = app.me { Text(me.name + " · " + me.site.text).type(TypeScale.label, Palette.inkMuted) }
                if let status = app.status { Text(words.unsent(status)).type(TypeScale.label) }
                ContactBanners(app: app)
                ErrorBanner(problem: today.problem) { Task { await today.reload() } }
                Shown(today) { detail in
                    if detail.items.isEmpty {
                        EmptyState(name: words.todayEmpty, detail: words.todayEmptyDetail, icon: .good)
                    }
                    ForEach(Array(detail.items.enumerated()), id: \.offset) { _, item in row(item) }
                    if !detail.actions.first.isEmpty { actions(detail.actions) }
                }
            }
            .refreshable { app.sync() }
            .modifier(Bar(app: app))
            .sheet(isPresented: $showsSync) { Over(words) { SyncView(app: app) } }
        }
    }

    @ViewBuilder private func actions(_ all: TodayActions) -> some View {
        SectionHeader(name: words.actionsTitle)
        Chips(all: [
            all.late == 0 ? nil : Status(words.todayActionsLate(n: Int(all.late)), .wrong, .clock),
            all.differ == 0 ? nil : Status(words.todayActionsDiffer(n: Int(all.differ)), .attention, .clash),
            all.toReview == 0 ? nil : Status(words.todayActionsReview(n: Int(all.toReview)), .info),
        ])
        ForEach(all.first, id: \.id) { one in
            ActionRow(app: app, action: one) { app.way = .action(one.id) }.raised()
        }
        AppButton(name: words.todayActionsMore, weight: .quiet) { app.way = .actions }
    }
    private func row(_ item: TodayItem) -> some View {
        ListRow(
            name: item.title.text,
            detail: line(
                item.dueMs.map { words.todayDueAt(time: words.time($0)) },
                item.of == 0 ? nil : words.labelProgress(done: Int(item.done), total: Int(item.of))),
            icon: icon(item.what), statuses: [words.say(item.why)]
        ) { if item.what == .refused { showsSync = true } else { open(item) } }
        .raised()
    }
    private func icon(_ what: TodayWhat) -> Icon {
        switch what {
        case .module: .training
        case .procedure, .run: .procedures
        case .refused: .attention
        }
    }
}

/// What can be started and what was begun; beside it, on a wide screen, the run that is open.
struct ProceduresView: Screen {
    let app: AppModel
    @Binding var run: String
    @Binding var work: String
    @State private var query = ""
    @State private var status: RunStatus?
    @State private var procedures = Listing<ProcedureSummary>()
    @State private var runs = Listing<RunSummary>()
    @State private var start = Act()

    var body: some View {
        NavigationSplitView {
            List(selection: $run.optional) {
                WorkSegments(app: app, work: $work)
                ContactBanners(app: app)
                ErrorBanner(problem: start.problem)
                Section(words.proceduresRuns) {
                    Picker(words.actionFilter, selection: $status) {
                        Text(words.filterAll).tag(RunStatus?.none)
                        ForEach([RunStatus.open, .handedIn, .signedOff, .lapsed, .withdrawn], id: \.self) { one in
                            Text(words.say(one).words).tag(RunStatus?.some(one))
                        }
                    }
                    Rows(list: runs, empty: isSought ? words.countResults(n: 0) : words.runsEmpty) { one in
                        NavigationLink(value: one.id) { row(one) }.tag(one.id)
                    }
                }
                if !isSought {
                    Section(words.proceduresToStart) {
                        AssetButton(app: app)
                        Rows(list: procedures, empty: words.proceduresEmpty) { row($0) }
                    }
                }
            }
            .searchable(text: $query, prompt: words.runsSearch)
            .navigationTitle(words.proceduresTitle)
            .refreshable { app.sync() }
            .modifier(Bar(app: app))
        } detail: {
            if run.isEmpty {
                EmptyState(name: words.proceduresPick, icon: .procedures)
            } else {
                RunView(run: RunModel(app, id: run)).id(run)
            }
        }
        .task(id: Sought(turn: app.turn(.procedures, .content), words: query, status: status)) {
            await runs.ask(app) { [query, status] in
                try $0.procedures().runs(asked: RunsAsked(words: query, status: status, page: $1))
            }
        }
        .task(id: app.turn(.procedures, .content)) {
            await procedures.ask(app) { try $0.procedures().available(page: $1) }
        }
    }

    private struct Sought: Equatable { let turn: Int, words: String, status: RunStatus? }
    private var isSought: Bool { !query.isEmpty || status != nil }

    private func row(_ row: ProcedureSummary) -> some View {
        ListRow(
            name: row.title.text,
            detail: line(
                words.countItems(n: Int(row.items)), row.minutes.map { words.countMinutes(n: Int($0)) },
                row.dueMs.map { words.todayDueAt(time: words.time($0)) }), icon: .procedures
        ) {
            Task { if let id = await start.perform(app, { try $0.procedures().start(procedure: row.id) }) { run = id } }
        }
    }
    private func row(_ row: RunSummary) -> some View {
        ListRow(
            name: row.title.text,
            detail: line(
                row.asset.map { words.runAsset(name: $0.label.text) }, row.site.label.text,
                words.by(row.startedBy, row.startedMs)),
            icon: .procedures,
            statuses: [
                words.say(row.status),
                row.clashes == 0 ? nil : Status(words.clashCount(n: Int(row.clashes)), .attention),
                row.away ? Status(words.runArchived, .neutral) : nil, words.say(row.state),
            ])
    }
}

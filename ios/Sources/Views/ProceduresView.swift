import Presentation
import SwiftUI

/// What can be started and what was begun; beside it, on a wide screen, the run that is open.
struct ProceduresView: View {
    let app: AppModel
    @Binding var run: String
    @State private var procedures: Listing<ProcedureSummary>
    @State private var runs: Listing<RunSummary>
    @State private var start: Detail<String>
    @Environment(\.words) private var words

    init(app: AppModel, run: Binding<String>) {
        self.app = app
        _run = run
        _procedures = State(
            initialValue: Listing(app) { try $0.procedures.available(page: $1) })
        _runs = State(
            initialValue: Listing(app) { try $0.procedures.runs(page: $1) })
        _start = State(initialValue: Detail(app) { _ in "" })
    }

    var body: some View {
        NavigationSplitView {
            List(selection: chosen) {
                ContactBanners(app: app)
                if let problem = start.problem { ErrorBanner(problem: problem) {} }
                Section(words.proceduresRuns) {
                    StateOf(load: runs.load, retry: reload) {
                        Text(words.runsEmpty).type(TypeScale.body, Palette.inkMuted)
                    } content: { rows in
                        ForEach(rows, id: \.id) { row in NavigationLink(value: row.id) { name(row) } }
                        if runs.next != nil { Button(words.actionMore) { Task { await runs.more() } } }
                    }
                }
                Section(words.proceduresToStart) {
                    StateOf(load: procedures.load, retry: reload) {
                        Text(words.proceduresEmpty).type(TypeScale.body, Palette.inkMuted)
                    } content: { rows in
                        ForEach(rows, id: \.id) { row in
                            Button {
                                begin(row.id)
                            } label: {
                                ListRow(row.title.text, detail: detail(row), icon: .procedures)
                            }
                        }
                        if procedures.next != nil { Button(words.actionMore) { Task { await procedures.more() } } }
                    }
                }
            }
            .navigationTitle(words.proceduresTitle)
            .refreshable { app.sync() }
            .modifier(Bar(app: app))
        } detail: {
            if run.isEmpty {
                EmptyState(name: words.proceduresPick, icon: .procedures)
            } else {
                RunView(app: app, id: run).id(run)
            }
        }
        .task(id: app.turn(.procedures, .content)) {
            await runs.reload()
            await procedures.reload()
        }
    }

    private var chosen: Binding<String?> {
        Binding(get: { run.isEmpty ? nil : run }, set: { run = $0 ?? "" })
    }
    private func reload() {
        Task {
            await runs.reload()
            await procedures.reload()
        }
    }
    private func begin(_ procedure: String) {
        Task { if let id = await start.perform({ try $0.procedures.start(procedure: procedure) }) { run = id } }
    }
    private func detail(_ row: ProcedureSummary) -> String {
        [
            words.countItems(n: Int(row.items)), row.minutes.map { words.countMinutes(n: Int($0)) },
            row.dueMs.map { words.todayDueAt(time: words.time($0)) },
        ].compactMap { $0 }.joined(separator: " · ")
    }
    private func name(_ row: RunSummary) -> some View {
        ListRow(
            row.title.text,
            detail: [row.site.label.text, words.labelByAt(name: row.startedBy, time: words.time(row.startedMs))]
                .joined(separator: " · "), icon: .procedures,
            all: [
                words.say(row.status),
                row.clashes == 0 ? nil : Status(words.clashCount(n: Int(row.clashes)), .attention),
                row.away ? Status(words.runArchived, .neutral) : nil, words.say(row.state),
            ].compactMap { $0 })
    }
}

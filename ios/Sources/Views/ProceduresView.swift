import Presentation
import SwiftUI

/// What can be started and what was begun; beside it, on a wide screen, the run that is open.
struct ProceduresView: View {
    let app: AppModel
    @Binding var run: String
    @State private var procedures = Listing<ProcedureSummary>()
    @State private var runs = Listing<RunSummary>()
    @State private var start = Act()
    @Environment(\.words) private var words

    var body: some View {
        NavigationSplitView {
            List(selection: $run.optional) {
                ContactBanners(app: app)
                ErrorBanner(start.problem)
                Section(words.proceduresRuns) {
                    Rows(runs, empty: words.runsEmpty) { one in NavigationLink(value: one.id) { row(one) } }
                }
                Section(words.proceduresToStart) { Rows(procedures, empty: words.proceduresEmpty) { row($0) } }
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
            await runs.ask(app) { try $0.procedures.runs(page: $1) }
            await procedures.ask(app) { try $0.procedures.available(page: $1) }
        }
    }

    private func row(_ row: ProcedureSummary) -> some View {
        ListRow(
            row.title.text,
            detail: line(
                words.countItems(n: Int(row.items)), row.minutes.map { words.countMinutes(n: Int($0)) },
                row.dueMs.map { words.todayDueAt(time: words.time($0)) }),
            icon: .procedures
        ) {
            Task {
                if let id = await start.perform(app, { try $0.procedures.start(procedure: row.id) }) { run = id }
            }
        }
    }
    private func row(_ row: RunSummary) -> some View {
        ListRow(
            row.title.text, detail: line(row.site.label.text, words.by(row.startedBy, row.startedMs)),
            icon: .procedures, words.say(row.status),
            row.clashes == 0 ? nil : Status(words.clashCount(n: Int(row.clashes)), .attention),
            row.away ? Status(words.runArchived, .neutral) : nil, words.say(row.state))
    }
}

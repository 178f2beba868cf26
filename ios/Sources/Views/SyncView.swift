import Presentation
import SwiftUI

/// Contact with the server, and what became of every captured thing.
struct SyncView: View {
    let app: AppModel
    @State private var refused: Listing<CapturedSummary>
    @State private var captured: Listing<CapturedSummary>
    @State private var exported: String?
    @State private var problem: Problem?
    @Environment(\.words) private var words

    init(app: AppModel) {
        self.app = app
        func list(_ of: CapturedOf) -> Listing<CapturedSummary> {
            Listing(app) { try $0.sync.captured(of: of, page: $1) }
        }
        _refused = State(initialValue: list(.refused))
        _captured = State(initialValue: list(.everything))
    }

    var body: some View {
        Page(name: words.syncTitle) {
            ContactBanners(app: app)
            if let status = app.status { state(status) }
            if app.isSyncing {
                ProgressView(words.syncRunning)
                AppButton(words.syncCancel, weight: .secondary) { app.stopSync() }
            } else {
                AppButton(words.syncNow, icon: .sync) { app.sync() }
            }
            if !refused.rows.isEmpty {
                SectionHeader(words.syncRefused)
                ForEach(refused.rows, id: \.id) { row($0) }
            }
            SectionHeader(words.syncCaptured)
            StateOf(load: captured.load, retry: { Task { await reload() } }) {
                Text(words.stateEmpty).type(TypeScale.body, Palette.inkMuted)
            } content: { rows in
                ForEach(rows, id: \.id) { row($0) }
                if captured.next != nil {
                    AppButton(words.actionMore, weight: .quiet) { Task { await captured.more() } }
                }
            }
            SectionHeader(words.syncExport)
            Text(words.syncExportDetail).type(TypeScale.label, Palette.inkMuted)
            if let exported { Notice(status: Status(words.syncExported(file: exported), .good)) }
            if let problem { ErrorBanner(problem: problem) { export() } }
            AppButton(words.syncExport, icon: .export, weight: .secondary) { export() }
        }
        .refreshable { app.sync() }
        .task(id: app.turn(.sync, .procedures, .feedback, .interactions, .training)) { await reload() }
    }

    @ViewBuilder private func state(_ status: SyncStatus) -> some View {
        Text(status.lastContactMs.map { words.syncLast(time: words.time($0)) } ?? words.syncNever).type(TypeScale.label)
        Text(status.unsent == 0 ? words.syncAllSent : words.syncUnsent(n: Int(status.unsent))).type(TypeScale.strong)
        Text(words.syncPhotosWaiting(n: Int(status.picturesWaiting))).type(TypeScale.label)
        if app.report?.pictures?.heldBack == .metered { Notice(status: Status(words.syncPhotosMetered, .info)) }
        ForEach(status.setAside, id: \.keptAt) { store in
            Notice(status: Status(words.syncSetAside, .attention), detail: words.errorKeptAt(path: store.keptAt))
        }
    }
    private func row(_ one: CapturedSummary) -> some View {
        ListRow(
            words.what(one.what), detail: words.time(one.atMs) + "\n" + words.detail(one.state),
            all: [words.say(one.state)].compactMap { $0 })
    }
    private func reload() async {
        await refused.reload()
        await captured.reload()
    }
    private func export() {
        let file = app.phone.newFile()
        Task {
            do throws(Problem) {
                _ = try await app.export(to: file)
                (exported, problem) = (file, nil)
            } catch {
                problem = error
            }
        }
    }
}

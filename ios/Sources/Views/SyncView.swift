import Presentation
import SwiftUI

/// Contact with the server, and what became of every captured thing.
struct SyncView: View {
    let app: AppModel
    @State private var refused = Listing<CapturedSummary>()
    @State private var captured = Listing<CapturedSummary>()
    @Environment(\.words) private var words

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
                Rows(refused, empty: words.stateEmpty) { row($0) }
            }
            SectionHeader(words.syncCaptured)
            Rows(captured, empty: words.stateEmpty) { row($0) }
            SectionHeader(words.syncExport)
            Text(words.syncExportDetail).type(TypeScale.label, Palette.inkMuted)
            Export(app: app, name: words.syncExport)
        }
        .refreshable { app.sync() }
        .task(id: app.turn(.sync, .procedures, .feedback, .interactions, .training)) {
            await refused.ask(app) { try $0.sync.captured(of: .refused, page: $1) }
            await captured.ask(app) { try $0.sync.captured(of: .everything, page: $1) }
        }
    }

    @ViewBuilder private func state(_ status: SyncStatus) -> some View {
        Text(status.lastContactMs.map { words.syncLast(time: words.time($0)) } ?? words.syncNever).type(TypeScale.label)
        Text(status.unsent == 0 ? words.syncAllSent : words.syncUnsent(n: Int(status.unsent))).type(TypeScale.strong)
        Text(words.syncPhotosWaiting(n: Int(status.picturesWaiting))).type(TypeScale.label)
        if app.report?.pictures?.heldBack == .metered { Notice(words.syncPhotosMetered, .info) }
        ForEach(status.setAside, id: \.keptAt) { store in
            Notice(words.syncSetAside, .attention, detail: words.errorKeptAt(path: store.keptAt))
        }
    }
    private func row(_ one: CapturedSummary) -> some View {
        ListRow(
            words.what(one.what), detail: words.time(one.atMs) + "\n" + words.detail(one.state), words.say(one.state))
    }
}

/// Carries what is unsent out into a file.
struct Export: View {
    let app: AppModel
    let name: String
    @State private var file: String?
    @State private var act = Act()
    @Environment(\.words) private var words

    var body: some View {
        if let file { Notice(words.syncExported(file: file), .good) }
        ErrorBanner(act.problem) { export() }
        AppButton(name, icon: .export, weight: .secondary) { export() }
    }
    private func export() {
        let new = app.phone.newFile()
        Task { if await act.perform(app, { try $0.sync.export(file: new) }) != nil { file = new } }
    }
}

import Presentation
import SwiftUI

/// Contact with the server, and what became of every captured thing.
struct SyncView: Screen {
    let app: AppModel
    @State private var refused = Listing<CapturedSummary>()
    @State private var captured = Listing<CapturedSummary>()

    var body: some View {
        Page(name: words.syncTitle) {
            ContactBanners(app: app)
            if let status = app.status { state(status) }
            if app.isSyncing {
                ProgressView(words.syncRunning)
                AppButton(name: words.syncCancel, weight: .secondary) { app.stopSync() }
            } else {
                AppButton(name: words.syncNow, icon: .sync) { app.sync() }
            }
            if !refused.rows.isEmpty {
                SectionHeader(name: words.syncRefused)
                Rows(list: refused, empty: words.stateEmpty) { row($0) }
            }
            SectionHeader(name: words.syncCaptured)
            Rows(list: captured, empty: words.stateEmpty) { row($0) }
            SectionHeader(name: words.syncExport)
            Text(words.syncExportDetail).type(TypeScale.label, Palette.inkMuted)
            Export(app: app, name: words.syncExport)
        }
        .refreshable { app.sync() }
        .task(id: app.turn(.sync, .procedures, .feedback, .interactions, .training)) {
            await refused.ask(app) { try $0.sync().captured(of: .refused, page: $1) }
            await captured.ask(app) { try $0.sync().captured(of: .everything, page: $1) }
        }
    }

    @ViewBuilder private func state(_ status: SyncStatus) -> some View {
        Text(status.lastContactMs.map { words.syncLast(time: words.time($0)) } ?? words.syncNever).type(TypeScale.label)
        Text(words.unsent(status)).type(TypeScale.strong)
        Text(words.syncPhotosWaiting(n: Int(status.picturesWaiting))).type(TypeScale.label)
        if app.report?.pictures?.heldBack == .metered { Notice(says: words.syncPhotosMetered, tone: .info) }
        ForEach(status.setAside, id: \.keptAt) { store in
            Notice(says: words.syncSetAside, tone: .attention, detail: words.errorKeptAt(path: store.keptAt))
        }
    }
    private func row(_ one: CapturedSummary) -> some View {
        ListRow(
            name: words.what(one.what), detail: words.time(one.atMs) + "\n" + words.detail(one.state),
            statuses: [words.say(one.state)])
    }
}

/// Carries what is unsent out into a file.
struct Export: Screen {
    let app: AppModel
    let name: String
    @State private var file: String?
    @State private var act = Act()

    var body: some View {
        if let file { Notice(says: words.syncExported(file: file), tone: .good) }
        ErrorBanner(problem: act.problem) { export() }
        AppButton(name: name, icon: .export, weight: .secondary) { export() }
    }
    private func export() {
        let new = app.phone.newFile()
        Task { if await act.perform(app, { try $0.sync().export(file: new) }) != nil { file = new } }
    }
}

/// The person's language and PIN, this phone, and the ways out of it. What would be lost is said before it is.
struct SettingsView: Screen {
    let app: AppModel
    @State private var problem: Problem?
    @State private var drafts = 0

    var body: some View {
        Page(name: words.settingsTitle) {
            ErrorBanner(problem: problem)
            if let me = app.me { person(me) }
            SectionHeader(name: words.settingsPhone)
            if let status = app.status {
                LabeledContent(words.settingsPhoneId) { Text(status.name ?? status.device ?? "").type(TypeScale.body) }
                LabeledContent(words.enrolServer) { Text(status.server ?? "").type(TypeScale.body) }
            }
            reset
        }
        .task(id: app.turn(.people)) { drafts = await app.begun() }
    }

    @ViewBuilder private func person(_ me: Me) -> some View {
        Text(me.name).type(TypeScale.heading)
        Text(me.organisation + " · " + me.site.text).type(TypeScale.label, Palette.inkMuted)
        SectionHeader(name: words.settingsLanguage)
        Choices(
            all: me.languages.map { Choice($0, Locale(identifier: $0).localizedString(forIdentifier: $0) ?? $0) },
            chosen: [me.language]
        ) { chosen in tell { await $0.settle { try $0.people().readIn(language: chosen.first) } } }
        SectionHeader(name: words.pinEnter)
        OverButton(name: me.hasPin ? words.pinChange : words.pinSet, icon: .lock) { PinForm(app: app) }
        if me.hasPin {
            AppButton(name: words.whoLock, icon: .lock, weight: .secondary) { tell { await $0.become(nil, pin: nil) } }
        }
        OverButton(name: words.whoAdd, icon: .person) { EnrolView(app: app, recovers: false) }
        DestructiveButton(
            name: words.settingsSignOut,
            detail: line(
                drafts == 0 ? nil : words.settingsSignOutDrafts(n: drafts), words.settingsSignOutDetail, by: " ") ?? ""
        ) {
            tell { await $0.settle { _ = try $0.people().signOut(person: me.id, dropDrafts: true) } }
        }
    }

    /// Unsent work is carried out into a file first, or the core refuses.
    @ViewBuilder private var reset: some View {
        let unsent = Int(app.status?.unsent ?? 0)
        let hasPictures = app.status?.picturesWaiting != 0
        let lost = words.settingsResetDetail + " " + words.settingsResetLost(n: unsent)
        SectionHeader(name: words.settingsReset)
        Text(lost).type(TypeScale.label)
        Export(app: app, name: words.settingsResetExportFirst)
        DestructiveButton(
            name: words.settingsResetGo, detail: hasPictures ? lost + " " + words.settingsResetPhotos : lost
        ) {
            // What is unsent goes into a file on the way: nobody is asked to give it up.
            let carries = unsent == 0 && !hasPictures ? nil : app.phone.newFile()
            tell { await $0.reset(Leaving(file: carries, dropPictures: false)) }
        }
    }

    private func tell(_ act: @escaping @MainActor (AppModel) async -> Problem?) {
        Task {
            problem = await act(app)
            drafts = await app.begun()
        }
    }
}

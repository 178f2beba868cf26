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
        .task(id: app.turn(.sync, .procedures, .actions, .feedback, .interactions, .training)) {
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
    @State private var problem: Problem?

    var body: some View {
        HandOn(app: app)
        ErrorBanner(problem: problem) { export() }
        AppButton(name: name, icon: .export, weight: .secondary) { export() }
    }
    private func export() { Task { problem = await app.carry() } }
}

/// What was carried out, what was not, and the way to whoever gets it.
struct HandOn: Screen {
    let app: AppModel

    var body: some View {
        if let carried = app.carried {
            let file = URL(filePath: carried.file)
            Notice(says: words.syncExported(file: file.lastPathComponent), tone: .good, detail: words.syncExportDetail)
            ShareLink(item: file) { Text(words.syncHandOn) }.buttonStyle(Weighted(weight: .secondary))
            if carried.leftOut > 0 {
                Notice(says: words.settingsResetDamaged(n: Int(carried.leftOut)), tone: .attention)
            }
        }
    }
}

/// The person's language and PIN, this phone, and the ways out of it. What would be lost is said before it is.
struct SettingsView: Screen {
    let app: AppModel
    @State private var problem: Problem?
    @State private var drafts: [BegunDetail] = []
    @State private var leftOut: UInt64 = 0

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
                drafts.isEmpty ? nil : words.settingsSignOutDrafts(n: drafts.count), words.settingsSignOutDetail,
                by: " ") ?? "",
            before: {
                let begun = await app.begun()
                (drafts, problem) = (begun.value ?? [], begun.problem)
                return problem == nil
            }
        ) { [drafts] in tell { await $0.signOut(me.id, told: drafts) } }
    }

    /// Unsent work is carried out into a file first, and what no file carries is said, or the core refuses.
    @ViewBuilder private var reset: some View {
        let unsent = Int(app.status?.unsent ?? 0)
        let carries = unsent > 0 || app.status?.picturesWaiting != 0
        let lost = words.settingsResetDetail + " " + words.settingsResetLost(n: unsent)
        SectionHeader(name: words.settingsReset)
        Text(lost).type(TypeScale.label)
        Export(app: app, name: words.settingsResetExportFirst)
        DestructiveButton(
            name: words.settingsResetGo,
            detail: leftOut == 0 ? lost : lost + " " + words.settingsResetDamaged(n: Int(leftOut)),
            before: {
                problem = carries ? await app.carry() : nil
                leftOut = carries ? app.carried?.leftOut ?? 0 : 0
                return problem == nil
            }
        ) {
            // What is unsent goes into a file of its own, whatever was carried out before.
            let leaving = Leaving(file: carries ? app.phone.newFile() : nil, dropPictures: leftOut > 0)
            tell { await $0.reset(leaving) }
        }
    }

    private func tell(_ act: @escaping @MainActor (AppModel) async -> Problem?) { Task { problem = await act(app) } }
}

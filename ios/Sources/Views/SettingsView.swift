import Foundation
import Presentation
import SwiftUI

/// The person's language and PIN, this phone, and the ways out of it. What would be lost is said before it is.
struct SettingsView: View {
    let app: AppModel
    @State private var problem: Problem?
    @State private var drafts = 0
    @State private var setsPin = false
    @State private var adds = false
    @Environment(\.words) private var words

    var body: some View {
        Page(name: words.settingsTitle) {
            ErrorBanner(problem)
            if let me = app.me { person(me) }
            SectionHeader(words.settingsPhone)
            if let status = app.status {
                LabeledContent(words.settingsPhoneId) { Text(status.name ?? status.device ?? "").type(TypeScale.body) }
                LabeledContent(words.enrolServer) { Text(status.server ?? "").type(TypeScale.body) }
            }
            reset
        }
        .task(id: app.turn(.people)) { drafts = await app.begun() }
        .sheet(isPresented: $setsPin) { Over(words) { PinForm(app: app) { setsPin = false } } }
        .sheet(isPresented: $adds) { Over(words) { EnrolView(app: app, recovers: false) } }
    }

    @ViewBuilder private func person(_ me: Me) -> some View {
        Text(me.name).type(TypeScale.heading)
        Text(me.organisation + " · " + me.site.text).type(TypeScale.label, Palette.inkMuted)
        SectionHeader(words.settingsLanguage)
        Choices(
            me.languages.map { Choice($0, Locale(identifier: $0).localizedString(forIdentifier: $0) ?? $0) },
            chosen: [me.language]
        ) { chosen in tell { await $0.settle { try $0.people.readIn(language: chosen.first) } } }
        SectionHeader(words.pinEnter)
        AppButton(me.hasPin ? words.pinChange : words.pinSet, icon: .lock, weight: .secondary) { setsPin = true }
        if me.hasPin {
            AppButton(words.whoLock, icon: .lock, weight: .secondary) { tell { await $0.become(nil, pin: nil) } }
        }
        AppButton(words.whoAdd, icon: .person, weight: .secondary) { adds = true }
        DestructiveButton(
            words.settingsSignOut,
            detail: line(
                drafts == 0 ? nil : words.settingsSignOutDrafts(n: drafts), words.settingsSignOutDetail, by: " ") ?? ""
        ) {
            tell { await $0.settle { _ = try $0.people.signOut(person: me.id, dropDrafts: true) } }
        }
    }

    /// Unsent work is carried out into a file first, or the core refuses.
    @ViewBuilder private var reset: some View {
        let unsent = Int(app.status?.unsent ?? 0)
        let hasPictures = app.status?.picturesWaiting != 0
        let lost = words.settingsResetDetail + " " + words.settingsResetLost(n: unsent)
        SectionHeader(words.settingsReset)
        Text(lost).type(TypeScale.label)
        Export(app: app, name: words.settingsResetExportFirst)
        DestructiveButton(
            words.settingsResetGo, detail: hasPictures ? lost + " " + words.settingsResetPhotos : lost
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

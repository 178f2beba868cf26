import Foundation
import Presentation
import SwiftUI

/// The person's language and PIN, this phone, and the ways out of it. What would be lost is said before it is.
struct SettingsView: View {
    let app: AppModel
    @State private var problem: Problem?
    @State private var drafts = 0
    @State private var file: String?
    @State private var setsPin = false
    @State private var adds = false
    @Environment(\.words) private var words

    var body: some View {
        Page(name: words.settingsTitle) {
            if let problem { ErrorBanner(problem: problem) { self.problem = nil } }
            if let me = app.me {
                Text(me.name).type(TypeScale.heading)
                Text(me.organisation + " · " + me.site.text).type(TypeScale.label, Palette.inkMuted)
                SectionHeader(words.settingsLanguage)
                Choices(
                    choices: me.languages.map {
                        Choice($0, Locale(identifier: $0).localizedString(forIdentifier: $0) ?? $0)
                    },
                    chosen: Binding(get: { [me.language] }, set: { chosen in tell { await $0.read(in: chosen.first) } })
                )
                SectionHeader(words.pinEnter)
                AppButton(me.hasPin ? words.pinChange : words.pinSet, icon: .lock, weight: .secondary) {
                    setsPin = true
                }
                if me.hasPin {
                    AppButton(words.whoLock, icon: .lock, weight: .secondary) { Task { await app.lock() } }
                }
                AppButton(words.whoAdd, icon: .person, weight: .secondary) { adds = true }
                DestructiveButton(
                    words.settingsSignOut,
                    detail: drafts == 0
                        ? words.settingsSignOutDetail
                        : words.settingsSignOutDrafts(n: drafts) + " " + words.settingsSignOutDetail
                ) {
                    tell { await $0.signOut(me.id, dropDrafts: true) }
                }
            }
            phone
            reset
        }
        .task(id: app.turn(.people)) { drafts = await app.begun() }
        .sheet(isPresented: $setsPin) { NavigationStack { PinForm(app: app) { setsPin = false } }.language(words) }
        .sheet(isPresented: $adds) { NavigationStack { EnrolView(app: app, recovers: false) }.language(words) }
    }

    @ViewBuilder private var phone: some View {
        SectionHeader(words.settingsPhone)
        if let status = app.status {
            LabeledContent(words.settingsPhoneId) { Text(status.name ?? status.device ?? "").type(TypeScale.body) }
            LabeledContent(words.enrolServer) { Text(status.server ?? "").type(TypeScale.body) }
        }
    }

    /// Unsent work is carried out into a file first, or the core refuses.
    @ViewBuilder private var reset: some View {
        let unsent = Int(app.status?.unsent ?? 0)
        SectionHeader(words.settingsReset)
        Text(words.settingsResetDetail + " " + words.settingsResetLost(n: unsent)).type(TypeScale.label)
        if let file { Notice(status: Status(words.syncExported(file: file), .good)) }
        AppButton(words.settingsResetExportFirst, icon: .export, weight: .secondary) {
            let name = app.phone.newFile()
            tell {
                do throws(Problem) {
                    _ = try await $0.export(to: name)
                    file = name
                    return nil
                } catch {
                    return error
                }
            }
        }
        DestructiveButton(
            words.settingsResetGo,
            detail: [
                words.settingsResetDetail, words.settingsResetLost(n: unsent),
                app.status?.picturesWaiting == 0 ? nil : words.settingsResetPhotos,
            ].compactMap { $0 }.joined(separator: " ")
        ) {
            // What is unsent goes into a file on the way: nobody is asked to give it up.
            let carries = unsent == 0 && app.status?.picturesWaiting == 0 ? nil : app.phone.newFile()
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

import Foundation
import Presentation
import SwiftUI

/// What is there before anything else: the store is opened, the phone is set up, somebody says who they are.
public struct RootView: View {
    @State private var app: AppModel
    @Environment(\.scenePhase) private var scene

    public init(_ app: AppModel) { _app = State(initialValue: app) }

    public var body: some View {
        Group {
            switch app.phase {
            case .opening: ProgressView(app.words.stateLoading).padding(Space.xl)
            case .failed(.Locked(.key, _)): EnrolView(app: app, recovers: true)
            case .failed(let problem): Failure(problem: problem) { Task { await app.open() } }
            case .enrol: EnrolView(app: app, recovers: false)
            case .away: AwayView(app: app)
            case .choosePin: NavigationStack { PinForm(app: app) {} }
            case .who: NavigationStack { WhoView(app: app) }
            case .home: HomeView(app: app).id(app.me?.id)
            }
        }
        .language(app.words)
        .task { await app.open() }
        .onChange(of: scene) { if scene == .active { app.syncSoon() } }
    }
}

/// The phone was out of contact for longer than its organisation allows: nothing opens before a sync came through.
private struct AwayView: View {
    let app: AppModel
    @Environment(\.words) private var words
    var body: some View {
        VStack(spacing: Space.l) {
            EmptyState(
                name: words.leaseOver, detail: words.leaseOverDetail, icon: .lock, step: (words.syncNow, { app.sync() })
            )
            if app.isSyncing { ProgressView(words.syncRunning) }
            ErrorBanner(app.syncProblem) { app.sync() }
        }
        .padding(Space.l)
    }
}

/// A new phone takes a server and a one-time code; one that lost its key opens its store again by the same.
struct EnrolView: View {
    let app: AppModel
    let recovers: Bool
    @SceneStorage("enrol.server") private var server = ""
    @State private var code = ""
    @State private var problem: Problem?
    @State private var isBusy = false
    @Environment(\.words) private var words
    @Environment(\.dismiss) private var dismiss

    var body: some View {
        Page(name: words.enrolTitle) {
            Text(words.enrolTitle).type(TypeScale.title).accessibilityAddTraits(.isHeader)
            Text(recovers ? words.errorKeyLost : words.enrolHint).type(TypeScale.body, Palette.inkMuted)
            if let problem { Notice(words.bannerError, .wrong, detail: say(problem)) }
            Field(name: words.enrolServer, text: $server, keyboard: .URL)
            Field(name: words.enrolCode, text: typed, keyboard: .asciiCapable)
            AppButton(words.enrolScan, icon: .qrcode, weight: .secondary) {
                Task { if let text = await app.phone.code() { take(text) } }
            }
            if isBusy { ProgressView(words.enrolWorking) }
        } bottom: {
            AppButton(recovers ? words.enrolRecover : words.enrolGo) { go() }
                .disabled(isBusy || server.isEmpty || code.isEmpty)
        }
        .onOpenURL { take($0.absoluteString) }
    }

    /// The text of a QR code may be pasted where a code is typed.
    private var typed: Binding<String> { Binding(get: { code }, set: { take($0) }) }
    private func take(_ text: String) {
        let parts = URLComponents(string: text)?.queryItems ?? []
        func part(_ name: String) -> String? { parts.first { $0.name == name }?.value }
        if let found = part("server"), let one = part("code") { (server, code) = (found, one) } else { code = text }
    }
    private func say(_ problem: Problem) -> String {
        if case .Invalid("code", "valid", _) = problem { words.enrolCodeWrong } else { words.say(problem) }
    }
    private func go() {
        isBusy = true
        Task {
            let (server, code) = (server, code)
            problem =
                recovers
                ? await app.recover(server: server, code: code) : await app.enrol(server: server, code: code)
            isBusy = false
            if problem == nil { dismiss() }
        }
    }
}

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
            case .failed(let problem):
                Shown(load: Load<Void>.failed(problem), retry: { Task { await app.open() } }) { EmptyView() }
            case .enrol: EnrolView(app: app, recovers: false)
            case .away: AwayView(app: app)
            case .choosePin: NavigationStack { PinForm(app: app) }
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
private struct AwayView: Screen {
    let app: AppModel
    var body: some View {
        Page(name: words.leaseOver) {
            EmptyState(
                name: words.leaseOver, detail: words.leaseOverDetail, icon: .lock, step: (words.syncNow, { app.sync() })
            )
            if app.isSyncing { ProgressView(words.syncRunning) }
            ErrorBanner(problem: app.syncProblem) { app.sync() }
        }
    }
}

/// A new phone takes a server and a one-time code; one that lost its key opens its store again by the same.
struct EnrolView: Screen {
    let app: AppModel
    let recovers: Bool
    @SceneStorage("enrol.server") private var server = ""
    @State private var code = ""
    @State private var problem: Problem?
    @State private var isBusy = false
    @Environment(\.dismiss) private var dismiss

    var body: some View {
        Page(name: words.enrolTitle) {
            Text(words.enrolTitle).type(TypeScale.title).accessibilityAddTraits(.isHeader)
            Text(recovers ? words.errorKeyLost : words.enrolHint).type(TypeScale.body, Palette.inkMuted)
            if app.me == nil { HandOn(app: app) }
            ErrorBanner(problem: problem)
            Field(name: words.enrolServer, text: $server, keyboard: .URL)
            Field(name: words.enrolCode, text: typed, keyboard: .asciiCapable)
            AppButton(name: words.enrolScan, icon: .qrcode, weight: .secondary) {
                Task { if let text = await app.code() { take(text) } }
            }
            if isBusy { ProgressView(words.enrolWorking) }
        } bottom: {
            AppButton(name: recovers ? words.enrolRecover : words.enrolGo) { Task { await go() } }
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
    private func go() async {
        isBusy = true
        let enrol = recovers ? app.recover : app.enrol
        problem = await enrol(server, code)
        isBusy = false
        if problem == nil { dismiss() }
    }
}

/// Who is at the phone: a list of names, and the PIN of whoever has one.
struct WhoView: Screen {
    let app: AppModel
    @State private var people = Listing<PersonSummary>()
    @State private var chosen: PersonSummary?
    @State private var leader: PersonSummary?
    @State private var problem: Problem?
    @Environment(\.dismiss) private var dismiss

    var body: some View {
        Page(name: words.whoTitle) {
            if let leader, let chosen {
                pad(leader) { await unlock(chosen, by: leader, $0) }
            } else if let chosen, chosen.locked {
                Notice(says: words.pinLockedOut, tone: .wrong, detail: words.pinLockedOutDetail)
                SectionHeader(name: words.pinManager)
                ForEach(people.rows.filter { $0.pin && !$0.locked && $0.id != chosen.id }, id: \.id) { person in
                    row(person) { leader = person }
                }
            } else if let chosen {
                pad(chosen) { await become(chosen, $0) }
            } else {
                Rows(list: people, empty: words.whoNone, icon: .people) { person in
                    row(person) {
                        chosen = person
                        if !person.pin { Task { await become(person, nil) } }
                    }
                }
                ErrorBanner(problem: problem)
            }
            if chosen != nil { AppButton(name: words.actionBack, weight: .quiet) { forget() } }
        }
        .task(id: app.turn(.people)) { await people.ask(app) { try $0.people().list(page: $1) } }
    }

    private func row(_ person: PersonSummary, act: @escaping @MainActor () -> Void) -> some View {
        ListRow(
            name: person.name, detail: person.site.label.text, icon: .person,
            statuses: [person.locked ? Status(words.pinLockedOut, .wrong) : nil], act: act)
    }
    @ViewBuilder private func pad(_ person: PersonSummary, done: @escaping @MainActor (String) async -> Void)
        -> some View
    {
        SectionHeader(name: words.pinTitle(name: person.name))
        PersonPad(app: app, person: person.id, problem: problem, done: done).id(person.id)
    }
    private func forget() { (chosen, leader, problem) = (nil, nil, nil) }
    private func become(_ person: PersonSummary, _ pin: String?) async {
        problem = await app.become(person.id, pin: pin)
        if problem == nil {
            forget()
            dismiss()
        } else if pin == nil {
            chosen = nil
        }
    }
    private func unlock(_ person: PersonSummary, by leader: PersonSummary, _ pin: String) async {
        let draft = UnlockDraft(person: person.id, by: leader.id, pin: pin)
        problem = await app.settle { try $0.people().unlock(draft: draft) }
        if problem == nil { forget() }
    }
}

/// A PIN is chosen: the one that stands, the new one, and the new one again.
struct PinForm: Screen {
    let app: AppModel
    @State private var old: String?
    @State private var first: String?
    @State private var wrong: String?
    @Environment(\.dismiss) private var dismiss

    var body: some View {
        Page(name: words.pinSet) {
            Text(words.pinSetDetail).type(TypeScale.body, Palette.inkMuted)
            SectionHeader(name: asksOld ? words.pinOld : first == nil ? words.pinSet : words.pinRepeat)
            PinPad(wrong: wrong) { pin in Task { await next(pin) } }
        }
    }

    private var asksOld: Bool { app.me?.hasPin == true && old == nil }
    private func next(_ pin: String) async {
        wrong = nil
        if asksOld {
            old = pin
        } else if first == nil {
            first = pin
        } else if first != pin {
            (first, wrong) = (nil, words.pinDiffers)
        } else {
            let draft = PinDraft(person: nil, pin: pin, old: old)
            let problem = await app.settle { try $0.people().setPin(draft: draft) }
            (old, first, wrong) = (nil, nil, problem.map { words.say($0) })
            if problem == nil { dismiss() }
        }
    }
}

import Presentation
import SwiftUI

/// The log of contacts with customers, and finding one by phone number or e-mail address.
struct ContactsView: Screen {
    let app: AppModel
    @State private var contacts = Listing<ContactSummary>()
    @State private var found = Listing<ContactSummary>()
    @State private var isSearching = false
    @State private var query = ""
    @State private var begin = Act()
    @SceneStorage("contact") private var contact = ""

    var body: some View {
        NavigationStack {
            if contact.isEmpty {
                list
            } else {
                let draft = Draft(app, about: "contact/" + contact)
                ContactView(app: app, id: contact, customer: draft) { contact = "" }.id(contact)
            }
        }
        .task(id: app.turn(.interactions, .content)) {
            await contacts.ask(app) { try $0.interactions().list(of: .everybody, page: $1) }
        }
    }

    private var list: some View {
        Page(name: words.contactsTitle) {
            ContactBanners(app: app)
            Field(name: words.contactsSearch, text: $query, keyboard: .emailAddress)
            AppButton(name: words.actionSearch, icon: .search, weight: .secondary) { Task { await find() } }
                .disabled(query.isEmpty)
            ErrorBanner(problem: begin.problem)
            if isSearching { AppButton(name: words.actionClear, weight: .quiet) { isSearching = false } }
            Rows(
                list: isSearching ? found : contacts,
                empty: isSearching ? words.countResults(n: 0) : words.contactsEmpty, icon: .contacts
            ) { row in
                ListRow(
                    name: words.name(row.customer),
                    detail: line(row.reason?.reads, row.outcome?.reads, words.by(row.person, row.openedMs)),
                    icon: .contacts, statuses: [words.say(row.status), words.say(row.state)]
                ) { contact = row.id }
            }
        } bottom: {
            if app.me?.mayTakeContacts == true { AppButton(name: words.contactsNew, icon: .add) { start() } }
        }
        .modifier(Bar(app: app))
    }

    private func start() {
        let draft = ContactDraft(reason: nil, channel: nil, touchpoint: nil, customer: nil)
        Task { if let id = await begin.perform(app, { try $0.interactions().open(draft: draft) }) { contact = id } }
    }
    /// The core says whether it is a number or an address that it can look for.
    private func find() async {
        let of = query.contains("@") ? ContactsOf.email(email: query) : .phone(phone: TypedNumber.plain(query))
        await found.ask(app) { try $0.interactions().list(of: of, page: $1) }
        isSearching = true
    }
}

/// A contact: its timer, its customer, and how it ended.
struct ContactView: Screen {
    let app: AppModel
    let id: String
    @State var customer: Draft
    let close: @MainActor () -> Void
    @State private var contact = Detail<ContactSummary>()
    @State private var form = Detail<ContactForm>()
    @State private var shownAt = Date.now
    @State private var reason: [String] = []
    @State private var outcome: [String] = []
    @State private var channel: [String] = []

    var body: some View {
        Page(name: words.contactTitle) {
            AppButton(name: words.actionBack, weight: .quiet, action: close)
            Shown(contact) { detail in
                let status = words.say(detail.status)
                TimerFace(
                    seconds: Int(detail.activeMs / 1000), since: detail.status == .open ? shownAt : nil,
                    state: status.words)
                Chips(all: [status, words.say(detail.state)])
                ErrorBanner(problem: contact.problem)
                Text(words.contactCustomer + ": " + words.name(detail.customer)).type(TypeScale.body)
                switch detail.status {
                case .open:
                    AppButton(name: words.contactPause, icon: .pause, weight: .secondary) { mark(.pause) }
                    working
                case .paused:
                    AppButton(name: words.contactResume, icon: .play) { mark(.resume) }
                    working
                case .closed, .voided: ended(detail)
                }
            }
        }
        .task(id: app.turn(.interactions)) { await look() }
        .task(id: app.turn(.content)) { await form.ask(app) { try $0.interactions().form() } }
        .task { await customer.restore() }
    }

    @ViewBuilder private var working: some View {
        SectionHeader(name: words.contactCustomer)
        Field(name: words.contactName, text: said[0])
        Field(name: words.contactPhone, text: said[1], keyboard: .phonePad)
        Field(name: words.contactEmail, text: said[2], keyboard: .emailAddress)
        Field(name: words.labelNote, text: said[3], lines: 2)
        AppButton(name: words.contactSaveCustomer, weight: .secondary) { name() }.disabled(customer.text.isEmpty)
        if let form = form.value {
            ForEach(form.reasons, id: \.id) { family in
                SectionHeader(name: words.contactReason + ": " + family.label.text)
                Choices(all: family.reasons.choices, chosen: reason) { reason = $0 }
            }
            SectionHeader(name: words.contactOutcome)
            Choices(all: form.outcomes.choices, chosen: outcome) { outcome = $0 }
            SectionHeader(name: words.contactChannel)
            Choices(all: form.channels.choices, chosen: channel) { channel = $0 }
        }
        AppButton(name: words.contactClose, icon: .check) { end() }.disabled(reason.isEmpty || outcome.isEmpty)
        DestructiveButton(name: words.contactVoid, detail: words.contactVoidDetail) { mark(.void) }
    }

    @ViewBuilder private func ended(_ detail: ContactSummary) -> some View {
        ForEach(
            [
                (words.contactReason, detail.reason?.reads), (words.contactOutcome, detail.outcome?.reads),
                (words.contactChannel, detail.channel?.reads), (words.labelNote, detail.customer?.note),
            ], id: \.0
        ) { name, reads in
            if let reads { LabeledContent(name) { Text(reads).type(TypeScale.body) } }
        }
    }

    /// Name, phone, e-mail and note.
    private var said: Lines { Lines(count: 4, text: customer.text) { customer.type($0) } }

    private func look() async {
        await contact.ask(app) { [id] in try $0.interactions().contact(id: id) }
        shownAt = .now
        if reason.isEmpty, let known = contact.value?.reason { reason = [known.id] }
        if channel.isEmpty, let known = contact.value?.channel { channel = [known.id] }
    }
    private func mark(_ mark: ContactMark) { act { [id] in try $0.interactions().mark(id: id, mark: mark) } }
    private func name() {
        let all = said.all.map { $0.isEmpty ? nil : $0 }
        let draft = CustomerDraft(name: all[0], phone: all[1].map(TypedNumber.plain), email: all[2], note: all[3])
        act { [id] in try $0.interactions().customer(id: id, draft: draft) }
    }
    private func end() {
        let draft = CloseDraft(id: id, reason: reason.first ?? "", outcome: outcome.first ?? "", channel: channel.first)
        act { try $0.interactions().closeContact(draft: draft) }
    }
    private func act(_ call: @escaping Call<Void>) {
        Task { if await contact.perform(app, call) != nil { await look() } }
    }
}

/// How long a contact has run. `seconds` is the core's sum up to `since`; nil when it is paused: a clock that is
/// set back must not shorten what was already counted.
struct TimerFace: View {
    let seconds: Int
    let since: Date?
    /// Running, or paused.
    let state: String
    @Environment(\.words) private var words

    var body: some View {
        TimelineView(.periodic(from: since ?? .now, by: 1)) { context in
            face(seconds + (since.map { max(0, Int(context.date.timeIntervalSince($0))) } ?? 0))
        }
    }

    private func face(_ total: Int) -> some View {
        VStack(spacing: Space.xs) {
            Text(verbatim: String(format: "%d:%02d", total / 60, total % 60))
                .type(total < 6000 ? TypeScale.display : TypeScale.title)
                .monospacedDigit()
                .environment(\.layoutDirection, .leftToRight)
                .accessibilityLabel(words.timerFace(minutes: total / 60, seconds: total % 60))
            Text(state).type(TypeScale.label, since == nil ? Palette.inkMuted : Palette.accent)
        }
        .accessibilityElement(children: .combine)
        .accessibilityAddTraits(.updatesFrequently)
    }
}

import Foundation
import Presentation
import SwiftUI

/// The log of contacts with customers, and finding one by phone number or e-mail address.
struct ContactsView: View {
    let app: AppModel
    @State private var contacts: Listing<ContactSummary>
    @State private var found: Load<[ContactSummary]>?
    @State private var query = ""
    @State private var begin: Detail<String>
    @SceneStorage("contact") private var contact = ""
    @Environment(\.words) private var words

    init(app: AppModel) {
        self.app = app
        _contacts = State(
            initialValue: Listing(app) { try $0.interactions.list(of: .everybody, page: $1) })
        _begin = State(initialValue: Detail(app) { _ in "" })
    }

    var body: some View {
        NavigationStack {
            if contact.isEmpty {
                list
            } else {
                ContactView(app: app, id: contact) { contact = "" }.id(contact)
            }
        }
        .task(id: app.turn(.interactions, .content)) { await contacts.reload() }
    }

    private var list: some View {
        Page(name: words.contactsTitle) {
            ContactBanners(app: app)
            Field(name: words.contactsSearch, text: $query, keyboard: .emailAddress)
            AppButton(words.actionSearch, icon: .search, weight: .secondary) { find() }.disabled(query.isEmpty)
            if let problem = begin.problem { ErrorBanner(problem: problem) {} }
            if let found {
                AppButton(words.actionClear, weight: .quiet) { self.found = nil }
                rows(found, more: nil)
            } else {
                rows(contacts.load, more: contacts.next == nil ? nil : more)
            }
        } bottom: {
            if app.me?.mayTakeContacts == true { AppButton(words.contactsNew, icon: .add) { start() } }
        }
        .modifier(Bar(app: app))
    }

    private func rows(_ load: Load<[ContactSummary]>, more: (@MainActor () -> Void)?) -> some View {
        StateOf(load: load, retry: { Task { await contacts.reload() } }) {
            EmptyState(name: found == nil ? words.contactsEmpty : words.countResults(n: 0), icon: .contacts)
        } content: { all in
            ForEach(all, id: \.id) { row in
                Button {
                    contact = row.id
                } label: {
                    ListRow(
                        words.name(row.customer), detail: detail(row), icon: .contacts,
                        all: [words.say(row.status), words.say(row.state)].compactMap { $0 })
                }
                .buttonStyle(.plain)
            }
            if let more { AppButton(words.actionMore, weight: .quiet, action: more) }
        }
    }
    private func detail(_ row: ContactSummary) -> String {
        [row.reason?.reads, row.outcome?.reads, words.labelByAt(name: row.person, time: words.time(row.openedMs))]
            .compactMap { $0 }.joined(separator: " · ")
    }
    private func more() { Task { await contacts.more() } }
    private func start() {
        Task {
            let draft = ContactDraft(reason: nil, channel: nil, touchpoint: nil, customer: nil)
            if let id = await begin.perform({ try $0.interactions.open(draft: draft) }) { contact = id }
        }
    }
    /// The core says whether it is a number or an address that it can look for.
    private func find() {
        let typed = query
        Task {
            let of = typed.contains("@") ? ContactsOf.email(email: typed) : .phone(phone: TypedNumber.plain(typed))
            let all = PageAsked(after: nil, count: nil)
            let page = await app.found { try $0.interactions.list(of: of, page: all).items }
            found = if case .ready(let rows) = page, rows.isEmpty { .empty } else { page }
        }
    }
}

extension Strings {
    /// A customer as far as this phone can tell.
    func name(_ customer: CustomerShown?) -> String {
        guard let customer else { return contactUnknown }
        return switch customer.state {
        case .known: [customer.name, customer.phone, customer.email].compactMap { $0 }.joined(separator: " · ")
        case .forgotten: contactForgotten
        case .closed: contactClosedCustomer
        }
    }
}

/// A contact: its timer, its customer, and how it ended.
struct ContactView: View {
    let app: AppModel
    let id: String
    let close: @MainActor () -> Void
    @State private var contact: Detail<ContactSummary>
    @State private var form: Detail<ContactForm>
    /// Name, phone, e-mail and note, a line each: one draft.
    @State private var customer: Draft
    @State private var shownAt = Date.now
    @State private var reason: Set<String> = []
    @State private var outcome: Set<String> = []
    @State private var channel: Set<String> = []
    @Environment(\.words) private var words

    init(app: AppModel, id: String, close: @escaping @MainActor () -> Void) {
        (self.app, self.id, self.close) = (app, id, close)
        _contact = State(initialValue: Detail(app) { try $0.interactions.contact(id: id) })
        _form = State(initialValue: Detail(app) { try $0.interactions.form() })
        _customer = State(initialValue: Draft(app, about: "contact/" + id))
    }

    var body: some View {
        Page(name: words.contactTitle) {
            AppButton(words.actionBack, weight: .quiet, action: close)
            StateOf(load: contact.load, retry: { Task { await reload() } }) {
                EmptyView()
            } content: { detail in
                TimerFace(
                    seconds: Int(detail.activeMs / 1000), since: detail.status == .open ? shownAt : nil,
                    state: words.say(detail.status).words)
                Flow { [words.say(detail.status), words.say(detail.state)].compactMap { $0 }.chips }
                if let problem = contact.problem {
                    Notice(status: Status(words.bannerError, .wrong), detail: words.say(problem))
                }
                Text(words.contactCustomer + ": " + words.name(detail.customer)).type(TypeScale.body)
                if detail.status == .open || detail.status == .paused { working(detail) } else { ended(detail) }
            }
        }
        .task(id: app.turn(.interactions)) { await reload() }
        .task(id: app.turn(.content)) { await form.reload() }
        .task { await customer.restore() }
    }

    @ViewBuilder private func working(_ detail: ContactSummary) -> some View {
        if detail.status == .open {
            AppButton(words.contactPause, icon: .pause, weight: .secondary) { mark(.pause) }
        } else {
            AppButton(words.contactResume, icon: .play) { mark(.resume) }
        }
        SectionHeader(words.contactCustomer)
        Field(name: words.contactName, text: part(0))
        Field(name: words.contactPhone, text: part(1), keyboard: .phonePad)
        Field(name: words.contactEmail, text: part(2), keyboard: .emailAddress)
        Field(name: words.labelNote, text: part(3), lines: 2)
        AppButton(words.contactSaveCustomer, weight: .secondary) { name() }.disabled(customer.text.isEmpty)
        if let form = form.value {
            ForEach(form.reasons, id: \.id) { family in
                SectionHeader(words.contactReason + ": " + family.label.text)
                Choices(choices: family.reasons.choices, chosen: $reason)
            }
            SectionHeader(words.contactOutcome)
            Choices(choices: form.outcomes.choices, chosen: $outcome)
            SectionHeader(words.contactChannel)
            Choices(choices: form.channels.choices, chosen: $channel)
        }
        AppButton(words.contactClose, icon: .check) { end() }.disabled(reason.isEmpty || outcome.isEmpty)
        DestructiveButton(words.contactVoid, detail: words.contactVoidDetail) { mark(.void) }
    }

    @ViewBuilder private func ended(_ detail: ContactSummary) -> some View {
        ForEach(
            [
                (words.contactReason, detail.reason?.reads), (words.contactOutcome, detail.outcome?.reads),
                (words.contactChannel, detail.channel?.reads), (words.labelNote, detail.customer?.note),
            ].filter { $0.1 != nil }, id: \.0
        ) { name, reads in
            LabeledContent(name) { Text(reads ?? "").type(TypeScale.body) }
        }
    }

    private func part(_ place: Int) -> Binding<String> {
        Binding(
            get: { parts[place] },
            set: { typed in
                var all = parts
                all[place] = typed.replacingOccurrences(of: "\n", with: " ")
                customer.type(all.allSatisfy(\.isEmpty) ? "" : all.joined(separator: "\n"))
            })
    }
    private var parts: [String] {
        let lines = customer.text.components(separatedBy: "\n")
        return (0..<4).map { $0 < lines.count ? lines[$0] : "" }
    }
    private func reload() async {
        await contact.reload()
        shownAt = .now
        if reason.isEmpty, let known = contact.value?.reason { reason = [known.id] }
        if channel.isEmpty, let known = contact.value?.channel { channel = [known.id] }
    }
    private func mark(_ mark: ContactMark) {
        act { [id] in try $0.interactions.mark(id: id, mark: mark) }
    }
    private func name() {
        let said = parts.map { $0.isEmpty ? nil : $0 }
        let draft = CustomerDraft(name: said[0], phone: said[1].map(TypedNumber.plain), email: said[2], note: said[3])
        act { [id] in try $0.interactions.customer(id: id, draft: draft) }
    }
    private func end() {
        let draft = CloseDraft(id: id, reason: reason.first ?? "", outcome: outcome.first ?? "", channel: channel.first)
        act { try $0.interactions.closeContact(draft: draft) }
    }
    private func act(_ call: @escaping @Sendable (Services) async throws -> Void) {
        Task {
            await contact.act { [id] core in
                try await call(core)
                return try core.interactions.contact(id: id)
            }
            shownAt = .now
        }
    }
}

extension [Named] {
    var choices: [Choice<String>] { map { Choice($0.id, $0.label.text) } }
}
extension [Status] {
    @MainActor var chips: some View { ForEach(self, id: \.self) { StatusChip($0) } }
}

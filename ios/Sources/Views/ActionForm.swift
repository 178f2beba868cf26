import Presentation
import SwiftUI

/// What an action is to be: of a new one, freely or from an answer, or of one that stands.
struct ActionForm: Screen {
    let app: AppModel
    private let stands: (action: ActionModel, seen: ActionDetail)?
    private let origin: ActionOrigin?
    @State private var title: Draft
    @State private var wish: ActionWish
    @State private var act: Act
    /// What stands does not come back into a field that somebody emptied.
    @State private var isTyped = false
    @Environment(\.dismiss) private var dismiss

    /// `answer`: where it comes from, and what the item asks.
    init(app: AppModel, answer: (from: ActionOrigin, label: String)? = nil) {
        (self.app, stands, origin) = (app, nil, answer?.from)
        asks = answer?.label
        let about = answer.map { "new/\($0.from.run)/\($0.from.item)" }
        _title = State(initialValue: Draft(app, action: about ?? "new"))
        _wish = State(initialValue: ActionWish())
        _act = State(initialValue: Act())
    }
    init(app: AppModel, stands: (action: ActionModel, seen: ActionDetail)) {
        (self.app, self.stands, origin, asks) = (app, stands, nil, nil)
        _title = State(initialValue: Draft(app, action: stands.action.id + "/title"))
        _wish = State(initialValue: stands.seen.wish)
        _act = State(initialValue: stands.action.detail)
    }
    private let asks: String?

    var body: some View {
        Page(name: stands == nil ? words.actionsNew : words.actionsOne) {
            if let asks { Text(asks).type(TypeScale.label, Palette.inkMuted) }
            ErrorBanner(problem: act.problem) { save() }
            Field(name: words.actionsName, text: shown, lines: 2)
            SectionHeader(name: words.actionsPriority)
            Choices(
                all: [ActionPriority.low, .normal, .high, .urgent].map { Choice("\($0)", words.say($0).words) },
                chosen: ["\(wish.priority)"]
            ) { chosen in
                let all: [ActionPriority] = [.low, .normal, .high, .urgent]
                wish.priority = all.first { "\($0)" == chosen.first } ?? wish.priority
            }
            SectionHeader(name: words.actionsOwner)
            OwnerField(app: app, action: stands?.action.id, owner: $wish.owner)
            SectionHeader(name: words.actionsDue)
            DueField(dueMs: $wish.dueMs)
        } bottom: {
            AppButton(name: stands == nil ? words.actionsSubmit : words.actionSave) { save() }
                .disabled(shown.wrappedValue.isEmpty || act.isBusy)
        }
        .task {
            // Why something else was not done is no longer asked.
            act.problem = nil
            await title.restore()
        }
    }

    /// What is typed, or what stands until something is.
    private var shown: Binding<String> {
        Binding(
            get: { title.text.isEmpty && !isTyped ? stands?.seen.summary.title ?? "" : title.text },
            set: {
                isTyped = true
                title.type($0)
            })
    }
    private func save() {
        let text = shown.wrappedValue
        Task {
            if let (action, seen) = stands {
                guard await action.make(wish, text, over: seen) else { return }
            } else {
                let draft = wish.draft(text, from: origin)
                guard let id = await act.perform(app, { try $0.actions().open(draft: draft) }) else { return }
                app.way = .action(id)
            }
            title.drop()
            dismiss()
        }
    }
}

/// Who does it: nobody yet, oneself, or somebody of those who work there.
private struct OwnerField: Screen {
    let app: AppModel
    let action: String?
    @Binding var owner: Named?

    var body: some View {
        Text(owner?.label.text ?? words.actionsOwnerNone).type(TypeScale.body)
        if let me = app.me, owner?.id != me.id {
            AppButton(name: words.actionsOwnerTake, icon: .person, weight: .secondary) {
                owner = Named(id: me.id, label: .said(me.name))
            }
        }
        OverButton(name: words.actionsOwnerPick, icon: .people) { OwnersView(app: app, action: action) { owner = $0 } }
        if owner != nil { AppButton(name: words.actionsOwnerNone, weight: .quiet) { owner = nil } }
    }
}

private struct OwnersView: Screen {
    let app: AppModel
    let action: String?
    let give: @MainActor (Named) -> Void
    @State private var owners = Listing<Named>()
    @Environment(\.dismiss) private var dismiss

    var body: some View {
        List {
            Rows(list: owners, empty: words.stateEmpty) { one in
                ListRow(name: one.label.text, icon: .person) {
                    give(one)
                    dismiss()
                }
            }
        }
        .navigationTitle(words.actionsOwnerPick)
        .task { await owners.ask(app) { [action] in try $0.actions().owners(action: action, page: $1) } }
    }
}

/// Until when: soon by one tap, at another time by a picker, or never.
private struct DueField: View {
    @Binding var dueMs: Int64?
    @Environment(\.words) private var words

    var body: some View {
        Text(dueMs.map { words.time($0) } ?? words.actionsDueNone).type(TypeScale.body)
        Flow {
            soon(words.actionsDueHours(n: 4), 4)
            soon(words.actionsDueDays(n: 1), 24)
            soon(words.actionsDueDays(n: 7), 7 * 24)
        }
        DatePicker(words.actionsDueOther, selection: Binding(get: { date }, set: { dueMs = $0.ms }))
            .frame(minHeight: touchTarget)
        if dueMs != nil { AppButton(name: words.actionsDueNone, weight: .quiet) { dueMs = nil } }
    }
    private var date: Date { dueMs.map { Date(timeIntervalSince1970: Double($0) / 1000) } ?? .now }
    private func soon(_ name: String, _ hours: Double) -> some View {
        AppButton(name: name, weight: .secondary) { dueMs = Date.now.addingTimeInterval(hours * 3600).ms }
    }
}

extension Date { fileprivate var ms: Int64 { Int64(timeIntervalSince1970 * 1000) } }

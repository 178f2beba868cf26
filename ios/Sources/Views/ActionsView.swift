import Presentation
import SwiftUI

/// Runs or actions: both are the work at the procedures' place of the bar.
struct WorkView: Screen {
    let app: AppModel
    @Binding var run: String
    @Binding var action: String
    @Binding var work: String

    var body: some View {
        if work == "actions" {
            ActionsView(app: app, action: $action, work: $work)
        } else {
            ProceduresView(app: app, run: $run, work: $work)
        }
    }
}

/// The two of them, at the head of either list.
struct WorkSegments: Screen {
    let app: AppModel
    @Binding var work: String

    var body: some View {
        Segments(all: [Choice("runs", words.proceduresRuns), Choice("actions", words.actionsTitle)], chosen: $work)
    }
}

/// What is to be put right; beside it, on a wide screen, the action that is open.
struct ActionsView: Screen {
    let app: AppModel
    @Binding var action: String
    @Binding var work: String
    @SceneStorage("actions.which") private var which = "open"
    @State private var actions = Listing<ActionSummary>()

    var body: some View {
        NavigationSplitView {
            List(selection: $action.optional) {
                WorkSegments(app: app, work: $work)
                ContactBanners(app: app)
                Segments(
                    all: [
                        Choice("open", words.actionsFilterOpen), Choice("mine", words.actionsFilterMine),
                        Choice("all", words.actionsFilterAll),
                    ], chosen: $which)
                Rows(list: actions, empty: words.actionsEmpty, detail: words.actionsEmptyDetail, icon: .tool) { one in
                    NavigationLink(value: one.id) { ActionRow(app: app, action: one) }.tag(one.id)
                }
            }
            .navigationTitle(words.actionsTitle)
            .refreshable { app.sync() }
            .modifier(Bar(app: app))
            .safeAreaInset(edge: .bottom) {
                OverButton(name: words.actionsNew, icon: .add, weight: .primary) { ActionForm(app: app) }
                    .padding(Space.m)
            }
        } detail: {
            if action.isEmpty {
                EmptyState(name: words.actionsTitle, icon: .tool)
            } else {
                ActionView(action: ActionModel(app, id: action)).id(action)
            }
        }
        .task(id: which + "\(app.turn(.actions, .content))") {
            let which: WhichActions = which == "mine" ? .mine : which == "all" ? .all : .standing
            await actions.ask(app) { try $0.actions().list(asked: ActionsAsked(which: which, page: $1)) }
        }
    }
}

/// An action of a list: what is to be done, where, by whom, until when, and how it stands.
struct ActionRow: Screen {
    let app: AppModel
    let action: ActionSummary
    var act: (@MainActor () -> Void)?

    var body: some View {
        ListRow(
            name: action.title,
            detail: line(
                action.site.label.text, action.owner ?? words.actionsOwnerNone, action.dueMs.map { words.due($0) },
                action.comments == 0 ? nil : words.actionsCountComments(n: Int(action.comments))),
            icon: .tool,
            statuses: [
                words.say(action.status), action.priority == .normal ? nil : words.say(action.priority),
                words.say(action.escalated),
                action.clashes == 0 ? nil : Status(words.clashCount(n: Int(action.clashes)), .attention, .clash),
                action.mine ? Status(words.actionsOwnerMe, .accent, .person) : nil, words.say(action.state),
            ], act: act)
    }
}

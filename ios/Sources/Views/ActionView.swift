import Presentation
import SwiftUI

/// An action: how it stands, what people set differently, where it comes from, what was said and what happened; and
/// what can become of it, at the bottom.
struct ActionView: Screen {
    @State var action: ActionModel
    var app: AppModel { action.app }

    var body: some View {
        Page(name: words.actionsOne) {
            Shown(action.detail) { detail in
                head(detail)
                ErrorBanner(problem: action.detail.problem)
                ForEach(ActionPart.allCases, id: \.self) { part in
                    if detail.register(part).clash { ClashOfAction(action: action, seen: detail, part: part) }
                }
                if let from = detail.from { origin(from) }
                if !detail.again.isEmpty { again(detail.again) }
                said(detail)
                happened(detail)
            }
        } bottom: {
            if let detail = action.detail.value { acts(detail) }
        }
        .toolbar {
            ToolbarItem(placement: .primaryAction) {
                if let detail = action.detail.value, detail.mayChange {
                    OverButton(name: words.actionEdit, icon: .edit, isBare: true) {
                        ActionForm(app: app, stands: (action, detail))
                    }
                }
            }
        }
        .task(id: app.turn(.actions, .content)) { await action.open() }
    }

    @ViewBuilder private func head(_ detail: ActionDetail) -> some View {
        let one = detail.summary
        Text(one.title).type(TypeScale.title).accessibilityAddTraits(.isHeader)
        Chips(all: [
            words.say(one.status), words.say(one.priority), words.say(one.escalated),
            one.mine ? Status(words.actionsOwnerMe, .accent, .person) : nil, words.say(one.state),
        ])
        // Of several that stand each is shown with its own words, below.
        if !detail.register(.status).clash { status(detail) }
        LabeledContent(words.actionsOwner) { Text(one.owner ?? words.actionsOwnerNone).type(TypeScale.body) }
        LabeledContent(words.actionsDue) {
            Text(one.dueMs.map { words.time($0) } ?? words.actionsDueNone).type(TypeScale.body)
        }
        LabeledContent(words.labelWhere) { Text(one.site.label.text).type(TypeScale.body) }
        Text(words.actionsOpenedBy(name: one.openedBy, time: words.time(one.openedMs)))
            .type(TypeScale.label, Palette.inkMuted)
    }

    @ViewBuilder private func status(_ detail: ActionDetail) -> some View {
        let status = words.say(detail.summary.status)
        if let reason = detail.register(.status).values.first?.reason {
            Notice(says: status.words, tone: status.tone, detail: reason, icon: status.icon)
        }
        switch detail.summary.status {
        case .done, .cannotDo: Text(words.actionsToReview).type(TypeScale.label, Palette.inkMuted)
        case .open, .inProgress, .rejected, .verified: EmptyView()
        }
    }

    @ViewBuilder private func origin(_ from: ActionFrom) -> some View {
        SectionHeader(name: words.actionsFrom)
        ListRow(
            name: from.title.text.isEmpty ? words.runTitle : from.title.text,
            detail: from.label.text.isEmpty ? nil : from.label.text, icon: .procedures)
        AppButton(name: words.actionsFromShow, icon: .forward, weight: .secondary) {
            app.way = .run(from.run, item: from.item)
        }
    }

    @ViewBuilder private func again(_ all: [ActionAgain]) -> some View {
        SectionHeader(name: words.actionsAgain)
        ForEach(all, id: \.id) { one in
            ListRow(
                name: one.title, detail: words.actionsAgainAt(time: words.time(one.openedMs)), icon: .history,
                statuses: [words.say(one.status)]
            ) { app.way = .action(one.id) }
        }
    }

    @ViewBuilder private func said(_ detail: ActionDetail) -> some View {
        SectionHeader(name: words.actionsComments)
        ForEach(Array(detail.history.filter(\.what.isSaid).enumerated()), id: \.offset) { _, one in
            let says = words.say(one.what)
            ListRow(
                name: says.isEmpty ? words.countPhotos(n: one.photos.count) : says,
                detail: words.by(one.by, one.atMs), icon: .message)
            ForEach(Array(one.photos.enumerated()), id: \.element) { place, photo in
                PictureRow(app: app, media: action.media, shot: .init(id: photo, photo: photo), place: place + 1)
            }
        }
        if detail.mayChange {
            Field(name: words.actionsComment, text: action.comment.typed, lines: 3)
            Pictures(
                app: app, media: nil, keep: action.keep, shots: action.photos.map { .init(id: $0, photo: $0) },
                liveOnly: false, lost: words.actionsPhotoDrop,
                remove: { photo in action.photos.removeAll { $0 == photo } }
            ) { action.photos.append($0) }
            AppButton(name: words.actionsCommentSend, icon: .send, weight: .secondary) { Task { await action.say() } }
                .disabled((action.comment.text.isEmpty && action.photos.isEmpty) || action.detail.isBusy)
        }
    }

    @ViewBuilder private func happened(_ detail: ActionDetail) -> some View {
        SectionHeader(name: words.actionsHistory)
        ForEach(Array(detail.history.filter { !$0.what.isSaid }.enumerated()), id: \.offset) { _, one in
            ListRow(
                name: words.say(one.what), detail: line(one.what.reason, words.by(one.by, one.atMs), by: "\n"),
                statuses: [one.stands == false ? Status(words.historyReplaced, .neutral) : nil])
        }
    }

    @ViewBuilder private func acts(_ detail: ActionDetail) -> some View {
        // Where statuses clash, each that stands is kept beside its own words.
        let all = detail.register(.status).clash ? [] : detail.next
        VStack(spacing: Space.s) {
            if all.contains(where: { !$0.enabled }) { Text(words.runNoRight).type(TypeScale.label, Palette.inkMuted) }
            ForEach(all.filter(\.to.isEnd), id: \.to) { act($0, detail, .primary) }
            Flow { ForEach(all.filter { !$0.to.isEnd }, id: \.to) { act($0, detail, .secondary) } }
        }
    }
    private func act(_ next: ActionNext, _ seen: ActionDetail, _ weight: Weight) -> some View {
        StatusAct(action: action, seen: seen, next: next, name: words.go(next.to), weight: weight)
    }
}

extension ActionStatus {
    /// What whoever looks at it works towards.
    fileprivate var isEnd: Bool {
        switch self {
        case .done, .verified: true
        case .open, .inProgress, .rejected, .cannotDo: false
        }
    }
}

extension ActionTold {
    var isSaid: Bool { if case .said = self { true } else { false } }
    var reason: String? { if case .status(_, _, let reason) = self { reason } else { nil } }
}

/// A status that it can take: at once, or with a reason where one is wanted.
private struct StatusAct: Screen {
    let action: ActionModel
    let seen: ActionDetail
    let next: ActionNext
    let name: String
    var about: String?
    var weight = Weight.secondary
    var app: AppModel { action.app }

    var body: some View {
        Group {
            if next.wantsReason {
                OverButton(name: name, icon: words.say(next.to).icon, weight: weight, about: about) {
                    ReasonView(
                        name: words.go(next.to), asks: words.why(next.to), act: action.detail,
                        reason: Draft(app, action: "\(action.id)/\(next.to)")
                    ) { await become($0) }
                }
            } else {
                AppButton(name: name, icon: words.say(next.to).icon, weight: weight, about: about) {
                    Task { _ = await become(nil) }
                }
            }
        }
        .disabled(!next.enabled || action.detail.isBusy)
    }
    private func become(_ reason: String?) async -> Bool {
        await action.act(.status(to: next.to, reason: reason), over: seen)
    }
}

/// People set one thing differently and saw nothing of each other: each value with whose it is, and the one to keep.
private struct ClashOfAction: Screen {
    let action: ActionModel
    let seen: ActionDetail
    let part: ActionPart
    var app: AppModel { action.app }

    var body: some View {
        SectionHeader(name: words.name(part))
        Notice(says: words.actionsClash, tone: .attention, detail: words.actionsClashDetail, icon: .clash)
        ForEach(Array(seen.register(part).values.enumerated()), id: \.offset) { _, value in
            let (says, by) = (words.say(value.what), words.by(value.by, value.atMs))
            ListRow(name: says, detail: line(value.reason, by, by: "\n"))
            keep(value, says + ", " + by)
        }
    }

    @ViewBuilder private func keep(_ value: ActionValue, _ about: String) -> some View {
        if case .status(let to, _, _) = value.what, let next = seen.next(to) {
            StatusAct(action: action, seen: seen, next: next, name: words.actionsClashKeep, about: about)
        } else if let step = value.what.step {
            AppButton(name: words.actionsClashKeep, weight: .secondary, about: about) {
                Task { await action.act(step, over: seen) }
            }
            .disabled(!seen.mayChange || action.detail.isBusy)
        }
    }
}

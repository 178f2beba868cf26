import Presentation
import SwiftUI

/// A run: its sections and items, what is in its way, and the acts at the bottom.
struct RunView: View {
    @State var run: RunModel
    /// Where the person was: there again after the app was ended.
    @SceneStorage("run.item") private var item = ""
    @Environment(\.words) private var words

    var body: some View {
        ScrollViewReader { scroll in
            content(scroll)
                .task {
                    await run.open()
                    if item.hasPrefix(run.id) { scroll.scrollTo(item, anchor: .center) } else { item = "" }
                }
                .task(id: run.app.arrived(run.id)) { if run.detail.value != nil { await run.arrived() } }
        }
    }

    private func content(_ scroll: ScrollViewProxy) -> some View {
        Page(name: run.detail.value?.title.text ?? words.runTitle) {
            Shown(load: run.detail.load, retry: open) { detail in
                head(detail)
                if let changed = run.changed {
                    Notice(
                        says: words.bannerChanged(name: changed.by), tone: .info, detail: words.bannerChangedDetail,
                        icon: .people,
                        step: (
                            words.actionShow,
                            {
                                if let first = changed.items.first { go(to: first, scroll) }
                                run.looked()
                            }
                        ))
                }
                ErrorBanner(problem: run.detail.problem, retry: open)
                ForEach(detail.demands, id: \.id) { demand in
                    Notice(
                        says: demand.says.text, tone: demand.overdue ? .wrong : .attention,
                        detail: demand.dueMs.map { words.ruleActionBy(date: words.time($0)) } ?? demand.label.text)
                }
                ForEach(Array(detail.sections.filter(\.visible).enumerated()), id: \.offset) { _, part in section(part)
                }
                if let ended = detail.ended { Notice(says: ended.text, tone: .info) }
            }
        } bottom: {
            if let detail = run.detail.value { acts(detail, scroll) }
        }
        .toolbar {
            ToolbarItem(placement: .primaryAction) {
                OverButton(name: words.runHistory, icon: .history, isBare: true) { HistoryView(run: run) }
            }
        }
    }

    @ViewBuilder private func head(_ detail: RunDetail) -> some View {
        Text(detail.site.label.text).type(TypeScale.label, Palette.inkMuted)
        Chips(all: [
            words.say(detail.status), words.say(detail.state),
            detail.score.map {
                Status(
                    words.runPoints(points: Int($0.points), of: Int($0.possible)), $0.passed == false ? .wrong : .info)
            },
        ])
        Progress(
            name: words.runAnswered(done: Int(detail.answered), total: Int(detail.asked)),
            done: Int(detail.answered), total: Int(detail.asked))
        if let said = detail.said {
            let lapsed = detail.status == .lapsed
            Notice(
                says: words.say(said.what), tone: lapsed ? .attention : .info,
                detail: line(
                    words.by(said.by, said.atMs), said.reason,
                    said.changedSince.isEmpty ? nil : words.runChangedSince(n: said.changedSince.count),
                    lapsed ? words.signLapsedDetail : nil, by: "\n"))
        }
    }

    @ViewBuilder private func section(_ section: SectionDetail) -> some View {
        SectionHeader(
            name: section.label.text + (section.repeats ? " \(section.instance + 1)" : ""),
            aside: words.labelProgress(done: Int(section.answered), total: Int(section.asked)))
        if let help = section.help { Text(help.text).type(TypeScale.label, Palette.inkMuted) }
        ForEach(section.items.filter(\.visible), id: \.id) { one in
            let place = run.id + "/" + one.id
            ItemCard(item: one, run: run) { item = place }.id(place)
        }
    }

    @ViewBuilder private func acts(_ detail: RunDetail, _ scroll: ScrollViewProxy) -> some View {
        VStack(spacing: Space.s) {
            if let why = detail.handIn.whyNot, detail.status == .open {
                Notice(says: words.runNotReady, tone: .attention, detail: words.say(why))
            } else if detail.status != .open {
                Flow {
                    Chips(all: [words.say(detail.status)])
                    Text(detail.canAnswer ? words.runMayChange : words.runReadOnly).type(TypeScale.label)
                }
            }
            Flow {
                if let next = (detail.missing + detail.wrong + detail.clashes).first ?? detail.next {
                    AppButton(name: words.runNextMissing, weight: .secondary) { go(to: next, scroll) }
                }
                if detail.handIn.enabled {
                    AppButton(name: words.runHandIn, icon: .check) { Task { _ = await run.seal(.handIn) } }
                        .disabled(run.detail.isBusy)
                }
                if detail.signOff.enabled {
                    OverButton(name: words.signGo, icon: .signature, weight: .primary) { SignView(run: run) }
                }
                if detail.giveBack.enabled {
                    OverButton(name: words.signGiveBack, icon: .giveBack) {
                        GiveBackView(run: run, reason: Draft(run.app, about: "return/" + run.id))
                    }
                }
            }
        }
    }

    private func open() { Task { await run.open() } }
    private func go(to id: String, _ scroll: ScrollViewProxy) {
        item = run.id + "/" + id
        scroll.scrollTo(item, anchor: .center)
    }
}

/// An item: what it asks, its control, the values of a clash, what is in its way, and what stands beside its answer.
struct ItemCard: View {
    let item: ItemDetail
    let run: RunModel
    let touched: @MainActor () -> Void
    @State private var asksWhy = false
    @Environment(\.words) private var words

    var body: some View {
        VStack(alignment: .leading, spacing: Space.m) {
            VStack(alignment: .leading, spacing: Space.xs) {
                Text(item.label.text).type(TypeScale.strong)
                if let help = item.help { Text(help.text).type(TypeScale.label, Palette.inkMuted) }
            }
            .accessibilityElement(children: .combine)
            .accessibilityHint(item.spoken)
            chips
            if item.clash {
                clash
            } else if isNotApplicable {
                Text(item.says ?? words.itemNa).type(TypeScale.body)
            } else {
                ControlView(stands: Asked(item), answers: run, touched: touched).disabled(!item.enabled)
            }
            ForEach([item.first, item.whyNot].compactMap { $0 }, id: \.self) { why in
                Text(why).type(TypeScale.label, Palette.inkMuted)
            }
            ErrorBanner(problem: run.problems[item.id])
            if item.enabled { acts }
            if item.photos != nil, item.control != .camera, item.control != .sketch { evidence }
        }
        .card()
        .environment(\.layoutDirection, words.rightToLeft ? .rightToLeft : .leftToRight)
    }

    @ViewBuilder private var chips: some View {
        let standing = item.answers.count == 1 && item.answer != nil ? item.answers.first : nil
        Flow {
            Chips(all: [
                item.required && item.answer == nil && !item.clash ? Status(words.stateRequired, .neutral) : nil,
                item.outOfBand ? Status(words.outside(item.target), .attention) : nil,
                item.problem.map { Status($0, .attention) },
                run.typed(item.id) == nil ? nil : Status(words.stateDraft, .info),
            ])
            if let standing { Text(words.by(standing.by, standing.atMs)).type(TypeScale.small, Palette.inkMuted) }
        }
    }

    @ViewBuilder private var acts: some View {
        let why = item.id + "/na"
        if let offered = item.offered, let says = item.offeredSays, item.answer == nil {
            Text(words.itemOffered(value: says)).type(TypeScale.label)
            AppButton(name: words.actionUse, weight: .quiet) { give(Given(offered)) }
        }
        Flow {
            if item.notApplicable != .no, !isNotApplicable {
                AppButton(name: words.itemNa, weight: .quiet) {
                    touched()
                    if item.notApplicable == .withReason { asksWhy = true } else { give(.notApplicable(reason: nil)) }
                }
            }
            if item.answer != nil { AppButton(name: words.itemTakeBack, weight: .quiet) { give(.nothing) } }
        }
        if asksWhy || run.typed(why) != nil {
            Typed(name: words.itemNaReason, id: why, answers: run, stands: "", lines: 2, touched: touched) {
                guard await run.give(item.id, .notApplicable(reason: $0)).value else { return }
                run.type(why, "")
                asksWhy = false
            }
        }
    }

    /// Two people, two answers: both with author and time, and the one that is picked stands.
    private var clash: some View {
        VStack(alignment: .leading, spacing: Space.s) {
            Notice(says: words.clashTitle, tone: .attention, detail: words.clashDetail)
            ForEach(item.answers, id: \.id) { one in
                let by = words.by(one.by, one.atMs)
                ListRow(name: one.says, detail: by)
                AppButton(name: words.clashPick, weight: .secondary, about: one.says + ", " + by) {
                    Task { await run.settle(item.id, pick: one.id) }
                }
                .disabled(!item.enabled)
            }
        }
    }

    private var evidence: some View {
        VStack(alignment: .leading, spacing: Space.s) {
            Text(words.itemEvidence).type(TypeScale.label)
            Pictures(
                answers: run, item: item.id,
                shots: item.evidence.map { Pictures.Shot(id: $0.id, photo: $0.photo, by: $0.by, at: $0.atMs) },
                liveOnly: item.photos?.liveCameraOnly == true, isEnabled: item.enabled,
                remove: { id in Task { await run.evidence(item.id, .takeBack(id: id)) } }
            ) { await run.evidence(item.id, .add(photo: $0)) }
        }
    }

    private var isNotApplicable: Bool { if case .notApplicable = item.answer { true } else { false } }
    private func give(_ given: Given) {
        touched()
        run.give(item.id, given)
    }
}

/// Somebody who may signs for the answers as they are, with their PIN where they have one.
struct SignView: View {
    let run: RunModel
    @Environment(\.words) private var words
    @Environment(\.dismiss) private var dismiss

    var body: some View {
        Page(name: words.signTitle) {
            Text(words.signDetail).type(TypeScale.body)
            if let why = run.detail.value?.signOff.whyNot { Notice(says: words.say(why), tone: .attention) }
            if let me = run.app.me, me.hasPin {
                SectionHeader(name: words.signPin)
                PersonPad(app: run.app, person: me.id, problem: run.detail.problem, done: sign)
            } else {
                ErrorBanner(problem: run.detail.problem) { Task { await sign(nil) } }
                AppButton(name: words.signGo, icon: .signature) { Task { await sign(nil) } }
            }
        }
    }
    private func sign(_ pin: String?) async { if await run.seal(.signOff(pin: pin)) { dismiss() } }
}

/// A run goes back to whoever fills it in, with what must be put right.
struct GiveBackView: View {
    let run: RunModel
    @State var reason: Draft
    @Environment(\.words) private var words
    @Environment(\.dismiss) private var dismiss

    var body: some View {
        Page(name: words.signGiveBack) {
            Field(name: words.signGiveBackWhy, text: reason.typed, lines: 4)
            ErrorBanner(problem: run.detail.problem) { Task { await send() } }
        } bottom: {
            AppButton(name: words.signGiveBack) { Task { await send() } }.disabled(reason.text.isEmpty)
        }
        .task { await reason.restore() }
    }
    private func send() async {
        guard await run.seal(.giveBack(reason: reason.text)) else { return }
        reason.drop()
        dismiss()
    }
}

extension Draft { var typed: Binding<String> { Binding(get: { self.text }, set: { self.type($0) }) } }

/// Everything that happened to a run, in order of time as its authors knew it.
struct HistoryView: View {
    let run: RunModel
    @State private var lines = Listing<HistoryLine>()
    @Environment(\.words) private var words

    var body: some View {
        List {
            Rows(list: lines, empty: words.stateEmpty) { one in
                let item = run.detail.value?.items.first { $0.id == one.item }
                ListRow(
                    name: line(words.say(one.what), item?.label.text, by: ": ") ?? "",
                    detail: line(one.says, one.reason, words.by(one.by, one.atMs), by: "\n"),
                    statuses: [one.stands == false ? Status(words.syncReplaced, .neutral) : nil])
            }
        }
        .navigationTitle(words.runHistory)
        .task { await lines.ask(run.app) { [id = run.id] in try $0.procedures().history(run: id, page: $1) } }
    }
}

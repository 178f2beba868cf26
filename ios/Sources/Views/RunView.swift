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
                ForEach(detail.demands, id: \.id) { asked(for: $0) }
                ForEach(Array(detail.sections.filter(\.visible).enumerated()), id: \.offset) { section($1) }
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
        Text(line(detail.site.label.text, detail.asset.map { words.runAsset(name: $0.label.text) }) ?? "")
            .type(TypeScale.label, Palette.inkMuted)
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
        if let one = detail.withdrawn {
            Notice(
                says: words.runWithdrawnBy(name: one.by, time: words.time(one.atMs)), tone: .attention,
                detail: line(
                    one.reason, detail.status == .withdrawn ? words.runWithdrawnDetail : words.runAfterWithdrawal,
                    by: "\n"),
                icon: .lock, step: one.instead.map { (words.runBeginAnew, begin($0)) })
        }
        if let said = detail.said {
            let lapsed = detail.status == .lapsed
            Notice(
                says: words.say(said.what), tone: lapsed ? .attention : .info,
                detail: line(
                    words.by(said.by, said.atMs), said.reason,
                    said.changedSince.isEmpty ? nil : words.runChangedSince(n: said.changedSince.count),
                    lapsed ? words.signLapsedDetail : nil, by: "\n"))
        }
        if !detail.signatures.isEmpty { SectionHeader(name: words.runSigners) }
        ForEach(Array(detail.signatures.enumerated()), id: \.offset) { _, one in
            ListRow(
                name: words.role(one.role),
                detail: one.by.map { words.runSignedBy(name: $0, time: one.atMs.map { words.time($0) } ?? "") },
                icon: .signature,
                statuses: [
                    one.by == nil
                        ? Status(words.runSignWaited, detail.status == .open ? .neutral : .attention, .clock)
                        : Status(words.runSigned, .good)
                ])
        }
    }

    /// What a rule asks for, or whom it tells. What somebody has to put right can be taken up.
    private func asked(for demand: DemandSummary) -> some View {
        VStack(alignment: .leading, spacing: Space.s) {
            Notice(
                says: demand.says.text, tone: demand.overdue ? .wrong : .attention,
                detail: line(demand.label.text, demand.dueMs.map { words.ruleActionBy(date: words.time($0)) }))
            if let action = demand.action {
                AppButton(name: words.ruleTakenUp, icon: .check, weight: .secondary, about: demand.says.text) {
                    run.app.way = .action(action)
                }
            } else if demand.isAction {
                AppButton(name: words.actionsTakeUp, icon: .tool, weight: .secondary, about: demand.says.text) {
                    Task { if let id = await run.takeUp(demand) { run.app.way = .action(id) } }
                }
                .disabled(run.detail.isBusy)
            }
        }
    }

    @ViewBuilder private func section(_ section: SectionDetail) -> some View {
        SectionHeader(
            name: section.label.text + (section.repeats ? " \(section.instance + 1)" : ""),
            aside: words.labelProgress(done: Int(section.answered), total: Int(section.asked)))
        if let role = section.askedOf {
            Chips(all: [Status(words.runSectionOf(role: words.role(role)), .info, .signature)])
        }
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
                if let why = detail.signOff.whyNot, why.isOpen { Notice(says: words.say(why), tone: .attention) }
            }
            Flow {
                if let next = detail.toAnswer {
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
                        ReasonView(
                            name: words.signGiveBack, asks: words.signGiveBackWhy, act: run.detail,
                            reason: Draft(run.app, about: "return/" + run.id)
                        ) { await run.seal(.giveBack(reason: $0)) }
                    }
                }
            }
        }
    }

    private func begin(_ new: String) -> @MainActor () -> Void { { Task { await run.begin(new) } } }
    private func open() { Task { await run.open() } }
    private func go(to id: String, _ scroll: ScrollViewProxy) {
        item = run.id + "/" + id
        scroll.scrollTo(item, anchor: .center)
    }
}

extension RunDetail {
    /// What is in the way, or comes next: the first that whoever looks at it can answer.
    fileprivate var toAnswer: String? {
        let open = Set(items.filter(\.enabled).map(\.id))
        return (missing + wrong + clashes + [next].compactMap { $0 }).first { open.contains($0) }
    }
}

extension WhyNot {
    /// Something that whoever looks at it can do.
    fileprivate var isOpen: Bool {
        switch self {
        case .missing, .clashes, .wrong: true
        case .noRight, .signedOff, .notHandedIn, .noSignOff: false
        }
    }
}

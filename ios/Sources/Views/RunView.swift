import Presentation
import SwiftUI

/// A run: its sections and items, what is in its way, and the acts at the bottom.
struct RunView: View {
    @State private var run: RunModel
    /// Where the person was: there again after the app was ended.
    @SceneStorage("run.item") private var item = ""
    @State private var sheet: Sheet?
    @Environment(\.words) private var words
    enum Sheet: String, Identifiable {
        case sign, giveBack, history
        var id: String { rawValue }
    }

    init(app: AppModel, id: String) { _run = State(initialValue: RunModel(app, id: id)) }

    var body: some View {
        ScrollViewReader { scroll in
            content(scroll)
                .task {
                    await run.open()
                    if item.hasPrefix(run.id) { scroll.scrollTo(item, anchor: .center) } else { item = "" }
                }
                .task(id: run.app.arrived(run.id)) {
                    if run.detail.value != nil { await run.arrived() }
                }
        }
        .sheet(item: $sheet) { sheet in
            Over(words) {
                switch sheet {
                case .sign: SignView(run: run)
                case .giveBack: GiveBackView(run: run)
                case .history: HistoryView(run: run)
                }
            }
        }
    }

    private func content(_ scroll: ScrollViewProxy) -> some View {
        Page(name: run.detail.value?.title.text ?? words.runTitle) {
            Shown(load: run.detail.load, retry: open) { detail in
                head(detail)
                if let changed = run.changed {
                    Notice(
                        words.bannerChanged(name: changed.by), .info, detail: words.bannerChangedDetail, icon: .people,
                        step: (
                            words.actionShow,
                            {
                                if let first = changed.items.first { go(to: first, scroll) }
                                run.looked()
                            }
                        ))
                }
                ErrorBanner(run.detail.problem, retry: open)
                ForEach(detail.demands, id: \.id) { demand in
                    Notice(
                        demand.says.text, demand.overdue ? .wrong : .attention,
                        detail: demand.dueMs.map { words.ruleActionBy(date: words.time($0)) } ?? demand.label.text)
                }
                ForEach(Array(detail.sections.filter(\.visible).enumerated()), id: \.offset) { _, part in section(part) }
                if let ended = detail.ended { Notice(ended.text, .info) }
            }
        } bottom: {
            if let detail = run.detail.value { acts(detail, scroll) }
        }
        .toolbar {
            ToolbarItem(placement: .primaryAction) { Button(words.runHistory) { sheet = .history } }
        }
    }

    @ViewBuilder private func head(_ detail: RunDetail) -> some View {
        Text(detail.site.label.text).type(TypeScale.label, Palette.inkMuted)
        Chips(
            words.say(detail.status), words.say(detail.state),
            detail.score.map {
                Status(
                    words.runPoints(points: Int($0.points), of: Int($0.possible)), $0.passed == false ? .wrong : .info)
            })
        Progress(
            name: words.runAnswered(done: Int(detail.answered), total: Int(detail.asked)),
            done: Int(detail.answered), total: Int(detail.asked))
        if let said = detail.said {
            let lapsed = detail.status == .lapsed
            Notice(
                words.say(said.what), lapsed ? .attention : .info,
                detail: line(
                    words.by(said.by, said.atMs), said.reason,
                    said.changedSince.isEmpty ? nil : words.runChangedSince(n: said.changedSince.count),
                    lapsed ? words.signLapsedDetail : nil, by: "\n"))
        }
    }

    @ViewBuilder private func section(_ section: SectionDetail) -> some View {
        SectionHeader(
            section.label.text + (section.repeats ? " \(section.instance + 1)" : ""),
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
                Notice(words.runNotReady, .attention, detail: words.say(why))
            }
            Flow {
                if let next = (detail.missing + detail.wrong + detail.clashes).first ?? detail.next {
                    AppButton(words.runNextMissing, weight: .secondary) { go(to: next, scroll) }
                }
                if detail.handIn.enabled {
                    AppButton(words.runHandIn, icon: .check) { Task { await run.seal(.handIn) } }
                        .disabled(run.detail.isBusy)
                }
                if detail.signOff.enabled { AppButton(words.signGo, icon: .signature) { sheet = .sign } }
                if detail.giveBack.enabled { AppButton(words.signGiveBack, weight: .secondary) { sheet = .giveBack } }
            }
        }
    }

    private func open() { Task { await run.open() } }
    private func go(to id: String, _ scroll: ScrollViewProxy) {
        item = run.id + "/" + id
        scroll.scrollTo(item, anchor: .center)
    }
}

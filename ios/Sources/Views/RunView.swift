import Presentation
import SwiftUI

/// A run: its sections and items, what is in its way, and the acts at the bottom.
struct RunView: View {
    let app: AppModel
    @State private var run: RunModel
    /// Where the person was: there again after the app was ended.
    @SceneStorage("run.item") private var item = ""
    @State private var sheet: Sheet?
    @Environment(\.words) private var words
    enum Sheet: String, Identifiable {
        case sign, giveBack, history
        var id: String { rawValue }
    }

    init(app: AppModel, id: String) {
        self.app = app
        _run = State(initialValue: RunModel(app, id: id))
    }

    var body: some View {
        ScrollViewReader { scroll in
            content(scroll)
                .task {
                    await run.open()
                    if item.hasPrefix(run.id) { scroll.scrollTo(item, anchor: .center) } else { item = "" }
                }
                .task(id: app.arrived(run.id)) {
                    if run.detail.value != nil { await run.arrived() }
                }
        }
        .sheet(item: $sheet) { sheet in
            NavigationStack {
                switch sheet {
                case .sign: SignView(run: run)
                case .giveBack: GiveBackView(run: run)
                case .history: HistoryView(app: app, run: run)
                }
            }
            .language(words)
        }
    }

    private func content(_ scroll: ScrollViewProxy) -> some View {
        Page(name: run.detail.value?.title.text ?? words.runTitle) {
            StateOf(load: run.detail.load, retry: { Task { await run.open() } }) {
                EmptyView()
            } content: { detail in
                head(detail)
                if let changed = run.changed {
                    ChangedBanner(by: changed.by) {
                        if let first = changed.items.first { go(to: first, scroll) }
                        run.looked()
                    }
                }
                if let problem = run.detail.problem { ErrorBanner(problem: problem) { Task { await run.open() } } }
                ForEach(detail.demands, id: \.id) { demand in
                    Notice(
                        status: Status(demand.says.text, demand.overdue ? .wrong : .attention),
                        detail: demand.dueMs.map { words.ruleActionBy(date: words.time($0)) } ?? demand.label.text)
                }
                ForEach(Array(detail.sections.enumerated()), id: \.offset) { _, section in
                    if section.visible { SectionView(section: section, run: run) { item = $0 } }
                }
                if let ended = detail.ended { Notice(status: Status(ended.text, .info)) }
            }
        } bottom: {
            if let detail = run.detail.value { acts(detail, scroll) }
        }
        .toolbar {
            ToolbarItem(placement: .primaryAction) {
                Button(words.runHistory) { sheet = .history }
            }
        }
    }

    @ViewBuilder private func head(_ detail: RunDetail) -> some View {
        Text(detail.site.label.text).type(TypeScale.label, Palette.inkMuted)
        Flow {
            StatusChip(words.say(detail.status))
            if let state = words.say(detail.state) { StatusChip(state) }
            if let score = detail.score {
                StatusChip(
                    Status(
                        words.runPoints(points: Int(score.points), of: Int(score.possible)),
                        score.passed == false ? .wrong : .info))
            }
        }
        Progress(
            name: words.runAnswered(done: Int(detail.answered), total: Int(detail.asked)),
            done: Int(detail.answered), total: Int(detail.asked))
        if let said = detail.said {
            Notice(
                status: Status(words.say(said.what), detail.status == .lapsed ? .attention : .info),
                detail: [
                    words.labelByAt(name: said.by, time: words.time(said.atMs)), said.reason,
                    said.changedSince.isEmpty ? nil : words.runChangedSince(n: said.changedSince.count),
                    detail.status == .lapsed ? words.signLapsedDetail : nil,
                ].compactMap { $0 }.joined(separator: "\n"))
        }
    }

    @ViewBuilder private func acts(_ detail: RunDetail, _ scroll: ScrollViewProxy) -> some View {
        VStack(spacing: Space.s) {
            if let why = detail.handIn.whyNot, detail.status == .open {
                Notice(status: Status(words.runNotReady, .attention), detail: words.say(why))
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

    private func go(to id: String, _ scroll: ScrollViewProxy) {
        item = run.id + "/" + id
        scroll.scrollTo(item, anchor: .center)
    }
}

private struct SectionView: View {
    let section: SectionDetail
    let run: RunModel
    let touched: @MainActor (String) -> Void
    @Environment(\.words) private var words

    var body: some View {
        SectionHeader(
            section.label.text + (section.repeats ? " \(section.instance + 1)" : ""),
            aside: words.labelProgress(done: Int(section.answered), total: Int(section.asked)))
        if let help = section.help { Text(help.text).type(TypeScale.label, Palette.inkMuted) }
        ForEach(section.items.filter(\.visible), id: \.id) { item in
            ItemCard(item: item, run: run) { touched(run.id + "/" + item.id) }.id(run.id + "/" + item.id)
        }
    }
}

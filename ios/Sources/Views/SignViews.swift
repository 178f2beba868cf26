import Presentation
import SwiftUI

/// Somebody who may signs for the answers as they are, with their PIN where they have one.
struct SignView: View {
    let run: RunModel
    @State private var entry = PinEntry()
    @Environment(\.words) private var words
    @Environment(\.dismiss) private var dismiss

    var body: some View {
        Page(name: words.signTitle) {
            Text(words.signDetail).type(TypeScale.body)
            if let why = run.detail.value?.signOff.whyNot { Notice(status: Status(words.say(why), .attention)) }
            if run.detail.app.me?.hasPin == true {
                SectionHeader(words.signPin)
                PinPad(entry: entry, wrong: run.detail.problem.map { words.say($0) }) { sign(entry.take()) }
            } else {
                if let problem = run.detail.problem { ErrorBanner(problem: problem) { sign(nil) } }
                AppButton(words.signGo, icon: .signature) { sign(nil) }
            }
        }
        .toolbar { ToolbarItem(placement: .cancellationAction) { Button(words.actionClose) { dismiss() } } }
    }
    private func sign(_ pin: String?) {
        Task { if await run.seal(.signOff(pin: pin)) { dismiss() } }
    }
}

/// A run goes back to whoever fills it in, with what must be put right.
struct GiveBackView: View {
    let run: RunModel
    @State private var reason: Draft
    @Environment(\.words) private var words
    @Environment(\.dismiss) private var dismiss

    init(run: RunModel) {
        self.run = run
        _reason = State(initialValue: Draft(run.detail.app, about: "return/" + run.id))
    }

    var body: some View {
        Page(name: words.signGiveBack) {
            Field(
                name: words.signGiveBackWhy, text: Binding(get: { reason.text }, set: { reason.type($0) }), lines: 4)
            if let problem = run.detail.problem { ErrorBanner(problem: problem) { send() } }
        } bottom: {
            AppButton(words.signGiveBack) { send() }.disabled(reason.text.isEmpty)
        }
        .toolbar { ToolbarItem(placement: .cancellationAction) { Button(words.actionClose) { dismiss() } } }
        .task { await reason.restore() }
    }
    private func send() {
        Task {
            guard await run.seal(.giveBack(reason: reason.text)) else { return }
            reason.drop()
            dismiss()
        }
    }
}

/// Everything that happened to a run, in order of time as its authors knew it.
struct HistoryView: View {
    let run: RunModel
    @State private var lines: Listing<HistoryLine>
    @Environment(\.words) private var words
    @Environment(\.dismiss) private var dismiss

    init(app: AppModel, run: RunModel) {
        self.run = run
        let id = run.id
        _lines = State(
            initialValue: Listing(app) { try $0.procedures.history(run: id, page: $1) })
    }

    var body: some View {
        List {
            StateOf(load: lines.load, retry: { Task { await lines.reload() } }) {
                Text(words.stateEmpty).type(TypeScale.body)
            } content: { all in
                ForEach(Array(all.enumerated()), id: \.offset) { _, line in row(line) }
                if lines.next != nil { Button(words.actionMore) { Task { await lines.more() } } }
            }
        }
        .navigationTitle(words.runHistory)
        .toolbar { ToolbarItem(placement: .cancellationAction) { Button(words.actionClose) { dismiss() } } }
        .task { await lines.reload() }
    }

    private func row(_ line: HistoryLine) -> some View {
        let item = run.detail.value?.items.first { $0.id == line.item }
        let name = [words.say(line.what), item?.label.text].compactMap { $0 }.joined(separator: ": ")
        let says = line.answer.map { words.say($0, item?.choices ?? [], item?.rows ?? []) }
        return ListRow(
            name,
            detail: [says, line.reason, words.labelByAt(name: line.by, time: words.time(line.atMs))]
                .compactMap { $0 }.joined(separator: "\n"),
            all: line.stands == false ? [Status(words.syncReplaced, .neutral)] : [])
    }
}

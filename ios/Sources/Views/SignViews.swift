import Presentation
import SwiftUI

/// Somebody who may signs for the answers as they are, with their PIN where they have one.
struct SignView: View {
    let run: RunModel
    @Environment(\.words) private var words
    @Environment(\.dismiss) private var dismiss

    var body: some View {
        Page(name: words.signTitle) {
            Text(words.signDetail).type(TypeScale.body)
            if let why = run.detail.value?.signOff.whyNot { Notice(words.say(why), .attention) }
            if run.app.me?.hasPin == true {
                SectionHeader(words.signPin)
                PinPad(wrong: run.detail.problem.map { words.say($0) }, done: sign)
            } else {
                ErrorBanner(run.detail.problem) { sign(nil) }
                AppButton(words.signGo, icon: .signature) { sign(nil) }
            }
        }
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
        _reason = State(initialValue: Draft(run.app, about: "return/" + run.id))
    }

    var body: some View {
        Page(name: words.signGiveBack) {
            Field(name: words.signGiveBackWhy, text: reason.typed, lines: 4)
            ErrorBanner(run.detail.problem) { send() }
        } bottom: {
            AppButton(words.signGiveBack) { send() }.disabled(reason.text.isEmpty)
        }
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

extension Draft {
    var typed: Binding<String> { Binding(get: { self.text }, set: { self.type($0) }) }
}

/// Everything that happened to a run, in order of time as its authors knew it.
struct HistoryView: View {
    let run: RunModel
    @State private var lines = Listing<HistoryLine>()
    @Environment(\.words) private var words

    var body: some View {
        List {
            Rows(lines, empty: words.stateEmpty) { one in
                let item = run.detail.value?.items.first { $0.id == one.item }
                ListRow(
                    line(words.say(one.what), item?.label.text, by: ": ") ?? "",
                    detail: line(one.says, one.reason, words.by(one.by, one.atMs), by: "\n"),
                    one.stands == false ? Status(words.syncReplaced, .neutral) : nil)
            }
        }
        .navigationTitle(words.runHistory)
        .task { await lines.ask(run.app) { [id = run.id] in try $0.procedures.history(run: id, page: $1) } }
    }
}

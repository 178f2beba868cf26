import Presentation
import SwiftUI

/// Somebody who may signs for the answers as they are, with their PIN where they have one.
struct SignView: View {
    let run: RunModel
    /// What was on the screen when they came here: nobody signs what they did not see.
    @State private var seen: String?
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
        .task { seen = run.seen }
    }
    private func sign(_ pin: String?) async {
        if await run.seal(.signOff(pin: pin, seen: seen ?? run.seen)) { dismiss() }
    }
}

/// Something that is done with a reason: a run goes back with what must be put right, an action cannot be done.
struct ReasonView: View {
    let name: String
    let asks: String
    let act: Act
    @State var reason: Draft
    let send: @MainActor (String) async -> Bool
    @Environment(\.dismiss) private var dismiss

    var body: some View {
        Page(name: name) {
            Field(name: asks, text: reason.typed, lines: 4)
            ErrorBanner(problem: act.problem) { go() }
        } bottom: {
            AppButton(name: name) { go() }.disabled(reason.text.isEmpty || act.isBusy)
        }
        .task {
            // Why something else was not done is no longer asked.
            act.problem = nil
            await reason.restore()
        }
    }
    private func go() {
        Task {
            guard await send(reason.text) else { return }
            reason.drop()
            dismiss()
        }
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
                    detail: line(
                        one.says, one.reason, line(words.by(one.by, one.atMs), one.tookMs.flatMap { words.took($0) }),
                        by: "\n"),
                    statuses: [
                        one.stands == false ? Status(words.syncReplaced, .neutral) : nil,
                        one.measured ? Status(words.runMeasured, .info) : nil,
                        one.afterWithdrawal ? Status(words.runAfterWithdrawal, .attention) : nil,
                    ] + one.doubts.map { words.say($0) })
            }
            if lines.rows.contains(where: { !$0.doubts.isEmpty }) {
                Text(words.runDoubtsDetail).type(TypeScale.label, Palette.inkMuted)
            }
        }
        .navigationTitle(words.runHistory)
        .task { await lines.ask(run.app) { [id = run.id] in try $0.procedures().history(run: id, page: $1) } }
    }
}

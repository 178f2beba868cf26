import Presentation
import SwiftUI

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
                ControlView(asked: Asked(item), answers: run.answers, touched: touched).disabled(!item.enabled)
            }
            ForEach([item.first, item.whyNot].compactMap { $0 }, id: \.self) { why in
                Text(why).type(TypeScale.label, Palette.inkMuted)
            }
            ErrorBanner(run.answers.problems[item.id])
            if item.enabled { acts }
            if item.photos != nil, item.control != .camera, item.control != .sketch { evidence }
        }
        .card()
        .environment(\.layoutDirection, words.rightToLeft ? .rightToLeft : .leftToRight)
    }

    @ViewBuilder private var chips: some View {
        let standing = item.answers.count == 1 && item.given != nil ? item.answers.first : nil
        Flow {
            Chips(
                item.required && item.given == nil && !item.clash ? Status(words.stateRequired, .neutral) : nil,
                item.outOfBand ? Status(words.itemOutOfBand, .attention) : nil,
                item.problem.map { Status($0, .attention) },
                run.answers.typed(item.id) == nil ? nil : Status(words.stateDraft, .info))
            if let standing { Text(words.by(standing.by, standing.atMs)).type(TypeScale.small, Palette.inkMuted) }
        }
    }

    @ViewBuilder private var acts: some View {
        let why = item.id + "/na"
        if let offered = item.offered, item.given == nil {
            Text(words.itemOffered(value: words.say(offered, item.choices, item.rows))).type(TypeScale.label)
            AppButton(words.actionUse, weight: .quiet) { give(Given(offered)) }
        }
        Flow {
            if item.notApplicable != .no, !isNotApplicable {
                AppButton(words.itemNa, weight: .quiet) {
                    touched()
                    if item.notApplicable == .withReason { asksWhy = true } else { give(.notApplicable(reason: nil)) }
                }
            }
            if item.given != nil { AppButton(words.itemTakeBack, weight: .quiet) { give(.nothing) } }
        }
        if asksWhy || run.answers.typed(why) != nil {
            Typed(name: words.itemNaReason, id: why, answers: run.answers, stands: "", lines: 2, touched: touched) {
                guard await run.answers.giveAndWait(item.id, .notApplicable(reason: $0)) else { return }
                run.answers.type(why, "")
                asksWhy = false
            }
        }
    }

    /// Two people, two answers: both with author and time, and the one that is picked stands.
    private var clash: some View {
        VStack(alignment: .leading, spacing: Space.s) {
            Notice(words.clashTitle, .attention, detail: words.clashDetail)
            ForEach(item.answers, id: \.id) { one in
                VStack(alignment: .leading, spacing: Space.xs) {
                    Text(one.says).type(TypeScale.strong)
                    Text(words.by(one.by, one.atMs)).type(TypeScale.label, Palette.inkMuted)
                    AppButton(words.clashPick, weight: .secondary) { Task { await run.settle(item.id, pick: one.id) } }
                        .accessibilityLabel(words.clashPick + ": " + one.says)
                        .disabled(!item.enabled)
                }
            }
        }
    }

    private var evidence: some View {
        VStack(alignment: .leading, spacing: Space.s) {
            Text(words.itemEvidence).type(TypeScale.label)
            Pictures(
                answers: run.answers, item: item.id,
                shots: item.evidence.map { Pictures.Shot(id: $0.id, photo: $0.photo, by: $0.by, at: $0.atMs) },
                liveOnly: item.photos?.liveCameraOnly == true, isEnabled: item.enabled,
                remove: { id in Task { await run.evidence(item.id, .takeBack(id: id)) } }
            ) { await run.evidence(item.id, .add(photo: $0)) }
        }
    }

    private var isNotApplicable: Bool { if case .notApplicable = item.answer { true } else { false } }
    private func give(_ given: Given) {
        touched()
        run.answers.give(item.id, given)
    }
}

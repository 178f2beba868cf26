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
                ClashView(item: item, run: run)
            } else if case .notApplicable = item.answer {
                Text(item.says ?? words.itemNa).type(TypeScale.body)
            } else {
                ControlView(asked: Asked(item), answers: run.answers, touched: touched).disabled(!item.enabled)
            }
            ForEach([item.first, item.whyNot].compactMap { $0 }, id: \.self) { why in
                Text(why).type(TypeScale.label, Palette.inkMuted)
            }
            if let problem = run.answers.problems[item.id] {
                Notice(status: Status(words.bannerError, .wrong), detail: words.say(problem))
            }
            if item.enabled { acts }
            if item.photos != nil, item.control != .camera, item.control != .sketch {
                EvidenceView(item: item, run: run)
            }
        }
        .card()
        .environment(\.layoutDirection, words.rightToLeft ? .rightToLeft : .leftToRight)
    }

    @ViewBuilder private var chips: some View {
        let standing = item.answers.count == 1 && item.given != nil ? item.answers.first : nil
        Flow {
            if item.required, item.given == nil, !item.clash { StatusChip(Status(words.stateRequired, .neutral)) }
            if item.outOfBand { StatusChip(Status(words.itemOutOfBand, .attention)) }
            if let problem = item.problem { StatusChip(Status(problem, .attention)) }
            if run.answers.typed(item.id) != nil { StatusChip(Status(words.stateDraft, .info)) }
            if let standing {
                Text(words.labelByAt(name: standing.by, time: words.time(standing.atMs)))
                    .type(TypeScale.small, Palette.inkMuted)
            }
        }
    }

    @ViewBuilder private var acts: some View {
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
        if asksWhy || run.answers.typed(item.id + "/na") != nil {
            Typed(name: words.itemNaReason, id: item.id + "/na", answers: run.answers, stands: "", lines: 2) { reason in
                guard await run.answers.giveAndWait(item.id, .notApplicable(reason: reason)) else { return }
                run.answers.type(item.id + "/na", "")
                asksWhy = false
            }
        }
    }

    private var isNotApplicable: Bool { if case .notApplicable = item.answer { true } else { false } }
    private func give(_ given: Given) {
        touched()
        run.answers.give(item.id, given)
    }
}

/// Two people, two answers: both with author and time, and the one that is picked stands.
struct ClashView: View {
    let item: ItemDetail
    let run: RunModel
    @Environment(\.words) private var words

    var body: some View {
        VStack(alignment: .leading, spacing: Space.s) {
            Notice(status: Status(words.clashTitle, .attention), detail: words.clashDetail)
            ForEach(item.answers, id: \.id) { one in
                VStack(alignment: .leading, spacing: Space.xs) {
                    Text(one.says).type(TypeScale.strong)
                    Text(words.labelByAt(name: one.by, time: words.time(one.atMs)))
                        .type(TypeScale.label, Palette.inkMuted)
                    AppButton(words.clashPick, weight: .secondary) { Task { await run.settle(item.id, pick: one.id) } }
                        .accessibilityLabel(words.clashPick + ": " + one.says)
                        .disabled(!item.enabled)
                }
            }
        }
    }
}

/// Photos beside an answer.
struct EvidenceView: View {
    let item: ItemDetail
    let run: RunModel
    @Environment(\.words) private var words

    var body: some View {
        VStack(alignment: .leading, spacing: Space.s) {
            Text(words.itemEvidence).type(TypeScale.label)
            ForEach(Array(item.evidence.enumerated()), id: \.element.id) { place, piece in
                PictureRow(app: run.answers.app, id: piece.photo, place: place + 1, by: piece.by, at: piece.atMs)
                if item.enabled {
                    DestructiveButton(words.itemPhotoRemove, detail: words.itemPhotoOff) {
                        Task { await run.evidence(item.id, .takeBack(id: piece.id)) }
                    }
                }
            }
            if item.enabled {
                TakePicture(answers: run.answers, id: item.id, liveOnly: item.photos?.liveCameraOnly == true) { photo in
                    await run.evidence(item.id, .add(photo: photo))
                }
            }
        }
    }
}

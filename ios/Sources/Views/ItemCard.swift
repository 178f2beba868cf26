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
            if let reference = item.reference, !item.kept { ReferenceView(app: run.app, reference: reference) }
            chips
            if item.kept {
                kept
            } else if item.clash {
                clash
            } else if isNotApplicable {
                Text(item.says ?? words.itemNa).type(TypeScale.body)
            } else {
                ControlView(stands: Asked(item), answers: run, touched: touched)
                    .disabled(!item.enabled && item.control != .microphone)
            }
            ForEach([item.first, item.whyNot].compactMap { $0 }, id: \.self) { why in
                Text(why).type(TypeScale.label, Palette.inkMuted)
            }
            ErrorBanner(problem: run.problems[item.id])
            if item.enabled { acts }
            if item.photos != nil, item.control != .camera, item.control != .sketch { evidence }
            if item.control != .reading { voices }
            if item.note != nil || !item.notes.isEmpty { notes }
            if item.answer != nil || item.clash, !item.kept { amend }
        }
        .card()
        .environment(\.layoutDirection, words.rightToLeft ? .rightToLeft : .leftToRight)
    }

    @ViewBuilder private var chips: some View {
        let standing = item.answers.count == 1 && item.answer != nil ? item.answers.first : nil
        Flow {
            Chips(all: [
                item.required && item.enabled && item.answer == nil && !item.clash
                    ? Status(words.stateRequired, .neutral) : nil,
                item.kept ? Status(words.runKept, .neutral, .history) : nil,
                item.outOfBand
                    ? Status(item.control == .place ? words.runMock : words.outside(item.target), .attention) : nil,
                item.enabled ? item.problem.map { Status($0, .attention) } : nil,
                standing?.measured == true ? Status(words.runMeasured, .info) : nil,
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

    /// It no longer applies: what was answered while it did is there to be read.
    @ViewBuilder private var kept: some View {
        ForEach(item.answers, id: \.id) { Text($0.says).type(TypeScale.body) }
        Text(words.runKeptDetail).type(TypeScale.label, Palette.inkMuted)
    }

    private var evidence: some View {
        VStack(alignment: .leading, spacing: Space.s) {
            Text(words.itemEvidence).type(TypeScale.label)
            Pictures(
                app: run.app, media: run.media, keep: { await run.keep($0, live: $1, for: item.id) },
                shots: beside(sounds: false), liveOnly: item.photos?.liveCameraOnly == true, limit: item.picture,
                isEnabled: item.enabled,
                remove: { id in Task { await run.evidence(item.id, .takeBack(id: id)) } }
            ) { _ = await run.evidence(item.id, .add(photo: $0)) }
        }
    }

    private func beside(sounds: Bool) -> [Pictures.Shot] {
        item.evidence.filter { $0.isSound == sounds }.map {
            Pictures.Shot(
                id: $0.id, photo: $0.photo, isLive: !item.notLive.contains($0.photo), by: $0.by, at: $0.atMs)
        }
    }

    /// What people said beside the answer, and one's own, spoken into the phone.
    private var voices: some View {
        Recordings(
            app: run.app, media: run.media, shots: beside(sounds: true), name: words.voiceNote,
            place: run.place(item.id + "/voice"), about: item.label.text, isEnabled: item.enabled,
            takesMore: item.control != .microphone,
            remove: { id in Task { await run.evidence(item.id, .takeBack(id: id)) } }
        ) { await run.evidence(item.id, .sound(sound: $0)) }
    }

    /// What people wrote beside the answer, and a field for one more.
    private var notes: some View {
        let id = item.id + "/note"
        return VStack(alignment: .leading, spacing: Space.s) {
            Text(item.note == .needed && item.notes.isEmpty ? words.runNoteNeeded : words.labelNote)
                .type(TypeScale.label)
            ForEach(item.notes, id: \.id) { note in
                ListRow(name: note.text, detail: words.by(note.by, note.atMs), icon: .message)
                if item.enabled {
                    DestructiveButton(name: words.runNoteRemove, detail: words.runNoteOff, about: note.text) {
                        Task { await run.evidence(item.id, .takeBack(id: note.id)) }
                    }
                }
            }
            if item.enabled, item.note != nil {
                Typed(
                    name: words.runNoteAdd + ": " + item.label.text, id: id, answers: run, stands: "", lines: 3,
                    touched: touched
                ) { if await run.evidence(item.id, .note(text: $0)) { run.type(id, "") } }
            }
        }
    }

    private var amend: some View {
        OverButton(name: words.actionsFromAnswer, icon: .tool, weight: .quiet, about: item.label.text) {
            ActionForm(
                app: run.app, answer: (ActionOrigin(run: run.id, item: item.id, demand: nil), item.label.text))
        }
    }

    private var isNotApplicable: Bool { if case .notApplicable = item.answer { true } else { false } }
    private func give(_ given: Given) {
        touched()
        run.give(item.id, given)
    }
}

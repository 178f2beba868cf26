import Presentation
import SwiftUI

/// Who is at the phone: a list of names, and the PIN of whoever has one.
struct WhoView: View {
    let app: AppModel
    @State private var people = Listing<PersonSummary>()
    @State private var chosen: PersonSummary?
    @State private var leader: PersonSummary?
    @State private var problem: Problem?
    @Environment(\.words) private var words
    @Environment(\.dismiss) private var dismiss

    var body: some View {
        Page(name: words.whoTitle) {
            if let leader, let chosen {
                pad(leader) { unlock(chosen, by: leader, $0) }
            } else if let chosen, chosen.locked {
                Notice(words.pinLockedOut, .wrong, detail: words.pinLockedOutDetail)
                SectionHeader(words.pinManager)
                ForEach(people.rows.filter { $0.pin && !$0.locked && $0.id != chosen.id }, id: \.id) { person in
                    row(person) { leader = person }
                }
            } else if let chosen {
                pad(chosen) { become(chosen, $0) }
            } else {
                Rows(people, empty: words.whoNone, icon: .people) { person in
                    row(person) {
                        chosen = person
                        if !person.pin { become(person, nil) }
                    }
                }
                ErrorBanner(problem)
            }
            if chosen != nil { AppButton(words.actionBack, weight: .quiet) { forget() } }
        }
        .task(id: app.turn(.people)) { await people.ask(app) { try $0.people.list(page: $1) } }
    }

    private func row(_ person: PersonSummary, act: @escaping @MainActor () -> Void) -> some View {
        ListRow(
            person.name, detail: person.site, icon: .person,
            person.locked ? Status(words.pinLockedOut, .wrong) : nil, act: act)
    }
    @ViewBuilder private func pad(_ person: PersonSummary, done: @escaping @MainActor (String) -> Void) -> some View {
        SectionHeader(words.pinTitle(name: person.name))
        PinPad(wrong: wrong, done: done).id(person.id)
    }
    private var wrong: String? {
        switch problem {
        case .Invalid(_, "pin", _), .Invalid("pin", "wrong", _): words.pinWrong
        case .some(let problem): words.say(problem)
        case nil: nil
        }
    }
    private func forget() { (chosen, leader, problem) = (nil, nil, nil) }
    private func become(_ person: PersonSummary, _ pin: String?) {
        Task {
            problem = await app.become(person.id, pin: pin)
            if problem == nil {
                forget()
                dismiss()
            } else if pin == nil {
                chosen = nil
            }
        }
    }
    private func unlock(_ person: PersonSummary, by leader: PersonSummary, _ pin: String) {
        let draft = UnlockDraft(person: person.id, by: leader.id, pin: pin)
        Task {
            problem = await app.settle { try $0.people.unlock(draft: draft) }
            if problem == nil { forget() }
        }
    }
}

/// A PIN is chosen: the one that stands, the new one, and the new one again.
struct PinForm: View {
    let app: AppModel
    let done: @MainActor () -> Void
    @State private var old: String?
    @State private var first: String?
    @State private var wrong: String?
    @Environment(\.words) private var words

    var body: some View {
        Page(name: words.pinSet) {
            Text(words.pinSetDetail).type(TypeScale.body, Palette.inkMuted)
            SectionHeader(asksOld ? words.pinOld : first == nil ? words.pinSet : words.pinRepeat)
            PinPad(wrong: wrong, done: next)
        }
    }

    private var asksOld: Bool { app.me?.hasPin == true && old == nil }
    private func next(_ pin: String) {
        wrong = nil
        if asksOld {
            old = pin
        } else if first == nil {
            first = pin
        } else if first != pin {
            (first, wrong) = (nil, words.pinDiffers)
        } else {
            let draft = PinDraft(person: nil, pin: pin, old: old)
            Task {
                let problem = await app.settle { try $0.people.setPin(draft: draft) }
                (old, first, wrong) = (nil, nil, problem.map { words.say($0) })
                if problem == nil { done() }
            }
        }
    }
}

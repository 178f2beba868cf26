import Presentation
import SwiftUI

/// Who is at the phone: a list of names, and the PIN of whoever has one.
struct WhoView: View {
    let app: AppModel
    @State private var people: Listing<PersonSummary>
    @State private var entry = PinEntry()
    @State private var chosen: PersonSummary?
    @State private var leader: PersonSummary?
    @State private var problem: Problem?
    @Environment(\.words) private var words
    @Environment(\.dismiss) private var dismiss

    init(app: AppModel) {
        self.app = app
        _people = State(
            initialValue: Listing(app) { try $0.people.list(page: $1) })
    }

    var body: some View {
        Page(name: words.whoTitle) {
            if let leader, let chosen {
                SectionHeader(words.pinTitle(name: leader.name))
                PinPad(entry: entry, wrong: wrong) { unlock(chosen, by: leader) }
            } else if let chosen, chosen.locked {
                Notice(status: Status(words.pinLockedOut, .wrong), detail: words.pinLockedOutDetail)
                SectionHeader(words.pinManager)
                names(people.rows.filter { $0.pin && !$0.locked && $0.id != chosen.id }) { leader = $0 }
            } else if let chosen {
                SectionHeader(words.pinTitle(name: chosen.name))
                PinPad(entry: entry, wrong: wrong) { become(chosen, entry.take()) }
            } else {
                StateOf(load: people.load, retry: { Task { await people.reload() } }) {
                    EmptyState(name: words.whoNone, icon: .people)
                } content: { rows in
                    names(rows) { person in
                        chosen = person
                        if !person.pin { become(person, nil) }
                    }
                    if people.next != nil {
                        AppButton(words.actionMore, weight: .quiet) { Task { await people.more() } }
                    }
                }
                if let problem { ErrorBanner(problem: problem) {} }
            }
            if chosen != nil { AppButton(words.actionBack, weight: .quiet) { forget() } }
        }
        .task(id: app.turn(.people)) { await people.reload() }
    }

    private var wrong: String? {
        switch problem {
        case .invalid(_, "pin", _), .invalid("pin", "wrong", _): words.pinWrong
        case .some(let problem): words.say(problem)
        case nil: nil
        }
    }
    private func names(_ rows: [PersonSummary], _ pick: @escaping @MainActor (PersonSummary) -> Void) -> some View {
        ForEach(rows, id: \.id) { person in
            Button {
                pick(person)
            } label: {
                ListRow(
                    person.name, detail: person.site.text, icon: .person,
                    all: person.locked ? [Status(words.pinLockedOut, .wrong)] : [])
            }
            .buttonStyle(.plain)
        }
    }
    private func forget() {
        (chosen, leader, problem) = (nil, nil, nil)
        entry.clear()
    }
    private func become(_ person: PersonSummary, _ pin: String?) {
        Task {
            do throws(Problem) {
                try await app.become(person.id, pin: pin)
                forget()
                dismiss()
            } catch {
                problem = error
                if pin == nil { chosen = nil }
            }
        }
    }
    private func unlock(_ person: PersonSummary, by leader: PersonSummary) {
        let pin = entry.take()
        Task {
            problem = await app.unlock(person.id, by: leader.id, pin: pin)
            if problem == nil { forget() }
        }
    }
}

/// A PIN is chosen: the one that stands, the new one, and the new one again.
struct PinForm: View {
    let app: AppModel
    let done: @MainActor () -> Void
    @State private var entry = PinEntry()
    @State private var old: String?
    @State private var first: String?
    @State private var wrong: String?
    @Environment(\.words) private var words

    var body: some View {
        Page(name: words.pinSet) {
            Text(words.pinSetDetail).type(TypeScale.body, Palette.inkMuted)
            SectionHeader(asksOld ? words.pinOld : first == nil ? words.pinSet : words.pinRepeat)
            PinPad(entry: entry, wrong: wrong) { next(entry.take()) }
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
            Task {
                let problem = await app.setPin(pin, old: old)
                (old, first) = (nil, nil)
                wrong = problem.map { words.say($0) }
                if problem == nil { done() }
            }
        }
    }
}

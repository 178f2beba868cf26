import Presentation
import SwiftUI

/// A list to search in, a page at a time: rows of a table, people, sites.
struct LookupControl: View {
    let asked: Asked
    let answers: Answers
    let give: @MainActor (String) -> Void
    @State private var isOpen = false
    @Environment(\.words) private var words

    var body: some View {
        VStack(alignment: .leading, spacing: Space.s) {
            Text(asked.says ?? words.itemUnanswered).type(TypeScale.body)
            AppButton(words.actionChoose, icon: .search, weight: .secondary) { isOpen = true }
                .accessibilityLabel(words.actionChoose + ": " + asked.label.text)
        }
        .sheet(isPresented: $isOpen) {
            NavigationStack {
                LookupView(asked: asked, answers: answers) {
                    isOpen = false
                    give($0)
                }
            }
            .language(words)
        }
    }
}

private struct LookupView: View {
    let asked: Asked
    let answers: Answers
    let pick: @MainActor (String) -> Void
    @State private var query = ""
    @State private var page = Load<ChoicePage>.loading
    @State private var rows: [ChoiceRow] = []
    @Environment(\.words) private var words
    @Environment(\.dismiss) private var dismiss

    var body: some View {
        List {
            StateOf(load: page, retry: { Task { await find(after: nil) } }) {
                EmptyView()
            } content: { found in
                if let why = found.whyNot { Text(why).type(TypeScale.body) }
                if found.toCome { Text(words.itemToCome).type(TypeScale.body) }
                if rows.isEmpty, found.whyNot == nil { Text(words.countResults(n: 0)).type(TypeScale.body) }
                ForEach(rows, id: \.id) { row in
                    Button {
                        pick(row.id)
                    } label: {
                        ListRow(row.label.text, detail: row.says.isEmpty ? nil : row.says.joined(separator: " · "))
                    }
                }
                if let next = found.next { Button(words.actionMore) { Task { await find(after: next) } } }
            }
        }
        .searchable(text: $query, prompt: words.itemLookup)
        .navigationTitle(asked.label.text)
        .toolbar { ToolbarItem(placement: .cancellationAction) { Button(words.actionClose) { dismiss() } } }
        .task(id: query) { await find(after: nil) }
    }

    private func find(after: String?) async {
        guard let choices = answers.choices else { return page = .empty }
        let (id, query) = (asked.id, query)
        page = await answers.app.found { try choices($0, id, query, PageAsked(after: after, count: nil)) }
        if case .ready(let found) = page { rows = (after == nil ? [] : rows) + found.items }
    }
}

/// Things put in order, by buttons: a drag is not for every hand. The first tap makes the order shown an answer.
struct RankingControl: View {
    let asked: Asked
    let give: @MainActor ([String]) -> Void
    @Environment(\.words) private var words

    var body: some View {
        let order = asked.chosen.isEmpty ? asked.choices.map(\.id) : asked.chosen
        VStack(alignment: .leading, spacing: Space.s) {
            if asked.chosen.isEmpty { Text(words.itemUnanswered).type(TypeScale.label, Palette.inkMuted) }
            ForEach(Array(order.enumerated()), id: \.element) { place, id in
                let name = asked.choices.first { $0.id == id }?.label.text ?? id
                HStack(spacing: Space.s) {
                    Text(words.itemRankAt(n: place + 1, label: name)).type(TypeScale.body)
                        .frame(maxWidth: .infinity, alignment: .leading)
                    AppIconButton(.up, words.actionUp + ": " + name) { move(order, place, -1) }.disabled(place == 0)
                    AppIconButton(.down, words.actionDown + ": " + name) { move(order, place, 1) }
                        .disabled(place == order.count - 1)
                }
            }
            AppButton(words.actionUse, weight: .quiet) { give(order) }
        }
    }
    private func move(_ order: [String], _ place: Int, _ by: Int) {
        var order = order
        order.swapAt(place, place + by)
        give(order)
    }
}

/// Each row with one of the columns: of a grid, or of things that belong together.
struct PairsControl: View {
    let asked: Asked
    let give: @MainActor ([Pair]) -> Void
    @Environment(\.words) private var words

    var body: some View {
        ForEach(asked.rows, id: \.id) { row in
            VStack(alignment: .leading, spacing: Space.xs) {
                Text(row.label.text).type(TypeScale.label)
                Choices(
                    choices: asked.choices.map { Choice($0.id, $0.label.text) },
                    chosen: Binding(
                        get: { Set(asked.pairs.filter { $0.name == row.id }.map(\.value)) },
                        set: { chosen in
                            guard let value = chosen.first else { return }
                            give(asked.pairs.filter { $0.name != row.id } + [Pair(name: row.id, value: value)])
                        }))
            }
            .accessibilityElement(children: .contain)
            .accessibilityLabel(row.label.text)
        }
    }
}

/// A sentence with gaps: all of them are one answer, and are kept together while they are typed.
struct GapsControl: View {
    let asked: Asked
    let answers: Answers
    let touched: @MainActor () -> Void
    @Environment(\.words) private var words

    var body: some View {
        VStack(alignment: .leading, spacing: Space.s) {
            ForEach(0..<asked.gaps, id: \.self) { place in
                Field(name: words.itemBlank(n: place + 1), text: gap(place))
            }
            if answers.typed(asked.id) != nil {
                AppButton(words.actionSave, weight: .secondary) { answers.give(asked.id, .many(list: texts)) }
                    .accessibilityLabel(words.actionSave + ": " + asked.label.text)
            }
        }
    }
    private var texts: [String] {
        let lines = (answers.typed(asked.id) ?? asked.text).components(separatedBy: "\n")
        return (0..<asked.gaps).map { $0 < lines.count ? lines[$0] : "" }
    }
    private func gap(_ place: Int) -> Binding<String> {
        Binding(
            get: { texts[place] },
            set: { typed in
                touched()
                var all = texts
                all[place] = typed
                answers.type(asked.id, all.joined(separator: "\n"))
            })
    }
}

/// A place in a picture, by two sliders. The surface does not say which picture it is: see ios/README.md.
struct SpotControl: View {
    let asked: Asked
    let give: @MainActor ([Pair]) -> Void
    @Environment(\.words) private var words

    var body: some View {
        let spot: (x: Int, y: Int)? = if case .spot(let x, let y) = asked.answer { (Int(x), Int(y)) } else { nil }
        VStack(alignment: .leading, spacing: Space.s) {
            Text(words.itemSpot).type(TypeScale.label)
            part(words.itemAcross, spot?.x) { set($0, spot?.y ?? 500) }
            part(words.itemDownwards, spot?.y) { set(spot?.x ?? 500, $0) }
        }
    }
    private func part(_ name: String, _ value: Int?, _ set: @escaping @MainActor (Int) -> Void) -> some View {
        SliderField(
            name: name, value: Binding(get: { value.map(Double.init) }, set: { set(Int($0 ?? 0)) }), range: 0...1000,
            step: 10, shown: value.map { "\($0)" })
    }
    private func set(_ x: Int, _ y: Int) {
        give([Pair(name: "x", value: "\(x)"), Pair(name: "y", value: "\(y)")])
    }
}

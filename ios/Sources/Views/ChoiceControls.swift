import Presentation
import SwiftUI

/// A list to search in, a page at a time: rows of a table, people, sites.
struct LookupView: View {
    let asked: Asked
    let answers: Answers
    let give: @MainActor (String) -> Void
    @State private var query = ""
    @State private var found = Listing<ChoiceRow>()
    @Environment(\.words) private var words
    @Environment(\.dismiss) private var dismiss

    var body: some View {
        let page = found.page as? ChoicePage
        List {
            if page?.toCome == true { Text(words.itemToCome).type(TypeScale.body) }
            Rows(list: found, empty: page?.whyNot ?? words.countResults(n: 0)) { row in
                ListRow(name: row.label.text, detail: row.says.isEmpty ? nil : row.says.joined(separator: " · ")) {
                    dismiss()
                    give(row.id)
                }
            }
        }
        .searchable(text: $query, prompt: words.itemLookup)
        .navigationTitle(asked.label.text)
        .task(id: query) {
            guard let choices = answers.choices else { return }
            await found.ask(answers.app) { [asked, query] in try choices($0, asked.id, query, $1) }
        }
    }
}

extension ControlView {
    /// Things put in order, by buttons: a drag is not for every hand. The first tap makes the order shown an answer.
    @ViewBuilder var ranking: some View {
        let order = asked.chosen.isEmpty ? asked.choices.map(\.id) : asked.chosen
        if asked.chosen.isEmpty { Text(words.itemUnanswered).type(TypeScale.label, Palette.inkMuted) }
        ForEach(Array(order.enumerated()), id: \.element) { place, id in
            let name = asked.choices.first { $0.id == id }?.label.text ?? id
            HStack(spacing: Space.s) {
                Text(words.itemRankAt(n: place + 1, label: name)).type(TypeScale.body)
                    .frame(maxWidth: .infinity, alignment: .leading)
                AppIconButton(icon: .up, name: words.actionUp + ": " + name) { move(order, place, -1) }
                    .disabled(place == 0)
                AppIconButton(icon: .down, name: words.actionDown + ": " + name) { move(order, place, 1) }
                    .disabled(place == order.count - 1)
            }
        }
        AppButton(name: words.actionUse, weight: .quiet) { many(order) }
    }
    private func move(_ order: [String], _ place: Int, _ by: Int) {
        var order = order
        order.swapAt(place, place + by)
        many(order)
    }

    /// Each row with one of the columns: of a grid, or of things that belong together.
    var pairs: some View {
        ForEach(asked.rows, id: \.id) { row in
            let (mine, others) = (asked.pairs.filter { $0.name == row.id }, asked.pairs.filter { $0.name != row.id })
            VStack(alignment: .leading, spacing: Space.xs) {
                Text(row.label.text).type(TypeScale.label)
                Choices(all: asked.choices.choices, chosen: mine.map(\.value)) { chosen in
                    give(.pairs(pairs: others + chosen.map { Pair(name: row.id, value: $0) }))
                }
            }
            .accessibilityElement(children: .contain)
            .accessibilityLabel(row.label.text)
        }
    }

    /// A sentence with gaps: all of them are one answer, and are kept together while they are typed.
    @ViewBuilder var gaps: some View {
        let typed = Lines(count: asked.gaps, text: answers.typed(asked.id) ?? asked.text) {
            touched()
            answers.type(asked.id, $0)
        }
        ForEach(0..<asked.gaps, id: \.self) { Field(name: words.itemBlank(n: $0 + 1), text: typed[$0]) }
        if answers.typed(asked.id) != nil {
            AppButton(name: words.actionSave, weight: .secondary, about: asked.label.text) { many(typed.all) }
        }
    }
}

/// Several fields that are one draft, a line each.
@MainActor struct Lines {
    let count: Int
    let text: String
    let type: @MainActor (String) -> Void

    var all: [String] {
        let lines = text.components(separatedBy: "\n")
        return (0..<count).map { $0 < lines.count ? lines[$0] : "" }
    }
    subscript(place: Int) -> Binding<String> {
        Binding(
            get: { all[place] },
            set: { typed in
                var all = all
                all[place] = typed.replacingOccurrences(of: "\n", with: " ")
                type(all.allSatisfy(\.isEmpty) ? "" : all.joined(separator: "\n"))
            })
    }
}

/// The photos of an item, each of which may be taken away again, and the ways to one more.
struct Pictures: View {
    struct Shot: Identifiable {
        let id: String, photo: String
        var isLive = true
        var by: String?, at: Int64?
    }
    let app: AppModel
    let media: Holding?
    /// Gives what the core names it by; nil where it did not take it.
    let keep: @MainActor (_ bytes: Data, _ live: Bool) async -> String?
    let shots: [Shot]
    let liveOnly: Bool
    var limit: PictureLimit?
    var isEnabled = true
    /// What is said before one is taken away, where it is in no history yet.
    var lost: String?
    let remove: @MainActor (String) -> Void
    let add: @MainActor (String) async -> Void
    @Environment(\.words) private var words

    var body: some View {
        VStack(alignment: .leading, spacing: Space.s) {
            ForEach(Array(shots.enumerated()), id: \.element.id) { place, shot in
                PictureRow(app: app, media: media, shot: shot, place: place + 1)
                if isEnabled {
                    DestructiveButton(name: words.itemPhotoRemove, detail: lost ?? words.itemPhotoOff) {
                        remove(shot.id)
                    }
                }
            }
            if isEnabled {
                Flow {
                    AppButton(name: words.itemPhotoTake, icon: .camera, weight: .secondary) {
                        Task { await take(live: true) }
                    }
                    if !liveOnly {
                        AppButton(name: words.itemPhotoPick, icon: .photo, weight: .secondary) {
                            Task { await take(live: false) }
                        }
                    }
                }
            }
        }
    }
    private func take(live: Bool) async {
        guard let bytes = await app.phone.picture(live: live, limit: limit), let photo = await keep(bytes, live)
        else { return }
        await add(photo)
    }
}

/// A picture, small; one that is not here is fetched once there is a network.
struct PictureRow: Screen {
    let app: AppModel
    let media: Holding?
    let shot: Pictures.Shot
    let place: Int
    @State private var bytes = Load<Data>.loading

    var body: some View {
        HStack(spacing: Space.m) {
            if case .loading = bytes {
                ProgressView(words.stateLoading)
            } else if let image = bytes.value.flatMap(UIImage.init(data:)) {
                Image(uiImage: image).resizable().scaledToFit().frame(width: 96, height: 96).accessibilityHidden(true)
            } else {
                IconView(.photo, tint: Palette.inkMuted, side: 48)
            }
            VStack(alignment: .leading) {
                Text(words.itemPhotoNth(n: place)).type(TypeScale.label)
                if let by = shot.by, let at = shot.at { Text(words.by(by, at)).type(TypeScale.small, Palette.inkMuted) }
                if !shot.isLive { Chips(all: [Status(words.runNotLive, .neutral, .photo)]) }
                if case .failed(let problem) = bytes {
                    Text(words.say(problem)).type(TypeScale.small, Palette.inkMuted)
                }
            }
        }
        .accessibilityElement(children: .combine)
        .task(id: shot.photo) { bytes = await app.picture(shot.photo, of: media) }
    }
}

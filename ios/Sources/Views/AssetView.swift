import Presentation
import SwiftUI

/// What a label in front of the camera says, or what is typed of it where there is no camera: the way to an asset.
struct AssetButton: Screen {
    let app: AppModel
    @State private var label: Read?
    private struct Read: Identifiable {
        let id = UUID()
        let code: String
    }

    var body: some View {
        // The camera lies over the whole screen: it comes before the sheet, not out of it.
        AppButton(name: words.runAssetScan, icon: .barcode, weight: .secondary) {
            Task { label = Read(code: await app.code() ?? "") }
        }
        .sheet(item: $label) { read in Over(words) { AssetView(app: app, code: read.code) } }
    }
}

/// An asset: what it is, what can be done about it, and the runs about it.
struct AssetView: Screen {
    let app: AppModel
    @State var code: String
    @State private var asset = Detail<AssetDetail>()
    @State private var sought: String?
    @Environment(\.dismiss) private var dismiss

    var body: some View {
        Page(name: words.runAssetTitle) {
            Field(name: words.runAssetType, text: $code, keyboard: .asciiCapable)
            AppButton(name: words.actionSearch, icon: .search, weight: .secondary) { Task { await find() } }
                .disabled(code.isEmpty)
            ErrorBanner(problem: asset.problem)
            if sought != nil {
                if case .failed(.NotFound) = asset.load {
                    EmptyState(name: words.runAssetUnknown, icon: .barcode)
                } else {
                    Shown(asset, content: found)
                }
            }
        }
        .task { if !code.isEmpty { await find() } }
    }

    @ViewBuilder private func found(_ detail: AssetDetail) -> some View {
        Text(detail.label.text).type(TypeScale.title).accessibilityAddTraits(.isHeader)
        Text(detail.site.label.text).type(TypeScale.label, Palette.inkMuted)
        SectionHeader(name: words.runAssetStart)
        if detail.procedures.isEmpty { Text(words.proceduresEmpty).type(TypeScale.body, Palette.inkMuted) }
        ForEach(detail.procedures, id: \.id) { one in
            ListRow(name: one.title.text, detail: words.countItems(n: Int(one.items)), icon: .procedures) {
                Task {
                    let (about, procedure) = (detail.id, one.id)
                    let run = await asset.perform(app) { try $0.procedures().start(procedure: procedure, asset: about) }
                    if let run { lead(run) }
                }
            }
        }
        SectionHeader(name: words.runAssetRuns)
        if detail.runs.isEmpty { Text(words.runAssetRunsEmpty).type(TypeScale.body, Palette.inkMuted) }
        ForEach(detail.runs, id: \.id) { one in
            ListRow(
                name: one.title.text, detail: words.by(one.startedBy, one.startedMs), icon: .procedures,
                statuses: [words.say(one.status), words.say(one.state)]
            ) { lead(one.id) }
        }
    }

    private func find() async {
        // Of another label nothing is shown of the one before.
        if sought != code { asset = Detail() }
        sought = code
        await asset.ask(app) { [code] in try $0.procedures().asset(code: code) }
    }
    private func lead(_ run: String) {
        app.way = .run(run, item: nil)
        dismiss()
    }
}

/// What to look at while answering: the last answer as it is, what there is to read when it is asked for.
struct ReferenceView: Screen {
    let app: AppModel
    let reference: Reference
    @State private var isOpen = false

    var body: some View {
        switch reference {
        case .text(let text): reading(nil, text.text)
        case .article(_, let title, let text): reading(title.text, text.text)
        case .lessonCard(_, _, _, let title, let text): reading(title.text, text.text)
        case .picture(let picture, let alt, _, _, _):
            Text(words.runReference).type(TypeScale.label)
            ContentPicture(app: app, picture: picture, alt: alt.text)
        case .video(let video, let alt, let size, let ms, let here):
            Text(words.runReference).type(TypeScale.label)
            VideoRow(app: app, video: video, alt: alt.text, lengthMs: ms, size: size, isAway: !here)
        case .last(let says, let by, let ms):
            ListRow(name: words.runReference + ": " + says, detail: words.by(by, ms), icon: .history)
        }
    }
    @ViewBuilder private func reading(_ title: String?, _ text: String) -> some View {
        AppButton(
            name: line(words.runReference, title, by: ": ") ?? "", icon: isOpen ? .collapse : .expand, weight: .quiet
        ) {
            isOpen.toggle()
        }
        .accessibilityValue(isOpen ? words.actionHide : words.actionShow)
        if isOpen { Markdown(text: text) }
    }
}

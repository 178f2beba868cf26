import Foundation
import Presentation
import SwiftUI
import UIKit

/// The photos of an item, each of which may be taken away again, and the ways to one more.
struct Pictures: View {
    struct Shot: Identifiable {
        let id: String, photo: String
        var by: String?, at: Int64?
    }
    let answers: Answers
    let item: String
    let shots: [Shot]
    let liveOnly: Bool
    var isEnabled = true
    let remove: @MainActor (String) -> Void
    let add: @MainActor (String) async -> Void
    @Environment(\.words) private var words

    var body: some View {
        VStack(alignment: .leading, spacing: Space.s) {
            ForEach(Array(shots.enumerated()), id: \.element.id) { place, shot in
                PictureRow(app: answers.app, id: shot.photo, place: place + 1, by: shot.by, at: shot.at)
                if isEnabled {
                    DestructiveButton(words.itemPhotoRemove, detail: words.itemPhotoOff) { remove(shot.id) }
                }
            }
            if isEnabled {
                Flow {
                    AppButton(words.itemPhotoTake, icon: .camera, weight: .secondary) { take(live: true) }
                    if !liveOnly {
                        AppButton(words.itemPhotoPick, icon: .photo, weight: .secondary) { take(live: false) }
                    }
                }
            }
        }
    }
    private func take(live: Bool) {
        Task {
            guard let bytes = await answers.app.phone.picture(live: live),
                let photo = await answers.keep(bytes, live: live, for: item)
            else { return }
            await add(photo)
        }
    }
}

/// A picture, small; one that is not here is fetched once there is a network.
struct PictureRow: View {
    let app: AppModel
    let id: String
    let place: Int
    var by: String?
    var at: Int64?
    @State private var bytes = Load<Data>.loading
    @Environment(\.words) private var words

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
                if let by, let at { Text(words.by(by, at)).type(TypeScale.small, Palette.inkMuted) }
                if case .failed(let problem) = bytes {
                    Text(words.say(problem)).type(TypeScale.small, Palette.inkMuted)
                }
            }
        }
        .accessibilityElement(children: .combine)
        .task(id: id) { bytes = await app.picture(id) }
    }
}

/// A signature or a sketch: drawn, kept as a picture, and then an answer.
struct DrawControl: View {
    let asked: Asked
    let answers: Answers
    let give: @MainActor (String) -> Void
    @State private var strokes = Strokes()
    @State private var typed = ""
    @Environment(\.words) private var words

    var body: some View {
        let signs = asked.control == .signature
        VStack(alignment: .leading, spacing: Space.s) {
            if !asked.chosen.isEmpty { StatusChip(Status(signs ? words.itemSigned : words.itemSketched, .good)) }
            SignaturePad(
                name: signs ? words.itemSignHere : words.itemSketch, strokes: $strokes, typed: signs ? $typed : nil)
            AppButton(words.actionSave, weight: .secondary, action: save)
                .accessibilityLabel(words.actionSave + ": " + asked.label.text)
                .disabled(strokes.isEmpty && typed.isEmpty)
        }
    }
    private func save() {
        Task {
            let name = strokes.isEmpty ? await answers.app.phone.picture(of: typed) : Png.of(strokes)
            guard let name, let id = await answers.keep(name, live: true, for: asked.id) else { return }
            strokes.clear()
            typed = ""
            give(id)
        }
    }
}

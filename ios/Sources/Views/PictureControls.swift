import Foundation
import Presentation
import SwiftUI

#if canImport(UIKit)
import UIKit
#endif

/// Takes or chooses a picture and keeps it; what it is for is the caller's.
struct TakePicture: View {
    let answers: Answers
    let id: String
    let liveOnly: Bool
    let done: @MainActor (String) async -> Void
    @Environment(\.words) private var words

    var body: some View {
        Flow {
            AppButton(words.itemPhotoTake, icon: .camera, weight: .secondary) { take(live: true) }
            if !liveOnly {
                AppButton(words.itemPhotoPick, icon: .photo, weight: .secondary) { take(live: false) }
            }
        }
    }
    private func take(live: Bool) {
        Task {
            guard let bytes = await answers.app.phone.picture(live: live),
                let photo = await answers.keep(bytes, live: live, for: id)
            else { return }
            await done(photo)
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
            switch bytes {
            case .ready(let bytes): Pixels(bytes: bytes)
            case .loading: ProgressView(words.stateLoading)
            case .empty, .failed: IconView(.photo, tint: Palette.inkMuted, side: 48)
            }
            VStack(alignment: .leading) {
                Text(words.itemPhotoNth(n: place)).type(TypeScale.label)
                if let by, let at {
                    Text(words.labelByAt(name: by, time: words.time(at))).type(TypeScale.small, Palette.inkMuted)
                }
                if case .failed(let problem) = bytes {
                    Text(words.say(problem)).type(TypeScale.small, Palette.inkMuted)
                }
            }
        }
        .accessibilityElement(children: .combine)
        .task(id: id) { bytes = await app.picture(id) }
    }
}

/// Only the platform can draw a JPEG.
private struct Pixels: View {
    let bytes: Data
    var body: some View {
        #if canImport(UIKit)
        if let image = UIImage(data: bytes) {
            Image(uiImage: image).resizable().scaledToFit().frame(width: 96, height: 96).accessibilityHidden(true)
        }
        #else
        IconView(.photo, side: 48)
        #endif
    }
}

/// Photos as the answer itself.
struct CameraControl: View {
    let asked: Asked
    let answers: Answers
    let give: @MainActor ([String]) -> Void
    @Environment(\.words) private var words

    var body: some View {
        VStack(alignment: .leading, spacing: Space.s) {
            ForEach(Array(asked.chosen.enumerated()), id: \.element) { place, photo in
                PictureRow(app: answers.app, id: photo, place: place + 1)
                DestructiveButton(words.itemPhotoRemove, detail: words.itemPhotoOff) {
                    give(asked.chosen.filter { $0 != photo })
                }
            }
            TakePicture(answers: answers, id: asked.id, liveOnly: asked.photos?.liveCameraOnly == true) { photo in
                give(asked.chosen + [photo])
            }
        }
    }
}

/// A signature or a sketch: drawn, kept as a picture, and then an answer.
struct DrawControl: View {
    let asked: Asked
    let answers: Answers
    let signs: Bool
    let give: @MainActor (String) -> Void
    @State private var strokes = Strokes()
    @State private var typed = ""
    @Environment(\.words) private var words

    var body: some View {
        VStack(alignment: .leading, spacing: Space.s) {
            if !asked.chosen.isEmpty {
                StatusChip(Status(signs ? words.itemSigned : words.itemSketched, .good))
            }
            if signs {
                SignaturePad(strokes: $strokes, typed: $typed)
            } else {
                DrawingPad(name: words.itemSketch, strokes: $strokes)
                AppButton(words.actionClear, weight: .quiet) { strokes.clear() }.disabled(strokes.isEmpty)
            }
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

import AVKit
import Presentation
import SwiftUI

/// What is not on this phone, and the way to get it: it says why not, and stops when it is told to.
struct GetIt: Screen {
    let app: AppModel
    let id: String
    var size: UInt64?
    /// Of what it is, for whoever hears several of them.
    var about: String?
    let came: @MainActor () async -> Void
    @State private var fetching = Act()
    @State private var task: Task<Void, Never>?

    var body: some View {
        VStack(alignment: .leading, spacing: Space.s) {
            Text(words.mediaAway).type(TypeScale.label, Palette.inkMuted)
            if fetching.isBusy {
                ProgressView(words.stateLoading)
                AppButton(name: words.actionCancel, weight: .quiet, about: about) { task?.cancel() }
            } else {
                if let problem = fetching.problem { Text(words.say(problem)).type(TypeScale.label, Palette.wrong) }
                AppButton(
                    name: size.map { words.mediaGetSize(size: words.size($0)) } ?? words.mediaGet, icon: .download,
                    weight: .secondary, about: about
                ) { task = Task { await get() } }
            }
        }
        .onDisappear { task?.cancel() }
    }
    private func get() async {
        await fetching.perform(app) { [id] in try await $0.media().fetch(id: id, small: false) }
        // Whoever stopped it knows why it is not here.
        if Task.isCancelled { fetching.problem = nil } else if fetching.problem == nil { await came() }
    }
}

/// A picture of a lesson or of how a step should be: said by its words, seen large when it is touched.
struct ContentPicture: Screen {
    let app: AppModel
    let picture: String
    let alt: String
    @State private var bytes = Load<Data>.loading
    @State private var isLarge = false

    var body: some View {
        VStack(alignment: .leading, spacing: Space.s) {
            if let image = bytes.value.flatMap(UIImage.init(data:)) {
                Button {
                    isLarge = true
                } label: {
                    Image(uiImage: image).resizable().scaledToFit().frame(maxHeight: 280).target()
                }
                .buttonStyle(.plain)
                .accessibilityLabel(alt)
                .accessibilityHint(words.mediaEnlarge)
                .sheet(isPresented: $isLarge) { Over(words) { Large(image: image, alt: alt) } }
            } else if case .loading = bytes {
                ProgressView(words.stateLoading)
            } else {
                Text(alt).type(TypeScale.body)
                if bytes.value == nil {
                    GetIt(app: app, id: picture, about: alt) { await look() }
                } else {
                    Text(words.mediaBroken).type(TypeScale.label, Palette.inkMuted)
                }
            }
        }
        .task(id: app.turn(.content, .sync)) { if bytes.value == nil { await look() } }
    }
    private func look() async { bytes = await app.bytes(picture) }
}

/// As large as is wished, by buttons: two fingers are not free in every hand.
private struct Large: View {
    let image: UIImage
    let alt: String
    @State private var times = 1.0
    @Environment(\.words) private var words

    var body: some View {
        GeometryReader { place in
            ScrollView([.horizontal, .vertical]) {
                Image(uiImage: image).resizable().scaledToFit()
                    .frame(width: place.size.width * times)
                    .accessibilityLabel(alt)
            }
        }
        .safeAreaInset(edge: .bottom) {
            HStack(spacing: Space.s) {
                AppIconButton(icon: .zoomOut, name: words.mediaSmaller) { times -= 0.5 }.disabled(times <= 1)
                Text(alt).type(TypeScale.label).frame(maxWidth: .infinity)
                AppIconButton(icon: .zoomIn, name: words.mediaLarger) { times += 0.5 }.disabled(times >= 4)
            }
            .padding(Space.m)
        }
    }
}

/// A video: what it shows, how long it is, and the way to see it.
struct VideoRow: Screen {
    let app: AppModel
    let video: String
    let alt: String
    let lengthMs: UInt64
    var size: UInt64?
    /// Of one that nobody has looked for it is not said.
    var isAway = false

    var body: some View {
        ListRow(
            name: alt, detail: line(words.mediaVideo, words.length(Int(lengthMs / 1000))), icon: .video,
            statuses: [isAway ? Status(words.mediaAway, .neutral, .cloud) : nil])
        OverButton(name: words.mediaVideoPlay, icon: .play, about: alt) {
            VideoView(app: app, video: video, alt: alt, size: size)
        }
    }
}

/// Plays from a file that goes with the screen; what is not here is fetched when it is asked for.
private struct VideoView: Screen {
    let app: AppModel
    let video: String
    let alt: String
    let size: UInt64?
    @State private var file = Load<URL>.loading

    var body: some View {
        Group {
            if case .failed(.NotFound) = file {
                GetIt(app: app, id: video, size: size, about: alt) { await look() }
            } else {
                Shown(load: file, retry: { Task { await look() } }) { Playing(player: AVPlayer(url: $0), alt: alt) }
            }
        }
        .navigationTitle(alt)
        .task { await look() }
        .onDisappear { Passing.remove(file.value) }
    }
    private func look() async { file = await app.passing(video, "mp4") }
}

private struct Playing: View {
    /// The first one: it plays on when the screen is turned.
    @State var player: AVPlayer
    let alt: String

    var body: some View {
        VideoPlayer(player: player)
            .accessibilityLabel(alt)
            .onAppear { player.play() }
            .onDisappear { player.pause() }
    }
}

extension Drawing {
    /// Its strokes in a field of that size, sharp in any.
    func path(in size: CGSize) -> Path {
        let scale = size.width / CGFloat(max(width, 1))
        return Path { path in
            for stroke in strokes {
                let points = stroke.points.map { CGPoint(x: CGFloat($0.x) * scale, y: CGFloat($0.y) * scale) }
                // A tap is a dot: a line from where it began to there.
                path.addLines(points.prefix(1) + points)
            }
        }
    }
}

struct StrokesView: View {
    let drawing: Drawing
    @Environment(\.colorScheme) private var scheme

    var body: some View {
        let ink = Palette.ink.color(scheme)
        Canvas { context, size in
            context.stroke(
                drawing.path(in: size), with: .color(ink), style: StrokeStyle(lineWidth: 2.5, lineCap: .round))
        }
        .aspectRatio(CGFloat(drawing.width) / CGFloat(max(drawing.height, 1)), contentMode: .fit)
    }
}

/// A signature that was given: drawn anew, or the picture that an older one is.
struct SignatureView: Screen {
    let app: AppModel
    let media: Holding?
    let signature: String
    let name: String
    @State private var drawn = Load<Drawn>.loading

    var body: some View {
        Group {
            switch drawn {
            case .loading: ProgressView(words.stateLoading)
            case .failed(let problem): Text(words.say(problem)).type(TypeScale.small, Palette.inkMuted)
            case .ready(.strokes(let drawing)): StrokesView(drawing: drawing).accessibilityElement()
            case .ready(.picture(let bytes)):
                if let image = UIImage(data: bytes) {
                    Image(uiImage: image).resizable().scaledToFit()
                } else {
                    Text(words.mediaBroken).type(TypeScale.small, Palette.inkMuted)
                }
            }
        }
        .frame(maxHeight: 120)
        .accessibilityLabel(drawn.value == nil ? "" : name)
        .task(id: signature) { drawn = await app.drawn(signature, of: media) }
    }
}

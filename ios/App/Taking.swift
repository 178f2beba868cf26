import AVFoundation
import Observation
import PhotosUI
import Platform
import Presentation
import SwiftUI
import Views

/// The camera or the album over whatever screen asked for it.
@MainActor @Observable final class Taking {
    struct Request: Identifiable {
        let id = UUID()
        let what: ThisPhone.Wanted
        let read: CodeReader?
    }
    var wanted: Request?
    @ObservationIgnored private var waiting: CheckedContinuation<Data?, Never>?
    let camera = Camera()

    func take(_ what: ThisPhone.Wanted, _ read: CodeReader? = nil) async -> Data? {
        if what != .album, !(await Camera.allowed()) { return nil }
        done(nil)
        return await withCheckedContinuation {
            waiting = $0
            wanted = Request(what: what, read: read)
        }
    }
    func done(_ bytes: Data?) {
        wanted = nil
        waiting?.resume(returning: bytes)
        waiting = nil
    }
}

struct TakingView: View {
    let taking: Taking
    let wanted: Taking.Request
    @State private var picked: PhotosPickerItem?
    @Environment(\.words) private var words

    var body: some View {
        VStack {
            switch wanted.what {
            case .album: PhotosPicker(words.itemPhotoPick, selection: $picked, matching: .images)
            case .photo, .code: Preview(session: taking.camera.session).ignoresSafeArea()
            }
            HStack {
                Button(words.actionCancel) { taking.done(nil) }.frame(minHeight: 44)
                if wanted.what == .photo {
                    Button(words.itemPhotoTake) { Task { taking.done(await taking.camera.take()) } }.frame(
                        minHeight: 44)
                }
            }
        }
        .task {
            guard wanted.what != .album else { return }
            taking.camera.start(read: wanted.read) { code in
                Task { @MainActor in if wanted.what == .code { taking.done(Data(code.utf8)) } }
            }
        }
        .onDisappear { taking.camera.stop() }
        .onChange(of: picked) { Task { taking.done(try? await picked?.loadTransferable(type: Data.self)) } }
    }
}

private struct Preview: UIViewRepresentable {
    let session: AVCaptureSession
    final class Shown: UIView { override class var layerClass: AnyClass { AVCaptureVideoPreviewLayer.self } }
    func makeUIView(context: Context) -> Shown {
        let view = Shown()
        (view.layer as? AVCaptureVideoPreviewLayer)?.session = session
        return view
    }
    func updateUIView(_ view: Shown, context: Context) {}
}

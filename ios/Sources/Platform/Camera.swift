import AVFoundation
import Foundation

/// Takes a picture, and reads codes. A session is started off the main thread: it takes half a second.
public final class Camera: NSObject, @unchecked Sendable {
    public let session = AVCaptureSession()
    private let photos = AVCapturePhotoOutput()
    private let codes = AVCaptureMetadataOutput()
    private let queue = DispatchQueue(label: "camera")  // untranslated: seen by debuggers
    // Only touched on `queue`.
    private var waiting: [Int64: CheckedContinuation<Data?, Never>] = [:]
    private var onCode: (@Sendable (String) -> Void)?

    /// False where the person has said no: then a code is typed, and a picture is chosen.
    public static func allowed() async -> Bool { await AVCaptureDevice.requestAccess(for: .video) }

    public func start(onCode: (@Sendable (String) -> Void)? = nil) {
        queue.async { [self] in
            self.onCode = onCode
            if session.inputs.isEmpty, let device = AVCaptureDevice.default(for: .video),
                let input = try? AVCaptureDeviceInput(device: device), session.canAddInput(input)
            {
                session.addInput(input)
                if session.canAddOutput(photos) { session.addOutput(photos) }
                if session.canAddOutput(codes) {
                    session.addOutput(codes)
                    codes.setMetadataObjectsDelegate(self, queue: queue)
                    codes.metadataObjectTypes = codes.availableMetadataObjectTypes.filter {
                        [.qr, .ean13, .ean8, .code128, .code39, .dataMatrix].contains($0)
                    }
                }
            }
            session.startRunning()
        }
    }

    public func stop() { queue.async { [self] in session.stopRunning() } }

    public func take() async -> Data? {
        await withCheckedContinuation { continuation in
            queue.async { [self] in
                let settings = AVCapturePhotoSettings()
                waiting[settings.uniqueID] = continuation
                photos.capturePhoto(with: settings, delegate: self)
            }
        }
    }
}

extension Camera: AVCapturePhotoCaptureDelegate {
    public func photoOutput(
        _ output: AVCapturePhotoOutput, didFinishProcessingPhoto photo: AVCapturePhoto, error: (any Error)?
    ) {
        let (id, data) = (photo.resolvedSettings.uniqueID, photo.fileDataRepresentation())
        queue.async { [self] in waiting.removeValue(forKey: id)?.resume(returning: data) }
    }
}

extension Camera: AVCaptureMetadataOutputObjectsDelegate {
    public func metadataOutput(
        _ output: AVCaptureMetadataOutput, didOutput objects: [AVMetadataObject], from connection: AVCaptureConnection
    ) {
        guard let code = (objects.first as? AVMetadataMachineReadableCodeObject)?.stringValue else { return }
        onCode?(code)
        // One code a start: a code that stays in sight would be told thirty times a second.
        onCode = nil
    }
}

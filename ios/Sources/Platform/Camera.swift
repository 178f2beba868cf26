import AVFoundation
import Foundation
import Presentation

/// Takes a picture, and shows what it sees to whoever reads codes. A session is started off the main thread: it takes
/// half a second.
public final class Camera: NSObject, @unchecked Sendable {
    public let session = AVCaptureSession()
    private let photos = AVCapturePhotoOutput()
    private let frames = AVCaptureVideoDataOutput()
    private let codes = AVCaptureMetadataOutput()
    private let queue = DispatchQueue(label: "camera")  // untranslated: seen by debuggers
    // Only touched on `queue`.
    private var waiting: [Int64: CheckedContinuation<Data?, Never>] = [:]
    private var onCode: (@Sendable (String) -> Void)?
    private var read: CodeReader?
    private var isReading = false

    /// False where the person has said no: then a code is typed, and a picture is chosen.
    public static func allowed() async -> Bool { await AVCaptureDevice.requestAccess(for: .video) }

    /// `read` is shown one picture after the other; what it says first is told to `onCode`, once.
    public func start(read: CodeReader? = nil, onCode: (@Sendable (String) -> Void)? = nil) {
        queue.async { [self] in
            (self.onCode, self.read) = (onCode, read)
            if session.inputs.isEmpty, let device = AVCaptureDevice.default(for: .video),
                let input = try? AVCaptureDeviceInput(device: device), session.canAddInput(input)
            {
                session.addInput(input)
                if session.canAddOutput(photos) { session.addOutput(photos) }
                if session.canAddOutput(frames) {
                    session.addOutput(frames)
                    // Its first plane is the grey values.
                    frames.videoSettings = [
                        kCVPixelBufferPixelFormatTypeKey as String: kCVPixelFormatType_420YpCbCr8BiPlanarFullRange
                    ]
                    frames.alwaysDiscardsLateVideoFrames = true
                    frames.setSampleBufferDelegate(self, queue: queue)
                }
                // What the core reads is left to it: the system says some of it otherwise than a label does.
                if session.canAddOutput(codes) {
                    session.addOutput(codes)
                    codes.setMetadataObjectsDelegate(self, queue: queue)
                    codes.metadataObjectTypes = codes.availableMetadataObjectTypes.filter {
                        [.code39, .dataMatrix].contains($0)
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
        if let code = (objects.first as? AVMetadataMachineReadableCodeObject)?.stringValue { tell(code) }
    }
    /// One code a start: a code that stays in sight would be told thirty times a second.
    private func tell(_ code: String) {
        onCode?(code)
        (onCode, read) = (nil, nil)
    }
}

extension Camera: AVCaptureVideoDataOutputSampleBufferDelegate {
    public func captureOutput(
        _ output: AVCaptureOutput, didOutput sampleBuffer: CMSampleBuffer, from connection: AVCaptureConnection
    ) {
        // While one is read the next are passed over: the latest is what the person points at.
        guard let read, !isReading, let frame = sampleBuffer.imageBuffer.flatMap(LumaFrame.init(seen:)) else { return }
        isReading = true
        Task { [self] in
            let code = await read(frame)
            queue.async { [self] in
                isReading = false
                if let code { tell(code) }
            }
        }
    }
}

extension LumaFrame {
    /// The grey values of a picture in planes, copied: the camera takes its buffer back.
    init?(seen picture: CVPixelBuffer) {
        CVPixelBufferLockBaseAddress(picture, .readOnly)
        defer { CVPixelBufferUnlockBaseAddress(picture, .readOnly) }
        guard CVPixelBufferGetPlaneCount(picture) > 0, let grey = CVPixelBufferGetBaseAddressOfPlane(picture, 0) else {
            return nil
        }
        let (width, height) = (CVPixelBufferGetWidthOfPlane(picture, 0), CVPixelBufferGetHeightOfPlane(picture, 0))
        let stride = CVPixelBufferGetBytesPerRowOfPlane(picture, 0)
        self.init(
            bytes: Data(bytes: grey, count: stride * height), width: UInt32(width), height: UInt32(height),
            stride: UInt32(stride))
    }
}

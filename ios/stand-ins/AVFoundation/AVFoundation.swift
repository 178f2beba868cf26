// A stand-in for what the shell uses of Apple's AVFoundation: its declarations, and a camera that a test holds.
@_exported import UIKit

public struct AVMediaType: RawRepresentable, Hashable, Sendable {
    public let rawValue: String
    public init(rawValue: String) { self.rawValue = rawValue }
    public static let video = AVMediaType(rawValue: "vide")
}

open class AVCaptureDevice: NSObject {
    open class func `default`(for mediaType: AVMediaType) -> AVCaptureDevice? { AVCaptureDevice() }
    open class func requestAccess(for mediaType: AVMediaType) async -> Bool { true }
}
open class AVCaptureInput: NSObject {}
open class AVCaptureDeviceInput: AVCaptureInput {
    public init(device: AVCaptureDevice) throws {}
}
open class AVCaptureOutput: NSObject {}
open class AVCaptureConnection: NSObject {}

open class AVCaptureSession: NSObject {
    public private(set) var inputs: [AVCaptureInput] = []
    public private(set) var outputs: [AVCaptureOutput] = []
    public private(set) var isRunning = false
    open func canAddInput(_ input: AVCaptureInput) -> Bool { true }
    open func addInput(_ input: AVCaptureInput) { inputs.append(input) }
    open func canAddOutput(_ output: AVCaptureOutput) -> Bool { true }
    open func addOutput(_ output: AVCaptureOutput) { outputs.append(output) }
    open func startRunning() { isRunning = true }
    open func stopRunning() { isRunning = false }
}

open class AVCaptureResolvedPhotoSettings: NSObject {
    public let uniqueID: Int64
    init(_ uniqueID: Int64) { self.uniqueID = uniqueID }
}
open class AVCapturePhotoSettings: NSObject {
    public let uniqueID = Int64.random(in: 1...Int64.max)
}
open class AVCapturePhoto: NSObject {
    public let resolvedSettings: AVCaptureResolvedPhotoSettings
    init(_ uniqueID: Int64) { resolvedSettings = AVCaptureResolvedPhotoSettings(uniqueID) }
    open func fileDataRepresentation() -> Data? { Data("photo".utf8) }
}
public protocol AVCapturePhotoCaptureDelegate: NSObjectProtocol {
    func photoOutput(
        _ output: AVCapturePhotoOutput, didFinishProcessingPhoto photo: AVCapturePhoto, error: (any Error)?)
}
open class AVCapturePhotoOutput: AVCaptureOutput {
    /// The picture is there at once.
    open func capturePhoto(with settings: AVCapturePhotoSettings, delegate: any AVCapturePhotoCaptureDelegate) {
        delegate.photoOutput(self, didFinishProcessingPhoto: AVCapturePhoto(settings.uniqueID), error: nil)
    }
}

open class AVMetadataObject: NSObject {
    public struct ObjectType: RawRepresentable, Hashable, Sendable {
        public let rawValue: String
        public init(rawValue: String) { self.rawValue = rawValue }
        public static let qr = Self(rawValue: "qr"), ean13 = Self(rawValue: "ean13"), ean8 = Self(rawValue: "ean8")
        public static let code128 = Self(rawValue: "code128"), code39 = Self(rawValue: "code39")
        public static let dataMatrix = Self(rawValue: "dataMatrix"), face = Self(rawValue: "face")
    }
}
open class AVMetadataMachineReadableCodeObject: AVMetadataObject {
    public let stringValue: String?
    init(_ stringValue: String) { self.stringValue = stringValue }
}
public protocol AVCaptureMetadataOutputObjectsDelegate: NSObjectProtocol {
    func metadataOutput(
        _ output: AVCaptureMetadataOutput, didOutput metadataObjects: [AVMetadataObject],
        from connection: AVCaptureConnection)
}
open class AVCaptureMetadataOutput: AVCaptureOutput {
    private weak var delegate: (any AVCaptureMetadataOutputObjectsDelegate)?
    private var queue: DispatchQueue?
    open var metadataObjectTypes: [AVMetadataObject.ObjectType]! = []
    open var availableMetadataObjectTypes: [AVMetadataObject.ObjectType] { [.qr, .ean13, .code39, .face] }
    open func setMetadataObjectsDelegate(
        _ delegate: (any AVCaptureMetadataOutputObjectsDelegate)?, queue: DispatchQueue?
    ) { (self.delegate, self.queue) = (delegate, queue) }

    /// A code comes into sight; it is told on the delegate's queue, and this waits for that.
    @_spi(Harness) public func sees(_ code: String) {
        queue?.sync {
            delegate?.metadataOutput(
                self, didOutput: [AVMetadataMachineReadableCodeObject(code)], from: AVCaptureConnection())
        }
    }
}

public protocol AVCaptureVideoDataOutputSampleBufferDelegate: NSObjectProtocol {
    func captureOutput(
        _ output: AVCaptureOutput, didOutput sampleBuffer: CMSampleBuffer, from connection: AVCaptureConnection)
}
open class AVCaptureVideoDataOutput: AVCaptureOutput {
    private weak var delegate: (any AVCaptureVideoDataOutputSampleBufferDelegate)?
    private var queue: DispatchQueue?
    open var videoSettings: [String: Any]! = [:]
    open var alwaysDiscardsLateVideoFrames = true
    open func setSampleBufferDelegate(
        _ sampleBufferDelegate: (any AVCaptureVideoDataOutputSampleBufferDelegate)?,
        queue sampleBufferCallbackQueue: DispatchQueue?
    ) { (delegate, queue) = (sampleBufferDelegate, sampleBufferCallbackQueue) }

    /// A picture comes in, in the format that was asked for; this waits until the delegate was told.
    @_spi(Harness) public func sees(_ rows: [[UInt8]], stride: Int) {
        let format = videoSettings[kCVPixelBufferPixelFormatTypeKey as String] as? OSType
        guard format == kCVPixelFormatType_420YpCbCr8BiPlanarFullRange else { return }
        let picture = CVPixelBuffer(rows, stride: stride)
        queue?.sync {
            delegate?.captureOutput(self, didOutput: CMSampleBuffer(imageBuffer: picture), from: AVCaptureConnection())
        }
        precondition(!picture.isLocked, "a picture that stays locked is never given back to the camera")
    }
}

/// Plays a file that is there; nothing is seen.
@MainActor open class AVPlayer: NSObject {
    @_spi(Harness) public let url: URL
    public private(set) var rate: Float = 0
    public init(url: URL) { self.url = url }
    open func play() { rate = 1 }
    open func pause() { rate = 0 }
}

open class AVCaptureVideoPreviewLayer: CALayer {
    open var session: AVCaptureSession?
}

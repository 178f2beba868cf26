// What AVFoundation hands on of CoreMedia and CoreVideo, as far as the shell uses it: a picture in planes.
import Foundation

public typealias OSType = UInt32
public typealias CVReturn = Int32
public typealias CFString = String
public let kCVPixelBufferPixelFormatTypeKey: CFString = "PixelFormatType"
public let kCVPixelFormatType_420YpCbCr8BiPlanarFullRange: OSType = 0x3432_3066

public struct CVPixelBufferLockFlags: OptionSet, Sendable {
    public let rawValue: UInt64
    public init(rawValue: UInt64) { self.rawValue = rawValue }
    public static let readOnly = Self(rawValue: 1)
}
public final class CVBuffer {
    fileprivate let bytes: UnsafeMutableRawBufferPointer
    fileprivate let width: Int, height: Int, stride: Int
    public fileprivate(set) var isLocked = false
    init(_ rows: [[UInt8]], stride: Int) {
        (width, height, self.stride) = (rows.first?.count ?? 0, rows.count, stride)
        bytes = .allocate(byteCount: stride * rows.count, alignment: 16)
        // Behind each row lies what nobody should look at.
        bytes.initializeMemory(as: UInt8.self, repeating: 7)
        for (place, row) in rows.enumerated() {
            bytes.baseAddress?.advanced(by: place * stride).copyMemory(from: row, byteCount: row.count)
        }
    }
    deinit { bytes.deallocate() }
}
public typealias CVImageBuffer = CVBuffer
public typealias CVPixelBuffer = CVBuffer

public final class CMSampleBuffer {
    public let imageBuffer: CVImageBuffer?
    init(imageBuffer: CVImageBuffer?) { self.imageBuffer = imageBuffer }
}

@discardableResult
public func CVPixelBufferLockBaseAddress(_ pixelBuffer: CVPixelBuffer, _ lockFlags: CVPixelBufferLockFlags) -> CVReturn
{
    pixelBuffer.isLocked = true
    return 0
}
@discardableResult
public func CVPixelBufferUnlockBaseAddress(_ pixelBuffer: CVPixelBuffer, _ unlockFlags: CVPixelBufferLockFlags)
    -> CVReturn
{
    pixelBuffer.isLocked = false
    return 0
}
public func CVPixelBufferGetPlaneCount(_ pixelBuffer: CVPixelBuffer) -> Int { 2 }
/// Nothing where it is not locked: as of a real one, whose memory may be anywhere then.
public func CVPixelBufferGetBaseAddressOfPlane(_ pixelBuffer: CVPixelBuffer, _ planeIndex: Int)
    -> UnsafeMutableRawPointer?
{ pixelBuffer.isLocked ? pixelBuffer.bytes.baseAddress : nil }
public func CVPixelBufferGetWidthOfPlane(_ pixelBuffer: CVPixelBuffer, _ planeIndex: Int) -> Int { pixelBuffer.width }
public func CVPixelBufferGetHeightOfPlane(_ pixelBuffer: CVPixelBuffer, _ planeIndex: Int) -> Int { pixelBuffer.height }
public func CVPixelBufferGetBytesPerRowOfPlane(_ pixelBuffer: CVPixelBuffer, _ planeIndex: Int) -> Int {
    pixelBuffer.stride
}

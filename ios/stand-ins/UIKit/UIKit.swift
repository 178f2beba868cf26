// A stand-in for what the shell uses of Apple's UIKit: its declarations, and no screen.
@_exported import Foundation

// What Apple's Foundation has and this one has not.
extension URL {
    public static var documentsDirectory: URL { FileManager.default.temporaryDirectory }
    public static var applicationSupportDirectory: URL { FileManager.default.temporaryDirectory }
}
extension URLResourceKey {
    public static let volumeAvailableCapacityForImportantUsageKey = URLResourceKey(rawValue: "important")
}
extension URLResourceValues {
    public var volumeAvailableCapacityForImportantUsage: Int64? { nil }
}

public enum UIKeyboardType: Int, Sendable {
    case `default`, asciiCapable, numbersAndPunctuation, URL, numberPad, phonePad, namePhonePad, emailAddress,
        decimalPad
}

/// Whatever is not empty is a picture here; a smaller one, and a coarser one, has as much less in it.
open class UIImage: NSObject, @unchecked Sendable {
    private let data: Data
    public let size: CGSize
    public init?(data: Data) {
        if data.isEmpty { return nil }
        (self.data, size) = (data, CGSize(width: 1, height: 1))
    }
    @_spi(Harness) public init(size: CGSize, bytes: Int) { (data, self.size) = (Data(count: bytes), size) }
    public func pngData() -> Data? { data }
    public func preparingThumbnail(of small: CGSize) -> UIImage? {
        let part = small.width * small.height / (size.width * size.height)
        return UIImage(size: small, bytes: Int(Double(data.count) * part))
    }
    public func jpegData(compressionQuality: CGFloat) -> Data? {
        data.prefix(Int(Double(data.count) * compressionQuality))
    }
}

@MainActor open class UIDevice: NSObject {
    public class var current: UIDevice { shared }
    private static let shared = UIDevice()
    public var model: String { "iPhone" }
}

@MainActor open class UIApplication: NSObject {
    public nonisolated static let didEnterBackgroundNotification = NSNotification.Name(
        "UIApplicationDidEnterBackground")
    public static let shared = UIApplication()
    public var isIdleTimerDisabled = false
}

public struct UIAccessibility {
    @MainActor public static func requestGuidedAccessSession(enabled: Bool) async -> Bool { false }
}

open class CALayer: NSObject {
    override public required init() {}
}
@MainActor open class UIResponder: NSObject {}
open class UIView: UIResponder {
    open class var layerClass: AnyClass { CALayer.self }
    public private(set) lazy var layer: CALayer = (Self.layerClass as? CALayer.Type)?.init() ?? CALayer()
    override public init() {}
}

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

/// Whatever is not empty is a picture here.
open class UIImage: NSObject, @unchecked Sendable {
    public init?(data: Data) { if data.isEmpty { return nil } }
}

@MainActor open class UIDevice: NSObject {
    public class var current: UIDevice { shared }
    private static let shared = UIDevice()
    public var model: String { "iPhone" }
}

open class UIFont: NSObject, @unchecked Sendable {
    public class func italicSystemFont(ofSize: CGFloat) -> UIFont { UIFont() }
}
extension NSAttributedString.Key {
    public static let font = NSAttributedString.Key("NSFont")
}
extension NSAttributedString {
    public func size() -> CGSize { CGSize(width: CGFloat(length) * 24, height: 48) }
    public func draw(at: CGPoint) {}
}

open class UIColor: NSObject, @unchecked Sendable {
    private static let one = UIColor()
    public class var white: UIColor { one }
    public class var black: UIColor { one }
    public func setFill() {}
    public func setStroke() {}
}
public enum CGLineCap: Int32, Sendable { case butt, round, square }
open class UIBezierPath: NSObject {
    open var lineWidth: CGFloat = 1
    open var lineCapStyle = CGLineCap.butt
    open func move(to point: CGPoint) {}
    open func addLine(to point: CGPoint) {}
    open func stroke() {}
}

open class UIGraphicsRendererContext: NSObject {
    public func fill(_ rect: CGRect) {}
}
open class UIGraphicsImageRendererContext: UIGraphicsRendererContext {}
open class UIGraphicsImageRenderer: NSObject {
    public init(size: CGSize) {}
    /// No pixels: the eight bytes that a PNG begins with.
    open func pngData(actions: (UIGraphicsImageRendererContext) -> Void) -> Data {
        actions(UIGraphicsImageRendererContext())
        return Data([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A])
    }
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

#if canImport(UIKit) && os(iOS)
import Presentation
import UIKit

/// Guided access, as a managed phone allows it. On a phone that is not managed the call fails; the screen then
/// asks for the PIN all the same when the kiosk is ended.
public struct GuidedAccess: KioskLock {
    public init() {}
    public func begin() async -> Bool { await UIAccessibility.requestGuidedAccessSession(enabled: true) }
    public func end() async -> Bool { await UIAccessibility.requestGuidedAccessSession(enabled: false) }
}
#endif

// A stand-in for what the shell uses of Apple's UserNotifications; what is pending is seen by tests.
@_exported import Foundation
import Synchronization

public struct UNAuthorizationOptions: OptionSet, Sendable {
    public let rawValue: UInt
    public init(rawValue: UInt) { self.rawValue = rawValue }
    public static let badge = Self(rawValue: 1), sound = Self(rawValue: 2), alert = Self(rawValue: 4)
}

open class UNNotificationSound: NSObject, @unchecked Sendable {
    private static let one = UNNotificationSound()
    open class var `default`: UNNotificationSound { one }
}
open class UNNotificationContent: NSObject {
    open fileprivate(set) var text = ""
}
open class UNMutableNotificationContent: UNNotificationContent {
    open var title = ""
    open var body: String {
        get { text }
        set { text = newValue }
    }
    open var sound: UNNotificationSound?
}

open class UNNotificationTrigger: NSObject {}
open class UNCalendarNotificationTrigger: UNNotificationTrigger {
    public let dateComponents: DateComponents
    public init(dateMatching dateComponents: DateComponents, repeats: Bool) { self.dateComponents = dateComponents }
}

open class UNNotificationRequest: NSObject {
    public let identifier: String
    public let content: UNNotificationContent
    public let trigger: UNNotificationTrigger?
    public init(identifier: String, content: UNNotificationContent, trigger: UNNotificationTrigger?) {
        (self.identifier, self.content, self.trigger) = (identifier, content, trigger)
    }
}

/// What a test sets and sees of it.
@_spi(Harness) public struct NotificationState: Sendable {
    public var isAllowed = true
    public var asked = 0
    /// By identifier: when, and what is said.
    public var pending: [String: (at: DateComponents?, text: String)] = [:]
}
@_spi(Harness) public let notifications = Mutex(NotificationState())

open class UNUserNotificationCenter: NSObject {
    open class func current() -> UNUserNotificationCenter { UNUserNotificationCenter() }

    open func requestAuthorization(options: UNAuthorizationOptions = []) async throws -> Bool {
        notifications.withLock {
            $0.asked += 1
            return $0.isAllowed
        }
    }
    open func add(_ request: UNNotificationRequest) async throws {
        let at = (request.trigger as? UNCalendarNotificationTrigger)?.dateComponents
        notifications.withLock { $0.pending[request.identifier] = (at, request.content.text) }
    }
    open func removeAllPendingNotificationRequests() { notifications.withLock { $0.pending = [:] } }
}

#if canImport(UserNotifications) && os(iOS)
import Presentation
import UserNotifications

public struct LocalReminders: Reminders {
    public init() {}

    public func allow() async -> Bool {
        (try? await UNUserNotificationCenter.current().requestAuthorization(options: [.alert, .badge])) ?? false
    }

    public func remind(due: Int, words: any Strings) async {
        let center = UNUserNotificationCenter.current()
        guard due > 0 else { return center.removeDeliveredNotifications(withIdentifiers: ["due"]) }
        let content = UNMutableNotificationContent()
        content.title = words.noticeDueChannel
        content.body = words.noticeDue(n: due)
        content.badge = NSNumber(value: due)
        // One identifier: a later count takes the place of an earlier one.
        try? await center.add(UNNotificationRequest(identifier: "due", content: content, trigger: nil))
    }
}
#endif

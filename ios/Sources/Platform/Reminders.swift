import Foundation
import UserNotifications

/// What is due, on the locked screen. The system says it, also while the app is not there; a time that has passed is
/// never said.
public struct Reminders: Sendable {
    /// The first few only: they are set anew with each Today.
    static let most = 8

    public init() {}

    public func set(at times: [Int64], saying words: String) async {
        let center = UNUserNotificationCenter.current()
        center.removeAllPendingNotificationRequests()
        guard !times.isEmpty, (try? await center.requestAuthorization(options: [.alert, .sound])) == true else {
            return
        }
        let content = UNMutableNotificationContent()
        content.body = words
        content.sound = .default
        for ms in times.prefix(Self.most) {
            let at = Calendar.current.dateComponents(
                [.year, .month, .day, .hour, .minute, .second], from: Date(timeIntervalSince1970: Double(ms) / 1000))
            let trigger = UNCalendarNotificationTrigger(dateMatching: at, repeats: false)
            // Named by its time: things that are due at once are said once.
            try? await center.add(UNNotificationRequest(identifier: "due-\(ms)", content: content, trigger: trigger))
        }
    }
}

import Foundation

/// Days and times as the core takes them, and as a reader reads them.
public enum Iso {
    private static func parts(_ date: Date) -> DateComponents {
        Calendar(identifier: .gregorian).dateComponents([.year, .month, .day, .hour, .minute], from: date)
    }
    public static func day(_ date: Date) -> String {
        let at = parts(date)
        return String(format: "%04d-%02d-%02d", at.year ?? 0, at.month ?? 0, at.day ?? 0)
    }
    public static func month(_ date: Date) -> String { String(day(date).prefix(7)) }
    public static func time(_ date: Date) -> String {
        let at = parts(date)
        return String(format: "%02d:%02d", at.hour ?? 0, at.minute ?? 0)
    }
    public static func moment(_ date: Date) -> String { date.ISO8601Format() }

    /// The date that a picker shows for what stands: a day or a month, the time of a day, or a moment.
    public static func date(_ text: String) -> Date? {
        let numbers = text.split { "-:".contains($0) }.compactMap { Int($0) }
        if text.contains("T") { return try? Date(text, strategy: .iso8601) }
        guard numbers.count > 1 else { return nil }
        if text.contains(":") {
            return Calendar.current.date(bySettingHour: numbers[0], minute: numbers[1], second: 0, of: .now)
        }
        let day = numbers.count > 2 ? numbers[2] : 1
        return Calendar(identifier: .gregorian).date(
            from: DateComponents(year: numbers[0], month: numbers[1], day: day, hour: 12))
    }
}

extension Strings {
    /// A moment as its reader writes it.
    public func time(_ ms: Int64) -> String {
        let style = Date.FormatStyle(date: .abbreviated, time: .shortened, locale: Locale(identifier: language))
        return Date(timeIntervalSince1970: Double(ms) / 1000).formatted(style)
    }
}

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

    /// The date that a picker shows for an answer; the hour of today for a time alone.
    public static func date(_ answer: Answer?) -> Date? {
        switch answer {
        case .day(let iso):
            let numbers = (iso.count == 7 ? iso + "-01" : iso).split(separator: "-").compactMap { Int($0) }
            guard numbers.count == 3 else { return nil }
            let parts = DateComponents(year: numbers[0], month: numbers[1], day: numbers[2], hour: 12)
            return Calendar(identifier: .gregorian).date(from: parts)
        case .time(let iso):
            let numbers = iso.split(separator: ":").compactMap { Int($0) }
            guard numbers.count == 2 else { return nil }
            return Calendar.current.date(bySettingHour: numbers[0], minute: numbers[1], second: 0, of: .now)
        case .moment(let ms): return Date(timeIntervalSince1970: Double(ms) / 1000)
        default: return nil
        }
    }
}

extension Strings {
    /// A moment as its reader writes it.
    public func time(_ ms: Int64) -> String {
        let style = Date.FormatStyle(date: .abbreviated, time: .shortened, locale: Locale(identifier: language))
        return Date(timeIntervalSince1970: Double(ms) / 1000).formatted(style)
    }
}

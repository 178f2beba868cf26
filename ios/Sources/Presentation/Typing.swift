import Foundation

/// Days and times as the core takes them, and as a reader reads them.
public enum Iso {
    /// By the phone's own clock: `2026-03-31T10:00:00+0100`.
    private static func local(_ date: Date) -> String { date.formatted(Date.ISO8601FormatStyle(timeZone: .current)) }
    public static func day(_ date: Date) -> String { String(local(date).prefix(10)) }
    public static func month(_ date: Date) -> String { String(local(date).prefix(7)) }
    public static func time(_ date: Date) -> String { String(local(date).dropFirst(11).prefix(5)) }
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
    /// How large something is to fetch.
    public func size(_ bytes: UInt64) -> String {
        mediaMegabytes(size: String(format: "%.1f", max(0.1, Double(bytes) / 1_000_000)))
    }
}

/// A drawing as lines of points in parts of the pad's width, so that it is the same on every screen, with their times.
public struct Strokes: Equatable, Sendable {
    public struct Mark: Equatable, Sendable { public let at: CGPoint, time: Date }
    public private(set) var lines: [[Mark]] = []
    private var isDown = false
    /// How many times as wide as high the pad is.
    public static let ratio = 2.2

    public init() {}

    public var isEmpty: Bool { lines.isEmpty }

    public mutating func draw(to point: CGPoint, at time: Date) {
        let mark = Mark(at: CGPoint(x: min(max(point.x, 0), 1), y: min(max(point.y, 0), 1 / Self.ratio)), time: time)
        if isDown { lines[lines.count - 1].append(mark) } else { lines.append([mark]) }
        isDown = true
    }
    /// As the core keeps it, in a field that is finer than any pad.
    public var drawing: Drawing {
        let (width, first) = (2_200.0, lines.first?.first?.time ?? .now)
        func point(_ mark: Mark) -> StrokePoint {
            let ms = max(0, mark.time.timeIntervalSince(first) * 1000)
            return StrokePoint(x: UInt32(mark.at.x * width), y: UInt32(mark.at.y * width), atMs: UInt32(ms))
        }
        return Drawing(
            width: UInt32(width), height: UInt32((width / Self.ratio).rounded()),
            strokes: lines.map { Stroke(points: $0.map(point)) })
    }
    public mutating func lift() { isDown = false }
    public mutating func undo() {
        _ = lines.popLast()
        isDown = false
    }
    public mutating func clear() { (lines, isDown) = ([], false) }
}

/// A number as it is typed, before the core judges it: the text is the person's own until it is handed in, so that
/// a half-typed "-" or "1." is not taken away from under the thumb.
public enum TypedNumber {
    /// Latin digits and a point, whatever keyboard it came from: the core reads no other.
    public static func plain(_ typed: String) -> String {
        String(
            typed.map { mark -> Character in
                if let digit = mark.wholeNumberValue, digit < 10 { return Character("\(digit)") }
                return mark == "," || mark == "\u{66B}" ? "." : mark
            })
    }

    /// One step from what is there; from nothing, to the number nearest to zero that may be given. Counted in
    /// decimals: in binary, 0.1 ten times is not 1.
    public static func stepped(_ typed: String, by step: Decimal, from least: Decimal?, to most: Decimal?) -> String {
        let next = Decimal(string: plain(typed)).map { $0 + step } ?? 0
        return "\(min(max(next, least ?? next), most ?? .greatestFiniteMagnitude))"
    }
}

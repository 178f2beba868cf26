import Foundation

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
    public static func stepped(
        _ typed: String, by step: Decimal, in range: ClosedRange<Decimal>? = nil, decimals: Int = 0
    ) -> String {
        let there = Decimal(string: plain(typed), locale: Locale(identifier: "en_US_POSIX"))
        var next = there.map { $0 + step } ?? 0
        if let range { next = min(max(next, range.lowerBound), range.upperBound) }
        var rounded = Decimal()
        NSDecimalRound(&rounded, &next, decimals, .plain)
        return NSDecimalNumber(decimal: rounded).description(withLocale: Locale(identifier: "en_US_POSIX"))
    }
}

import Observation

/// The digits that are being typed. They are forgotten when handed over, whether the PIN was right or not.
@MainActor @Observable public final class PinEntry {
    public private(set) var count = 0
    public let length: ClosedRange<Int>
    @ObservationIgnored private var digits: [UInt8] = []

    public init(length: ClosedRange<Int> = 4...12) { self.length = length }

    public var isComplete: Bool { length.contains(count) }
    public var isFull: Bool { count >= length.upperBound }

    public func type(_ digit: Int) {
        guard !isFull, let byte = UInt8(exactly: digit), byte < 10 else { return }
        digits.append(byte)
        count = digits.count
    }

    public func delete() {
        _ = digits.popLast()
        count = digits.count
    }

    public func clear() {
        // Written over before it is let go: a freed array keeps its bytes.
        for index in digits.indices { digits[index] = 0 }
        digits = []
        count = 0
    }

    /// The PIN, once.
    public func take() -> String {
        defer { clear() }
        return digits.map(String.init).joined()
    }
}

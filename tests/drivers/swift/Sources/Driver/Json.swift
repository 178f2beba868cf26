import Foundation

/// JSON that keeps what Foundation's does not: 4 and 4.0 are two numbers, and true is none. A story compares them so.
enum Json: Equatable {
    case null, bool(Bool), int(Int64), uint(UInt64), double(Double), string(String), list([Json]), object(Object)

    /// As text on one line.
    var written: String {
        switch self {
        case .null: "null"
        case .bool(let b): b ? "true" : "false"
        case .int(let n): String(n)
        case .uint(let n): String(n)
        case .double(let d): d.description
        case .string(let s): quoted(s)
        case .list(let all): "[" + all.map(\.written).joined(separator: ",") + "]"
        case .object(let fields): "{" + fields.map { quoted($0.key) + ":" + $0.value.written }.joined(separator: ",") + "}"
        }
    }

    var string: String? { if case .string(let s) = self { s } else { nil } }
    var int: Int64? { if case .int(let n) = self { n } else { nil } }
    var bool: Bool? { if case .bool(let b) = self { b } else { nil } }
    var list: [Json]? { if case .list(let all) = self { all } else { nil } }
    var object: Object? { if case .object(let o) = self { o } else { nil } }
    var number: Double? {
        switch self {
        case .int(let n): Double(n)
        case .uint(let n): Double(n)
        case .double(let d): d
        default: nil
        }
    }
}

typealias Object = [String: Json]

private func quoted(_ text: String) -> String {
    var out = "\""
    for scalar in text.unicodeScalars {
        switch scalar {
        case "\"": out += "\\\""
        case "\\": out += "\\\\"
        case "\u{0}"..<"\u{20}": out += "\\u" + String(repeating: "0", count: scalar.value < 16 ? 3 : 2) + String(scalar.value, radix: 16)
        default: out.unicodeScalars.append(scalar)
        }
    }
    return out + "\""
}

/// Reads one value, and trusts its writer: what is no JSON ends the program.
struct JsonReader {
    private let bytes: [UInt8]
    private var at = 0

    static func read(_ text: String) -> Json {
        var reader = JsonReader(bytes: Array(text.utf8))
        return reader.value()
    }

    private init(bytes: [UInt8]) { self.bytes = bytes }

    private mutating func next() -> UInt8 {
        while at < bytes.count, [0x20, 0x09, 0x0A, 0x0D].contains(bytes[at]) { at += 1 }
        precondition(at < bytes.count, "a line ends amid a value")
        return bytes[at]
    }

    private mutating func take(_ byte: Character) -> Bool {
        guard next() == byte.asciiValue else { return false }
        at += 1
        return true
    }

    private mutating func value() -> Json {
        switch next() {
        case UInt8(ascii: "{"): return .object(object())
        case UInt8(ascii: "["): return .list(list())
        case UInt8(ascii: "\""): return .string(string())
        case UInt8(ascii: "t"): return word("true", .bool(true))
        case UInt8(ascii: "f"): return word("false", .bool(false))
        case UInt8(ascii: "n"): return word("null", .null)
        default: return number()
        }
    }

    private mutating func word(_ text: String, _ value: Json) -> Json {
        precondition(bytes[at...].starts(with: text.utf8), "no word of JSON")
        at += text.utf8.count
        return value
    }

    private mutating func object() -> Object {
        var out: Object = [:]
        at += 1
        if take("}") { return out }
        repeat {
            _ = next()
            let key = string()
            precondition(take(":"), "no value for a key")
            out[key] = value()
        } while take(",")
        precondition(take("}"), "an object without its end")
        return out
    }

    private mutating func list() -> [Json] {
        var out: [Json] = []
        at += 1
        if take("]") { return out }
        repeat { out.append(value()) } while take(",")
        precondition(take("]"), "a list without its end")
        return out
    }

    private mutating func number() -> Json {
        let start = at
        while at < bytes.count, "+-.eE0123456789".utf8.contains(bytes[at]) { at += 1 }
        let text = String(decoding: bytes[start..<at], as: UTF8.self)
        if let whole = Int64(text) { return .int(whole) }
        // Seeds are of 64 bits without a sign.
        if let whole = UInt64(text) { return .uint(whole) }
        return .double(Double(text)!)
    }

    private mutating func string() -> String {
        var out: [UInt8] = []
        at += 1
        while bytes[at] != UInt8(ascii: "\"") {
            if bytes[at] == UInt8(ascii: "\\") {
                at += 1
                out += escaped().utf8
            } else {
                out.append(bytes[at])
                at += 1
            }
        }
        at += 1
        return String(decoding: out, as: UTF8.self)
    }

    private mutating func escaped() -> String {
        let byte = bytes[at]
        at += 1
        switch byte {
        case UInt8(ascii: "n"): return "\n"
        case UInt8(ascii: "t"): return "\t"
        case UInt8(ascii: "r"): return "\r"
        case UInt8(ascii: "b"): return "\u{8}"
        case UInt8(ascii: "f"): return "\u{c}"
        case UInt8(ascii: "u"):
            var units = [unit()]
            // The second half of a pair follows at once.
            if units[0] & 0xFC00 == 0xD800 {
                at += 2
                units.append(unit())
            }
            return String(decoding: units, as: UTF16.self)
        default: return String(UnicodeScalar(byte))
        }
    }

    private mutating func unit() -> UInt16 {
        defer { at += 4 }
        return UInt16(String(decoding: bytes[at..<at + 4], as: UTF8.self), radix: 16)!
    }
}

/// What can stand in JSON as it is.
protocol Shown { var json: Json { get } }
extension Json: Shown { var json: Json { self } }
extension String: Shown { var json: Json { .string(self) } }
extension Bool: Shown { var json: Json { .bool(self) } }
extension Double: Shown { var json: Json { .double(self) } }
extension FixedWidthInteger where Self: Shown {
    var json: Json { Int64(exactly: self).map { .int($0) } ?? .uint(UInt64(self)) }
}
extension Int: Shown {}
extension Int64: Shown {}
extension UInt64: Shown {}
extension UInt32: Shown {}
extension UInt16: Shown {}
extension UInt8: Shown {}
extension Array: Shown where Element: Shown { var json: Json { .list(map(\.json)) } }
extension Dictionary: Shown where Key == String, Value == Json { var json: Json { .object(self) } }

typealias Fields = KeyValuePairs<String, (any Shown)?>

func obj(_ fields: Fields) -> Object {
    Object(uniqueKeysWithValues: fields.map { ($0.key, $0.value?.json ?? .null) })
}

/// Without the fields that say nothing.
func there(_ fields: Fields) -> Object {
    obj(fields).filter { $0.value != .null && $0.value != .list([]) }
}

extension Object {
    func and(_ more: Object) -> Object { merging(more) { $1 } }
}

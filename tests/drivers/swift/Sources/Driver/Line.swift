import Foundation
import FrontlineCore

/// A line that cannot be read.
struct Invalid: Error {
    let field: String, rule: String, message: String
    init(_ field: String, _ rule: String, _ message: String) { (self.field, self.rule, self.message) = (field, rule, message) }
}

/// The words of a line; those that nobody asked for are an error.
final class Line {
    private let said: Object
    private var asked: Set<String> = ["do"]

    init(_ said: Object) { self.said = said }

    func maybe(_ key: String) -> Json? {
        asked.insert(key)
        return said[key].flatMap { $0 == .null ? nil : $0 }
    }

    func word(_ key: String) throws -> Json {
        guard let value = maybe(key) else { throw Invalid(key, "required", "say `\(key)`") }
        return value
    }

    func maybeText(_ key: String) throws -> String? {
        guard let value = maybe(key) else { return nil }
        guard let text = value.string else { throw Invalid(key, "type", "`\(key)` is a text") }
        return text
    }

    func text(_ key: String) throws -> String {
        _ = try word(key)
        return try maybeText(key)!
    }

    func count(_ key: String) throws -> Int64 {
        guard let count = try word(key).int else { throw Invalid(key, "type", "`\(key)` is a whole number") }
        return count
    }

    func maybeCount(_ key: String) throws -> Int64? { maybe(key) == nil ? nil : try count(key) }

    func maybeTexts(_ key: String) throws -> [String]? {
        guard let value = maybe(key) else { return nil }
        let texts = value.list?.compactMap(\.string)
        guard let texts, texts.count == value.list?.count else { throw Invalid(key, "list", "`\(key)` is a list of texts") }
        return texts
    }

    func flag(_ key: String) throws -> Bool {
        guard let value = maybe(key) else { return false }
        guard let flag = value.bool else { throw Invalid(key, "type", "`\(key)` is true or false") }
        return flag
    }

    func end() throws {
        if let word = said.keys.sorted().first(where: { !asked.contains($0) }) {
            throw Invalid(word, "unknown", "‘\(word)’ is not asked for here")
        }
    }

    /// The one word of a line that has no other.
    func only(_ key: String) throws -> String {
        defer { asked.insert(key) }
        let text = try text(key)
        try end()
        return text
    }

    /// What was answered, as it stands in the line; nothing is that it does not apply.
    func given() throws -> Given {
        let na = maybe("na")?.string
        switch maybe("value") {
        case nil, .null: return .notApplicable(reason: na)
        case .bool(let yes): return .yes(yes: yes)
        case .string(let text): return .text(text: text)
        case .list(let all):
            return .many(
                list: try all.map {
                    guard let text = $0.string else { throw Invalid("value", "type", "a list is of texts") }
                    return text
                })
        case .object(let pairs): return .pairs(pairs: pairs.map { Pair(name: $0.key, value: $0.value.string ?? plain($0.value)) })
        case .some(let number): return .number(digits: plain(number))
        }
    }
}

/// A number as somebody types it: 4.0 is 4, and none has an exponent.
func plain(_ value: Json) -> String {
    guard case .double(let d) = value else { return value.written }
    return Decimal(string: d.description)?.description ?? d.description
}

import Foundation
import Testing

/// What each part may know, read from the sources themselves.
@Suite struct BordersTests {
    static let sources = URL(filePath: #filePath).appending(path: "../../../Sources").standardized

    static func lines(_ folder: String) throws -> [(file: String, line: String)] {
        let at = sources.appending(path: folder)
        let names = try FileManager.default.contentsOfDirectory(atPath: at.path()).filter { $0.hasSuffix(".swift") }
        #expect(!names.isEmpty)
        return try names.flatMap { name in
            try String(contentsOf: at.appending(path: name), encoding: .utf8).split(separator: "\n")
                .map { (name, String($0)) }
        }
    }

    /// Only `Live` makes an object of the core or calls one of its functions. The rest sees records, and services inside `ask`.
    @Test func onlyLiveReachesIntoTheCore() throws {
        let calls = try Regex(
            #"FrontlineCore\.\w|Frontline\.open|\bFrontline\(|\b(recover|reset)\(draft|\b(Actions|Procedures|Training|Feedback|Interactions|Sync|People|Media)\("#
        )
        for folder in ["Presentation", "Views", "Platform"] {
            for (file, line) in try Self.lines(folder) {
                #expect(try calls.firstMatch(in: line) == nil, "\(folder)/\(file): \(line)")
            }
        }
        for folder in ["Views", "Platform"] {
            #expect(try !Self.lines(folder).contains { $0.line.hasPrefix("import FrontlineCore") })
        }
    }

    /// No rule: what is due, passed, allowed or in which order comes in the records, and is not worked out here.
    @Test func nothingIsDecidedHere() throws {
        let rules = try Regex(
            #"(dueMs|leaseUntilMs|masteryScore|points|possible|missing|attempts|left|roles|nowMs|activeMs)\b[^,(]{0,12}\s(<|>|<=|>=|==)\s|\.sorted|\.sort\(|roles\.contains|Date\(\)\s*[<>]"#
        )
        for folder in ["Presentation", "Views"] {
            for (file, line) in try Self.lines(folder) {
                #expect(try rules.firstMatch(in: line) == nil, "\(folder)/\(file): \(line)")
            }
        }
    }

    /// A shell is thin, and by no tricks: no line is longer than the others, no file holds what belongs apart.
    @Test func theShellIsThin() throws {
        let folders = ["Sources/Presentation", "Sources/Views", "Sources/Live", "Sources/Platform", "App"]
        var all = 0
        for folder in folders {
            let at = Self.sources.appending(path: "../" + folder).standardized
            for name in try FileManager.default.contentsOfDirectory(atPath: at.path()) where name.hasSuffix(".swift") {
                let text = try String(contentsOf: at.appending(path: name), encoding: .utf8)
                let lines = text.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
                #expect(lines.count <= 400, "\(folder)/\(name)")
                for line in lines { #expect(line.count <= 120, "\(folder)/\(name): \(line)") }
                // As on Android: lines that hold code. What says why costs nothing.
                all += lines.count { !$0.allSatisfy(\.isWhitespace) && !$0.drop(while: \.isWhitespace).hasPrefix("//") }
            }
        }
        #expect(all <= 5100, "\(all) lines of code")
    }
}

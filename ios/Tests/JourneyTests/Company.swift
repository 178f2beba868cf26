import Foundation
import Synchronization
import TestSupport

/// The sample company with a server of its own on loopback, run by the ready command line.
final class Company: Sendable {
    struct Missing: Error, CustomStringConvertible { let description: String }

    let folder: URL
    let url: String
    private let server: Process
    private static let one = Mutex<Company?>(nil)

    /// One for all tests: they use phones and people of their own.
    static func open() throws -> Company {
        try one.withLock {
            if let company = $0 { return company }
            let company = try Company()
            $0 = company
            return company
        }
    }

    static let program: String? = ProcessInfo.processInfo.environment["FRONTLINE_BIN"].flatMap {
        FileManager.default.isExecutableFile(atPath: $0) ? $0 : nil
    }

    private init() throws {
        guard let program = Self.program else {
            throw Missing(
                description: "FRONTLINE_BIN must name the built `frontline` program: the journeys need its server.")
        }
        let at = FileManager.default.temporaryDirectory.appending(path: "company-\(UUID().uuidString)")
        folder = at
        try FileManager.default.createDirectory(at: at, withIntermediateDirectories: true)
        let sample = URL(filePath: #filePath).appending(path: "../../../../samples/harbour").standardized
        let content = at.appending(path: "content")
        try FileManager.default.copyItem(at: sample, to: content)
        try Self.everyControl.write(
            to: content.appending(path: "procedures/every-control.yaml"), atomically: true, encoding: .utf8)
        try Self.coldRoom.write(
            to: content.appending(path: "procedures/cold-room.yaml"), atomically: true, encoding: .utf8)
        try Self.doors.write(to: content.appending(path: "procedures/doors.yaml"), atomically: true, encoding: .utf8)
        try FileManager.default.createDirectory(at: content.appending(path: "media"), withIntermediateDirectories: true)
        for name in ["door.jpg", "door.mp4"] { try file(name).write(to: content.appending(path: "media/" + name)) }
        try Self.assets.write(to: content.appending(path: "assets.yaml"), atomically: true, encoding: .utf8)
        let data = at.appending(path: "server").path()
        let made = try Self.run([
            "admin", "init", "--data", data, "--org", "Harbour", "--email", "helen@harbour.example",
        ])
        let token = try Self.part(made, "token")
        let port = Int.random(in: 20_000..<50_000)
        url = "http://127.0.0.1:\(port)"
        server = Process()
        server.executableURL = URL(filePath: program)
        server.arguments = [
            "serve", "--data", data, "--listen", "127.0.0.1:\(port)", "--device-requests", "6000",
        ]
        server.standardOutput = FileHandle.nullDevice
        server.standardError = FileHandle.nullDevice
        try server.run()
        let pid = server.processIdentifier
        Self.last.withLock { $0 = (pid, at) }
        // Whatever a test left there goes with it: phones lie in the company's folder.
        atexit {
            Company.last.withLock {
                guard let (pid, folder) = $0 else { return }
                kill(pid, SIGKILL)
                waitpid(pid, nil, 0)
                try? FileManager.default.removeItem(at: folder)
            }
        }
        var pushed = Result { try Self.run(["content", "push", content.path(), "--server", url, "--token", token]) }
        for _ in 0..<50 {
            guard case .failure(let fault) = pushed, !"\(fault)".contains("problem") else { break }
            Thread.sleep(forTimeInterval: 0.1)
            pushed = Result { try Self.run(["content", "push", content.path(), "--server", url, "--token", token]) }
        }
        _ = try pushed.get()
    }
    /// Ended with the tests.
    private static let last = Mutex<(pid_t, URL)?>(nil)

    func code(_ person: String, at site: String) throws -> String {
        try Self.run([
            "admin", "code", "--data", folder.appending(path: "server").path(), "--site", site, "--person", person,
        ])
        .trimmingCharacters(in: .whitespacesAndNewlines)
    }

    func withdraws(_ role: String, of person: String, at site: String) throws {
        _ = try Self.run([
            "admin", "withdraw", "--since", "2026-01-01", "--data", folder.appending(path: "server").path(), "--person",
            person, "--role", role,
            "--site", site,
        ])
    }

    /// A colleague's phone, in a terminal.
    func colleague(_ person: String, at site: String) throws -> Colleague {
        let phone = folder.appending(path: "phone-\(UUID().uuidString)").path()
        _ = try Self.run(["device", "enrol", "--data", phone, "--server", url, "--code", try code(person, at: site)])
        return Colleague(folder: phone)
    }

    static func part(_ json: String, _ name: String) throws -> String {
        let all = try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any]
        guard let part = all?[name] as? String else { throw Missing(description: "no \(name) in \(json)") }
        return part
    }

    static func run(_ arguments: [String], input: String? = nil) throws -> String {
        guard let program else { throw Missing(description: "FRONTLINE_BIN is missing") }
        let process = Process()
        process.executableURL = URL(filePath: program)
        process.arguments = arguments
        let (out, err, given) = (Pipe(), Pipe(), Pipe())
        (process.standardOutput, process.standardError, process.standardInput) = (out, err, given)
        try process.run()
        given.fileHandleForWriting.write(Data((input ?? "").utf8))
        try given.fileHandleForWriting.close()
        let said = out.fileHandleForReading.readDataToEndOfFile()
        let faults = err.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            throw Missing(
                description:
                    "frontline \(arguments.prefix(2).joined(separator: " ")): \(String(decoding: faults + said, as: UTF8.self))"
            )
        }
        return String(decoding: said, as: UTF8.self)
    }

    /// A cold room at each place, with a label that a camera reads.
    static let assets = """
        - slug: harbour-cold-room
          site: harbour
          name: { en: "The cold room below", ar: "غرفة التبريد السفلى" }
          codes: ["4006381333931"]
          procedures: [cold-room]
        - slug: marina-cold-room
          site: marina
          name: { en: "The cold room below", ar: "غرفة التبريد السفلى" }
          codes: ["5901234123457"]
          procedures: [cold-room]
        """

    /// One that a shift lead and a manager sign, each with a question of their own, and where what is wrong asks for a
    /// note, for more, and for somebody to put it right.
    static let coldRoom = """
        title: { en: "Cold room", ar: "غرفة التبريد" }
        sign_off: [supervisor, manager]
        sections:
          - slug: round
            label: { en: "Round", ar: "الجولة" }
            items:
              - slug: door
                kind: pass-fail
                required: true
                label: { en: "The door closes", ar: "الباب ينغلق" }
                evidence: { max: 2, note: required if not door }
                reference: { words: { en: "No light **below** the door.", ar: "لا ضوء تحت الباب." } }
                rules:
                  - when: not door
                    action: { title: { en: "Mend the door", ar: "أصلح الباب" }, within_hours: 4 }
              - { slug: degrees, kind: temperature, reference: last, label: { en: "How warm is it?", ar: "ما درجة الحرارة؟" } }
              - { slug: gap, kind: number, visible_if: not door, label: { en: "How wide is the gap?", ar: "ما عرض الفجوة؟" } }
          - slug: lead
            label: { en: "Shift lead", ar: "قائد الوردية" }
            asked_of: supervisor
            items:
              - { slug: walked, kind: boolean, required: true, label: { en: "Walked it myself", ar: "تفقدتها بنفسي" } }
          - slug: manager
            label: { en: "Manager", ar: "المدير" }
            asked_of: manager
            items:
              - { slug: use, kind: boolean, required: true, label: { en: "To be used tomorrow", ar: "تُستخدم غدًا" } }
        """

    /// One that is looked at and spoken: a picture and a video beside its steps, a recording and a signature as answers.
    static let doors = """
        title: { en: "Doors", ar: "الأبواب" }
        sections:
          - slug: round
            label: { en: "Round", ar: "الجولة" }
            items:
              - slug: shut
                kind: pass-fail
                label: { en: "The door is shut", ar: "الباب مغلق" }
                reference: { picture: door.jpg, alt: { en: "A shut door", ar: "باب مغلق" } }
              - slug: closer
                kind: pass-fail
                label: { en: "It shuts by itself", ar: "ينغلق من تلقاء نفسه" }
                reference: { video: door.mp4, alt: { en: "How it shuts", ar: "كيف ينغلق" } }
              - { slug: say, kind: audio, required: true, max: 2, label: { en: "How does it sound?", ar: "كيف يبدو صوته؟" } }
              - { slug: sign, kind: signature, label: { en: "Your signature", ar: "توقيعك" } }
        """

    /// A procedure with every control that content can ask for.
    static let everyControl = """
        title: { en: "Every control", ar: "كل عناصر الإدخال" }
        sections:
          - slug: all
            label: { en: "All", ar: "الكل" }
            items:
              - { slug: reading, kind: note, label: "Read this." }
              - { slug: line, kind: text, label: "Line" }
              - { slug: lines, kind: long-text, label: "Lines" }
              - { slug: number, kind: number, min: -5, max: 25, decimals: 1, unit: °C, label: "Number" }
              - { slug: slider, kind: slider, min: 0, max: 10, step: 1, label: "Slider" }
              - { slug: counter, kind: counter, min: 0, max: 9, label: "Counter" }
              - { slug: yes-no, kind: boolean, label: "Yes or no" }
              - { slug: pass-fail, kind: pass-fail, evidence: { max: 3 }, label: "Passed" }
              - { slug: acknowledge, kind: acknowledge, label: "Understood" }
              - { slug: one, kind: choice, label: "One", choices: [{ slug: a, label: "Apple" }, { slug: b, label: "Bread" }] }
              - { slug: several, kind: multi-choice, label: "Several", choices: [{ slug: c, label: "Cheese" }, { slug: d, label: "Dates" }] }
              - { slug: ranking, kind: rank, label: "Ranking", choices: [{ slug: e, label: "Eggs" }, { slug: f, label: "Figs" }] }
              - { slug: grid, kind: likert, label: "Grid", rows: [{ slug: g, label: "Grapes" }], columns: [{ slug: low, label: "Poor" }, { slug: high, label: "Rich" }] }
              - { slug: stars, kind: rating, max: 5, label: "Stars" }
              - { slug: smileys, kind: csat, label: "Smileys" }
              - { slug: scale, kind: nps, label: "Scale" }
              - { slug: day, kind: date, label: "Day" }
              - { slug: month, kind: month, label: "Month" }
              - { slug: time, kind: time, label: "Clock time" }
              - { slug: date-time, kind: date-time, label: "Moment" }
              - { slug: duration, kind: duration, label: "Duration" }
              - { slug: camera, kind: photo, max: 3, label: "Camera" }
              - { slug: signature, kind: signature, label: "Signature" }
              - { slug: sketch, kind: sketch, label: "Sketch" }
              - { slug: scanner, kind: barcode, label: "Scanner" }
              - { slug: place, kind: location, label: "Place" }
              - { slug: person, kind: person, label: "Somebody" }
              - { slug: site, kind: site, label: "Somewhere" }
              - { slug: computed, kind: calculated, calculate: "counter * 2", label: "Computed" }
        """
}

/// A phone that is scripted: it does lines, and answers each.
struct Colleague: Sendable {
    let folder: String

    @discardableResult func does(_ lines: [String: Any]...) throws -> [[String: Any]] {
        let input = try lines.map { String(decoding: try JSONSerialization.data(withJSONObject: $0), as: UTF8.self) }
            .joined(separator: "\n")
        let said = try Company.run(["device", "do", "--data", folder], input: input + "\n")
        let answers = try said.split(separator: "\n").compactMap {
            try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any]
        }
        if let failed = answers.first(where: { $0["ok"] as? Bool == false }) {
            throw Company.Missing(description: "\(failed)")
        }
        return answers
    }
}

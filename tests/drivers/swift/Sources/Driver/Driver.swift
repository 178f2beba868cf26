import Foundation
import FrontlineCore
import Synchronization

/// A phone in a terminal: its key lies beside its store, and the story says what network there is.
final class Terminal: Platform {
    let kind = Mutex(NetworkKind.unmetered)

    func secret(name: String) throws -> Data? { nil }
    func keepSecret(name: String, bytes: Data) throws { throw PlatformError.Failed(detail: "a story keeps its key itself") }
    func forgetSecret(name: String) throws {}
    func deviceModel() -> String { "terminal" }
    func storageFree() -> UInt64? { nil }
    func network() -> NetworkKind { kind.withLock { $0 } }
    func log(line: String) { try? FileHandle.standardError.write(contentsOf: Data((line + "\n").utf8)) }
}

/// A phone of a story, through the surface's Swift face.
final class Phone {
    let dir: String
    let story: StoryPhone
    private let platform = Terminal()
    private(set) var app: Frontline?
    private var news: FrontlineError?

    init(dir: String, clock: Object) throws {
        self.dir = dir
        let seed: UInt64 =
            switch clock["seed"] {
            case .int(let n)?: UInt64(bitPattern: n)
            case .uint(let n)?: n
            default: 7
            }
        story = StoryPhone(dir: dir, seed: seed, platform: platform)
        try setClock(clock)
        do {
            try wake()
        } catch let told as FrontlineError {
            // Said once, at the next line; it goes on with what was taken over. Anything else it says at each line,
            // until it is recovered or the app is updated.
            if case .StorageCorrupt = told {
                try wake()
                news = told
            }
        }
    }

    func setClock(_ clock: Object) throws {
        let line = Line(clock)
        story.setClock(wallMs: try line.count("wall_ms"), monoMs: UInt64(max(try line.count("mono_ms"), 0)))
    }

    private func wake() throws {
        if app == nil { app = try story.open() }
    }

    func shut() {
        app?.shut()
        app = nil
    }

    func network(_ name: String) throws {
        let kinds: [String: NetworkKind] = ["none": .none, "metered": .metered, "unmetered": .unmetered]
        guard let kind = kinds[name] else { throw Invalid("network", "choice", "a network is unmetered, metered or none") }
        platform.kind.withLock { $0 = kind }
    }

    func call(_ said: Object) async throws -> Object {
        _ = story.captured()
        do {
            return try await answer(said)
        } catch let e as Invalid {
            return obj(["ok": false, "error": "invalid", "field": e.field, "rule": e.rule, "message": e.message])
        } catch let e as FrontlineError {
            // Met just now: opening it anew sets it aside.
            if case .StorageCorrupt(let keptAt) = e, keptAt == "store.db" {
                shut()
                do { try wake() } catch let told as FrontlineError { return error(told) }
            }
            return error(e)
        }
    }

    private func answer(_ said: Object) async throws -> Object {
        let line = Line(said)
        let out: Object
        if said["do"] == .string("device.recover") {
            out = try await recover(line)
        } else {
            try tell(said)
            out = try await Verbs(phone: self).act(line)
        }
        return obj(["ok": true]).and(out).and(there(["captured": story.captured()]))
    }

    /// What is to be said before anything else.
    private func tell(_ said: Object) throws {
        do {
            try wake()
        } catch let e as FrontlineError {
            // What a newer app wrote can be carried out all the same.
            guard case .Invalid(field: "store", rule: "newer", detail: _) = e, said["do"] == .string("device.export") else { throw e }
        }
        if let told = news {
            news = nil
            throw told
        }
    }

    private func recover(_ line: Line) async throws -> Object {
        let (server, code) = (try line.text("server"), try line.text("code"))
        try line.end()
        if app == nil { try await story.recover(server: server, code: code) }
        try tell([:])
        return try await Verbs(phone: self).enrol(Line(obj(["server": server, "code": code])))
    }
}

/// JSON lines in, JSON lines out, as `frontline device do --story`. Usage: Driver --data DIR
@main struct Driver {
    static func main() async throws {
        let words = CommandLine.arguments
        let dir = words[words.firstIndex(of: "--data")! + 1]
        var phone: Phone?
        while let text = readLine() {
            let said = JsonReader.read(text).object!
            let out: Object
            if said["do"] == .string("clock.set") {
                if phone == nil { phone = try Phone(dir: dir, clock: said) }
                try phone!.setClock(said)
                out = obj(["ok": true])
            } else {
                out = try await phone!.call(said)
            }
            FileHandle.standardOutput.write(Data((Json.object(out).written + "\n").utf8))
        }
        phone?.shut()
        // Threads of the core may be amid a word to Swift: nothing waits for them.
        _exit(0)
    }
}

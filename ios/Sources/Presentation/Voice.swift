import Foundation
import Observation

/// The microphone and the loudspeaker, one thing at a time: what begins ends what there was, which is told.
@MainActor public protocol Sounds: AnyObject, Sendable {
    /// Asks the person the first time; false where they do not allow it.
    func mayRecord() async -> Bool
    /// AAC in MPEG-4, into a file that is not there yet. False where the microphone does not work; else `ended` is told
    /// once, when the file is whole.
    func record(into file: URL, atMost seconds: Double, ended: @escaping @MainActor (Ended) -> Void) -> Bool
    /// False where it is none that can be played; else `ended` is told once.
    func play(_ bytes: Data, ended: @escaping @MainActor () -> Void) -> Bool
    func stop()
}

/// Why a recording ended: somebody stopped it, it was as long as it may be, or the phone took the microphone away.
public enum Ended: Sendable { case stopped, full, cut }

/// Files that are heard or seen once and then gone: unreadable while the phone is locked, and in no backup.
public enum Passing {
    /// Empty when it is first asked for: what an earlier run of the app left is nobody's.
    public static let folder: URL = {
        let folder = FileManager.default.temporaryDirectory.appending(path: "passing", directoryHint: .isDirectory)
        try? FileManager.default.removeItem(at: folder)
        // What is made in it has the protection that it has.
        try? FileManager.default.createDirectory(
            at: folder, withIntermediateDirectories: true, attributes: [.protectionKey: FileProtectionType.complete])
        return folder
    }()
    static func file(_ kind: String) -> URL { folder.appending(path: "\(UUID().uuidString).\(kind)") }
    public static func remove(_ file: URL?) { if let file { try? FileManager.default.removeItem(at: file) } }
}

/// What somebody says beside one answer, or as one: recorded, listened to, then kept or dropped. It is there until
/// then, also where they look at something else meanwhile.
@MainActor @Observable public final class Voice: Act {
    public enum Phase: Equatable { case idle, recording(since: Date), taken(seconds: Int) }
    public enum Trouble { case refused, broken, cut, full }

    public private(set) var phase = Phase.idle
    public private(set) var trouble: Trouble?
    public private(set) var isHeard = false
    @ObservationIgnored private let app: AppModel
    @ObservationIgnored private var file: URL?
    /// The core takes no longer one.
    static let most = 600.0

    init(_ app: AppModel) { self.app = app }

    public func record() async {
        trouble = nil
        let (may, new) = (await app.phone.sounds.mayRecord(), Passing.file("m4a"))
        guard may, phase == .idle else { return trouble = may ? nil : .refused }
        (file, phase) = (new, .recording(since: .now))
        if !app.phone.sounds.record(into: new, atMost: Self.most, ended: { self.ended($0) }) { forget(.broken) }
    }
    /// Whoever leaves while it runs has said what they had to say.
    public func stop() { if isHeard || phase.isRecording { app.phone.sounds.stop() } }

    private func ended(_ why: Ended) {
        guard case .recording(let since) = phase, let file else { return }
        guard let size = try? file.resourceValues(forKeys: [.fileSizeKey]).fileSize, size > 0 else {
            return forget(.broken)
        }
        phase = .taken(seconds: Int(Date.now.timeIntervalSince(since).rounded()))
        trouble = why == .stopped ? nil : why == .full ? .full : .cut
    }
    public func listen() {
        guard !isHeard, let file, let bytes = try? Data(contentsOf: file) else { return stop() }
        isHeard = app.phone.sounds.play(bytes) { self.isHeard = false }
    }
    /// Gives it to the core, and what the core names it by to `give`; once that is taken the file is gone.
    public func keep(_ give: @MainActor (String) async -> Bool) async {
        stop()
        guard !isBusy, let file else { return }
        let sound = await perform(app) { core in
            try core.media().addSound(draft: SoundDraft(bytes: Data(contentsOf: file), live: true)).id
        }
        if let sound, await give(sound) { forget() }
    }
    public func drop() {
        stop()
        forget()
    }
    private func forget(_ why: Trouble? = nil) {
        Passing.remove(file)
        (file, phase, trouble, problem) = (nil, .idle, why, nil)
    }
}

extension Voice.Phase { public var isRecording: Bool { if case .recording = self { true } else { false } } }

/// Everything that belongs to a run or to an action, as the core lists it.
public typealias Holding = @Sendable (Services) throws -> [PictureDetail]

extension AppModel {
    /// What is known of it; nothing where what it belongs to does not know it yet.
    public func medium(_ id: String, of all: Holding?) async -> PictureDetail? {
        await found { try all?($0).first { $0.id == id } }.value ?? nil
    }
    /// What is here, as a whole.
    public func bytes(_ id: String) async -> Load<Data> { await found { try $0.media().bytes(id: id) } }

    /// A picture: of a colleague's the small one, which is fetched unless it is here.
    public func picture(_ id: String, of all: Holding?) async -> Load<Data> {
        await found { core in
            if let here = try? core.media().bytes(id: id) { return here }
            let small = try all?(core).first { $0.id == id }?.thumbnail
            if let small, let here = try? core.media().bytes(id: small) { return here }
            try await core.media().fetch(id: id, small: small != nil)
            return try core.media().bytes(id: small ?? id)
        }
    }
    /// The same in a file, for what plays from files alone; whoever asked for it takes it away.
    public func passing(_ id: String, _ kind: String) async -> Load<URL> {
        await found { core in
            let file = Passing.file(kind)
            try core.media().bytes(id: id).write(to: file)
            // Whoever left meanwhile sees none.
            if Task.isCancelled { Passing.remove(file) }
            return file
        }
    }

    /// A signature: as strokes, or as the picture that older ones are. A colleague's is fetched; out of contact the
    /// small one is better than none.
    public func drawn(_ id: String, of all: Holding?) async -> Load<Drawn> {
        let strokes = await found { core in
            do { return try core.media().drawing(id: id) } catch { try await core.media().fetch(id: id, small: false) }
            return try core.media().drawing(id: id)
        }
        if let strokes = strokes.value { return .ready(.strokes(strokes)) }
        let picture = await picture(id, of: all)
        return picture.value.map { .ready(.picture($0)) } ?? .failed(picture.problem ?? .NotFound(what: id))
    }
}

public enum Drawn: Sendable { case strokes(Drawing), picture(Data) }

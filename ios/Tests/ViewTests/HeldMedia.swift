import Foundation
import Synchronization
import TestSupport

@testable import Presentation
@testable import Views

/// The media of a core that a test holds: what is here, what can be fetched, and why nothing is taken.
final class HeldMedia: Media, @unchecked Sendable {
    struct State {
        var here: [String: Data] = [:]
        var away: [String: Data] = [:]
        var drawings: [String: Drawing] = [:]
        var sounds: [PictureDetail] = []
        var problem: Problem?
        var fetched: [String] = []
        var taken: [Data] = []
        /// A fetch waits for it, or for whoever cancels it.
        var isSlow = false
    }
    let state = Mutex(State())

    init() { super.init(noHandle: NoHandle()) }
    required init(unsafeFromHandle handle: UInt64) { fatalError("made by a test only") }

    private func take(_ bytes: Data) throws -> String {
        try state.withLock { now in
            if let problem = now.problem { throw problem }
            now.taken.append(bytes)
            let id = "medium-\(now.taken.count)"
            now.here[id] = bytes
            return id
        }
    }
    override func add(draft: PictureDraft) throws -> PictureSummary { summary(try take(draft.bytes)) }
    override func addSound(draft: SoundDraft) throws -> SoundSummary {
        SoundSummary(id: try take(draft.bytes), media: "audio/mp4", bytes: UInt64(draft.bytes.count), lengthMs: 1_200)
    }
    override func addDrawing(draft: Drawing) throws -> PictureSummary {
        let id = try take(Data("drawing".utf8))
        state.withLock { $0.drawings[id] = draft }
        return summary(id)
    }
    private func summary(_ id: String) -> PictureSummary {
        PictureSummary(id: id, media: "image/png", bytes: 1, width: 1, height: 1, thumbnail: id)
    }
    override func bytes(id: String) throws -> Data {
        guard let bytes = state.withLock({ $0.here[id] }) else { throw Problem.NotFound(what: "file") }
        return bytes
    }
    override func drawing(id: String) throws -> Drawing {
        guard let drawing = state.withLock({ $0.drawings[id] }) else { throw Problem.NotFound(what: "drawing") }
        return drawing
    }
    override func ofRun(run: String) throws -> [PictureDetail] {
        state.withLock { now in
            now.sounds.map { one in
                PictureDetail(
                    id: one.id, item: one.item, instance: 0, by: one.by, atMs: 0, media: one.media, bytes: one.bytes,
                    width: 0, height: 0, live: true, thumbnailHere: false, here: now.here[one.id] != nil,
                    atServer: true, lengthMs: one.lengthMs, thumbnail: one.thumbnail)
            }
        }
    }
    override func fetch(id: String, small: Bool) async throws {
        while state.withLock({ $0.isSlow }) { try await Task.sleep(for: .milliseconds(2)) }
        try state.withLock { now in
            now.fetched.append(id + (small ? " small" : ""))
            if now.here[id] != nil { return }
            guard let bytes = now.away[id] else { throw Problem.Offline(why: .noNetwork, detail: "") }
            now.here[id] = bytes
        }
    }
    /// A recording of a colleague, of a little more than a second.
    static func sound(_ id: String) -> PictureDetail {
        PictureDetail(
            id: id, item: "door", instance: 0, by: "Lucy Chen", atMs: 0, media: "audio/mp4", bytes: 5_956, width: 0,
            height: 0, live: true, thumbnailHere: false, here: false, atServer: true, lengthMs: 63_000)
    }
}

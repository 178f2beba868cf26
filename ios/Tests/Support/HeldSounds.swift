import Foundation
import Presentation

/// What a person could have recorded or been sent: `Tests/files`, of real encoders.
public func file(_ name: String) throws -> Data {
    try Data(contentsOf: URL(filePath: #filePath).appending(path: "../../files/" + name).standardized)
}

/// A microphone and a loudspeaker that a test holds.
@MainActor public final class HeldSounds: Sounds {
    public var isAllowed = true
    public var isBroken = false
    /// What a recorder leaves in its file.
    public var writes = Data()
    public private(set) var played: [Data] = []
    public private(set) var most: Double?
    public private(set) var file: URL?
    private var recording: (@MainActor (Ended) -> Void)?
    private var playing: (@MainActor () -> Void)?
    public var isPlaying: Bool { playing != nil }
    public nonisolated init() {}

    public func mayRecord() async -> Bool { isAllowed }
    public func record(into file: URL, atMost seconds: Double, ended: @escaping @MainActor (Ended) -> Void) -> Bool {
        end(.cut)
        guard !isBroken else { return false }
        (recording, self.file, most) = (ended, file, seconds)
        return true
    }
    public func play(_ bytes: Data, ended: @escaping @MainActor () -> Void) -> Bool {
        end(.cut)
        guard !bytes.isEmpty else { return false }
        played.append(bytes)
        playing = ended
        return true
    }
    public func stop() { end(.stopped) }
    public func end(_ why: Ended) {
        if let told = recording, let file {
            try? writes.write(to: file)
            recording = nil
            told(why)
        }
        let told = playing
        playing = nil
        told?()
    }
}

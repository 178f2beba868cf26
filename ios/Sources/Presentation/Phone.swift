import Foundation
import FrontlineCore

/// What only the phone has: what the core asks of it (keys, network, room), and what the shell does. `Platform` holds
/// Apple's; tests hold their own. Absent is an answer: nobody has to give a picture, or say where they are.
public protocol Phone: Platform {
    /// A picture from the camera (`live`) or from the album, as a JPEG or a PNG, no larger than `limit`.
    func picture(live: Bool, limit: PictureLimit?) async -> Data?
    /// What a code in front of the camera says: the camera shows what it sees, and `read` reads it.
    func code(_ read: @escaping CodeReader) async -> String?
    func place() async -> Place?
    /// Keeps the phone on one app while customers hold it.
    func kiosk(_ on: Bool) async
    /// Says so on the locked screen at each of these times, ms since 1970; instead of what was asked for before.
    func remind(at times: [Int64], saying words: String) async
    @MainActor var sounds: any Sounds { get }
    /// A new file that can be handed on.
    func newFile() -> String
}

extension Phone {
    /// Into the system's log, which a person can send to whoever helps them.
    public func log(line: String) { NSLog("%@", line) }
}

/// Reads what a camera sees; nil where no code is in sight.
public typealias CodeReader = @Sendable (LumaFrame) async -> String?

/// Degrees, how far off it may be, metres, and whether an app made it up, where the phone can tell.
public typealias Place = (latitude: Double, longitude: Double, within: Double, mock: Bool?)

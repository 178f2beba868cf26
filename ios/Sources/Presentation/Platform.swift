import Foundation

// What only the platform has, as the rest of the shell sees it. `Platform` holds Apple's; tests hold their own.

/// Where secrets are kept: never in a backup, never readable before the first unlock.
public protocol KeyStore: Sendable {
    func secret(_ name: String) throws(Problem) -> Data?
    func keep(_ name: String, _ bytes: Data) throws(Problem)
    func forget(_ name: String) throws(Problem)
}

/// What a phone has besides the store: asked for, and absent where a person said no.
public protocol Phone: Sendable {
    var keys: any KeyStore { get }
    var model: String { get }
    var storageFree: UInt64? { get }
    var network: NetworkKind { get }
    /// A picture from the camera (`live`) or from the album, as a JPEG or a PNG.
    func picture(live: Bool) async -> Data?
    func code() async -> String?
    func place() async -> Place?
    /// A typed name as a picture, for whoever cannot draw with a finger.
    func picture(of text: String) async -> Data?
    /// Keeps the phone on one app while customers hold it.
    func kiosk(_ on: Bool) async
    /// Says so on the locked screen at each of these times, ms since 1970; instead of what was asked for before.
    func remind(at times: [Int64], saying words: String) async
    /// A new file that can be handed on.
    func newFile() -> String
}

public struct Place: Hashable, Sendable {
    public let latitude: Double, longitude: Double, within: Double
    public init(latitude: Double, longitude: Double, within: Double) {
        (self.latitude, self.longitude, self.within) = (latitude, longitude, within)
    }
}

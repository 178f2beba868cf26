import Foundation
import Live
import Presentation
import Synchronization
import TestSupport
import Testing

/// Keys in memory; nothing else of a phone.
final class BarePhone: Phone {
    private let secrets: Mutex<[String: Data]>
    init(_ secrets: [String: Data] = [:]) { self.secrets = Mutex(secrets) }
    func secret(name: String) throws -> Data? { secrets.withLock { $0[name] } }
    func keepSecret(name: String, bytes: Data) throws { secrets.withLock { $0[name] = bytes } }
    func forgetSecret(name: String) throws { secrets.withLock { $0[name] = nil } }
    func deviceModel() -> String { "Test" }
    func storageFree() -> UInt64? { nil }
    func network() -> NetworkKind { .none }
    func picture(live: Bool, limit: PictureLimit?) async -> Data? { nil }
    func code(_ read: @escaping CodeReader) async -> String? { nil }
    func place() async -> Place? { nil }
    func kiosk(_ on: Bool) async {}
    func remind(at times: [Int64], saying words: String) async {}
    @MainActor let sounds: any Sounds = HeldSounds()
    func newFile() -> String { "" }
}

/// Against the real core.
@Suite struct LiveTests {
    let folder = FileManager.default.temporaryDirectory.appending(path: "frontline-\(UUID().uuidString)")

    @Test func aNewStoreOpensAndHasNothingToSend() async throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let device = LiveDevice(folder: folder, phone: BarePhone(), language: "en")
        try await device.open()
        let status = try await device.ask { try $0.sync().status() }
        #expect(status.unsent == 0 && status.device == nil)
    }

    @Test func whoNoLongerWaitsEndsWhatIsAsked() async throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let device = LiveDevice(folder: folder, phone: BarePhone(), language: "en")
        try await device.open()
        let start = ContinuousClock.now
        let asked = Task { await problem(of: device) { _ in try await Task.sleep(for: .seconds(60)) } }
        try await Task.sleep(for: .milliseconds(20))
        asked.cancel()
        let told = await asked.value
        #expect(told == .Offline(why: .cut, detail: "") && ContinuousClock.now - start < .seconds(10))
    }

    @Test func anotherKeyIsToldAsLocked() async throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let device = LiveDevice(folder: folder, phone: BarePhone(), language: "en")
        try await device.open()
        let stranger = BarePhone(["store": Data(repeating: 8, count: 32)])
        let refused = await refusal(of: LiveDevice(folder: folder, phone: stranger, language: "en"))
        let isLocked = if case .Locked(.key, _) = refused { true } else { false }
        #expect(isLocked)
    }

    @Test func aKeyThatIsTooShortIsToldWithItsField() async throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let opening = LiveDevice(folder: folder, phone: BarePhone(["store": Data([1])]), language: "en")
        #expect(await refusal(of: opening) == .Invalid(field: "key", rule: "form", detail: "a key has 32 bytes"))
    }

    private func problem(
        of device: any Device, _ call: @escaping @Sendable (Services) async throws -> Void
    ) async -> Problem? {
        do throws(Problem) {
            try await device.ask(call)
            return nil
        } catch {
            return error
        }
    }

    /// Caught here and not in an expectation: Swift 6.0.3 crashes on `#expect` over an async call with a typed error.
    private func refusal(of opening: LiveDevice) async -> Problem? {
        do throws(Problem) {
            _ = try await opening.open()
            return nil
        } catch {
            return error
        }
    }
}

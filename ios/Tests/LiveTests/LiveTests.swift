import Foundation
import Live
import Presentation
import Testing

struct HeldKey: KeyStore {
    var bytes: [UInt8] = Array(repeating: 7, count: 32)
    func key() throws(Problem) -> [UInt8] { bytes }
    func forget() throws(Problem) {}
}

/// Against the real core.
@Suite struct LiveTests {
    let folder = FileManager.default.temporaryDirectory.appending(path: "frontline-\(UUID().uuidString)")

    @Test func aNewStoreOpensAndHasNothingToSend() async throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let device = try await LiveOpening(folder: folder, keys: HeldKey(), language: "en").open()
        #expect(try await device.unsent() == 0)
    }

    @Test func anotherKeyIsToldAsLocked() async throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        _ = try await LiveOpening(folder: folder, keys: HeldKey(), language: "en").open()
        let other = LiveOpening(folder: folder, keys: HeldKey(bytes: Array(repeating: 8, count: 32)), language: "en")
        #expect(await refusal(of: other) == "locked")
    }

    @Test func aKeyThatIsTooShortIsToldWithItsField() async throws {
        let opening = LiveOpening(folder: folder, keys: HeldKey(bytes: [1]), language: "en")
        #expect(await refusal(of: opening) == "key: a key has 32 bytes")
    }

    /// Caught here and not in an expectation: Swift 6.0.3 crashes on `#expect` over an async call with a typed error.
    private func refusal(of opening: LiveOpening) async -> String? {
        do throws(Problem) {
            _ = try await opening.open()
            return nil
        } catch {
            switch error {
            case .locked: return "locked"
            case .invalid(let field, _, let detail): return "\(field): \(detail)"
            default: return "\(error)"
            }
        }
    }
}

#if canImport(Security) && os(iOS)
import Foundation
import Presentation
import Security

/// The store's key in the Keychain: of this device only, so that it is in no backup, and readable after the first
/// unlock, so that a sync in the background can open the store.
public struct Keychain: KeyStore {
    private let service: String
    public init(service: String) { self.service = service }

    private var query: [CFString: Any] {
        [kSecClass: kSecClassGenericPassword, kSecAttrService: service, kSecAttrAccount: "store"]
    }

    public func key() throws(Problem) -> [UInt8] {
        var found: CFTypeRef?
        let status = SecItemCopyMatching(
            query.merging([kSecReturnData: true]) { $1 } as CFDictionary, &found)
        if status == errSecSuccess, let data = found as? Data { return [UInt8](data) }
        // Only "not found" makes a new key: any other fault, such as a phone not yet unlocked, would else lock
        // the old store away for good.
        guard status == errSecItemNotFound else { throw .internal(reference: "keychain \(status)") }
        var key = [UInt8](repeating: 0, count: 32)
        guard SecRandomCopyBytes(kSecRandomDefault, key.count, &key) == errSecSuccess else {
            throw .internal(reference: "random")
        }
        let kept = SecItemAdd(
            query.merging([
                kSecValueData: Data(key), kSecAttrAccessible: kSecAttrAccessibleAfterFirstUnlockThisDeviceOnly,
            ]) { $1 } as CFDictionary, nil)
        guard kept == errSecSuccess else { throw .internal(reference: "keychain \(kept)") }
        return key
    }

    public func forget() throws(Problem) {
        let status = SecItemDelete(query as CFDictionary)
        guard status == errSecSuccess || status == errSecItemNotFound else {
            throw .internal(reference: "keychain \(status)")
        }
    }
}
#endif

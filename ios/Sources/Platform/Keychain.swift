import Foundation
import Presentation
import Security

/// The store's keys in the Keychain: of this device only, so that they are in no backup, and readable after the first
/// unlock, so that a sync in the background can open the store.
public struct Keychain: Sendable {
    private let service: String
    public init(service: String) { self.service = service }

    private func query(_ name: String) -> [CFString: Any] {
        [kSecClass: kSecClassGenericPassword, kSecAttrService: service, kSecAttrAccount: name]
    }

    /// Only "not found" is no key: any other fault, such as a phone not yet unlocked, would else make a new one, and
    /// lock the old store away for good.
    public func secret(_ name: String) throws(PlatformError) -> Data? {
        var found: CFTypeRef?
        let status = SecItemCopyMatching(query(name).merging([kSecReturnData: true]) { $1 } as CFDictionary, &found)
        if status == errSecSuccess, let data = found as? Data { return data }
        if status == errSecItemNotFound { return nil }
        throw Self.fault(status)
    }

    public func keep(_ name: String, _ bytes: Data) throws(PlatformError) {
        let new: [CFString: Any] = [
            kSecValueData: bytes, kSecAttrAccessible: kSecAttrAccessibleAfterFirstUnlockThisDeviceOnly,
        ]
        var status = SecItemAdd(query(name).merging(new) { $1 } as CFDictionary, nil)
        if status == errSecDuplicateItem { status = SecItemUpdate(query(name) as CFDictionary, new as CFDictionary) }
        guard status == errSecSuccess else { throw Self.fault(status) }
    }

    public func forget(_ name: String) throws(PlatformError) {
        let status = SecItemDelete(query(name) as CFDictionary)
        guard status == errSecSuccess || status == errSecItemNotFound else { throw Self.fault(status) }
    }

    private static func fault(_ status: OSStatus) -> PlatformError {
        let detail = "keychain \(status)"  // untranslated: for a log
        return status == errSecInteractionNotAllowed ? .Closed : .Failed(detail: detail)
    }
}

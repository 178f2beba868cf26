// A stand-in for what the shell uses of Apple's Security: a keychain in memory, with the faults of the real one that the
// shell tells apart.
import Foundation
import Synchronization

public typealias OSStatus = Int32
public typealias CFString = NSString
public typealias CFDictionary = [CFString: Any]
public typealias CFTypeRef = Any

public let errSecSuccess: OSStatus = 0
public let errSecParam: OSStatus = -50
public let errSecDuplicateItem: OSStatus = -25299
public let errSecItemNotFound: OSStatus = -25300
public let errSecInteractionNotAllowed: OSStatus = -25308

nonisolated(unsafe) public let kSecClass: CFString = "class"
nonisolated(unsafe) public let kSecClassGenericPassword: CFString = "genp"
nonisolated(unsafe) public let kSecAttrService: CFString = "svce"
nonisolated(unsafe) public let kSecAttrAccount: CFString = "acct"
nonisolated(unsafe) public let kSecAttrAccessible: CFString = "pdmn"
nonisolated(unsafe) public let kSecAttrAccessibleAfterFirstUnlockThisDeviceOnly: CFString = "cku"
nonisolated(unsafe) public let kSecReturnData: CFString = "r_Data"
nonisolated(unsafe) public let kSecValueData: CFString = "v_Data"

/// What a test sets and sees of it.
@_spi(Harness) public struct KeychainState: Sendable {
    public var items: [String: Data] = [:]
    /// How each may be read.
    public var access: [String: String] = [:]
    public var isLocked = false
}
@_spi(Harness) public let keychain = Mutex(KeychainState())

private func asked(
    _ query: CFDictionary, _ act: (inout KeychainState, String) -> OSStatus
) -> OSStatus {
    guard query[kSecClass] as? NSString == kSecClassGenericPassword, let service = query[kSecAttrService] as? String,
        let account = query[kSecAttrAccount] as? String
    else { return errSecParam }
    return keychain.withLock { $0.isLocked ? errSecInteractionNotAllowed : act(&$0, service + "/" + account) }
}
private func put(_ new: CFDictionary, _ state: inout KeychainState, _ name: String) -> OSStatus {
    guard let bytes = new[kSecValueData] as? Data else { return errSecParam }
    state.items[name] = bytes
    state.access[name] = (new[kSecAttrAccessible] as? NSString).map { "\($0)" }
    return errSecSuccess
}

@discardableResult public func SecItemCopyMatching(
    _ query: CFDictionary, _ result: UnsafeMutablePointer<CFTypeRef?>?
) -> OSStatus {
    asked(query) { state, name in
        guard let bytes = state.items[name] else { return errSecItemNotFound }
        if query[kSecReturnData] as? Bool == true { result?.pointee = bytes }
        return errSecSuccess
    }
}
@discardableResult public func SecItemAdd(
    _ attributes: CFDictionary, _ result: UnsafeMutablePointer<CFTypeRef?>?
) -> OSStatus {
    asked(attributes) { $0.items[$1] == nil ? put(attributes, &$0, $1) : errSecDuplicateItem }
}
@discardableResult public func SecItemUpdate(_ query: CFDictionary, _ attributesToUpdate: CFDictionary) -> OSStatus {
    asked(query) { $0.items[$1] == nil ? errSecItemNotFound : put(attributesToUpdate, &$0, $1) }
}
@discardableResult public func SecItemDelete(_ query: CFDictionary) -> OSStatus {
    asked(query) { $0.items.removeValue(forKey: $1) == nil ? errSecItemNotFound : errSecSuccess }
}

#if os(iOS)
import CoreLocation
import Network
import Presentation
import Synchronization
import UIKit

/// This iPhone or iPad, as the shell and the core ask for it.
public final class ThisPhone: Phone, @unchecked Sendable {
    public let keys: any KeyStore
    public let model: String
    private let folder: URL
    private let monitor = NWPathMonitor()
    private let kind = Mutex(NetworkKind.none)
    /// What shows the camera or the album over the screen, and gives what was taken there.
    @MainActor public var taking: (@MainActor (_ wants: Wanted) async -> Data?)?
    public enum Wanted: Sendable { case photo, album, code }

    @MainActor public init(keys: any KeyStore, folder: URL, changed: @escaping @MainActor () -> Void) {
        (self.keys, self.folder, model) = (keys, folder, UIDevice.current.model)
        monitor.pathUpdateHandler = { [self] path in
            kind.withLock {
                $0 = path.status != .satisfied ? .none : path.isExpensive || path.isConstrained ? .metered : .unmetered
            }
            Task { await changed() }
        }
        monitor.start(queue: DispatchQueue(label: "network"))  // untranslated: seen by debuggers
    }

    public var network: NetworkKind { kind.withLock { $0 } }
    public var storageFree: UInt64? {
        let values = try? folder.resourceValues(forKeys: [.volumeAvailableCapacityForImportantUsageKey])
        return values?.volumeAvailableCapacityForImportantUsage.map { UInt64(max(0, $0)) }
    }
    public func picture(live: Bool) async -> Data? { await taking?(live ? .photo : .album) }
    public func code() async -> String? { await taking?(.code).map { String(decoding: $0, as: UTF8.self) } }
    public func place() async -> Place? {
        guard let updates = try? await CLLocationUpdate.liveUpdates().first(where: { $0.location != nil }),
            let at = updates.location
        else { return nil }
        return Place(
            latitude: at.coordinate.latitude, longitude: at.coordinate.longitude, within: at.horizontalAccuracy)
    }
    public func picture(of text: String) async -> Data? {
        await MainActor.run {
            let name = NSAttributedString(string: text, attributes: [.font: UIFont.italicSystemFont(ofSize: 48)])
            let size = CGSize(width: max(name.size().width + 32, 120), height: name.size().height + 32)
            return UIGraphicsImageRenderer(size: size).pngData { _ in name.draw(at: CGPoint(x: 16, y: 16)) }
        }
    }
    /// Guided access, as a managed phone allows it. Elsewhere the call fails, and the PIN is asked all the same.
    public func kiosk(_ on: Bool) async { _ = await UIAccessibility.requestGuidedAccessSession(enabled: on) }
    public func newFile() -> String {
        URL.documentsDirectory.appending(path: "\(UUID().uuidString).frontline").path(percentEncoded: false)
    }
}
#endif

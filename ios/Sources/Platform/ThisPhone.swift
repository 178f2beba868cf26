import CoreLocation
import Network
import Presentation
import UIKit

/// This iPhone or iPad, as the shell and the core ask for it.
public final class ThisPhone: Phone, @unchecked Sendable {
    private let keys: Keychain
    private let folder: URL
    private let model: String
    private let monitor = NWPathMonitor()
    private let lock = NSLock()
    private var kind = NetworkKind.none
    @MainActor private let locations = CLLocationManager()
    /// What shows the camera or the album over the screen, and gives what was taken there.
    @MainActor public var taking: (@MainActor (_ wants: Wanted, _ read: CodeReader?) async -> Data?)?
    public enum Wanted: Sendable { case photo, album, code }

    @MainActor public let sounds: any Sounds = Microphone()
    @MainActor public var changed: (@MainActor () -> Void)?

    @MainActor public init(keys: Keychain, folder: URL) {
        (self.keys, self.folder, model) = (keys, folder, UIDevice.current.model)
        monitor.pathUpdateHandler = { [weak self] path in
            let paid = path.isExpensive || path.isConstrained
            self?.lock.withLock { self?.kind = path.status != .satisfied ? .none : paid ? .metered : .unmetered }
            Task { await self?.changed?() }
        }
        monitor.start(queue: DispatchQueue(label: "network"))  // untranslated: seen by debuggers
    }

    public func secret(name: String) throws -> Data? { try keys.secret(name) }
    public func keepSecret(name: String, bytes: Data) throws { try keys.keep(name, bytes) }
    public func forgetSecret(name: String) throws { try keys.forget(name) }
    public func deviceModel() -> String { model }
    public func network() -> NetworkKind { lock.withLock { kind } }
    public func storageFree() -> UInt64? {
        let values = try? folder.resourceValues(forKeys: [.volumeAvailableCapacityForImportantUsageKey])
        return values?.volumeAvailableCapacityForImportantUsage.map { UInt64(max(0, $0)) }
    }

    public func picture(live: Bool, limit: PictureLimit?) async -> Data? {
        guard let bytes = await taking?(live ? .photo : .album, nil), let whole = UIImage(data: bytes) else {
            return nil
        }
        return Self.fitting(whole, limit)
    }
    /// As the organisation wants it: a JPEG whose sides are no longer, and whose bytes are no more; the fewer they may
    /// be, the coarser it is. One that is too large all the same is told by the core.
    static func fitting(_ whole: UIImage, _ limit: PictureLimit?) -> Data? {
        let longest = limit.map { CGFloat($0.side) } ?? 2_048
        let fit = min(1, longest / max(whole.size.width, whole.size.height))
        let size = CGSize(
            width: (whole.size.width * fit).rounded(.down), height: (whole.size.height * fit).rounded(.down))
        let small = fit < 1 ? whole.preparingThumbnail(of: size) : whole
        var made: Data?
        for quality in [0.85, 0.7, 0.5, 0.3] {
            made = small?.jpegData(compressionQuality: quality)
            if let limit, let made, made.count > limit.bytes { continue }
            break
        }
        return made
    }
    public func code(_ read: @escaping CodeReader) async -> String? {
        await taking?(.code, read).map { String(decoding: $0, as: UTF8.self) }
    }
    /// Asks the person the first time, or there would never be a place to wait for.
    @MainActor private func mayLocate() -> Bool {
        locations.requestWhenInUseAuthorization()
        return locations.authorizationStatus != .denied && locations.authorizationStatus != .restricted
    }
    public func place() async -> Place? {
        guard await mayLocate(),
            let found = try? await CLLocationUpdate.liveUpdates().first(where: { $0.location != nil }),
            let at = found.location
        else { return nil }
        let mock = at.sourceInformation?.isSimulatedBySoftware
        return (at.coordinate.latitude, at.coordinate.longitude, at.horizontalAccuracy, mock)
    }
    /// Guided access, as a managed phone allows it. Elsewhere the call fails, and the PIN is asked all the same.
    public func kiosk(_ on: Bool) async { _ = await UIAccessibility.requestGuidedAccessSession(enabled: on) }
    public func remind(at times: [Int64], saying words: String) async {
        await Reminders().set(at: times, saying: words)
    }
    public func newFile() -> String {
        // Handed on by a person, and in no backup of the phone.
        var folder = URL.documentsDirectory.appending(path: "exports", directoryHint: .isDirectory)
        try? FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        var values = URLResourceValues()
        values.isExcludedFromBackup = true
        try? folder.setResourceValues(values)
        return folder.appending(path: "\(UUID().uuidString).frontline").path(percentEncoded: false)
    }
}

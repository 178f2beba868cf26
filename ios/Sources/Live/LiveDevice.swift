import Foundation
import FrontlineCore
import Presentation

public struct LiveOpening: DeviceOpening {
    private let folder: URL
    private let keys: any KeyStore
    private let language: String

    public init(folder: URL, keys: any KeyStore, language: String) {
        (self.folder, self.keys, self.language) = (folder, keys, language)
    }

    public func open() async throws(Problem) -> any Device {
        let key = try keys.key()
        return try await offMain { [folder, language] in
            LiveDevice(
                core: try Frontline.open(
                    dataDir: folder.path(percentEncoded: false), key: Data(key), language: language))
        }
    }
}

struct LiveDevice: Device {
    let core: Frontline

    func unsent() async throws(Problem) -> Int {
        try await offMain { Int(clamping: try core.unsent()) }
    }
}

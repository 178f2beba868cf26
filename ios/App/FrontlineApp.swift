import Foundation
import Live
import Platform
import Presentation
import SwiftUI
import Views

/// Puts the parts together: the only place where Apple's side, the core and the views meet.
@main struct FrontlineApp: App {
    private let opening: LiveOpening

    init() {
        let folder = URL.applicationSupportDirectory.appending(path: "store")
        try? FileManager.default.createDirectory(
            at: folder, withIntermediateDirectories: true,
            // Readable after the first unlock: a sync in the background opens the store on a locked phone.
            attributes: [.protectionKey: FileProtectionType.completeUntilFirstUserAuthentication])
        opening = LiveOpening(
            folder: folder, keys: Keychain(service: "frontline.store"), language: Locale.current.identifier(.bcp47))
    }

    var body: some Scene {
        WindowGroup { RootView(opening: opening).language(stringsFor(Locale.current.identifier(.bcp47))) }
    }
}

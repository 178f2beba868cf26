import Live
import Platform
import Presentation
import SwiftUI
import Views

/// Puts the parts together: the only place where Apple's side, the core and the views meet.
@main struct FrontlineApp: App {
    @State private var app: AppModel
    @State private var taking: Taking
    private let background: BackgroundSync

    init() {
        let folder = URL.applicationSupportDirectory.appending(path: "store")
        try? FileManager.default.createDirectory(
            at: folder, withIntermediateDirectories: true,
            // Readable after the first unlock: a sync in the background opens the store on a locked phone.
            attributes: [.protectionKey: FileProtectionType.completeUntilFirstUserAuthentication])
        // What an earlier run left to hear or to see goes first.
        _ = Passing.folder
        let phone = ThisPhone(keys: Keychain(service: "frontline.store"), folder: folder)
        let language = Locale.current.identifier(.bcp47)
        let app = AppModel(
            device: LiveDevice(folder: folder, phone: phone, language: language), phone: phone, language: language)
        phone.changed = { [weak app] in app?.networkChanged() }
        _app = State(initialValue: app)
        background = BackgroundSync(identifier: "org.frontline.sync") { await app.syncInBackground() }
        background.register()
        let taking = Taking()
        _taking = State(initialValue: taking)
        phone.taking = { await taking.take($0, $1) }
    }

    var body: some Scene {
        WindowGroup { RootView(app).fullScreenCover(item: $taking.wanted) { TakingView(taking: taking, wanted: $0) } }
    }
}

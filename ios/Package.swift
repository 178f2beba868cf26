// swift-tools-version: 6.0
import Foundation
import PackageDescription

// On a Mac, Xcode's own SwiftUI is used and the core comes as the XCFramework of ios/xcframework.
// Elsewhere the core is the library that cargo built, and the module `SwiftUI` is the stand-in under
// stand-ins/SwiftUI, which evaluates views to a tree of text.
let strict: [SwiftSetting] = [.swiftLanguageMode(.v6), .unsafeFlags(["-warnings-as-errors"])]

#if os(Linux)
let environment = ProcessInfo.processInfo.environment
let coreLibrary = environment["FRONTLINE_LIB_DIR"] ?? Context.packageDirectory + "/../target/debug"
let core: Target = .target(
    name: "FrontlineCoreFFI",
    linkerSettings: [
        .linkedLibrary("frontline_ffi"),
        .unsafeFlags(["-L\(coreLibrary)", "-Xlinker", "-rpath", "-Xlinker", coreLibrary]),
    ])
func standIn(_ name: String, _ needs: Target.Dependency...) -> Target {
    .target(name: name, dependencies: needs, path: "stand-ins/" + name, swiftSettings: strict)
}
let standIns: [Target] = [
    standIn("UIKit"), standIn("SwiftUI", "UIKit"), standIn("Security"), standIn("BackgroundTasks"),
    standIn("UserNotifications"), standIn("Network"), standIn("CoreLocation"), standIn("AVFoundation", "UIKit"),
    standIn("PhotosUI", "SwiftUI"), standIn("AVFAudio"), standIn("AVKit", "SwiftUI", "AVFoundation"),
    .testTarget(name: "StandInTests", dependencies: ["SwiftUI"], swiftSettings: strict),
]
let swiftUI: [Target.Dependency] = ["SwiftUI", "UIKit", "AVFoundation", "AVKit"]
let apples: [Target.Dependency] = [
    "UIKit", "Security", "BackgroundTasks", "UserNotifications", "Network", "CoreLocation", "AVFoundation", "AVFAudio",
]
let ofApp: [Target.Dependency] = ["Views", "Presentation", "Live", "Platform", "PhotosUI", "SwiftUI"]
let ofPlatform: [Target.Dependency] = ["Platform", "Presentation", "FrontlineApp", "SwiftUI"]
// The tests of the views go through the stand-in's harness.
let viewTests: [Target] = [
    // The app's entry: on a phone Xcode builds it, by project.yml.
    .executableTarget(
        name: "FrontlineApp", dependencies: ofApp + apples, path: "App", exclude: ["en.lproj", "ar.lproj"],
        swiftSettings: strict),
    .testTarget(name: "PlatformTests", dependencies: ofPlatform + apples, swiftSettings: strict),
    .testTarget(
        name: "ViewTests", dependencies: ["Views", "Presentation", "SwiftUI", "TestSupport"], swiftSettings: strict),
    // The app's own screens over the real core, and a real server on loopback.
    .testTarget(
        name: "JourneyTests", dependencies: ["Views", "Presentation", "Live", "SwiftUI", "TestSupport"],
        swiftSettings: strict),
]
// libswiftObservation of Swift 6.0 on Linux refers to a symbol that nothing defines
// (swift::threading::fatal); it is only ever called on a broken lock.
let observationFix: [LinkerSetting] = [.unsafeFlags(["-Xlinker", "--allow-shlib-undefined"])]
#else
let core: Target = .binaryTarget(name: "FrontlineCoreFFI", path: "FrontlineCoreFFI.xcframework")
let standIns: [Target] = []
let swiftUI: [Target.Dependency] = []
let apples: [Target.Dependency] = []
let viewTests: [Target] = []
let observationFix: [LinkerSetting] = []
#endif

let presentation: [Target.Dependency] = ["Presentation"]
// Each list with its type, and no literal added to another: the compiler would work for minutes to find it out of one expression.
let shell: [Target] = [
    core,
    // Generated. In Swift 5 mode: with async foreign traits the generated code is not clean in 6.
    .target(
        name: "FrontlineCore", dependencies: ["FrontlineCoreFFI"], swiftSettings: [.swiftLanguageMode(.v5)]),
    // What screens show and do, over the core's records and the protocols of its services; never SwiftUI.
    .target(
        name: "Presentation", dependencies: ["FrontlineCore"], swiftSettings: strict, linkerSettings: observationFix
    ),
    .target(name: "Views", dependencies: presentation + swiftUI, swiftSettings: strict),
    // The only target that makes an object of the core or calls one of its functions.
    .target(name: "Live", dependencies: ["Presentation", "FrontlineCore"], swiftSettings: strict),
    // What only the platform has: keys, background work, camera, reminders.
    .target(name: "Platform", dependencies: presentation + apples, swiftSettings: strict),
    // What more than one suite holds in its hand.
    .target(name: "TestSupport", dependencies: ["Presentation"], path: "Tests/Support", swiftSettings: strict),
    .testTarget(
        name: "LiveTests", dependencies: ["Live", "FrontlineCore", "Presentation", "TestSupport"],
        swiftSettings: strict),
    .testTarget(name: "PresentationTests", dependencies: ["Presentation", "Platform"], swiftSettings: strict),
]

let package = Package(
    name: "Frontline",
    defaultLocalization: "en",
    platforms: [.iOS(.v17)],
    products: [.library(name: "FrontlineShell", targets: ["Presentation", "Views", "Live", "Platform"])],
    targets: shell + standIns + viewTests
)

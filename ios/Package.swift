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
    standIn("PhotosUI", "SwiftUI"),
    .testTarget(name: "StandInTests", dependencies: ["SwiftUI"], swiftSettings: strict),
]
let swiftUI: [Target.Dependency] = ["SwiftUI", "UIKit"]
let apples: [Target.Dependency] = [
    "UIKit", "Security", "BackgroundTasks", "UserNotifications", "Network", "CoreLocation", "AVFoundation",
]
// The tests of the views go through the stand-in's harness.
let viewTests: [Target] = [
    // The app's entry: on a phone Xcode builds it, by project.yml.
    .executableTarget(
        name: "FrontlineApp",
        dependencies: ["Views", "Presentation", "Live", "Platform", "PhotosUI", "SwiftUI"] + apples,
        path: "App", swiftSettings: strict),
    .testTarget(
        name: "PlatformTests", dependencies: ["Platform", "Presentation", "FrontlineApp", "SwiftUI"] + apples,
        swiftSettings: strict),
    .testTarget(name: "ViewTests", dependencies: ["Views", "Presentation", "SwiftUI"], swiftSettings: strict),
    // The app's own screens over the real core, and a real server on loopback.
    .testTarget(
        name: "JourneyTests", dependencies: ["Views", "Presentation", "Live", "SwiftUI"], swiftSettings: strict),
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

let package = Package(
    name: "Frontline",
    defaultLocalization: "en",
    platforms: [.iOS(.v17)],
    products: [.library(name: "FrontlineShell", targets: ["Presentation", "Views", "Live", "Platform"])],
    targets: [
        core,
        // Generated. In Swift 5 mode: with async foreign traits the generated code is not clean in 6.
        .target(
            name: "FrontlineCore", dependencies: ["FrontlineCoreFFI"], swiftSettings: [.swiftLanguageMode(.v5)]),
        // What screens show and do, over the core's records and the protocols of its services; never SwiftUI.
        .target(
            name: "Presentation", dependencies: ["FrontlineCore"], swiftSettings: strict, linkerSettings: observationFix
        ),
        .target(name: "Views", dependencies: ["Presentation"] + swiftUI, swiftSettings: strict),
        // The only target that makes an object of the core or calls one of its functions.
        .target(name: "Live", dependencies: ["Presentation", "FrontlineCore"], swiftSettings: strict),
        // What only the platform has: keys, background work, camera, reminders.
        .target(name: "Platform", dependencies: ["Presentation"] + apples, swiftSettings: strict),
        .testTarget(name: "LiveTests", dependencies: ["Live", "FrontlineCore", "Presentation"], swiftSettings: strict),
        .testTarget(name: "PresentationTests", dependencies: ["Presentation", "Platform"], swiftSettings: strict),
    ] + standIns + viewTests
)

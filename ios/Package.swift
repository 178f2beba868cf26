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
let standIns: [Target] = [
    .target(name: "UIKit", path: "stand-ins/UIKit", swiftSettings: strict),
    .target(name: "SwiftUI", dependencies: ["UIKit"], path: "stand-ins/SwiftUI", swiftSettings: strict),
    .testTarget(name: "StandInTests", dependencies: ["SwiftUI"], swiftSettings: strict),
]
let swiftUI: [Target.Dependency] = ["SwiftUI", "UIKit"]
// The tests of the views go through the stand-in's harness.
let viewTests: [Target] = [
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
        // What only the platform has: keys, background work, camera. Empty but on Apple's systems.
        .target(name: "Platform", dependencies: ["Presentation"], swiftSettings: strict),
        .testTarget(name: "LiveTests", dependencies: ["Live", "FrontlineCore", "Presentation"], swiftSettings: strict),
        .testTarget(name: "PresentationTests", dependencies: ["Presentation", "Platform"], swiftSettings: strict),
    ] + standIns + viewTests
)

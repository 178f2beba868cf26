// swift-tools-version: 6.0
import Foundation
import PackageDescription

// A phone of a story in Swift, and the tests of lifetimes. tests/drivers/run copies this folder to where it builds and
// puts the generated bindings beside these sources.
let library = ProcessInfo.processInfo.environment["FRONTLINE_LIB_DIR"] ?? Context.packageDirectory + "/lib"
let strict: [SwiftSetting] = [.swiftLanguageMode(.v6), .unsafeFlags(["-warnings-as-errors"])]

let package = Package(
    name: "Drivers",
    targets: [
        .target(
            name: "FrontlineCoreFFI",
            linkerSettings: [
                .linkedLibrary("frontline_ffi"),
                .unsafeFlags(["-L\(library)", "-Xlinker", "-rpath", "-Xlinker", library]),
            ]),
        .target(name: "FrontlineCore", dependencies: ["FrontlineCoreFFI"], swiftSettings: [.swiftLanguageMode(.v6)]),
        .executableTarget(name: "Driver", dependencies: ["FrontlineCore"], swiftSettings: strict),
        .executableTarget(name: "Lifetime", dependencies: ["FrontlineCore"], swiftSettings: strict),
    ]
)

@_spi(Harness) import AVFoundation
@_spi(Harness) import BackgroundTasks
@_spi(Harness) import CoreLocation
import Foundation
@_spi(Harness) import Network
@testable import Platform
import Presentation
@_spi(Harness) import Security
import Synchronization
import Testing
@_spi(Harness) import UIKit
@_spi(Harness) import UserNotifications

@testable import FrontlineApp

/// What the shell does with Apple's frameworks, over stand-ins of them: its own logic, not theirs.
@MainActor @Suite(.serialized) struct PlatformTests {
    private let keys = Keychain(service: "test-\(UUID().uuidString)")

    @Test func aKeyIsKeptReplacedAndForgotten() throws {
        #expect(try keys.secret("store") == nil)
        try keys.keep("store", Data([1]))
        try keys.keep("store", Data([2]))
        #expect(try keys.secret("store") == Data([2]))
        #expect(keychain.withLock { $0.access.values.allSatisfy { $0 == "cku" } })
        #expect(try Keychain(service: "another").secret("store") == nil)
        try keys.forget("store")
        try keys.forget("store")
        #expect(try keys.secret("store") == nil)
    }

    /// A phone that was not unlocked since it started has the key and cannot say so: nothing may take that for no key.
    @Test func aLockedKeychainIsClosedAndNotEmpty() throws {
        try keys.keep("store", Data([1]))
        keychain.withLock { $0.isLocked = true }
        #expect(throws: PlatformError.Closed) { try keys.secret("store") }
        #expect(throws: PlatformError.Closed) { try keys.keep("store", Data([2])) }
        #expect(throws: PlatformError.Closed) { try keys.forget("store") }
        keychain.withLock { $0.isLocked = false }
        #expect(try keys.secret("store") == Data([1]))
    }

    private func phone() -> ThisPhone { ThisPhone(keys: keys, folder: FileManager.default.temporaryDirectory) }

    @Test func theNetworkIsWhatTheSystemSaysAndIsTold() async {
        let (told, tell) = AsyncStream.makeStream(of: Void.self)
        let phone = phone()
        phone.changed = { tell.yield() }
        for (path, kind) in [
            (NWPath(.satisfied), NetworkKind.unmetered), (NWPath(.satisfied, isExpensive: true), .metered),
            (NWPath(.satisfied, isConstrained: true), .metered), (NWPath(.requiresConnection), .none),
        ] {
            NWPathMonitor.changes(to: path)
            #expect(phone.network() == kind)
        }
        for await _ in told.prefix(4) {}
    }

    @Test func aPlaceIsAskedForOnceAndIsNoneWhereThePersonSaysNo() async {
        CoreLocation.location.withLock { $0.updates = [nil, CLLocation(latitude: 51.5, longitude: -0.1)] }
        let place = await phone().place()
        #expect(place.map { $0 == (51.5, -0.1, 8, nil) } == true)
        for madeUp in [true, false] {
            let known = CLLocation(latitude: 51.5, longitude: -0.1, madeUp: madeUp)
            CoreLocation.location.withLock { $0.updates = [known] }
            #expect(await phone().place()?.mock == madeUp)
        }
        CoreLocation.location.withLock { $0.status = .denied }
        #expect(await phone().place() == nil)
    }

    @Test func whatIsDueIsSaidOnceForEachTimeAndReplaced() async {
        let phone = phone()
        let times = (0..<12).map { Int64($0 / 2) * 60_000 + 1_774_951_200_000 }
        await phone.remind(at: times, saying: "2 things are due")
        let pending = notifications.withLock { $0.pending }
        #expect(pending.count == 4 && pending.values.allSatisfy { $0.text == "2 things are due" })
        let at = pending["due-1774951260000"]?.at.flatMap { Calendar.current.date(from: $0) }
        #expect(at == Date(timeIntervalSince1970: 1_774_951_260))
        await phone.remind(at: [], saying: "")
        #expect(notifications.withLock { $0.pending.isEmpty })
        notifications.withLock { $0.isAllowed = false }
        await phone.remind(at: times, saying: "2 things are due")
        #expect(notifications.withLock { $0.pending.isEmpty })
    }

    @Test func aSyncInTheBackgroundSaysHowItEndedAndAsksForTheNext() async throws {
        let work = BackgroundSync(identifier: "sync") { !Task.isCancelled }
        work.register()
        let before = BGTaskScheduler.shared.submitted.count
        let task = try #require(BGTaskScheduler.shared.launch("sync"))
        for _ in 0..<500 where task.completed == nil { try await Task.sleep(for: .milliseconds(5)) }
        #expect(task.completed == true)
        let next = try #require(BGTaskScheduler.shared.submitted.dropFirst(before).first as? BGProcessingTaskRequest)
        #expect(next.identifier == "sync" && next.requiresNetworkConnectivity)
    }

    @Test func timeThatIsTakenBackEndsTheSync() async throws {
        let work = BackgroundSync(identifier: "cut") {
            try? await Task.sleep(for: .seconds(60))
            return true
        }
        work.register()
        let task = try #require(BGTaskScheduler.shared.launch("cut"))
        task.expirationHandler?()
        for _ in 0..<500 where task.completed == nil { try await Task.sleep(for: .milliseconds(5)) }
        #expect(task.completed == false)
    }

    @Test func theCameraTakesAPictureAndTellsOneCodeAStart() async throws {
        let camera = Camera()
        let (codes, told) = AsyncStream.makeStream(of: String.self)
        camera.start(onCode: { told.yield($0) })
        #expect(await camera.take() == Data("photo".utf8))
        let outputs = camera.session.outputs.compactMap { $0 as? AVCaptureMetadataOutput }
        let output = try #require(outputs.first)
        // The rest of the codes is read by the core.
        #expect(output.metadataObjectTypes == [.code39])
        output.sees("first")
        output.sees("second")
        camera.start(onCode: { told.yield($0) })
        #expect(await camera.take() != nil)
        output.sees("third")
        var heard: [String] = []
        for await code in codes.prefix(2) { heard.append(code) }
        #expect(heard == ["first", "third"])
    }

    /// What the camera sees is shown row by row, as wide as it is, to whoever reads it; what is read is told once.
    @Test func theCameraShowsWhatItSees() async throws {
        let camera = Camera()
        let shown = Mutex<[LumaFrame]>([])
        let told = Mutex<[String]>([])
        camera.start(read: { frame in
            shown.withLock { $0.append(frame) }
            return frame.bytes[0] == 9 ? "read" : nil
        }) { code in told.withLock { $0.append(code) } }
        _ = await camera.take()
        let output = try #require(camera.session.outputs.compactMap { $0 as? AVCaptureVideoDataOutput }.first)
        #expect(output.alwaysDiscardsLateVideoFrames)
        output.sees([[1, 2, 3], [4, 5, 6]], stride: 4)
        while shown.withLock({ $0.isEmpty }) { try await Task.sleep(for: .milliseconds(1)) }
        let first = shown.withLock { $0[0] }
        #expect(first.width == 3 && first.height == 2 && first.stride == 4)
        #expect([UInt8](first.bytes) == [1, 2, 3, 7, 4, 5, 6, 7])
        // One that comes while another is read is passed over; once it says what it is, nothing more is shown.
        while told.withLock({ $0.isEmpty }) {
            output.sees([[9]], stride: 1)
            try await Task.sleep(for: .milliseconds(1))
        }
        let count = shown.withLock { $0.count }
        output.sees([[9]], stride: 1)
        try await Task.sleep(for: .milliseconds(20))
        #expect(shown.withLock { $0.count } == count && told.withLock { $0 } == ["read"])
    }

    /// A picture is made as the organisation wants it before it is handed over, and no larger where nobody says.
    @Test func aPictureIsNoLargerThanItMayBe() {
        func fits(_ bytes: Int, _ limit: PictureLimit?) -> Int? {
            ThisPhone.fitting(UIImage(size: CGSize(width: 4000, height: 3000), bytes: bytes), limit)?.count
        }
        // A quarter of the sides has a sixteenth of the bytes.
        #expect(fits(160_000, PictureLimit(side: 1_000, bytes: 1_000_000)) == 8_500)
        #expect(fits(160_000, PictureLimit(side: 1_000, bytes: 8_000)) == 7_000)
        #expect(fits(160_000, PictureLimit(side: 1_000, bytes: 100)) == 3_000)
        #expect(fits(1_000_000, nil).map { $0 < 300_000 } == true)
    }

    @Test func aSecondAskingForThePictureEndsTheFirst() async {
        let taking = Taking()
        async let first = taking.take(.album)
        while taking.wanted == nil { await Task.yield() }
        let asked = taking.wanted?.id
        async let second = taking.take(.photo)
        while taking.wanted?.id == asked { await Task.yield() }
        taking.done(Data([7]))
        let both = await [first, second]
        #expect(both == [nil, Data([7])])
    }
}

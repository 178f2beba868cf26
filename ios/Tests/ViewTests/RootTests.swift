import Presentation
@_spi(Harness) import SwiftUI
import Synchronization
import Testing

@testable import Views

/// Opens at the second try.
final class SecondTry: DeviceOpening, Device {
    private let tries = Mutex(0)
    func open() async throws(Problem) -> any Device {
        let turn = tries.withLock {
            $0 += 1
            return $0
        }
        if turn == 1 { throw .busy }
        return self
    }
    func unsent() async throws(Problem) -> Int { 3 }
}

@MainActor @Suite struct RootTests {
    @Test func aStoreThatIsBusyIsOpenedAtTheNextTry() async throws {
        let host = ViewHost(RootView(opening: SecondTry()))
        #expect(host.shows(english.stateLoading))
        try await host.wait { $0.shows(english.errorBusy) }
        try host.tap(english.actionRetry)
        try await host.wait { $0.shows(english.syncUnsent(n: 3)) }
        host.close()
    }
}

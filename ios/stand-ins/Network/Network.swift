// A stand-in for what the shell uses of Apple's Network; a test is the network that changes.
import Dispatch
import Synchronization

public struct NWPath: Equatable, Sendable {
    public enum Status: Sendable { case satisfied, unsatisfied, requiresConnection }
    public let status: Status
    public let isExpensive: Bool
    public let isConstrained: Bool

    @_spi(Harness) public init(_ status: Status, isExpensive: Bool = false, isConstrained: Bool = false) {
        (self.status, self.isExpensive, self.isConstrained) = (status, isExpensive, isConstrained)
    }
}

public final class NWPathMonitor: @unchecked Sendable {
    private static let all = Mutex<[NWPathMonitor]>([])
    public var pathUpdateHandler: (@Sendable (NWPath) -> Void)?

    public init() {}
    public func start(queue: DispatchQueue) { Self.all.withLock { $0.append(self) } }
    public func cancel() { Self.all.withLock { $0.removeAll { $0 === self } } }

    @_spi(Harness) public static func changes(to path: NWPath) {
        for monitor in all.withLock({ $0 }) { monitor.pathUpdateHandler?(path) }
    }
}

// A stand-in for what the shell uses of Apple's CoreLocation; a test says where the phone is.
@_exported import Foundation
import Synchronization

public typealias CLLocationDegrees = Double
public typealias CLLocationAccuracy = Double

public struct CLLocationCoordinate2D: Sendable {
    public var latitude: CLLocationDegrees, longitude: CLLocationDegrees
    public init(latitude: CLLocationDegrees, longitude: CLLocationDegrees) {
        (self.latitude, self.longitude) = (latitude, longitude)
    }
}
open class CLLocationSourceInformation: NSObject, @unchecked Sendable {
    public let isSimulatedBySoftware: Bool, isProducedByAccessory: Bool
    public init(softwareSimulationState: Bool, andExternalAccessoryState: Bool) {
        (isSimulatedBySoftware, isProducedByAccessory) = (softwareSimulationState, andExternalAccessoryState)
    }
}
open class CLLocation: NSObject, @unchecked Sendable {
    public let coordinate: CLLocationCoordinate2D
    public let horizontalAccuracy: CLLocationAccuracy = 8
    public let sourceInformation: CLLocationSourceInformation?
    public init(latitude: CLLocationDegrees, longitude: CLLocationDegrees) {
        coordinate = CLLocationCoordinate2D(latitude: latitude, longitude: longitude)
        sourceInformation = nil
    }
    /// One whose making is known: an app made it up, or none did.
    @_spi(Harness) public init(latitude: CLLocationDegrees, longitude: CLLocationDegrees, madeUp: Bool) {
        coordinate = CLLocationCoordinate2D(latitude: latitude, longitude: longitude)
        sourceInformation = CLLocationSourceInformation(
            softwareSimulationState: madeUp, andExternalAccessoryState: false)
    }
}
public enum CLAuthorizationStatus: Int32, Sendable {
    case notDetermined, restricted, denied, authorizedAlways, authorizedWhenInUse
}

/// What a test sets of it.
@_spi(Harness) public struct LocationState: Sendable {
    public var status = CLAuthorizationStatus.notDetermined
    /// What the person answers when they are asked.
    public var answer = CLAuthorizationStatus.authorizedWhenInUse
    public var updates: [CLLocation?] = []
}
@_spi(Harness) public let location = Mutex(LocationState())

open class CLLocationManager: NSObject {
    open var authorizationStatus: CLAuthorizationStatus { location.withLock { $0.status } }
    open func requestWhenInUseAuthorization() {
        location.withLock { if $0.status == .notDetermined { $0.status = $0.answer } }
    }
}

public struct CLLocationUpdate: Sendable {
    public let location: CLLocation?

    public struct Updates: AsyncSequence, Sendable {
        public typealias Element = CLLocationUpdate
        public struct Iterator: AsyncIteratorProtocol {
            var left = CoreLocation.location.withLock { $0.updates }
            public mutating func next() async throws -> CLLocationUpdate? {
                left.isEmpty ? nil : CLLocationUpdate(location: left.removeFirst())
            }
        }
        public func makeAsyncIterator() -> Iterator { Iterator() }
    }
    public static func liveUpdates() -> Updates { Updates() }
}

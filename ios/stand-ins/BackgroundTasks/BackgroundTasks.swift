// A stand-in for what the shell uses of Apple's BackgroundTasks; a test is the system that lends time, or takes it.
@_exported import Foundation

open class BGTask: NSObject {
    public let identifier: String
    open var expirationHandler: (() -> Void)?
    @_spi(Harness) public private(set) var completed: Bool?
    init(_ identifier: String) { self.identifier = identifier }
    open func setTaskCompleted(success: Bool) { completed = success }
}
open class BGProcessingTask: BGTask {}

open class BGTaskRequest: NSObject {
    public let identifier: String
    open var earliestBeginDate: Date?
    init(_ identifier: String) { self.identifier = identifier }
}
open class BGProcessingTaskRequest: BGTaskRequest {
    open var requiresNetworkConnectivity = false
    open var requiresExternalPower = false
    public init(identifier: String) { super.init(identifier) }
}

open class BGTaskScheduler: NSObject {
    private static nonisolated(unsafe) let one = BGTaskScheduler()
    open class var shared: BGTaskScheduler { one }
    private var handlers: [String: (BGTask) -> Void] = [:]
    @_spi(Harness) public private(set) var submitted: [BGTaskRequest] = []

    @discardableResult open func register(
        forTaskWithIdentifier identifier: String, using queue: DispatchQueue?,
        launchHandler: @escaping (BGTask) -> Void
    ) -> Bool {
        handlers.updateValue(launchHandler, forKey: identifier) == nil
    }
    open func submit(_ taskRequest: BGTaskRequest) throws { submitted.append(taskRequest) }

    /// The system sees fit.
    @_spi(Harness) public func launch(_ identifier: String) -> BGTask? {
        guard let handler = handlers[identifier] else { return nil }
        let task = BGProcessingTask(identifier)
        handler(task)
        return task
    }
}

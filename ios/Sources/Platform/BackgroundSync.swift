@preconcurrency import BackgroundTasks
import Foundation
import Presentation

/// A sync while the app is not in front, when the system sees fit. It is a courtesy: nothing relies on it, for the
/// system may never run it.
public final class BackgroundSync: Sendable {
    private let identifier: String
    private let sync: @Sendable () async -> Bool

    public init(identifier: String, sync: @escaping @Sendable () async -> Bool) {
        (self.identifier, self.sync) = (identifier, sync)
    }

    /// Before the app has finished launching, or the system ends the app when the task comes.
    public func register() {
        BGTaskScheduler.shared.register(forTaskWithIdentifier: identifier, using: nil) { [self] task in
            schedule()
            let lent = Lent(task: task)
            let work = Task { [sync] in
                let done = await sync()
                lent.task.setTaskCompleted(success: done && !Task.isCancelled)
            }
            // The core keeps what was taken so far: being cut off costs nothing but time.
            task.expirationHandler = { work.cancel() }
        }
    }

    public func schedule() {
        let request = BGProcessingTaskRequest(identifier: identifier)
        request.requiresNetworkConnectivity = true
        request.earliestBeginDate = Date(timeIntervalSinceNow: 15 * 60)
        try? BGTaskScheduler.shared.submit(request)
    }
}

/// Apple's task is not marked as safe to hand over; it is told only once that it is done.
private struct Lent: @unchecked Sendable { let task: BGTask }

#if os(iOS)
import Foundation

/// Pictures go on being sent when the app is put away: the system holds the files and the session. What it reports
/// is handed over by the picture's name; the core alone decides what a sent picture is.
public final class BackgroundUpload: NSObject, URLSessionTaskDelegate {
    private let finished: @Sendable (_ name: String, _ status: Int?) -> Void
    private let identifier: String
    private let session: OnceMade = OnceMade()

    public init(identifier: String, finished: @escaping @Sendable (_ name: String, _ status: Int?) -> Void) {
        (self.identifier, self.finished) = (identifier, finished)
    }

    public func send(_ file: URL, name: String, as request: URLRequest) {
        let task = session.get(identifier, delegate: self).uploadTask(with: request, fromFile: file)
        task.taskDescription = name
        task.resume()
    }

    public func urlSession(_ session: URLSession, task: URLSessionTask, didCompleteWithError error: (any Error)?) {
        let status = error == nil ? (task.response as? HTTPURLResponse)?.statusCode : nil
        finished(task.taskDescription ?? "", status)
    }
}

/// Two sessions of one identifier are refused by the system.
private final class OnceMade: @unchecked Sendable {
    private let lock = NSLock()
    private var session: URLSession?

    func get(_ identifier: String, delegate: any URLSessionTaskDelegate) -> URLSession {
        lock.withLock {
            if let session { return session }
            let configuration = URLSessionConfiguration.background(withIdentifier: identifier)
            configuration.allowsExpensiveNetworkAccess = false
            let new = URLSession(configuration: configuration, delegate: delegate, delegateQueue: nil)
            session = new
            return new
        }
    }
}
#endif

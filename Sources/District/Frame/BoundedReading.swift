public import Foundation
import Synchronization

#if canImport(FoundationNetworking)
    public import FoundationNetworking
#endif

/// Reads one answer as it comes, and stops where it becomes too large: no cookies, no cache, no way round by redirection.
public final class BoundedReading: NSObject, URLSessionDataDelegate, Sendable {
    /// What came.
    public enum Outcome: Sendable {
        /// An answer, whatever its status.
        case answered(status: Int, type: String, body: [UInt8])
        /// More than is read.
        case large
        /// Nothing, or not all of it.
        case failed(URLError.Code)
    }

    private struct State {
        var continuation: CheckedContinuation<Outcome, Never>?
        var status = 0
        var type = ""
        var body: [UInt8] = []
        var isLarge = false
    }

    private let limit: Int
    private let state = Mutex(State())

    private init(limit: Int) { self.limit = limit }

    /// One exchange.
    /// - Parameters:
    ///   - limit: so many bytes are read at most.
    ///   - seconds: so long the whole of it may take; one that drips its answer is cut off too.
    public static func run(_ request: URLRequest, limit: Int, seconds: Double) async -> Outcome {
        let reading = BoundedReading(limit: limit)
        let settings = URLSessionConfiguration.ephemeral
        settings.httpShouldSetCookies = false
        settings.urlCache = nil
        // A session's limits count whole seconds on Linux: the exact one is kept below, these are the last resort.
        settings.timeoutIntervalForRequest = seconds.rounded(.up) + 1
        settings.timeoutIntervalForResource = seconds.rounded(.up) + 1
        let session = URLSession(configuration: settings, delegate: reading, delegateQueue: nil)
        defer { session.finishTasksAndInvalidate() }
        let task = session.dataTask(with: request)
        let end = Task {
            try await Task.sleep(for: .seconds(seconds))
            task.cancel()
        }
        defer { end.cancel() }
        return await withCheckedContinuation { continuation in
            reading.state.withLock { $0.continuation = continuation }
            task.resume()
        }
    }

    // What `URLSession` calls.
    // swift-format-ignore: AllPublicDeclarationsHaveDocumentation
    public func urlSession(
        _ session: URLSession, task: URLSessionTask, willPerformHTTPRedirection response: HTTPURLResponse,
        newRequest request: URLRequest, completionHandler: @escaping @Sendable (URLRequest?) -> Void
    ) { completionHandler(nil) }

    // What `URLSession` calls.
    // swift-format-ignore: AllPublicDeclarationsHaveDocumentation
    public func urlSession(
        _ session: URLSession, dataTask: URLSessionDataTask, didReceive response: URLResponse,
        completionHandler: @escaping @Sendable (URLSession.ResponseDisposition) -> Void
    ) {
        let http = response as? HTTPURLResponse
        state.withLock {
            $0.status = http?.statusCode ?? 0
            $0.type = http?.value(forHTTPHeaderField: "Content-Type") ?? ""
        }
        completionHandler(.allow)
    }

    // What `URLSession` calls.
    // swift-format-ignore: AllPublicDeclarationsHaveDocumentation
    public func urlSession(_ session: URLSession, dataTask: URLSessionDataTask, didReceive data: Data) {
        let isLarge = state.withLock { state in
            guard !state.isLarge, state.body.count + data.count <= limit else {
                (state.isLarge, state.body) = (true, [])
                return true
            }
            state.body += data
            return false
        }
        if isLarge { dataTask.cancel() }
    }

    // What `URLSession` calls.
    // swift-format-ignore: AllPublicDeclarationsHaveDocumentation
    public func urlSession(_ session: URLSession, task: URLSessionTask, didCompleteWithError error: (any Error)?) {
        state.withLock { state in
            let outcome: Outcome =
                if state.isLarge {
                    .large
                } else if let error {
                    .failed((error as? URLError)?.code ?? .unknown)
                } else {
                    .answered(status: state.status, type: state.type, body: state.body)
                }
            state.continuation?.resume(returning: outcome)
            state.continuation = nil
        }
    }
}

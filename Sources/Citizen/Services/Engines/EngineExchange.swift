import Foundation
import Record
import Synchronization

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

/// One call of an engine: a time-out, a bound on what is read, no way round by redirection, no cookies.
enum EngineExchange {
    /// What came back.
    struct Answer: Sendable {
        let type: String
        let body: [UInt8]
    }

    /// Why nothing did.
    enum Failure: Error, Hashable {
        case silent, large
        case status(Int)
    }

    static func post(_ engine: Engine, _ body: [UInt8], type: String, accept: String) async throws(Failure) -> Answer {
        var request = URLRequest(url: engine.url, timeoutInterval: engine.timeout)
        request.httpMethod = "POST"
        request.httpBody = Data(body)
        request.setValue(type, forHTTPHeaderField: "Content-Type")
        request.setValue(accept, forHTTPHeaderField: "Accept")
        if let key = engine.key { request.setValue("Bearer \(key.text)", forHTTPHeaderField: "Authorization") }
        let reading = EngineReading(limit: engine.task.largest)
        let settings = URLSessionConfiguration.ephemeral
        settings.httpShouldSetCookies = false
        settings.urlCache = nil
        settings.timeoutIntervalForRequest = engine.timeout
        settings.timeoutIntervalForResource = engine.timeout
        let session = URLSession(configuration: settings, delegate: reading, delegateQueue: nil)
        defer { session.finishTasksAndInvalidate() }
        let task = session.dataTask(with: request)
        // One that drips its answer keeps the line busy without ever being silent: the whole call has an end.
        let end = Task {
            try await Task.sleep(for: .seconds(engine.timeout))
            task.cancel()
        }
        defer { end.cancel() }
        let outcome: Result<Answer, Failure> = await withCheckedContinuation { continuation in
            reading.begin(continuation)
            task.resume()
        }
        return try outcome.get()
    }
}

/// Reads one answer as it comes, and stops where it becomes too large.
private final class EngineReading: NSObject, URLSessionDataDelegate, Sendable {
    private struct State {
        var continuation: CheckedContinuation<Result<EngineExchange.Answer, EngineExchange.Failure>, Never>?
        var status = 0
        var type = ""
        var body: [UInt8] = []
        var isLarge = false
    }

    private let limit: Int
    private let state = Mutex(State())

    init(limit: Int) { self.limit = limit }

    func begin(_ continuation: CheckedContinuation<Result<EngineExchange.Answer, EngineExchange.Failure>, Never>) {
        state.withLock { $0.continuation = continuation }
    }

    func urlSession(
        _ session: URLSession, task: URLSessionTask, willPerformHTTPRedirection response: HTTPURLResponse,
        newRequest request: URLRequest, completionHandler: @escaping @Sendable (URLRequest?) -> Void
    ) { completionHandler(nil) }

    func urlSession(
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

    func urlSession(_ session: URLSession, dataTask: URLSessionDataTask, didReceive data: Data) {
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

    func urlSession(_ session: URLSession, task: URLSessionTask, didCompleteWithError error: (any Error)?) {
        state.withLock { state in
            let outcome: Result<EngineExchange.Answer, EngineExchange.Failure> =
                if state.isLarge {
                    .failure(.large)
                } else if error != nil {
                    .failure(.silent)
                } else if state.status != 200 {
                    .failure(.status(state.status))
                } else {
                    .success(EngineExchange.Answer(type: state.type, body: state.body))
                }
            state.continuation?.resume(returning: outcome)
            state.continuation = nil
        }
    }
}

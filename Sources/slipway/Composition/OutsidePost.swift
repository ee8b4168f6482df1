import District
import Foundation
import Record
import Synchronization

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

/// Sends bytes to an address that the operator configured: a witness, a time-stamping authority.
enum OutsidePost {
    /// How long an answer may take, in seconds.
    static let patience = 15.0
    /// The most bytes of an answer.
    static let largest = 1 << 20

    /// Posts, follows no redirection, and takes no endless answer.
    static func send(_ url: String, _ body: [UInt8], _ type: String) async throws -> Vouching.Answer {
        guard let address = URL(string: url), ["http", "https"].contains(address.scheme), address.host != nil else {
            throw RecordError(.witness, "\(url) is no address")
        }
        var request = URLRequest(url: address, timeoutInterval: patience)
        request.httpMethod = "POST"
        request.httpBody = Data(body)
        request.setValue(type, forHTTPHeaderField: "Content-Type")
        let exchange = Exchange()
        let settings = URLSessionConfiguration.ephemeral
        settings.timeoutIntervalForResource = patience
        let session = URLSession(configuration: settings, delegate: exchange, delegateQueue: nil)
        defer { session.finishTasksAndInvalidate() }
        return try await withCheckedThrowingContinuation { continuation in
            exchange.begin(continuation)
            session.dataTask(with: request).resume()
        }
    }
}

/// One request and its answer.
private final class Exchange: NSObject, URLSessionDataDelegate, Sendable {
    private struct State {
        var continuation: CheckedContinuation<Vouching.Answer, any Error>?
        var status = 0
        var type = ""
        var body: [UInt8] = []
    }

    private let state = Mutex(State())

    func begin(_ continuation: CheckedContinuation<Vouching.Answer, any Error>) {
        state.withLock { $0.continuation = continuation }
    }

    func urlSession(
        _ session: URLSession, task: URLSessionTask, willPerformHTTPRedirection response: HTTPURLResponse,
        newRequest request: URLRequest, completionHandler: @escaping (URLRequest?) -> Void
    ) { completionHandler(nil) }

    func urlSession(
        _ session: URLSession, dataTask: URLSessionDataTask, didReceive response: URLResponse,
        completionHandler: @escaping (URLSession.ResponseDisposition) -> Void
    ) {
        let http = response as? HTTPURLResponse
        state.withLock {
            $0.status = http?.statusCode ?? 0
            $0.type = http?.value(forHTTPHeaderField: "Content-Type") ?? ""
        }
        completionHandler(.allow)
    }

    func urlSession(_ session: URLSession, dataTask: URLSessionDataTask, didReceive data: Data) {
        let isTooLarge = state.withLock {
            $0.body += data
            return $0.body.count > OutsidePost.largest
        }
        if isTooLarge { dataTask.cancel() }
    }

    func urlSession(_ session: URLSession, task: URLSessionTask, didCompleteWithError error: (any Error)?) {
        state.withLock { state in
            if let error {
                state.continuation?.resume(throwing: error)
            } else {
                state.continuation?.resume(
                    returning: Vouching.Answer(status: state.status, type: state.type, body: state.body))
            }
            state.continuation = nil
        }
    }
}

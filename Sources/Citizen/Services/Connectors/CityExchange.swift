import Foundation
import Record
import Synchronization

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

/// One exchange with the city's systems: JSON there and back, with a time-out, and no way round by redirection.
struct CityExchange: Sendable {
    /// What came of it.
    enum Outcome: Sendable, Hashable {
        /// It answered, with this status and document.
        case answered(Int, JSON)
        /// It was not reached: nothing arrived there.
        case unreached
        /// It was reached, and what it did is not known.
        case silent
    }

    /// The largest answer that is read, in bytes.
    static let largest = 64 * 1024

    let base: String
    /// Seconds until its silence counts as none.
    let patience: Double

    func get(_ path: String, _ query: [String: String] = [:]) async -> Outcome {
        await send("GET", path, query, body: nil, key: nil)
    }

    func post(_ path: String, _ body: JSON, key: String) async -> Outcome {
        await send("POST", path, [:], body: body, key: key)
    }

    private func send(
        _ method: String, _ path: String, _ query: [String: String], body: JSON?, key: String?
    ) async -> Outcome {
        guard CityEndpoint.isSafe(base), var parts = URLComponents(string: base + path) else { return .unreached }
        if !query.isEmpty {
            parts.queryItems = query.sorted { $0.key < $1.key }.map { URLQueryItem(name: $0.key, value: $0.value) }
        }
        guard let url = parts.url else { return .unreached }
        var request = URLRequest(url: url)
        request.httpMethod = method
        request.setValue("application/json", forHTTPHeaderField: "Accept")
        if let key { request.setValue(key, forHTTPHeaderField: "Idempotency-Key") }
        if let body {
            request.httpBody = Data(body.canonical)
            request.setValue("application/json", forHTTPHeaderField: "Content-Type")
        }
        let session = URLSession(configuration: configuration, delegate: Straight(), delegateQueue: nil)
        let asked = request
        let waiting = Waiting()
        return await withCheckedContinuation { continuation in
            waiting.begin(continuation)
            Task { waiting.end(await Self.exchange(asked, session)) }
            Task {
                try? await Task.sleep(for: .milliseconds(Int64(patience * 1000)))
                // The exchange is left to itself: what it still brings, nobody waits for.
                waiting.end(.silent)
            }
        }
    }

    /// Whoever waits for an exchange: told once, by its answer or by the clock.
    private final class Waiting: Sendable {
        private let continuation = Mutex<CheckedContinuation<Outcome, Never>?>(nil)

        func begin(_ one: CheckedContinuation<Outcome, Never>) { continuation.withLock { $0 = one } }

        func end(_ outcome: Outcome) {
            continuation.withLock { continuation in
                continuation?.resume(returning: outcome)
                continuation = nil
            }
        }
    }

    private static func exchange(_ request: URLRequest, _ session: URLSession) async -> Outcome {
        defer { session.finishTasksAndInvalidate() }
        do {
            let (data, response) = try await session.data(for: request)
            guard let status = (response as? HTTPURLResponse)?.statusCode, data.count <= largest else { return .silent }
            guard !data.isEmpty else { return .answered(status, .null) }
            return .answered(status, try JSON(parsing: [UInt8](data)))
        } catch let error as URLError where neverArrived.contains(error.code) {
            return .unreached
        } catch {
            // Time-outs, broken lines, answers that are no JSON: it may have been done there.
            return .silent
        }
    }

    private static let neverArrived: Set<URLError.Code> = [
        .cannotConnectToHost, .cannotFindHost, .dnsLookupFailed, .badURL, .unsupportedURL, .notConnectedToInternet,
    ]

    private var configuration: URLSessionConfiguration {
        let configuration = URLSessionConfiguration.ephemeral
        configuration.httpShouldSetCookies = false
        configuration.urlCache = nil
        // A session's limits count whole seconds on Linux: the exact one is kept above, these are the last resort.
        configuration.timeoutIntervalForRequest = patience.rounded(.up) + 1
        configuration.timeoutIntervalForResource = patience.rounded(.up) + 1
        return configuration
    }

    private final class Straight: NSObject, URLSessionTaskDelegate {
        func urlSession(
            _ session: URLSession, task: URLSessionTask, willPerformHTTPRedirection response: HTTPURLResponse,
            newRequest request: URLRequest, completionHandler: @escaping @Sendable (URLRequest?) -> Void
        ) {
            completionHandler(nil)
        }
    }
}

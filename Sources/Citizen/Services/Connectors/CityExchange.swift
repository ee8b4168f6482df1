import District
import Foundation
import Record

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

    /// - Parameter key: under which it is done once; nil for a question that changes nothing.
    func post(_ path: String, _ body: JSON, key: String?) async -> Outcome {
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
        switch await BoundedReading.run(request, limit: Self.largest, seconds: patience) {
        case .answered(let status, _, let body):
            guard !body.isEmpty else { return .answered(status, .null) }
            // An answer that is no JSON: it may have been done there.
            guard let json = try? JSON(parsing: body) else { return .silent }
            return .answered(status, json)
        case .failed(let code) where Self.neverArrived.contains(code): return .unreached
        // Time-outs, broken lines, answers without end.
        case .failed, .large: return .silent
        }
    }

    private static let neverArrived: Set<URLError.Code> = [
        .cannotConnectToHost, .cannotFindHost, .dnsLookupFailed, .badURL, .unsupportedURL, .notConnectedToInternet,
    ]
}

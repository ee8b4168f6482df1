import District
import Foundation
import Record

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

        /// Whether it says that the engine is ill, and no more is to be asked of it for a while. That it did not like one
        /// question (4xx) says nothing of it, but that it has too much to do (429) does.
        var isIllness: Bool {
            if case .status(let status) = self, (400..<500).contains(status) { return status == 429 }
            return true
        }
    }

    static func post(_ engine: Engine, _ body: [UInt8], type: String, accept: String) async throws(Failure) -> Answer {
        var request = URLRequest(url: engine.url, timeoutInterval: engine.timeout)
        request.httpMethod = "POST"
        request.httpBody = Data(body)
        request.setValue(type, forHTTPHeaderField: "Content-Type")
        request.setValue(accept, forHTTPHeaderField: "Accept")
        if let key = engine.key { request.setValue("Bearer \(key.text)", forHTTPHeaderField: "Authorization") }
        switch await BoundedReading.run(request, limit: engine.task.largest, seconds: engine.timeout) {
        case .answered(200, let type, let body): return Answer(type: type, body: body)
        case .answered(let status, _, _): throw .status(status)
        case .large: throw .large
        case .failed: throw .silent
        }
    }
}

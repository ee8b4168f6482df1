import District
import Foundation
import Record

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
        switch await BoundedReading.run(request, limit: largest, seconds: patience) {
        case .answered(let status, let type, let body): return Vouching.Answer(status: status, type: type, body: body)
        case .large: throw URLError(.dataLengthExceedsMaximum)
        case .failed(let code): throw URLError(code)
        }
    }
}

import District
import Foundation
import Record

/// Where the city's own systems are, and how long they are waited for.
struct CityEndpoint: Sendable {
    /// The address that the district's handbook names; nil where it names none.
    let url: String?
    /// How long a request may take to be taken, in seconds.
    let patience: Double
    /// How long a look-up may take, in seconds.
    let quickness: Double

    /// As `city-endpoint.json` has it.
    init(_ book: Handbook) throws(HandbookError) {
        let file = "city-endpoint.json"
        let json = try book.read(file).json
        let address = json["url"]?.text ?? ""
        guard json["on"]?.bool != true || Self.isSafe(address) else {
            throw HandbookError(file: file, place: "url", rule: "must be https, or http on this machine")
        }
        guard let patience = json["send_seconds"]?.double, (0.2...60).contains(patience),
            let quickness = json["ask_seconds"]?.double, (0.2...10).contains(quickness)
        else {
            throw HandbookError(file: file, place: "send_seconds, ask_seconds", rule: "are 0.2 to 60 and 0.2 to 10")
        }
        url = json["on"]?.bool == true ? address : nil
        self.patience = patience
        self.quickness = quickness
    }

    /// Encrypted on the way, or not leaving this machine; and no name or password in the address.
    static func isSafe(_ text: String) -> Bool {
        guard let url = URL(string: text), let host = url.host, !host.isEmpty, url.user == nil, url.password == nil
        else { return false }
        if url.scheme == "https" { return true }
        return url.scheme == "http" && ["127.0.0.1", "::1", "[::1]", "localhost"].contains(host)
    }
}

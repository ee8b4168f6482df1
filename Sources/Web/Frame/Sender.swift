import HTTPTypes

/// Finds out where a request comes from: from the connection, or, where that is a trusted proxy's, from what the proxies
/// say (`Forwarded`, RFC 7239; `X-Forwarded-For`). Whoever is not trusted can write into those headers what they like, so
/// they are read from the right, and the first address that is no trusted proxy's is the sender's.
struct Sender: Sendable {
    let trusted: [NetworkRange]

    /// The sender's address as throttles count it.
    func address(of connection: String, _ headers: HTTPFields) -> String {
        guard let peer = NetworkAddress(connection) else { return connection }
        guard isTrusted(peer) else { return peer.counted }
        let said = [Self.forwarded(headers), Self.forwardedFor(headers)].filter { !$0.isEmpty }.map { sender($0, peer) }
        // A proxy writes one of the two and may hand on the other as the sender wrote it: where they differ, neither counts.
        guard let first = said.first, said.allSatisfy({ $0 == first }) else { return peer.counted }
        return first.counted
    }

    private func isTrusted(_ address: NetworkAddress) -> Bool { trusted.contains { $0.contains(address) } }

    /// The right-most address that is no trusted proxy's; before a hop that names none, the last proxy that is known.
    private func sender(_ hops: [String], _ peer: NetworkAddress) -> NetworkAddress {
        var last = peer
        for hop in hops.reversed() {
            guard let address = Self.address(hop) else { return last }
            guard isTrusted(address) else { return address }
            last = address
        }
        return last
    }

    /// `192.0.2.1`, `192.0.2.1:4711`, `[2001:db8::1]:4711`, `2001:db8::1`.
    private static func address(_ hop: String) -> NetworkAddress? {
        if hop.hasPrefix("[") {
            guard let end = hop.firstIndex(of: "]") else { return nil }
            return NetworkAddress(String(hop[hop.index(after: hop.startIndex)..<end]))
        }
        if hop.filter({ $0 == ":" }).count == 1 { return NetworkAddress(String(hop.prefix { $0 != ":" })) }
        return NetworkAddress(hop)
    }

    private static func forwardedFor(_ headers: HTTPFields) -> [String] {
        headers[values: .xForwardedFor].flatMap { $0.split(separator: ",", omittingEmptySubsequences: false) }
            .map { trimmed($0) }
    }

    /// The `for` of each hop; a hop without one is unknown.
    private static func forwarded(_ headers: HTTPFields) -> [String] {
        headers[values: .forwarded].flatMap { $0.split(separator: ",", omittingEmptySubsequences: false) }.map { hop in
            for pair in hop.split(separator: ";") {
                let halves = pair.split(separator: "=", maxSplits: 1)
                guard halves.count == 2, trimmed(halves[0]).lowercased() == "for" else { continue }
                return trimmed(halves[1]).filter { $0 != "\"" }
            }
            return "unknown"
        }
    }

    private static func trimmed(_ text: Substring) -> String {
        String(text.drop { $0 == " " || $0 == "\t" }.reversed().drop { $0 == " " || $0 == "\t" }.reversed())
    }
}

extension HTTPField.Name {
    static let forwarded = named("Forwarded")
    static let xForwardedFor = named("X-Forwarded-For")

    private static func named(_ text: String) -> HTTPField.Name {
        guard let name = HTTPField.Name(text) else { preconditionFailure("\(text) is no header name") }
        return name
    }
}

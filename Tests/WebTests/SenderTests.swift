import District
import HTTPTypes
import Record
import TestKit
import Testing

@testable import Web

@Suite("Where a request comes from")
struct SenderTests {
    private func headers(_ pairs: [(String, String)]) throws -> HTTPFields {
        var fields = HTTPFields()
        for (name, value) in pairs { fields.append(HTTPField(name: try #require(HTTPField.Name(name)), value: value)) }
        return fields
    }

    private func address(_ peer: String, _ pairs: [(String, String)], trusted: [String]) throws -> String {
        let ranges = trusted.compactMap { NetworkRange($0) }
        #expect(ranges.count == trusted.count)
        return Sender(trusted: ranges).address(of: peer, try headers(pairs))
    }

    @Test("a header counts only from a trusted proxy, and of it the right-most address that is none")
    func proxies() throws {
        let forged = [("X-Forwarded-For", "203.0.113.9")]
        #expect(try address("198.51.100.7", forged, trusted: []) == "198.51.100.7")
        #expect(try address("198.51.100.7", forged, trusted: ["10.0.0.0/8"]) == "198.51.100.7")
        #expect(try address("10.1.2.3", forged, trusted: ["10.0.0.0/8"]) == "203.0.113.9")
        let chain = [("X-Forwarded-For", "1.1.1.1, 203.0.113.9, 10.9.9.9"), ("X-Forwarded-For", "10.8.8.8")]
        #expect(try address("10.1.2.3", chain, trusted: ["10.0.0.0/8"]) == "203.0.113.9")
        #expect(try address("10.1.2.3", chain, trusted: ["10.1.2.3"]) == "10.8.8.8")
        // All trusted: the one furthest from here. Nothing said, or not understood: the proxy nearest to it.
        #expect(try address("10.1.2.3", [("X-Forwarded-For", "10.7.7.7")], trusted: ["10.0.0.0/8"]) == "10.7.7.7")
        #expect(try address("10.1.2.3", [], trusted: ["10.0.0.0/8"]) == "10.1.2.3")
        #expect(
            try address("10.1.2.3", [("X-Forwarded-For", "9.9.9.9, nonsense, 10.4.4.4")], trusted: ["10.0.0.0/8"])
                == "10.4.4.4")
    }

    @Test("both headers are read; where they differ, neither counts")
    func forwarded() throws {
        let trusted = ["10.0.0.0/8", "fd00::/8"]
        let said = "for=1.1.1.1;proto=https, For=\"[2001:db8:1:2::9]:4711\";by=10.1.1.1, for=10.5.5.5"
        #expect(try address("10.1.2.3", [("Forwarded", said)], trusted: trusted) == "2001:db8:1:2::/64")
        #expect(try address("10.1.2.3", [("Forwarded", "for=unknown")], trusted: trusted) == "10.1.2.3")
        #expect(try address("10.1.2.3", [("Forwarded", "proto=https")], trusted: trusted) == "10.1.2.3")
        let same = [("Forwarded", "for=\"203.0.113.9:80\""), ("X-Forwarded-For", "203.0.113.9")]
        #expect(try address("fd00::1", same, trusted: trusted) == "203.0.113.9")
        let other = [("Forwarded", "for=203.0.113.1"), ("X-Forwarded-For", "203.0.113.9")]
        #expect(try address("10.1.2.3", other, trusted: trusted) == "10.1.2.3")
    }

    @Test("of IPv6 a /64 is one address; IPv4 within it is IPv4")
    func counted() throws {
        for end in ["1", "ffff:ffff:ffff:ffff", "a:b:c:d"] {
            let text = end == "1" ? "2001:db8:0:5::1" : "2001:db8:0:5:\(end)"
            #expect(try address(text, [], trusted: []) == "2001:db8:0:5::/64")
        }
        #expect(try address("2001:db8:0:6::1", [], trusted: []) == "2001:db8:0:6::/64")
        #expect(try address("::ffff:192.0.2.1", [], trusted: []) == "192.0.2.1")
        #expect(
            try address("::ffff:10.0.0.1", [("X-Forwarded-For", "192.0.2.7")], trusted: ["10.0.0.0/8"]) == "192.0.2.7")
        #expect(try address("fe80::1%eth0", [], trusted: []) == "fe80:0:0:0::/64")
    }

    @Test("ranges are read as they are written, and nonsense is none")
    func ranges() throws {
        let range = try #require(NetworkRange("192.0.2.128/25"))
        let all = try #require(NetworkRange("0.0.0.0/0"))
        let mapped = try #require(NetworkRange("::ffff:10.0.0.0/104"))
        func address(_ text: String) throws -> NetworkAddress { try #require(NetworkAddress(text)) }
        let (inside, outside, other) = (
            try address("192.0.2.200"), try address("192.0.2.127"), try address("2001:db8::1")
        )
        #expect(range.contains(inside) && !range.contains(outside) && !range.contains(other))
        #expect(all.contains(inside) && !all.contains(other))
        let ten = try address("10.200.0.1")
        #expect(mapped.contains(ten) && !mapped.contains(inside))
        for text in [
            "", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0/8", "host", "10.0.0.0/8/8", "fd00::/129", "::ffff:1.2.3.4/8",
        ] {
            #expect(NetworkRange(text) == nil, "\(text)")
        }
    }

    @Test("whoever nobody knows is bounded by address, whichever route they take; behind a proxy each by their own")
    func bounded() async throws {
        var settings = WebSettings(port: 0, version: "test")
        settings.trustedProxies = ["127.0.0.0/8", "::1"].compactMap { NetworkRange($0) }
        try await withToyHouse(settings: settings) { house in
            house.district.anonymous.set(.init(perAddress: 3, perCommand: 100))
            func from(_ address: String) -> [(String, String)] { [("X-Forwarded-For", "8.8.8.8, \(address)")] }
            let said = try await house.client.send("GET", "/toy/address", from("2001:db8::1"))
            #expect(try JSON(parsing: said.body)["address"]?.text == "2001:db8:0:0::/64")
            let call = "/api/v1/commands/toy.door.knock"
            let json = Array(#"{"loud": 1}"#.utf8)
            // What is refused by its own rule costs nothing.
            for _ in 0..<5 {
                let asleep = try await house.client.send(
                    "POST", call, from("192.0.2.1"), body: Array(#"{"loud": 3}"#.utf8))
                #expect(asleep.status == 409)
            }
            #expect(try await house.client.send("POST", call, from("192.0.2.1"), body: json).status == 201)
            #expect(try await house.post("/do/toy.door.knock", from("192.0.2.1"), ["loud": "2"]).status == 303)
            #expect(try await house.client.send("POST", "/toy/knock", from("192.0.2.1")).status == 200)
            let again = try await house.client.send("POST", call, from("192.0.2.1"), body: json)
            #expect(again.status == 429)
            // The seconds that this took on a busy machine are gone from the twenty minutes.
            let wait = try #require(again["retry-after"].flatMap { Int64($0) })
            #expect((1141...1200).contains(wait))
            let problem = try JSON(parsing: again.body)
            #expect(problem["code"]?.text == "anonymous.address" && problem["retry_after"]?.integer == wait)
            let own = try await house.client.send(
                "POST", "/toy/knock", from("192.0.2.1") + [("Accept-Language", "en")])
            #expect(own.status == 429 && own.text.contains("20 min"))
            // The form comes back with what was written in it.
            let form = try await house.post("/do/toy.door.knock", from("192.0.2.1"), ["loud": "2"])
            #expect(form.status == 429 && form.text.contains("20분 뒤") && form.text.contains("value=\"2\""))
            #expect(try await house.client.send("POST", call, from("192.0.2.2"), body: json).status == 201)
            let person = try await house.signIn()
            let known = try await house.post(
                "/do/toy.door.knock", person.headers + from("192.0.2.1"), ["loud": "1", "csrf": person.csrf])
            #expect(known.status == 303)
        }
    }
}

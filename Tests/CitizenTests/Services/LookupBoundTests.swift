import Access
import District
import Foundation
import HTTPTypes
import Record
import Store
import TestKit
import Testing
import Web

@testable import Citizen

/// Look-ups about people: bounded, and never by an address.
struct LookupBoundTests {
    @Test("one number a few times in ten minutes, all together a bound; another number is not kept waiting")
    func bounds() {
        let bound = PersonalLookups()
        let start = Timestamp(microseconds: 0)
        func tries(_ number: String, _ times: Int, _ now: Timestamp) -> Int {
            (0..<times).count { _ in bound.admit([number], at: now) }
        }
        #expect(tries("1", 20, start) == PersonalLookups.perNumber)
        #expect(tries("2", 1, start) == 1)
        let rest = (3...400).count { tries("\($0)", 1, start) == 1 }
        #expect(rest == PersonalLookups.inAll - PersonalLookups.perNumber - 1)
        #expect(tries("1", 1, start.advanced(bySeconds: PersonalLookups.window)) == 1)
    }

    @Test("the practice city tells nothing personal to whoever asks by an address")
    func address() async {
        let city = CitySandbox()
        let query = ["account": "1234567890", "holder": "김가상"]
        let asked = SideServer.Call(method: .get, path: ["lookup", "water-bill"], query: query, key: nil, body: .null)
        #expect(await city.answer(asked).status == 405)
        let told = SideServer.Call(
            method: .post, path: ["lookup", "water-bill"], query: [:], key: nil,
            body: .object(query.mapValues { .string($0) }))
        #expect(await city.answer(told).status == 200)
    }

    @Test("the page asks for the name beside the number, and one address may not try many")
    func page() async throws {
        try await Yard.with { yard in
            yard.spine.outside.name("http://127.0.0.1:9", for: "city")
            try await yard.serve { client in
                let form = try await client.send("GET", "/citizen/lookups/water-bill", [])
                #expect(form.text.contains("name=\"account\"") && form.text.contains("name=\"holder\""))
                let type = [("Content-Type", "application/x-www-form-urlencoded")]
                func ask(_ number: Int) async throws -> Int {
                    try await client.send(
                        "POST", "/citizen/lookups/water-bill", type,
                        body: Array("account=100000\(number)&holder=%EA%B9%80%EA%B0%80".utf8)
                    ).status
                }
                var told: [Int] = []
                for number in 0...ServiceRoutes.most { told.append(try await ask(number)) }
                #expect(told.dropLast().allSatisfy { $0 == 200 } && told.last == 429, "\(told)")
                // What is about nobody is asked on.
                let body = Array("facility=library".utf8)
                #expect(try await client.send("POST", "/citizen/lookups/facility", type, body: body).status == 200)
            }
        }
    }

    @Test("a database that fails is not a number that is unknown")
    func failing() async throws {
        try await Yard.with { yard in
            let services = try CityServices(yard.citizen.handbook)
            let lookup = try #require(services.lookups.first { $0.intent.name == "lookup:status" })
            try await yard.store.write { _ = try $0.execute("ALTER TABLE citizen_requests RENAME TO elsewhere") }
            #expect(await lookup.answer(["number": "261121-000001"], .anonymous(), yard.spine, .ko) == .unavailable)
            try await yard.store.write { _ = try $0.execute("ALTER TABLE elsewhere RENAME TO citizen_requests") }
        }
    }
}

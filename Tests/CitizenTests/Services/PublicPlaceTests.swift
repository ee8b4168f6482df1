import District
import Foundation
import Record
import Store
import TestKit
import Testing
import Web

@testable import Access
@testable import Citizen

/// What anybody may read of where something was reported, and what of a request's code stands anywhere.
struct PublicPlaceTests {
    @Test(
        "of a described place the road is public, and nothing of a house",
        arguments: [
            ("바다로 12 앞 차도", "바다로"), ("바다구 물결로 12", "바다구 물결로"), ("행복로3길 7, 101동 1203호", "행복로3길"),
            ("경기도 수원시 팔달구 인계로123번길 4-5", "경기도 수원시 팔달구 인계로123번길"), ("바다로12", "바다로"),
            ("행복아파트 101동 1203호 위층", nil), ("우리 집으로 들어가는 골목", nil), ("국가산단 입구 정류장", nil), ("", nil),
            ("김철수네 집 앞", nil), ("36.40049, 127.1", nil),
        ] as [(String, String?)])
    func street(_ text: String, _ street: String?) {
        #expect(PublicPlace.street(text) == street)
    }

    @Test("an address goes into the vault, noise into no list, and forgotten it is gone")
    func vaulted() async throws {
        try await Yard.with { yard in
            let home = "행복아파트 101동 1203호 위층"
            let values: [String: JSON] = [
                "source": "neighbour", "where": .string(home),
                "place": ["latitude": 36.123456, "longitude": 127.98765],
            ]
            let outcome = try await yard.perform("citizen.noise.report", values, by: .resident)
            let event = try #require(try await yard.events().first { $0.type == RequestEvents.submitted })
            let text = JSON.object(event.payload).canonicalText
            #expect(!text.contains("행복") && !text.contains("36.1") && !text.contains("127.9"))
            try await yard.perform("citizen.pothole.report", ["where": "바다로 12"])
            let id = CityRequest.id(outcome.events.first?.stream ?? "")
            let number = try #require(try await yard.store.read { try RequestTable.find(id: id, in: $0) }?.number)
            try await yard.serve { client in
                let list = try await client.send("GET", "/open311/v2/requests.json", [])
                let found = try #require(try JSON(parsing: list.body).elements)
                #expect(found.map { $0["service_code"]?.text } == ["pothole"])
                let one = try await client.send("GET", "/open311/v2/requests/\(number).json", [])
                #expect(one.status == 200 && !one.text.contains("행복") && !one.text.contains("36.12"))
            }
            // The city still has to know where.
            let whole = try await yard.store.read { try RequestTable.find(id: id, in: $0) }
            #expect(whole?.personal?["where"] == .string(home))
            let log = yard.district.log
            _ = try await yard.store.write { try log.erase(PersonID("resident"), in: $0) }
            _ = try await yard.district.rebuild()
            #expect(try await yard.store.read { try RequestTable.find(id: id, in: $0) }?.personal == nil)
        }
    }

    @Test("a code stands nowhere but in the vault: not in a stream's name, a payload or a table")
    func code() async throws {
        try await Yard.with { yard in
            let outcome = try await yard.perform("citizen.pothole.report", ["where": "바다로 12"])
            let id = CityRequest.id(outcome.events.first?.stream ?? "")
            let request = try #require(try await yard.store.read { try RequestTable.find(id: id, in: $0) })
            let code = try #require(try await RequestCode.find(request, in: yard.district))
            for event in try await yard.events() {
                #expect(!event.stream.contains(code) && !JSON.object(event.payload).canonicalText.contains(code))
            }
            let rows = try await yard.store.read { try $0.query("SELECT * FROM citizen_requests") }
            for row in rows { #expect(!"\(row)".contains(code)) }
            #expect(!outcome.json.canonicalText.contains(code))
        }
    }

    @Test("a request of before, whose stream was its code, still opens with it, also after a rebuild")
    func older() async throws {
        try await Yard.with { yard in
            let code = Secret.code()
            try await yard.district.record(
                [
                    Draft(
                        RequestEvents.submitted, stream: CityRequest.stream + code, scope: .zone,
                        payload: [
                            "service": "pothole", "number": "261101-000001", "values": ["where": "바다로 12, 103동"],
                        ])
                ], origin: Origin(author: .system("test")))
            for _ in 0..<2 {
                let found = try #require(try await yard.store.read { try RequestTable.find(code: code, in: $0) })
                #expect(found.number == "261101-000001" && found.area == PublicPlace(street: "바다로"))
                #expect(try await RequestCode.find(found, in: yard.district) == code)
                _ = try await yard.district.rebuild()
            }
            // Before the rebuild of a house that was upgraded, the row has no hash.
            _ = try await yard.store.write { try $0.execute("UPDATE citizen_requests SET secret = NULL, area = NULL") }
            let found = try await yard.store.read { try RequestTable.find(code: code, in: $0) }
            #expect(found?.area.street == "바다로")
            try await yard.serve { client in
                let list = try await client.send("GET", "/open311/v2/requests/261101-000001.json", [])
                #expect(list.text.contains("바다로") && !list.text.contains("103"))
            }
        }
    }
}

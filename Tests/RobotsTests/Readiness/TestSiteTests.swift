import District
import HouseKit
import Record
import Store
import TestKit
import Testing

@testable import Access
@testable import Robots

@Suite struct TestSiteTests {
    private static let wish: [String: JSON] = [
        "testsite": "street-corner", "start": "2026-11-24T10:00:00+09:00", "hours": 2, "robots": "배달 로봇 1대",
        "purpose": "횡단보도", "insurance": "가나손보 1-2-3", "terms": true,
    ]
    private static let other = Caller.person("starter", [.executive], firm: "firm-onyu")

    @Test(
        "what cannot be booked is refused by its field",
        arguments: [
            (["start": "2026-11-24T10:30:00+09:00"], "start"), (["start": "2026-11-20T10:00:00+09:00"], "start"),
            (["start": "2027-06-01T10:00:00+09:00"], "start"), (["start": "2026-11-24T07:00:00+09:00"], "start"),
            (["start": "2026-11-24T19:00:00+09:00"], "start"), (["hours": 5], "hours"), (["terms": false], "terms"),
            (["insurance": ""], "insurance"),
        ] as [([String: JSON], String)])
    func refused(_ more: [String: JSON], _ field: String) async throws {
        try await MissionYard.with { yard in
            let refusal = try await yard.refusal(
                "robots.testsite.book", Self.wish.merging(more) { $1 }, by: MissionYard.barista)
            #expect(refusal?.faults.first?.field == field)
        }
    }

    @Test(
        "two bookings never overlap, whosever they are; a cancelled one frees its time", arguments: StoreUnderTest.all)
    func overlap(_ kind: StoreUnderTest) async throws {
        try await MissionYard.with(kind) { yard in
            func book(_ start: String, _ place: String = "street-corner", by caller: Caller) async throws -> Refusal? {
                let more: [String: JSON] = ["start": .string(start), "testsite": .string(place)]
                return try await yard.refusal(
                    "robots.testsite.book", Self.wish.merging(more) { $1 }, by: caller)
            }
            let first = try await yard.perform("robots.testsite.book", Self.wish, by: MissionYard.barista)
            let id = try #require(first.events.first?.stream)
            #expect(try await book("2026-11-24T11:00:00+09:00", by: Self.other)?.code == "testsite.taken")
            #expect(try await book("2026-11-24T09:00:00+09:00", by: Self.other)?.code == "testsite.taken")
            #expect(try await book("2026-11-24T12:00:00+09:00", by: Self.other) == nil)
            #expect(try await book("2026-11-24T10:00:00+09:00", "warehouse-aisle", by: Self.other) == nil)
            // Another firm can neither see nor cancel it; only the zone approves.
            let values: [String: JSON] = ["booking": .string(id)]
            #expect(
                try await yard.refusal("robots.testsite.cancel", values, by: Self.other)?.code == "testsite.unknown")
            let approve = values.merging(["approve": true]) { $1 }
            #expect(
                try await yard.refusal("robots.testsite.approve", approve, by: MissionYard.barista)?.kind == .forbidden)
            try await yard.perform("robots.testsite.approve", approve, by: .officer)
            #expect(
                try await yard.refusal("robots.testsite.approve", approve, by: .officer)?.code == "testsite.state")
            try await yard.perform("robots.testsite.cancel", values, by: MissionYard.barista)
            #expect(try await book("2026-11-24T10:00:00+09:00", by: Self.other) == nil)
            #expect(try await yard.rebuildsAlike())
        }
    }

    @Test("a refusal of the zone carries its reason")
    func reason() async throws {
        try await MissionYard.with { yard in
            let booked = try await yard.perform("robots.testsite.book", Self.wish, by: MissionYard.barista)
            let id = try #require(booked.events.first?.stream)
            let values: [String: JSON] = ["booking": .string(id), "approve": false]
            #expect(
                try await yard.refusal("robots.testsite.approve", values, by: .officer)?.faults.first?.field == "reason"
            )
            try await yard.perform(
                "robots.testsite.approve", values.merging(["reason": "보험이 끝났습니다."]) { $1 }, by: .officer)
            let zone = try Caller.officer.tenant
            let booking = try await yard.store.read { try BookingTable.find(id, for: zone, in: $0) }
            #expect(booking?.state == .refused && booking?.reason == "보험이 끝났습니다.")
        }
    }
}

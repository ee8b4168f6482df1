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
        "purpose": "횡단보도", "insurance": "가나손보 1-2-3", "terms": true, "weight": 60, "speed": 5,
    ]
    private static let other = Caller.person("starter", [.executive], firm: "firm-onyu")

    @Test(
        "what cannot be booked is refused by its field",
        arguments: [
            (["start": "2026-11-24T10:30:00+09:00"], "start"), (["start": "2026-11-20T10:00:00+09:00"], "start"),
            (["start": "2027-06-01T10:00:00+09:00"], "start"), (["start": "2026-11-24T07:00:00+09:00"], "start"),
            (["start": "2026-11-24T19:00:00+09:00"], "start"), (["hours": 5], "hours"), (["terms": false], "terms"),
            (["insurance": ""], "insurance"), (["weight": 5000], "weight"), (["speed": 80], "speed"),
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
            let leave = values.merging(["reason": "로봇 고장"]) { $1 }
            #expect(
                try await yard.refusal("robots.testsite.cancel", leave, by: Self.other)?.code == "testsite.unknown")
            let approve = values.merging(["approve": true]) { $1 }
            #expect(
                try await yard.refusal("robots.testsite.approve", approve, by: MissionYard.barista)?.kind == .forbidden)
            try await yard.perform("robots.testsite.approve", approve, by: .officer)
            #expect(
                try await yard.refusal("robots.testsite.approve", approve, by: .officer)?.code == "testsite.state")
            // Nor does just anybody of the firm, nor anybody without a reason.
            let colleague = Caller.person("colleague", [.worker], firm: "firm-solmaru")
            #expect(
                try await yard.refusal("robots.testsite.cancel", leave, by: colleague)?.code == "testsite.not-yours")
            #expect(
                try await yard.refusal("robots.testsite.cancel", values, by: MissionYard.barista)?.faults.first?.field
                    == "reason")
            try await yard.perform("robots.testsite.cancel", leave, by: MissionYard.barista)
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

    @Test(
        "a firm from outside is registered by the officer, and its people see test sites and their own bookings alone")
    func guest() async throws {
        try await MissionYard.with { yard in
            try await yard.perform("robots.testsite.book", Self.wish, by: MissionYard.barista)
            let firm: [String: JSON] = [
                "name": "새로봇", "registration": "123-45-67890", "contact": "이새롬", "phone": "02-000-0000",
            ]
            #expect(
                try await yard.refusal("robots.guest.register", firm, by: MissionYard.operators)?.kind == .forbidden)
            let short = firm.merging(["registration": "123"]) { $1 }
            #expect(
                try await yard.refusal("robots.guest.register", short, by: .officer)?.faults.first?.field
                    == "registration")
            try await yard.perform("robots.guest.register", firm, by: .officer)
            #expect(try await yard.refusal("robots.guest.register", firm, by: .officer)?.code == "guest.known")
            let events = try await yard.events()
            #expect(!events.contains { "\($0.payload)".contains("이새롬") })
            let officer = try await PageKit.page(yard, "/robots/testsites", .officer)
            #expect(officer.contains("새로봇") && officer.contains("이새롬"))
            #expect(officer.contains("guest-1234567890"))
            // Whose the booking is stands there by its name, and what the place takes.
            #expect(officer.contains("100 kg, 시속 6 km까지.") && officer.contains("60 kg · 5 km/h"))
            let guest = Caller.person("newcomer", [.guest], firm: "guest-1234567890")
            try await yard.enrol(guest)
            let later = Self.wish.merging(["start": "2026-11-25T10:00:00+09:00"]) { $1 }
            try await yard.perform("robots.testsite.book", later, by: guest)
            let page = try await PageKit.page(yard, "/robots/testsites", guest)
            #expect(page.contains("11월 25일") && page.contains("예약"))
            #expect(!page.contains("firm-solmaru") && !page.contains("이새롬"))
            for route in [
                "/robots/vehicles", "/robots/sites", "/robots/missions", "/robots/holds", "/robots/readiness",
            ] {
                await #expect(throws: Refusal.self, "\(route)") { try await PageKit.page(yard, route, guest) }
            }
            #expect(try await yard.refusal("robots.hold.place", ["what": "fleet"], by: guest)?.kind == .forbidden)
            #expect(try await yard.rebuildsAlike())
        }
    }
}

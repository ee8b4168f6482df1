import Access
import District
import Record
import Store
import TestKit
import Testing

@testable import Safety

@Suite("Leading figures from the record")
struct LeadingTests {
    private static func record(
        _ yard: Yard, _ type: String, _ stream: String, _ firm: FirmID, _ payload: [String: JSON]
    ) async throws {
        try await yard.district.record(
            [Draft(type, stream: stream, scope: .firm(firm), payload: payload)], origin: Origin(author: .system("test"))
        )
    }

    private static func action(_ yard: Yard, _ id: String, due: String, firm: FirmID = "alfa") async throws {
        try await record(
            yard, "safety.action.opened", "action/\(id)", firm,
            [
                "thing": .string("\(firm)-press"), "title": "x", "source_kind": "hazard", "source": "h", "band": "high",
                "step": "engineering", "due": .string(due),
            ])
    }

    @Test(
        "done in time counts by the first due date; open past it is late, cancelled before it is neither",
        arguments: StoreUnderTest.all)
    func inTime(_ store: StoreUnderTest) async throws {
        try await Yard.with(store) { yard in
            for (id, due) in [("a", "2026-11-25"), ("b", "2026-11-20"), ("c", "2026-11-10"), ("d", "2026-11-26")] {
                try await Self.action(yard, id, due: due)
            }
            try await Self.action(yard, "e", due: "2026-11-20", firm: "bravo")
            try await Self.record(yard, "safety.action.completed", "action/a", "alfa", [:])
            try await Self.record(yard, "safety.action.extended", "action/b", "alfa", ["due": "2026-12-20"])
            try await Self.record(yard, "safety.action.completed", "action/b", "alfa", [:])
            try await Self.record(yard, "safety.action.cancelled", "action/d", "alfa", [:])
            yard.clock.set("2026-11-30T09:00:00+09:00")
            func share(_ caller: Caller, _ firm: FirmID?) async throws -> MeasuredShare? {
                let (tenant, now) = (try caller.tenant, yard.clock.read())
                let span = LeadingTable.Span(
                    first: KoreanDay(now).firstOfMonth, end: KoreanDay(now).firstOfMonth.adding(months: 1), firm: firm)
                return try await yard.store.read {
                    try LeadingTable.leading(span, at: now, for: tenant, in: $0).inTime[.high]
                }
            }
            // a in time; b late by its first date whatever was granted; c open and late; d cancelled.
            #expect(try await share(.manager("alfa"), nil) == MeasuredShare(count: 1, total: 3))
            #expect(try await share(.officer, nil) == MeasuredShare(count: 1, total: 4))
            #expect(try await share(.officer, "bravo") == MeasuredShare(count: 0, total: 1))
            #expect(try await share(.manager("bravo"), "alfa") == nil)
        }
    }
}

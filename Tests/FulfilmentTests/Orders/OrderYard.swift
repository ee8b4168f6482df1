import Access
import District
import HouseKit
import Record
import Store
import TestKit

@testable import Fulfilment

/// A centre that promises: cut-offs at 11:00 and 16:00 also on Saturdays, a carrier of a day, robots to a ward.
extension Yard {
    static func selling(
        _ kind: StoreUnderTest = .sqlite, capacity: Int64 = 2000, _ body: (Yard) async throws -> Void
    ) async throws {
        try await with(kind) { yard in
            try await yard.promises(["capacity": .decimal(capacity)])
            try await body(yard)
        }
    }

    /// Says what the centre promises by.
    func promises(_ more: [String: JSON] = [:]) async throws {
        let base: [String: JSON] = [
            "centre": .string(Self.centre), "name_ko": "해솔 물류센터", "name_en": "Haesol centre",
            "cutoffs": "11:00 16:00", "weekends": true, "shop": true,
            "carriers": [
                ["id": "hanbit", "name": "한빛택배", "days": 1, "fee": 3000, "weekends": true],
                ["id": "slow", "name": "느린택배", "days": 3, "fee": 2000],
            ], "robot_site": .string(Self.centre), "robot_from": "ship-1", "robot_minutes": 40, "robot_fee": 1000,
            "robot_stops": [["node": "ward-3", "name": "3병동", "name_en": "Ward 3"]],
        ]
        try await perform("fulfilment.centre.set", base.merging(more) { $1 }, by: .system("test"))
    }

    /// Orders some items; the order's stream.
    @discardableResult
    func order(
        _ items: [(String, Int64)], by caller: Caller = .lead, key: String? = nil, _ more: [String: JSON] = [:]
    ) async throws -> String {
        // Who orders later is later, by a second.
        clock.advance(by: 1)
        let outcome = try await perform(
            "fulfilment.order.place", Self.wanted(items, more), by: caller, key: key)
        return outcome.events.first?.stream ?? ""
    }

    static func wanted(_ items: [(String, Int64)], _ more: [String: JSON] = [:]) -> [String: JSON] {
        let base: [String: JSON] = [
            "centre": .string(centre), "delivery": "carrier", "address": "시흥시 예시로 1", "name": "김해솔",
            "lines": .array(items.map { ["item": .string($0.0), "quantity": .decimal($0.1)] }),
        ]
        return base.merging(more) { $1 }
    }

    static var owner: Tenant { .firm(FirmID(firm)) }

    func find(_ order: String) async throws -> Order? {
        try await store.read { try OrderTable.find(order, for: Self.owner, in: $0) }
    }

    func lines(_ order: String) async throws -> [OrderLine] {
        try await store.read { try OrderTable.lines(of: order, for: Self.owner, in: $0) }
    }

    func reserved(_ order: String) async throws -> [Reserved] {
        try await store.read { try StockTable.promises(to: order, for: Self.owner, in: $0) }
    }
}

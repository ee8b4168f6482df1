import Access
import District
import HouseKit
import Record
import Store
import TestKit

@testable import Alliance

/// Firms that look for something, suppliers that offer it.
enum FirmsYard {
    static let alfa = Caller.executive("alfa")
    static let bravo = Caller.executive("bravo")
    static let vision = Caller.executive("vision")
    static let robots = Caller.executive("robots")

    /// Runs a test on a fresh house with four firms and their heads.
    static func with(_ kind: StoreUnderTest = .sqlite, _ body: (Yard) async throws -> Void) async throws {
        try await Yard.with([try Alliance()], on: kind) { yard in
            for firm in ["alfa", "bravo", "vision", "robots"] {
                try await yard.register(firm)
                try await yard.enrol(.executive(firm))
            }
            try await yard.enrol(.officer)
            try await body(yard)
        }
    }

    static func profile(
        _ industry: String = "C25", region: String = "busan", shown: String = "members"
    ) -> [String: JSON] {
        [
            "makes": "선박용 판금 부품", "industry": .string(industry), "processes": "프레스, 용접", "region": .string(region),
            "languages": [["language": "ko"]], "headcount": 84, "shown": .string(shown),
        ]
    }

    /// When and where a day is held: fourteen times at four tables.
    static let hours: [String: JSON] = [
        "begins": "10:00", "ends": "17:00", "place": "상담실", "tables": 4, "minutes": 30,
    ]

    static func offer(_ title: String, _ kinds: [String], price: (Int, Int) = (20, 80), lead: Int = 30)
        -> [String: JSON]
    {
        [
            "title": .string(title), "kinds": .array(kinds.map { ["kind": .string($0)] }),
            "industries": [["code": "C25"]], "price_low": .number(Double(price.0)),
            "price_high": .number(Double(price.1)), "lead_days": .number(Double(lead)), "capacity": 3,
        ]
    }

    static func need(_ title: String, _ kinds: [String]) -> [String: JSON] {
        [
            "title": .string(title), "kinds": .array(kinds.map { ["kind": .string($0)] }), "budget_low": 30,
            "budget_high": 60, "deadline": "2027-06-30", "musts": "국내 기술 지원",
        ]
    }

    /// The identifier of what an outcome began.
    static func id(_ outcome: Outcome) -> String {
        outcome.events.first.map { String($0.stream.split(separator: "/").last ?? "") } ?? ""
    }

    /// Puts an alarm of a firm's thing on the Record, as Sensing does.
    static func alarm(_ number: Int, of firm: String, thing: String, origin: String = "live", _ yard: Yard) async throws
    {
        try await yard.district.record(
            [
                Draft(
                    AlarmRaised.type, stream: "alarm/a\(firm)\(thing)\(number)", scope: .firm(FirmID(firm)),
                    payload: [
                        "alarm": .string("a\(firm)\(thing)\(number)"), "thing": .string(thing), "property": "vibration",
                        "priority": "high", "origin": .string(origin),
                    ])
            ], origin: Origin(author: .system("test")))
    }

    /// Says that an action of a firm was late, as Safety does.
    static func escalate(_ action: String, of firm: String, _ yard: Yard) async throws {
        try await yard.district.record(
            [
                Draft(
                    ActionEscalated.type, stream: "action/\(action)", scope: .firm(FirmID(firm)),
                    payload: ["action": .string(action), "overdue_days": "7"])
            ], origin: Origin(author: .system("test")))
    }
}

/// A browser's cookies of somebody who has signed in.
func signedIn(_ caller: Caller, _ yard: Yard) async throws -> [(String, String)] {
    guard let person = caller.person else { return [] }
    let now = yard.clock.read()
    let opened = try await yard.store.write {
        try Sessions.open(person, address: "127.0.0.1", agent: "test", at: now, in: $0)
    }
    return [("Cookie", "slipway_session=\(opened.token)")]
}

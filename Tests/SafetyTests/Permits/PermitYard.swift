import Access
import District
import Record
import Series
import Store
import Testing
import Twin

@testable import Safety

/// What a test of permits needs: a tank with sensors, a trained crew, their meeting, and the watch.
extension Yard {
    static let crew = ["alfa-worker-1", "alfa-worker-2"]

    /// The handbook's rules.
    static func desk() throws -> PermitDesk {
        let courses = try TrainingCourses(ShippedBook.handbook)
        return PermitDesk(rules: try PermitRules(ShippedBook.handbook, courses: courses), courses: courses)
    }

    /// A tank of alfa's in its shop, a crew with every course, and this morning's meeting at the plant.
    func readyForWork() async throws {
        let zone = try Caller.system("test").tenant
        let tank = Thing(
            id: "alfa-tank", kind: .area, parent: "alfa-plant", name: Words("알파 탱크", "Alfa tank"), firm: "alfa",
            scope: .firm("alfa"))
        let drafts = try await store.read { try TwinEvents.declared([tank], for: zone, in: $0) }
        try await district.record(drafts, origin: Origin(author: .system("test")))
        for course in ["confined-space", "confined-watch", "hot-work", "fire-watch", "loto", "crane", "radiation"] {
            try await certify(course, Self.crew + ["alfa-manager", "alfa-executive"])
        }
        try await meet(Self.crew + ["alfa-manager", "alfa-executive"])
    }

    func certify(_ course: String, _ people: [String], firm: String = "alfa") async throws {
        for person in people {
            try await perform(
                "safety.training.certify",
                [
                    "person": .string(person), "course": .string(course), "issuer": "협회",
                    "issued": "2026-06-01T00:00", "through": "2027-05-31T00:00",
                ], by: .manager(firm))
        }
    }

    func meet(_ people: [String], at thing: String = "alfa-plant") async throws {
        try await perform(
            "safety.tbm.hold",
            [
                "thing": .string(thing), "participants": .array(people.map { ["person": .string($0)] }),
                "topics": [["topic": "산소 결핍"]], "rights_read": true, "language": "ko",
            ], by: .manager("alfa"))
    }

    /// What a request for a confined space says, beginning now.
    func confined(_ more: [String: JSON] = [:]) -> [String: JSON] {
        let base: [String: JSON] = [
            "kind": "confined", "thing": "alfa-tank", "work": "탱크 내부 청소",
            "from": .string(clock.read().description),
            "to": .string(clock.read().advanced(bySeconds: 4 * 3600).description),
            "people": .array(Self.crew.map { ["person": .string($0)] }), "supervisor": "alfa-manager",
            "watcher": "alfa-executive", "inflow": "배관 차단 확인", "equipment": "송기마스크", "contacts": "119",
        ]
        return base.merging(more) { $1 }
    }

    /// The id of a permit that was asked for.
    func request(_ values: [String: JSON], by caller: Caller = .worker("alfa")) async throws -> String {
        let outcome = try await perform("safety.permit.request", values, by: caller)
        return try #require(outcome.events.first.map { String($0.stream.dropFirst("permit/".count)) })
    }

    /// Authorises a permit with its whole checklist confirmed.
    func authorise(_ permit: String, _ kind: String, by caller: Caller = .manager("alfa")) async throws {
        try await perform("safety.permit.authorise", try authorising(permit, kind), by: caller)
    }

    func authorising(_ permit: String, _ kind: String) throws -> [String: JSON] {
        let checks = try #require(Self.desk().rules[kind]).checklist.map { check -> JSON in ["check": .string(check.id)]
        }
        return ["permit": .string(permit), "checks": .array(checks)]
    }

    /// What the tank's sensors say now.
    func air(
        o2: Double? = 20.9, co2: Double? = 0.05, co: Double? = 2, h2s: Double? = 0, at thing: ThingID = "alfa-tank",
        quality: Quality = .good
    ) async throws {
        let now = clock.read()
        let samples = [("o2", "%", o2), ("co2", "%", co2), ("co", "ppm", co), ("h2s", "ppm", h2s)].compactMap {
            name, unit, value in
            value.map { Sample(SeriesKey(thing, name), unit: unit, Reading(time: now, value: $0, quality: quality)) }
        }
        try await store.write { writer in
            for sample in samples { try AirTable.keep(sample, scope: .firm("alfa"), in: writer) }
        }
    }

    func permit(_ id: String, for caller: Caller = .manager("alfa")) async throws -> Permit? {
        let tenant = try caller.tenant
        return try await store.read { try PermitTable.find(id, for: tenant, in: $0) }
    }

    /// The rules that a refusal names, in order.
    func rules(_ name: String, _ values: [String: JSON], by caller: Caller) async throws -> [String] {
        try await refusal(name, values, by: caller)?.faults.map(\.rule) ?? []
    }
}

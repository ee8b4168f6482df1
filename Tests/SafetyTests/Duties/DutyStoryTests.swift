import Access
import District
import Foundation
import Record
import Store
import TestKit
import Testing

@testable import Safety

@Suite("Duties: the half-year")
struct DutyStoryTests {
    /// A firm with 42 workers in metal stamping, no contractors, no confined space, no foreign workers.
    static let profile: [String: JSON] = [
        "industry": "C25112", "contracting": "no", "confined": "no", "foreign": "no", "top_builder": "no",
    ]

    /// What such a firm must prove in the second half of a year, in the order of the table.
    static let due = [
        "sapa-d4-1", "sapa-d4-3", "sapa-d4-4", "sapa-d4-5", "sapa-d4-6", "sapa-d4-7", "sapa-d4-8", "sapa-d5-1",
        "sapa-d5-3", "osh-36", "osh-37-2", "osh-37-3", "osh-29",
    ]

    static func book() throws -> DutyBook {
        try DutyBook(Handbook(shipped: Bundle.safetyData))
    }

    /// Evidence by file for each duty but those left out, and every signature.
    static func prove(_ yard: Yard, without missing: Set<String>) async throws {
        let book = try book()
        for id in due where !missing.contains(id) {
            let duty = try #require(book[id])
            let file = try await yard.attach("evidence of \(id)")
            try await yard.perform(
                "safety.duty.evidence",
                ["duty": .string(id), "kind": .string(duty.kinds[0]), "file": .string(file)], by: .manager("alfa"))
        }
        try await yard.perform(
            "safety.role.appoint", ["person": "alfa-worker-1", "role": "workersRepresentative"], by: .manager("alfa"))
        for caller in [Caller.executive("alfa"), .manager("alfa"), .worker("alfa")] {
            try await yard.perform("safety.duty.sign", [:], by: caller)
        }
    }

    @Test(
        "story 1: closing a half-year with one duty lacking evidence is refused and names it; with it, it closes",
        arguments: StoreUnderTest.all)
    func closing(_ kind: StoreUnderTest) async throws {
        try await Yard.with(kind) { yard in
            try await yard.perform("safety.firm.profile", Self.profile, by: .manager("alfa"))
            try await Self.prove(yard, without: ["sapa-d4-8"])
            let refusal = try #require(await yard.refusal("safety.half-year.close", [:], by: .executive("alfa")))
            #expect(refusal.code == "half-year.incomplete")
            #expect(refusal.kind == .conflict)
            #expect(refusal.faults.map(\.field) == ["sapa-d4-8"])
            #expect(refusal.faults[0].rule == "evidence")
            #expect(refusal.faults[0].words.ko.contains("비상 대응 매뉴얼"))
            #expect(refusal.faults[0].words.en.contains("Emergency manual"))
            #expect(try await !yard.types().contains("safety.half-year.closed"))

            let file = try await yard.attach("the drill of November")
            try await yard.perform(
                "safety.duty.evidence", ["duty": "sapa-d4-8", "kind": "drill", "file": .string(file)],
                by: .manager("alfa"))
            let unsigned = try #require(await yard.refusal("safety.half-year.close", [:], by: .executive("alfa")))
            #expect(unsigned.faults.map { "\($0.field) \($0.rule)" } == ["sapa-d4-8 signature"])
            try await yard.perform("safety.duty.sign", ["duty": "sapa-d4-8"], by: .executive("alfa"))
            try await yard.perform("safety.half-year.close", [:], by: .executive("alfa"))

            let closed = try await yard.store.read {
                try yard.district.log.events(inStream: "half-year/alfa/2026-H2", in: $0)
            }.last
            #expect(closed?.type == "safety.half-year.closed")
            let duties = closed?.payload["duties"]?.elements ?? []
            #expect(Set(duties.compactMap { $0["duty"]?.text }) == Set(Self.due))
            #expect(
                duties.first { $0["duty"]?.text == "sapa-d4-8" }?["evidence"]?.elements?.first?["hash"]?.text == file)
            #expect(
                try await yard.refusal("safety.half-year.close", [:], by: .executive("alfa"))?.code
                    == "half-year.closed")
            #expect(try await yard.rebuildsAlike())
        }
    }

    @Test(
        "evidence that comes after the close counts as late, and a closed row stays as it was closed",
        arguments: StoreUnderTest.all)
    func late(_ kind: StoreUnderTest) async throws {
        try await Yard.with(kind) { yard in
            try await yard.perform("safety.firm.profile", Self.profile, by: .manager("alfa"))
            try await Self.prove(yard, without: [])
            try await yard.perform("safety.half-year.close", ["period": "2026-H2"], by: .executive("alfa"))
            yard.clock.set("2027-02-01T09:00:00+09:00")
            let file = try await yard.attach("found in a drawer")
            try await yard.perform(
                "safety.duty.evidence",
                ["duty": "sapa-d4-5", "kind": "evaluation", "file": .string(file), "period": "2026-H2"],
                by: .manager("alfa"))
            let book = try Self.book()
            let board = try await yard.store.read {
                try DutyTable.board(
                    "alfa", HalfYear(year: 2026, half: 2), book, at: yard.clock.read(), for: Caller.officer.tenant,
                    in: $0
                )?.board
            }
            let standing = try #require(board?.standings.first { $0.duty.id == "sapa-d4-5" })
            #expect(standing.isLate)
            #expect(standing.evidence.map(\.isLate) == [true, false])
            let state = try await yard.store.read {
                try DutyTable.missing(byFirmIn: HalfYear(year: 2026, half: 2), for: Caller.officer.tenant, in: $0)[
                    "alfa"]
            }
            #expect(state?.missing == 0)
            #expect(state?.closed != nil)
            #expect(
                try await yard.refusal(
                    "safety.evidence.withdraw", ["evidence": .string(standing.evidence[0].id), "reason": "x"],
                    by: .manager("alfa"))?.code == "half-year.closed")
            #expect(try await yard.rebuildsAlike())
        }
    }

    @Test("who may not sign is told who does; nobody signs for nothing")
    func signing() async throws {
        try await Yard.with { yard in
            try await yard.perform("safety.firm.profile", Self.profile, by: .manager("alfa"))
            func refused(_ duty: JSON, _ caller: Caller) async throws -> String? {
                try await yard.refusal("safety.duty.sign", ["duty": duty], by: caller)?.code
            }
            #expect(try await refused("sapa-d4-5", .executive("alfa")) == "duty.evidence")
            #expect(
                try await yard.refusal("safety.duty.sign", [:], by: .executive("alfa"))?.code == "duty.nothing-to-sign")
            let file = try await yard.attach("scores")
            try await yard.perform(
                "safety.duty.evidence", ["duty": "sapa-d4-5", "kind": "evaluation", "file": .string(file)],
                by: .manager("alfa"))
            let wrong = try #require(
                await yard.refusal("safety.duty.sign", ["duty": "sapa-d4-5"], by: .manager("alfa")))
            #expect(wrong.code == "duty.signer")
            #expect(wrong.words.ko.contains("경영책임자"))
            #expect(try await refused("sapa-d4-9", .executive("alfa")) == "duty.applies")
            #expect(try await refused("osh-37-2", .executive("alfa")) == "duty.signer")
            try await yard.perform("safety.duty.sign", ["duty": "sapa-d4-5"], by: .executive("alfa"))
            #expect(try await refused("sapa-d4-5", .executive("alfa")) == "duty.signed")
            #expect(try await refused("sapa-d4-7", .worker("alfa")) == "duty.signer")
        }
    }

    @Test("evidence is refused where it names nothing, the wrong kind, a day to come or another firm's file")
    func evidenceRefused() async throws {
        try await Yard.with { yard in
            let own = try await yard.attach("own"), others = try await yard.attach("others", firm: "bravo")
            func code(_ values: [String: JSON]) async throws -> String? {
                try await yard.refusal(
                    "safety.duty.evidence",
                    ["duty": "sapa-d4-8", "kind": "drill", "file": .string(own)].merging(values) { $1 },
                    by: .manager("alfa"))?.code
            }
            #expect(try await code(["file": ""]) == "duty.evidence")
            #expect(try await code(["kind": "budget"]) == "duty.kind")
            #expect(try await code(["file": .string(others)]) == "duty.file")
            #expect(try await code(["day": "2026-11-22"]) == "duty.future")
            #expect(try await code(["day": "21.11.2026"]) == "duty.day")
            #expect(try await code(["period": "2027-H1"]) == "duty.begun")
            #expect(try await code(["period": "2026"]) == "duty.period")
            #expect(try await code(["file": "", "record": "no-event"]) == "duty.record")
            #expect(try await code(["duty": "osh-57", "kind": "form30"]) == "duty.subject")
            #expect(try await code(["period": "2026-H1", "day": "2026-07-01"]) == "duty.future")
            #expect(try await code([:]) == nil)
        }
    }

    @Test("another firm sees nothing of it and can do nothing with it")
    func tenancy() async throws {
        try await Yard.with { yard in
            let file = try await yard.attach("own")
            try await yard.perform(
                "safety.duty.evidence", ["duty": "sapa-d4-8", "kind": "drill", "file": .string(file)],
                by: .manager("alfa"))
            let (period, book) = (HalfYear(year: 2026, half: 2), try Self.book())
            let (id, other, rows) = try await yard.store.read { reader in
                let bravo = try Caller.manager("bravo").tenant
                let own = try DutyTable.evidence(
                    of: "alfa", from: period, through: period, for: Caller.manager("alfa").tenant, in: reader)
                return (
                    try #require(own.first?.id),
                    try DutyTable.board("alfa", period, book, at: yard.clock.read(), for: bravo, in: reader) == nil,
                    try DutyTable.missing(in: period, for: bravo, in: reader).rows.map(\.firm)
                )
            }
            #expect(other)
            #expect(rows == ["bravo"])
            #expect(
                try await yard.refusal(
                    "safety.evidence.withdraw", ["evidence": .string(id), "reason": "x"], by: .manager("bravo"))?
                    .code == "evidence.unknown")
            #expect(
                try await yard.refusal(
                    "safety.duty.evidence", ["duty": "sapa-d4-8", "kind": "drill", "file": .string(file)], by: .officer)?
                    .code == "access.forbidden")
        }
    }
}

extension Bundle {
    /// The handbook that ships with the room.
    static var safetyData: String { module.resourcePath.map { "\($0)/Data" } ?? "Data" }
}

import Access
import District
import HouseKit
import Record
import Store
import TestKit
import Testing

@testable import Commons

@Suite("What a list of voters leaves out, and what looks wrong in it, is said line by line", .serialized)
struct CensusPlanTests {
    private static let list = """
        식별번호,이름,주소,계정
        p1,사람 1,부두로 1,
        q1,가람,솔길 1,citizen-1
        ,나루,솔길 2,
        q2,,솔길 3,
        q1,가람,솔길 1,
        q3,다온,,
        q4,가람,솔길 1,nobody
        q5,라온,솔길 5,officer-2
        q6,마루,솔길 6,officer-2
        """

    @Test("lines left out and lines to be checked are named with their rule; the rest is brought in")
    func named() async throws {
        try await Polling.with { yard in
            let polling = try await Polling.ruled(yard, people: 2)
            let plan = try await yard.store.read { reader in
                try CensusPlan(
                    CensusFile(Self.list), for: polling.vote,
                    salt: CensusTable.salt(polling.vote, in: reader) ?? "", in: reader)
            }
            #expect(
                plan.left.map { "\($0.line ?? 0) \($0.rule)" } == ["2 there", "4 required", "5 required", "6 twice"])
            #expect(
                plan.warnings.map { "\($0.line ?? 0) \($0.field) \($0.rule)" } == [
                    "3 account twice", "7 address required", "8 name same", "8 account unknown", "10 account twice",
                ])
            try await polling.ask("commons.census.import", ["list": .string(Self.list)])
            #expect(try await yard.last(CensusTable.imported)?.payload["left_out"]?.integer == 4)
            let people = try await yard.store.read { try CensusTable.count(polling.vote, in: $0) }
            #expect(people == 2 + plan.rows.count && plan.rows.count == 5)
            let again = try await yard.refusal(
                "commons.census.import", ["vote": .string(polling.vote), "list": .string(Self.list)], by: .officer)
            #expect(again?.code == "census.nobody" && again?.faults.count == 9, "each line is named")
        }
    }
}

import District
import HouseKit
import Record
import Store
import TestKit
import Testing

@testable import Commons

/// Notes how SQLite finds the rows of every query that is asked through it.
private final class Explaining: Reader {
    private let base: any Reader
    private(set) var steps: [String] = []

    init(_ base: any Reader) { self.base = base }

    var dialect: Dialect { base.dialect }

    func query(_ sql: String, _ arguments: [SQLValue]) throws -> [Row] {
        steps += try base.query("EXPLAIN QUERY PLAN " + sql, arguments).map { try $0.text("detail") }
        return try base.query(sql, arguments)
    }
}

@Suite("What casting and looking up ask of the database")
struct BallotPlanTests {
    @Test("no question on the way of a ballot, or of a receipt, reads a table from end to end")
    func ways() async throws {
        try await Polling.with { yard in
            let (polling, codes) = try await Polling.open(yard)
            let receipt = try await polling.cast("1", code: codes[0]).receipt
            _ = try await yard.store.write { try yard.spine.signer.checkpoint(in: $0) }
            let (vote, key) = (polling.vote, yard.spine.signer.verifier)
            let steps = try await yard.store.read { reader in
                let asked = Explaining(reader)
                let cast = try #require(try CastTable.find(receipt.number, in: asked))
                _ = try VoteTable.find(vote, in: asked)
                _ = try VoteTable.state(vote, in: asked)
                let salt = try #require(try CensusTable.salt(vote, in: asked))
                let hash = try BallotCode(typed: codes[0]).hash(salt: salt)
                let entry = try #require(try RollTable.entry(code: hash, vote: vote, in: asked))
                _ = try CensusTable.entry(vote, account: "citizen-1", in: asked)
                #expect(try RollTable.mark(of: entry, vote: vote, in: asked) == .online)
                _ = try CastTable.count(vote, in: asked)
                _ = try CastTable.all(of: vote, limit: 10, in: asked)
                #expect(try CastTable.proof(of: receipt.event, yard.district, key: key, in: asked) != nil)
                #expect(try CastTable.open(cast, yard.district, in: asked).ballot.options == ["1"])
                return asked.steps
            }
            let scans = steps.filter { $0.hasPrefix("SCAN") && !$0.contains("record_checkpoints") }
            #expect(steps.count > 12 && scans.isEmpty, "\(scans)")
        }
    }

    @Test(
        "marking a voter changes one row, found by its key",
        arguments: [
            "UPDATE commons_census_roll SET mark = 1 WHERE vote = 'v' AND entry = 'e' AND mark = 0 AND code = 'c'",
            "INSERT INTO commons_census_roll (vote, entry, mark) SELECT vote, entry, 0 FROM commons_census_entries WHERE vote = 'v' ORDER BY entry ON CONFLICT (vote, entry) DO NOTHING",
        ])
    func marks(_ sql: String) async throws {
        try await Yard.with([try Commons()], on: .sqlite) { yard in
            let steps = try await yard.store.read { reader in
                try reader.query("EXPLAIN QUERY PLAN " + sql).map { try $0.text("detail") }
            }
            #expect(
                !steps.isEmpty && steps.allSatisfy { !$0.hasPrefix("SCAN") && !$0.contains("TEMP B-TREE") }, "\(steps)")
        }
    }
}

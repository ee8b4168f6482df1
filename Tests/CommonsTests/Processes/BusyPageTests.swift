import Access
import District
import HouseKit
import Record
import Store
import TestKit
import Testing

@testable import Commons

@Suite("What the database does for the busy pages, on both databases")
struct BusyPageTests {
    /// Notes how each query that is asked through it would find its rows.
    private final class Explaining: Reader {
        private let base: any Reader
        private(set) var plans: [(sql: String, steps: [String])] = []

        init(_ base: any Reader) { self.base = base }

        var dialect: Dialect { base.dialect }

        func query(_ sql: String, _ arguments: [SQLValue]) throws -> [Row] {
            switch dialect {
            case .sqlite:
                let steps = try base.query("EXPLAIN QUERY PLAN " + sql, arguments).map { try $0.text("detail") }
                plans.append((sql, steps))
            case .postgresql:
                // Tables are empty here, and of an empty one a scan is the cheapest way: it is taken only where no index helps.
                _ = try base.query("SELECT set_config('enable_seqscan', 'off', true) AS off", [])
                let steps = try base.query("EXPLAIN " + sql, arguments).map { try $0.text("QUERY PLAN") }
                plans.append((sql, steps))
            }
            return try base.query(sql, arguments)
        }

        /// Whole tables that are read; walking along an index in the order asked for stops when the page is full.
        var scans: [String] {
            plans.flatMap { sql, steps in
                steps.filter { step in
                    dialect == .sqlite
                        ? step.hasPrefix("SCAN") && !step.contains("USING INDEX") && !step.contains("COVERING INDEX")
                        : step.contains("Seq Scan")
                }.map { "\($0) in \(sql)" }
            }
        }
    }

    private static let looks: [(page: String, look: @Sendable (any Reader) throws -> Void)] = [
        (
            "home",
            { reader in
                _ = try ProcessTable.all(in: reader)
                _ = try ProposalTable.counts(of: "x", in: reader)
            }
        ),
        (
            "process",
            { reader in
                _ = try ProcessTable.find("x", in: reader)
                _ = try ProposalTable.page(
                    of: "x", containing: "말", order: "p.supports DESC, t.written, t.id", limit: 25, offset: 0,
                    in: reader)
                _ = try ProposalTable.open(of: "x", in: reader)
                _ = try ProcessTable.changes(of: "x", in: reader)
                _ = try VoteTable.list(of: "x", in: reader)
                _ = try OpinionTable.topics(of: "x", in: reader)
                _ = try DebateTable.page(on: "x", in: reader)
            }
        ),
        (
            "proposal",
            { reader in
                _ = try ProposalTable.find("x", in: reader)
                _ = try ProposalTable.merged(into: "x", in: reader)
                _ = try ProposalTable.texts(of: "x", in: reader)
                _ = try ProposalTable.pictures(of: "x", in: reader)
                _ = try ProposalTable.isShown(picture: "x", in: reader)
                _ = try ProposalTable.changes(of: "x", in: reader)
                _ = try PeopleTable.authors(of: "x", in: reader)
                _ = try PeopleTable.marks("x", on: "x", in: reader)
                _ = try AmendmentTable.amendments(of: "x", in: reader)
                _ = try DebateTable.moderation(of: "x", in: reader)
            }
        ),
        ("mine", { reader in _ = try ProposalTable.proposals(of: "x", as: [.author, .follow], in: reader) }),
        (
            "votes",
            { reader in
                _ = try VoteTable.list(in: reader)
                _ = try VoteTable.find("x", in: reader)
                _ = try CensusTable.entry("x", account: "y", in: reader)
                _ = try RollTable.entry(code: "x", vote: "y", in: reader)
                _ = try RollTable.mark(of: "x", vote: "y", in: reader)
            }
        ),
        (
            "opinions",
            { reader in
                _ = try OpinionTable.topics(in: reader)
                _ = try OpinionTable.topic("x", in: reader)
                _ = try OpinionTable.matrix("x", in: reader)
                _ = try OpinionTable.answers("x", of: "y", in: reader)
            }
        ),
        (
            "feeds",
            { reader in
                _ = try ProcessTable.latest(limit: 100, in: reader)
                _ = try ProposalTable.latest(limit: 100, in: reader)
            }
        ),
    ]

    @Test("no busy page reads a whole table", arguments: StoreUnderTest.all, Self.looks.map(\.page))
    func plans(kind: StoreUnderTest, page: String) async throws {
        let look = try #require(Self.looks.first { $0.page == page }?.look)
        try await Yard.with([try Commons()], on: kind) { yard in
            let (asked, scans) = try await yard.store.read { reader in
                let explaining = Explaining(reader)
                try look(explaining)
                return (explaining.plans.filter { !$0.steps.isEmpty }.count, explaining.scans)
            }
            #expect(asked > 0)
            #expect(scans.isEmpty, "\(scans)")
        }
    }
}

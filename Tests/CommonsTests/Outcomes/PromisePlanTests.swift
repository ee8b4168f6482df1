import HouseKit
import Record
import Store
import TestKit
import Testing

@testable import Commons

@Suite("Promises: what the database does for them")
struct PromisePlanTests {
    private static let rows = """
        SELECT i.*, g.ko FROM commons_outcomes_items i LEFT JOIN commons_outcomes_groups g ON g.id = i.group_id
        """

    @Test(
        "no look at one promise, or at those of a vote or of proposals, reads a whole table",
        arguments: [
            "\(rows) WHERE i.id = 'x'", "\(rows) WHERE i.state = 'going' ORDER BY i.changed DESC, i.id LIMIT 2000",
            "\(rows) WHERE i.vote = 'x' ORDER BY i.promised, i.id LIMIT 500",
            "\(rows) WHERE i.proposal IN ('x', 'y') ORDER BY i.promised, i.id LIMIT 500",
            "SELECT * FROM commons_outcomes_news WHERE item = 'x' ORDER BY at DESC, event DESC LIMIT 500",
            "SELECT * FROM commons_outcomes_news ORDER BY at DESC LIMIT 200",
        ])
    func plans(_ sql: String) async throws {
        try await Yard.with([try Commons()], on: .sqlite) { yard in
            let steps = try await yard.store.read { reader in
                try reader.query("EXPLAIN QUERY PLAN " + sql).map { try $0.text("detail") }
            }
            // What is ordered along an index is read by it, and no further than is asked for.
            #expect(
                !steps.isEmpty && steps.allSatisfy { !$0.hasPrefix("SCAN") || $0.contains("USING INDEX") }, "\(steps)")
        }
    }
}

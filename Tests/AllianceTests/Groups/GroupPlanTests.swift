import HouseKit
import Record
import Store
import TestKit
import Testing

@testable import Alliance

@Suite("Working groups: what the database does for them")
struct GroupPlanTests {
    @Test(
        "no look at one group, its people, its milestones or what is late reads a whole table",
        arguments: [
            "SELECT * FROM alliance_groups_formed WHERE id = 'x'",
            "SELECT * FROM alliance_groups_members m LEFT JOIN access_people p ON p.id = m.person WHERE m.group_id = 'x'",
            "SELECT * FROM alliance_groups_members m LEFT JOIN access_people p ON p.id = m.person WHERE m.person = 'x'",
            "SELECT * FROM alliance_groups_milestones WHERE id = 'x'",
            "SELECT * FROM alliance_groups_milestones WHERE promise = 'x' ORDER BY id",
            "SELECT * FROM alliance_groups_milestones WHERE state = 'open' AND due < 1 ORDER BY due, id LIMIT 200",
            "SELECT * FROM alliance_groups_milestones WHERE owner = 'x' AND state = 'open' ORDER BY due, id",
            "SELECT * FROM alliance_groups_needs WHERE milestone = 'x' ORDER BY need",
            "SELECT * FROM alliance_groups_changes WHERE group_id = 'x' ORDER BY at DESC, id DESC LIMIT 40",
            "SELECT * FROM alliance_groups_meetings WHERE group_id = 'x' ORDER BY day DESC, id DESC LIMIT 50",
            "SELECT * FROM alliance_groups_decisions WHERE meeting = 'x' ORDER BY place",
            "SELECT * FROM alliance_groups_cases WHERE opportunity = 'x'",
        ])
    func plans(_ sql: String) async throws {
        try await Yard.with([try Alliance()], on: .sqlite) { yard in
            let steps = try await yard.store.read { reader in
                try reader.query("EXPLAIN QUERY PLAN " + sql).map { try $0.text("detail") }
            }
            #expect(!steps.isEmpty && steps.allSatisfy { !$0.hasPrefix("SCAN") }, "\(steps)")
        }
    }
}

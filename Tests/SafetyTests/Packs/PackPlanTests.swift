import Access
import Record
import Store
import Testing

@testable import Safety

@Suite("Inspector's packs: what the database does for them")
struct PackPlanTests {
    @Test(
        "no look at packs, links and pieces reads a whole table",
        arguments: [
            "SELECT * FROM safety_packs WHERE id = 'x' AND scope = 'firm:alfa'",
            "SELECT * FROM safety_packs WHERE scope IN ('firm:alfa', 'public') ORDER BY asked DESC, id DESC LIMIT 20",
            "SELECT id FROM safety_packs WHERE state = 'making' ORDER BY asked, id LIMIT 20",
            "SELECT id FROM safety_packs WHERE scope = 'firm:alfa' AND state = 'making' AND asked >= 1",
            "SELECT * FROM safety_pack_links WHERE code = 'x'",
            "SELECT * FROM safety_pack_links WHERE pack = 'x' ORDER BY made DESC, id DESC LIMIT 50",
            "SELECT bytes FROM safety_pack_pieces WHERE pack = 'x' AND position = 1",
            "SELECT position FROM safety_pack_pieces WHERE pack = 'x' LIMIT 1",
        ])
    func plans(_ sql: String) async throws {
        try await Yard.with { yard in
            let steps = try await yard.store.read { reader in
                try reader.query("EXPLAIN QUERY PLAN " + sql).map { try $0.text("detail") }
            }
            #expect(!steps.isEmpty && steps.allSatisfy { !$0.hasPrefix("SCAN") }, "\(steps)")
        }
    }
}

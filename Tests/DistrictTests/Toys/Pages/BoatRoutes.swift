import Access
import District
import Record
import Store
import Web

/// The room's one page.
struct BoatRoutes {
    var routes: [Route] { [.get("/boats", .signedIn) { try await page($0) }] }

    private func page(_ visit: Visit) async throws -> Reply {
        let tenant = try visit.tenant
        let boats = try await visit.spine.district.store.read {
            try BoatTable.page(for: tenant, limit: 100, in: $0)
        }
        let rows: [JSON] = boats.rows.map { boat in
            [
                "name": .string(boat.name), "slip": .string(boat.slip.rawValue), "metres": .number(boat.metres),
                "held": .bool(boat.isHeld), "time": Show.time(boat.launched, visit.language),
            ]
        }
        return .page("boats", title: visit.word("boats_title"), ["boats": .array(rows)], live: true)
    }
}

import Access
import District
import Record
import Store
import Web

/// What a form's search box offers of goods: centres, items, places, deliveries.
struct GoodsChoices {
    /// As many as a person reads through.
    private static let most = 20

    var routes: [Route] {
        [
            .get("/api/v1/fulfilment/choices/centre", .roles(GoodsAsk.readers)) { try await centres($0) },
            .get("/api/v1/fulfilment/centres", .roles(GoodsAsk.readers)) { try await centres($0) },
            .get("/api/v1/fulfilment/choices/item", .roles(GoodsAsk.readers)) { try await items($0) },
            .get("/api/fulfilment/items", .roles(GoodsAsk.readers)) { try await items($0) },
            .get("/api/v1/fulfilment/choices/place", .roles(GoodsAsk.readers)) { try await places($0) },
        ]
    }

    private func centres(_ visit: Visit) async throws -> Reply {
        let (tenant, caller) = (try visit.tenant, visit.caller)
        let named = try await visit.spine.district.store.read {
            try GoodsNames.centres(caller, tenant, $0)
        }
        return .choices(named.map { ($0.id, $0.names.first ?? $0.id) })
    }

    private func items(_ visit: Visit) async throws -> Reply {
        let (tenant, words) = (try visit.tenant, visit.query["q"] ?? "")
        let found = try await visit.spine.district.store.read {
            try ItemTable.page(
                containing: words, order: "code", limit: Self.most, offset: 0, for: tenant, in: $0)
        }
        return .choices(found.rows.compactMap { $0 }.map { ($0.code, "\($0.name) (\($0.code))") })
    }

    private func places(_ visit: Visit) async throws -> Reply {
        let (tenant, words) = (try visit.tenant, (visit.query["q"] ?? "").uppercased())
        let found = try await visit.spine.district.store.read { reader in
            try PlaceTable.centres(for: tenant, in: reader).flatMap {
                try PlaceTable.list(in: $0, for: tenant, in: reader)
            }
        }
        let shown = found.filter { words.isEmpty || $0.name.contains(words) }.prefix(Self.most)
        return .choices(shown.map { ($0.id, "\($0.name) · \($0.kind.words[visit.language])") })
    }
}

import Access
import District
import Record
import Store

/// What references to firms, offers and needs may be, for whoever asks.
enum FirmNames {
    static let all: [String: @Sendable (Caller, any Reader) throws -> [Named]] = [
        "alliance-firm": { caller, reader in
            guard let tenant = try? caller.tenant else { return [] }
            return try ProfileTable.page(limit: Named.most, offset: 0, for: tenant, in: reader).rows.map {
                Named($0.firm.rawValue, [$0.name])
            }
        },
        "alliance-offer": { caller, reader in
            guard let tenant = try? caller.tenant else { return [] }
            if let firm = tenant.firm {
                return try OfferTable.of(firm, for: tenant, in: reader).map { Named($0.id, [$0.title]) }
            }
            return try OfferTable.page(limit: Named.most, offset: 0, for: tenant, in: reader).rows.map {
                Named($0.id, ["\($0.supplier) – \($0.title)", $0.title])
            }
        },
        "alliance-need": { caller, reader in
            guard let tenant = try? caller.tenant else { return [] }
            return try NeedTable.page([.proposed, .open], limit: Named.most, offset: 0, for: tenant, in: reader).rows
                .map {
                    Named($0.id, [$0.title])
                }
        },
    ]
}

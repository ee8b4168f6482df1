import Access
import District
import Record
import Store
import Web

/// The log of EPCIS, read back by itself, beside the stock that is kept.
struct EPCISCheckPage {
    let settings: EPCISSettings

    static let path = "/fulfilment/epcis/check"
    /// So many differences are shown.
    private static let most = 200

    var routes: [Web.Route] {
        [.get(Self.path, Permission.roles(EPCISCalls.Right.readers)) { try await check($0) }]
    }

    private func check(_ visit: Visit) async throws -> Reply {
        let tenant = try visit.tenant
        let results = try await visit.spine.district.store.read { reader in
            try EPCISTable.firms(for: tenant, in: reader).map { ($0, try EPCISCheck(of: $0, settings, in: reader)) }
        }
        return .page(
            "epcis-check", title: visit.word("epcis_check"),
            [
                "back_href": "/fulfilment/epcis",
                "firms": .array(results.map { Self.firm($0, $1, visit) }),
            ])
    }

    private static func firm(_ firm: FirmID, _ check: EPCISCheck, _ visit: Visit) -> JSON {
        func heap(_ heap: StockReplay.Heap) -> [String: JSON] {
            [
                "place": .string(heap.place), "goods": .string(heap.goods),
                "status": .string(visit.word("floor_status_\(heap.status.rawValue)")),
            ]
        }
        return [
            "firm": .string(firm.rawValue), "sound": .bool(check.isSound),
            "events": .string(Show.count(Int64(check.events))),
            "heaps": .string(Show.count(Int64(check.heaps))),
            "differences": .array(
                check.differences.prefix(most).map { one in
                    .object(
                        heap(one.heap).merging([
                            "logged": .string(Show.count(one.logged)), "kept": .string(Show.count(one.kept)),
                        ]) { $1 })
                }),
            "missing": .array(check.missing.prefix(most).map { .object(heap($0)) }),
        ]
    }
}

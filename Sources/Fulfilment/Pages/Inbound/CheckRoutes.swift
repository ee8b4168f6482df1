import Access
import District
import Record
import Store
import Web

/// The station of checks: which sample of which lot, and how many were faulty.
struct CheckRoutes {
    var routes: [Route] {
        [
            .get("/fulfilment/check", .roles(GoodsAsk.readers)) { try await page($0) },
            .post("/fulfilment/check", .roles(GoodsAsk.floor)) { try await decide($0) },
        ]
    }

    private static let path = "/fulfilment/check"

    private func decide(_ visit: Visit) async throws -> Reply {
        if let refusal = try await Station.perform(DecideCheck.name, ["check", "looked", "faulty", "note"], visit) {
            return try await page(visit, id: visit.form["check"], error: refusal)
        }
        let tenant = try visit.tenant
        let id = visit.form["check"] ?? ""
        let state = try await visit.spine.district.store.read { try CheckTable.find(id, for: tenant, in: $0)?.state }
        return .redirect(
            Self.path, flash: visit.word(state == .accepted ? "floor_check_accepted" : "floor_check_rejected"))
    }

    private func page(_ visit: Visit, id: String? = nil, error: Refusal? = nil) async throws -> Reply {
        let tenant = try visit.tenant
        let chosen = id ?? visit.query["check"]
        let lot = visit.query["scan"]
        let found = try await visit.spine.district.store.read { reader in
            let open = try CheckTable.list(for: tenant, in: reader)
            let items = try ItemTable.byCode(Set(open.map(\.item)), for: tenant, in: reader)
            let check = open.first { $0.id == chosen || (lot != nil && $0.lot == lot) }
            let place = try check.flatMap { try PlaceTable.find($0.location, for: tenant, in: reader) }
            return (open: open, items: items, check: check, place: place)
        }
        var error = error
        if error == nil, found.check == nil, let lot, !lot.isEmpty {
            error = Refusal(
                .notFound, "check.unknown", Words("검사할 로트가 아닙니다: \(lot)", "This lot waits for no check: \(lot)"))
        }
        var station = Station(visit, "check", error: error)
        if let check = found.check {
            let item = found.items[check.item]
            station.card(
                "\(item?.name ?? check.item) · \(check.lot)", sub: found.place?.name,
                [
                    ("floor_quantity", "\(check.quantity)"), ("floor_sample", "\(check.plan.sample)"),
                    ("floor_accept", "\(check.plan.accept) / \(check.plan.reject)"),
                    ("floor_plan", "ISO 2859-1 · \(check.plan.letter) · AQL \(check.plan.limit)"),
                ])
            station.form(
                Self.path, hidden: [("check", check.id)],
                [
                    .init(
                        name: "looked", label: "floor_looked", type: "number", value: "\(check.plan.sample)",
                        isRequired: true),
                    .init(name: "faulty", label: "floor_faulty", type: "number", isRequired: true, hasFocus: true),
                    .init(name: "note", label: "floor_note"),
                ], submit: "floor_check")
            station.link(Self.path, "floor_back")
        } else {
            station.scan(Self.path, "floor_scan_lot")
            station.group(
                "floor_checks",
                found.open.map { check in
                    Station.row(
                        "\(found.items[check.item]?.name ?? check.item) · \(check.lot)",
                        sub: "\(check.quantity) · \(visit.word("floor_sample")) \(check.plan.sample)",
                        href: Station.address(Self.path, [("check", check.id)]))
                }, empty: "floor_checks_none")
        }
        return station.page("floor_check_title")
    }
}

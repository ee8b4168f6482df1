import Access
import District
import Record
import Store
import Web

/// The workbench: what is to be made out of what, and how many were.
struct WorkRoutes {
    var routes: [Route] {
        [
            .get("/fulfilment/work", .roles(GoodsAsk.readers)) { try await page($0) },
            .post("/fulfilment/work", .roles(GoodsAsk.floor)) { try await make($0) },
        ]
    }

    private static let path = "/fulfilment/work"

    private func make(_ visit: Visit) async throws -> Reply {
        if let refusal = try await Station.perform(MakeGoods.name, ["work", "quantity", "lot", "expiry"], visit) {
            return try await page(visit, id: visit.form["work"], error: refusal)
        }
        return .redirect(Self.path, flash: visit.word("floor_made"))
    }

    private func page(_ visit: Visit, id: String? = nil, error: Refusal? = nil) async throws -> Reply {
        let tenant = try visit.tenant
        let found = try await visit.spine.district.store.read { reader in
            let works =
                try Station.centre(visit, reader).map { try WorkTable.list(at: $0, for: tenant, in: reader) } ?? []
            let codes = Set(works.flatMap { [$0.item] + $0.parts.map(\.item) })
            return (works: works, items: try ItemTable.byCode(codes, for: tenant, in: reader))
        }
        let chosen = id ?? visit.query["work"]
        let name = { (code: String) in found.items[code]?.name ?? code }
        var station = Station(visit, "work", error: error)
        if let work = found.works.first(where: { $0.id == chosen }) {
            station.card(
                "\(work.kind.words[visit.language]) · \(name(work.item))",
                [
                    ("floor_open", Show.count(work.quantity - work.made)), ("floor_done", Show.count(work.made)),
                    ("floor_parts", work.parts.map { "\(name($0.item)) × \($0.quantity)" }.joined(separator: ", ")),
                ])
            var inputs = [
                Station.Input(
                    name: "quantity", label: "floor_made_quantity", type: "number", isRequired: true, hasFocus: true)
            ]
            if found.items[work.item]?.hasLots ?? false {
                inputs.append(.init(name: "lot", label: "floor_lot", isRequired: true))
                inputs.append(.init(name: "expiry", label: "floor_expiry", type: "date"))
            }
            station.form(Self.path, hidden: [("work", work.id)], inputs, submit: "floor_make")
            station.link("/do/\(CancelWork.name)?work=\(work.id)&next=\(Self.path)", "floor_cancel")
            station.link(Self.path, "floor_back")
        } else {
            station.group(
                "floor_works",
                found.works.map { work in
                    Station.row(
                        "\(work.kind.words[visit.language]) · \(name(work.item))",
                        sub: work.parts.map { "\(name($0.item)) × \($0.quantity)" }.joined(separator: ", "),
                        href: Station.address(Self.path, [("work", work.id)]),
                        badge: Show.badge("info", "\(Show.count(work.made)) / \(Show.count(work.quantity))"))
                }, empty: "floor_works_none")
            station.link("/do/\(OpenWork.name)?next=\(Self.path)", "floor_work_open")
        }
        return station.page("floor_work_title")
    }
}

import Access
import District
import Record
import Store
import Web

/// What is to be brought from reserve to the pick faces.
struct ReplenishRoutes {
    var routes: [Route] {
        [
            .get("/fulfilment/replenish", .roles(GoodsAsk.readers)) { try await page($0) },
            .post("/fulfilment/replenish", .roles(GoodsAsk.floor)) { try await bring($0) },
        ]
    }

    private static let path = "/fulfilment/replenish"

    private func bring(_ visit: Visit) async throws -> Reply {
        let fields = ["item", "lot", "quantity", "from", "place", "reason"]
        if let refusal = try await Station.perform(ReplenishFace.name, fields, visit) {
            return try await page(visit, error: refusal)
        }
        return .redirect(Self.path, flash: visit.word("floor_replenished"))
    }

    private func page(_ visit: Visit, error: Refusal? = nil) async throws -> Reply {
        let tenant = try visit.tenant
        let tasks = try await visit.spine.district.store.read { reader in
            try Station.centre(visit, reader).map { try FaceTable.tasks(in: $0, for: tenant, in: reader) } ?? []
        }
        var station = Station(visit, "replenish", error: error)
        let chosen = error == nil ? visit.query["face"] : visit.form["face"]
        if let task = tasks.first(where: { "\($0.place.id) \($0.item.code)" == chosen }) {
            station.card(
                task.item.name + (task.lot.isEmpty ? "" : " · \(task.lot)"),
                [
                    ("floor_from", task.from.name), ("floor_to", task.place.name),
                    ("floor_quantity", Show.count(task.quantity)), ("floor_left", Show.count(task.left)),
                ] + (Station.day(task.expiry).map { [("floor_expiry", $0)] } ?? []))
            station.carry(
                Self.path,
                hidden: [
                    ("item", task.item.code), ("lot", task.lot), ("from", task.from.id), ("face", chosen ?? ""),
                ], task.quantity, submit: "floor_replenish")
            station.link(Self.path, "floor_back")
        } else {
            station.group(
                "floor_faces",
                tasks.map { task in
                    Station.row(
                        task.item.name + (task.lot.isEmpty ? "" : " · \(task.lot)"),
                        sub: "\(task.from.name) → \(task.place.name) · \(Show.count(task.quantity))",
                        href: Station.address(Self.path, [("face", "\(task.place.id) \(task.item.code)")]),
                        badge: Show.badge(
                            task.left == 0 ? "danger" : "warn",
                            "\(visit.word("floor_left")) \(Show.count(task.left))"))
                }, empty: "floor_faces_none")
            station.link("/do/\(AssignFace.name)?next=\(Self.path)", "floor_assign")
        }
        return station.page("floor_replenish_title")
    }
}

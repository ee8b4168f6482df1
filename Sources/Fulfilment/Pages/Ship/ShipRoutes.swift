import Access
import District
import HTTPTypes
import Record
import Store
import Web

/// What leaves: parcels by carrier, what robots are to bring, what is fetched, and what may not leave.
struct ShipRoutes {
    let marks: ParcelMarks

    var routes: [Route] {
        [.get("/fulfilment/ship", .roles(StartPicking.roles)) { try await list($0) }]
            + ManifestRoutes(marks: marks).routes
    }

    private struct Found: Sendable {
        var centres: [CentreTable.Centre] = []
        var ready: [(centre: String, carrier: String, name: Words, boxes: [ParcelTable.Box])] = []
        var robots: [ParcelTable.Box] = []
        var counter: [ParcelTable.Box] = []
        var numbers: [String: String] = [:]
        var contents: [String: [Item]] = [:]
        var manifests: [ParcelTable.Manifest] = []
        var kept: [KeptBackTable.Container] = []
    }

    private func find(_ visit: Visit) async throws -> Found {
        let (tenant, now) = (try visit.tenant, visit.now)
        return try await visit.spine.district.store.read { reader -> Found in
            var found = Found()
            found.centres = try CentreTable.all(for: tenant, in: reader)
            found.kept = try KeptBackTable.all(at: now, for: tenant, in: reader)
            let kept = Set(found.kept.compactMap { $0.box?.sscc })
            func ready(_ centre: CentreTable.Centre, _ delivery: String, _ name: String? = nil) throws
                -> [ParcelTable.Box]
            {
                try ParcelTable.ready(
                    in: centre.terms.centre, delivery: delivery, name: name, for: tenant, in: reader
                ).filter { !kept.contains($0.sscc) }
            }
            for centre in found.centres {
                for carrier in centre.terms.carriers {
                    let boxes = try ready(centre, "carrier", carrier.id)
                    guard !boxes.isEmpty else { continue }
                    found.ready.append((centre.terms.centre, carrier.id, carrier.name, boxes))
                }
                found.robots += try ready(centre, "robot")
                found.counter += try ready(centre, "counter")
            }
            for id in Set((found.robots + found.counter).map(\.order)) {
                found.numbers[id] = try OrderTable.find(id, for: tenant, in: reader)?.number
            }
            // What is said of a carrier's parcels is said before the list is made; of hundreds the list itself says it.
            found.contents = try ParcelTable.contents(
                of: Array(found.ready.flatMap(\.boxes).prefix(300)), for: tenant, in: reader)
            found.manifests = try ParcelTable.manifests(in: nil, for: tenant, in: reader)
            return found
        }
    }

    private func list(_ visit: Visit) async throws -> Reply {
        let found = try await find(visit)
        let carriers = Dictionary(
            found.centres.flatMap(\.terms.carriers).map { ($0.id, $0.name[visit.language]) }, uniquingKeysWith: { $1 })
        func orders(_ boxes: [ParcelTable.Box], _ command: String) -> JSON {
            .array(
                Set(boxes.map(\.order)).sorted().map { order in
                    let path = "/fulfilment/orders/\(order.dropFirst(6))"
                    return [
                        "count": .string("\(boxes.count { $0.order == order })"), "href": .string(path),
                        "number": .string(found.numbers[order] ?? ""),
                        "label": .string(SSCC.shown(boxes.first { $0.order == order }?.sscc ?? "")),
                        "do": .string("/do/\(command)?order=\(Table.encoded(order))&next=\(Table.encoded(path))"),
                    ]
                })
        }
        return .page(
            "ship", title: visit.word("ship_title"),
            [
                "ready": .array(
                    found.ready.map { one in
                        let items = one.boxes.flatMap { found.contents[$0.sscc] ?? [] }
                        return [
                            "name": .string(one.name[visit.language]), "count": .string("\(one.boxes.count)"),
                            "centre": .string(one.centre), "carrier": .string(one.carrier),
                            "marks": .array(marks.of(items).map { .string($0.words[visit.language]) }),
                        ]
                    }),
                "robots": orders(found.robots, "fulfilment.ship.robot"),
                "counter": orders(found.counter, HandOut.name),
                "kept": KeptBackView.json(found.kept, next: "/fulfilment/ship", visit),
                "any_kept": .bool(!found.kept.isEmpty),
                "manifests": .array(
                    found.manifests.map {
                        [
                            "href": .string("/fulfilment/ship/\($0.id.dropFirst(9))"),
                            "carrier": .string(carriers[$0.carrier] ?? $0.carrier),
                            "at": Show.time($0.opened, visit.language),
                            "badge": Show.badge(
                                $0.isOpen ? "info" : "ok", visit.word($0.isOpen ? "ship_open" : "ship_handed")),
                        ]
                    }),
            ], live: true)
    }
}

import Access
import District
import HTTPTypes
import Record
import Store
import Web

/// Labels to print, carriers' lists, and what robots are to bring.
struct ShipRoutes {
    var routes: [Route] {
        [
            .get("/fulfilment/parcels/{sscc}/label", .roles(StartPicking.roles)) { try await label($0) },
            .get("/fulfilment/parcels/{sscc}/label.{form}", .roles(StartPicking.roles)) { try await file($0) },
            .get("/fulfilment/ship", .roles(StartPicking.roles)) { try await list($0) },
            .get("/fulfilment/ship/{manifest}", .roles(StartPicking.roles)) { try await one($0) },
            .post("/fulfilment/ship/{manifest}/{verb}", .roles(StartPicking.roles)) { try await act($0) },
        ]
    }

    // MARK: - Labels

    private func find(_ visit: Visit) async throws -> ParcelLabel {
        let (tenant, sscc, language) = (try visit.tenant, visit.parameters["sscc"] ?? "", visit.language)
        let found = try await visit.spine.district.store.read { reader -> (ParcelLabel, Scope)? in
            guard let box = try ParcelTable.find(sscc, for: tenant, in: reader),
                let order = try OrderTable.find(box.order, for: tenant, in: reader)
            else { return nil }
            let terms = try CentreTable.find(box.centre, for: tenant, in: reader)?.terms
            let all = try ParcelTable.boxes(of: box.order, for: tenant, in: reader)
            let recipient = try OrderTable.recipient(of: box.order, for: tenant, in: reader) ?? Recipient()
            let carrier =
                switch order.delivery {
                case .carrier(let id): terms?.carrier(id)?.name[language] ?? id
                case .robot(let node):
                    "ROBOT → " + (terms?.robots?.stops.first { $0.node == node }?.name[language] ?? node)
                case .counter: language == .ko ? "방문 수령" : "Fetched"
                }
            let number = (all.firstIndex { $0.sscc == sscc } ?? 0) + 1
            return (
                ParcelLabel(
                    sscc: sscc, order: order.number, from: terms?.name[language] ?? box.centre, carrier: carrier,
                    name: recipient.name, phone: recipient.phone, address: recipient.address, note: recipient.note,
                    part: (number, all.count), weight: box.weight), order.scope
            )
        }
        guard let found else {
            throw Refusal(.notFound, "parcel.unknown", Words("그런 상자가 없습니다.", "There is no such parcel."))
        }
        try await visit.look(at: found.1, "parcel/\(sscc)")
        return found.0
    }

    private func label(_ visit: Visit) async throws -> Reply {
        let label = try await find(visit)
        let path = "/fulfilment/parcels/\(label.sscc)/label"
        return .page(
            "parcel-label", title: visit.word("ship_label"),
            [
                "sscc": .string(SSCC.shown(label.sscc)), "order": .string(label.order),
                "carrier": .string(label.carrier),
                "name": .string(label.name), "phone": .string(label.phone), "address": .string(label.address),
                "note": .string(label.note), "from": .string(label.from),
                "part": .string("\(label.part.0) / \(label.part.1)"), "svg": .string("\(path).svg"),
                "pdf": .string("\(path).pdf"), "zpl": .string("\(path).zpl"),
            ])
    }

    private func file(_ visit: Visit) async throws -> Reply {
        let label = try await find(visit)
        switch visit.parameters["form"] {
        case "svg": return .bytes(Array(label.svg.utf8), type: "image/svg+xml")
        case "pdf": return .bytes(label.pdf, type: "application/pdf")
        case "zpl":
            return .bytes(
                Array(label.zpl.utf8), type: "application/octet-stream", download: "\(label.sscc).zpl")
        default: throw Refusal(.notFound, "parcel.form", Words("그런 형식이 없습니다.", "There is no such form."))
        }
    }

    // MARK: - Lists of carriers

    private func list(_ visit: Visit) async throws -> Reply {
        let tenant = try visit.tenant
        let (centres, manifests, ready, robots, counter) = try await visit.spine.district.store.read { reader in
            let centres = try CentreTable.all(for: tenant, in: reader)
            var (ready, robots, counter): ([JSON], [ParcelTable.Box], [ParcelTable.Box]) = ([], [], [])
            for centre in centres {
                for carrier in centre.terms.carriers {
                    let boxes = try ParcelTable.ready(
                        in: centre.terms.centre, delivery: "carrier", name: carrier.id, for: tenant, in: reader)
                    guard !boxes.isEmpty else { continue }
                    ready.append([
                        "name": .string(carrier.name.ko), "count": .string("\(boxes.count)"),
                        "centre": .string(centre.terms.centre), "carrier": .string(carrier.id),
                    ])
                }
                robots += try ParcelTable.ready(in: centre.terms.centre, delivery: "robot", for: tenant, in: reader)
                counter += try ParcelTable.ready(in: centre.terms.centre, delivery: "counter", for: tenant, in: reader)
            }
            return (centres, try ParcelTable.manifests(in: nil, for: tenant, in: reader), ready, robots, counter)
        }
        let carriers = Dictionary(
            centres.flatMap(\.terms.carriers).map { ($0.id, $0.name[visit.language]) }, uniquingKeysWith: { $1 })
        func orders(_ boxes: [ParcelTable.Box], _ command: String) -> JSON {
            .array(
                Set(boxes.map(\.order)).sorted().map { order in
                    [
                        "order": .string(order), "count": .string("\(boxes.count { $0.order == order })"),
                        "href": .string("/fulfilment/orders/\(order.dropFirst(6))"),
                        "label": .string(SSCC.shown(boxes.first { $0.order == order }?.sscc ?? "")),
                        "do": .string("/do/\(command)?order=\(Table.encoded(order))&next=/fulfilment/ship"),
                    ]
                })
        }
        return .page(
            "ship", title: visit.word("ship_title"),
            [
                "ready": .array(ready), "robots": orders(robots, "fulfilment.ship.robot"),
                "counter": orders(counter, "fulfilment.ship.counter"),
                "manifests": .array(
                    manifests.map {
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

    private func one(_ visit: Visit, refusal: Refusal? = nil) async throws -> Reply {
        let (tenant, id) = (try visit.tenant, "manifest/\(visit.parameters["manifest"] ?? "")")
        let found = try await visit.spine.district.store.read { reader in
            try ParcelTable.manifest(id, for: tenant, in: reader).map {
                ($0, try ParcelTable.boxes(on: $0.id, for: tenant, in: reader))
            }
        }
        guard let (manifest, boxes) = found else {
            throw Refusal(.notFound, "manifest.unknown", Words("그런 인계 목록이 없습니다.", "There is no such manifest."))
        }
        let done = boxes.count(where: \.isScanned)
        var context: [String: JSON] = [
            "action": .string("/fulfilment/ship/\(manifest.id.dropFirst(9))"), "carrier": .string(manifest.carrier),
            "progress": .string("\(done) / \(boxes.count)"),
            "boxes": .array(
                boxes.map {
                    [
                        "sscc": .string(SSCC.shown($0.sscc)), "carton": .string($0.carton),
                        "badge": Show.badge(
                            $0.isScanned ? "ok" : "warn",
                            visit.word($0.isScanned ? "ship_scanned" : "ship_unscanned")),
                    ]
                }),
        ]
        if manifest.isOpen { context["open"] = true }
        if manifest.isOpen, done == boxes.count, !boxes.isEmpty { context["whole"] = true }
        if let refusal {
            context["refusal"] = [
                "text": .string(refusal.words[visit.language]),
                "items": .array(
                    refusal.faults.filter { $0.words != refusal.words }.map { .string($0.words[visit.language]) }),
            ]
        }
        return .page(
            "ship-manifest", title: visit.word("ship_manifest"), .object(context),
            status: refusal == nil ? .ok : .conflict, live: true)
    }

    private func act(_ visit: Visit) async throws -> Reply {
        let (id, form) = ("manifest/\(visit.parameters["manifest"] ?? "")", visit.form)
        do {
            switch visit.parameters["verb"] {
            case "open":
                let outcome = try await visit.spine.district.perform(
                    "fulfilment.manifest.open",
                    ["centre": .string(form["centre"] ?? ""), "carrier": .string(form["carrier"] ?? "")],
                    by: visit.caller)
                return .redirect("/fulfilment/ship/\((outcome.events.first?.stream ?? "").dropFirst(9))")
            case "scan":
                _ = try await visit.spine.district.perform(
                    "fulfilment.manifest.scan", ["manifest": .string(id), "sscc": .string(form["sscc"] ?? "")],
                    by: visit.caller)
            case "hand-over":
                _ = try await visit.spine.district.perform(
                    "fulfilment.manifest.hand-over", ["manifest": .string(id)], by: visit.caller)
            default: throw OrderRefusals.unknown
            }
            return .redirect("/fulfilment/ship/\(id.dropFirst(9))")
        } catch let refusal as Refusal where [.invalid, .conflict].contains(refusal.kind) {
            return try await one(visit, refusal: refusal)
        }
    }
}

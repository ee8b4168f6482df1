import Access
import District
import HTTPTypes
import Record
import Store
import Web

/// A carrier's list: scanned a second time, handed over, and kept as what was handed over.
struct ManifestRoutes {
    let marks: ParcelMarks

    var routes: [Route] {
        [
            .get("/fulfilment/ship/{manifest}", .roles(StartPicking.roles)) { try await one($0) },
            .post("/fulfilment/ship/{manifest}/{verb}", .roles(StartPicking.roles)) { try await act($0) },
        ]
    }

    private struct Found: Sendable {
        let manifest: ParcelTable.Manifest
        let boxes: [ParcelTable.Box]
        let contents: [String: [Item]]
        let kept: [String: [KeptBack]]
        let numbers: [String: String]
        let carrier: Words
        let by: Author?
        let name: String?
    }

    private func find(_ visit: Visit) async throws -> Found {
        let (tenant, id, now) = (try visit.tenant, "manifest/\(visit.parameters["manifest"] ?? "")", visit.now)
        let district = visit.spine.district
        let found = try await district.store.read { reader -> Found? in
            guard let manifest = try ParcelTable.manifest(id, for: tenant, in: reader) else { return nil }
            let boxes = try ParcelTable.boxes(on: id, for: tenant, in: reader)
            let terms = try CentreTable.find(manifest.centre, for: tenant, in: reader)?.terms
            let orders = try Set(boxes.map(\.order)).compactMap { try OrderTable.find($0, for: tenant, in: reader) }
            let handed =
                try manifest.isOpen
                ? nil : district.log.events(inStream: id, in: reader).last(where: { $0.type == ShipEvents.handed })
            let author = handed?.author.text
            return Found(
                manifest: manifest, boxes: boxes,
                contents: try ParcelTable.contents(of: boxes, for: tenant, in: reader),
                kept: try manifest.isOpen ? KeptBackTable.goods(of: boxes, at: now, for: tenant, in: reader) : [:],
                numbers: Dictionary(uniqueKeysWithValues: orders.map { ($0.id, $0.number) }),
                carrier: terms?.carrier(manifest.carrier)?.name ?? Words(manifest.carrier, manifest.carrier),
                by: handed?.author,
                name: try author.flatMap { try PeopleNames.of([$0], for: tenant, in: reader)[$0] })
        }
        guard let found else {
            throw Refusal(.notFound, "manifest.unknown", Words("그런 인계 목록이 없습니다.", "There is no such manifest."))
        }
        return found
    }

    private func one(_ visit: Visit, refusal: Refusal? = nil) async throws -> Reply {
        let found = try await find(visit)
        let (manifest, boxes, language) = (found.manifest, found.boxes, visit.language)
        let done = boxes.count(where: \.isScanned)
        let path = "/fulfilment/ship/\(manifest.id.dropFirst(9))"
        var context: [String: JSON] = [
            "action": .string(path), "carrier": .string(found.carrier[language]),
            "progress": .string("\(done) / \(boxes.count)"),
            "marks": .array(
                marks.of(boxes.flatMap { found.contents[$0.sscc] ?? [] }).map { mark in
                    let count = boxes.count { marks.of(found.contents[$0.sscc] ?? []).contains(mark) }
                    return .string("\(mark.words[language]): \(visit.word("ship_boxes")) \(count)")
                }),
            // What may not leave stands first.
            "boxes": .array(
                boxes.sorted {
                    (found.kept[$0.sscc] == nil ? 1 : 0, $0.sscc) < (found.kept[$1.sscc] == nil ? 1 : 0, $1.sscc)
                }
                .map { row($0, found, path, visit) }),
        ]
        if manifest.isOpen { context["open"] = true }
        if manifest.isOpen, done == boxes.count, !boxes.isEmpty, found.kept.isEmpty { context["whole"] = true }
        if let handed = manifest.handed {
            context["done"] = [
                "text": .string(
                    visit.word("ship_done").replacing("{carrier}", with: found.carrier[language])
                        .replacing("{boxes}", with: "\(boxes.count)")
                        .replacing("{orders}", with: "\(found.numbers.count)")
                        .replacing("{at}", with: OrderView(visit: visit).when(handed))),
                "by": found.by.map { JSON.string(found.name ?? visit.authorName($0)) } ?? .null,
            ]
        }
        if let refusal {
            context["refusal"] = [
                "text": .string(refusal.words[language]),
                "items": .array(
                    refusal.faults.filter { $0.words != refusal.words }.map { .string($0.words[language]) }),
            ]
        }
        return .page(
            "ship-manifest", title: visit.word("ship_manifest"), .object(context),
            status: refusal == nil ? .ok : .conflict, live: true)
    }

    private func row(_ box: ParcelTable.Box, _ found: Found, _ path: String, _ visit: Visit) -> JSON {
        var members: [String: JSON] = [
            "sscc": .string(SSCC.shown(box.sscc)), "carton": .string(box.carton),
            "order": .string(found.numbers[box.order] ?? ""),
            "href": .string("/fulfilment/orders/\(box.order.dropFirst(6))"),
            "marks": .array(
                marks.of(found.contents[box.sscc] ?? []).map { .string($0.words[visit.language]) }),
            "badge": Show.badge(
                box.isScanned ? "ok" : "warn", visit.word(box.isScanned ? "ship_scanned" : "ship_unscanned")),
        ]
        if let goods = found.kept[box.sscc] {
            members["badge"] = Show.badge("danger", visit.word("ship_kept"))
            members["why"] = .string(goods.map { $0.words[visit.language] }.joined(separator: ", "))
            members["remove"] = .string(KeptBackView.removing(box, next: path, visit))
        }
        return .object(members)
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
            // A list that could not be made has no page of its own.
            guard visit.parameters["verb"] != "open" else {
                return .redirect("/fulfilment/ship", flash: refusal.words[visit.language])
            }
            return try await one(visit, refusal: refusal)
        }
    }
}

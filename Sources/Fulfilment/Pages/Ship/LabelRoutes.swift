import Access
import District
import HTTPTypes
import Record
import Store
import Web

/// Labels to print.
struct LabelRoutes {
    let marks: ParcelMarks

    var routes: [Route] {
        [
            .get("/fulfilment/parcels/{sscc}/label", .roles(StartPicking.roles)) { try await label($0) },
            .get("/fulfilment/parcels/{sscc}/label.{form}", .roles(StartPicking.roles)) { try await file($0) },
        ]
    }

    private func find(_ visit: Visit) async throws -> ParcelLabel {
        let (tenant, sscc, language) = (try visit.tenant, visit.parameters["sscc"] ?? "", visit.language)
        let marks = marks
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
                    part: (number, all.count), weight: box.weight,
                    marks: marks.of(try ParcelTable.contents(of: [box], for: tenant, in: reader)[sscc] ?? [])),
                order.scope
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
                "marks": .array(
                    label.marks.map { mark in
                        var members: [String: JSON] = [
                            "name": .string(mark.name[visit.language]),
                            "caution": mark.caution.map { JSON.string($0[visit.language]) } ?? .null,
                        ]
                        if mark.kind == .hazard { members["class"] = .string(mark.code) }
                        return .object(members)
                    }), "any_hazard": .bool(label.marks.contains { $0.kind == .hazard }),
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
}

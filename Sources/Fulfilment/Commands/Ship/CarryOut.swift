import Access
import District
import Record
import Store

/// Parcels are handed to a carrier by a list: each is scanned a second time, and a missing one stops the hand-over.
enum CarryOut {
    static let all = [open, scan, remove, handOver]

    private static func form(_ name: String, _ title: Words, _ help: Words, _ fields: [Field]) -> Form {
        Form(
            name, title: title, help: help, fields: fields,
            permission: GoodsAsk.permission(name, StartPicking.roles), surfaces: [.web, .http])
    }

    private static let manifest = Field("manifest", Words("인계 목록", "Manifest"), .text(maximum: 80))
    private static let sscc = Field(
        "sscc", Words("상자 번호(SSCC)", "SSCC"), .text(maximum: 60),
        help: Words("라벨의 바코드를 스캔하세요.", "Scan the label."))

    static func find(_ ask: Ask, _ tables: any Reader) throws -> ParcelTable.Manifest {
        let said = ask.values.text("manifest")
        guard
            let found = try ParcelTable.manifest(
                said.hasPrefix("manifest/") ? said : "manifest/\(said)", for: try ask.tenant, in: tables)
        else {
            throw Refusal(.notFound, "manifest.unknown", Words("그런 인계 목록이 없습니다.", "There is no such manifest."))
        }
        guard found.isOpen else {
            throw Refusal(
                .conflict, "manifest.handed", Words("이미 인계한 목록입니다.", "This manifest was handed over already."))
        }
        return found
    }

    private static func box(_ ask: Ask, on manifest: ParcelTable.Manifest, _ tables: any Reader) throws
        -> ParcelTable.Box
    {
        let said = ask.values.text("sscc")
        guard let sscc = GTIN.sscc(scanned: said) else {
            throw OrderRefusals.about(
                .invalid, "manifest.sscc", "sscc", Words("상자 번호가 아닙니다: \(said)", "This is no SSCC: \(said)"))
        }
        guard let box = try ParcelTable.find(sscc, for: try ask.tenant, in: tables), box.manifest == manifest.id,
            box.state == .listed
        else {
            throw OrderRefusals.about(
                .conflict, "manifest.other", "sscc",
                Words("이 목록의 상자가 아닙니다. 싣지 마세요.", "This parcel is not on the list: do not load it."))
        }
        return box
    }

    static let open = Command(
        form(
            "fulfilment.manifest.open", Words("인계 목록 만들기", "Open a manifest"),
            Words("포장이 끝난 상자를 택배사별로 모읍니다.", "Gathers the packed parcels of a carrier."),
            [GoodsAsk.centre, Field("carrier", Words("택배사", "Carrier"), .text(maximum: 40))])
    ) { ask, tables in
        let (id, carrier) = (ask.values.text("centre"), ask.values.text("carrier"))
        guard let centre = try CentreTable.find(id, for: try ask.tenant, in: tables), let owner = centre.owner else {
            throw OrderRefusals.centre(id)
        }
        guard centre.terms.carrier(carrier) != nil else {
            throw OrderRefusals.delivery(
                Words("이 물류센터가 보내지 않는 택배사입니다: \(carrier)", "No carrier of this centre: \(carrier)"))
        }
        let ready = try ParcelTable.ready(in: id, delivery: "carrier", name: carrier, for: owner, in: tables)
        // What may not leave is not put on the list: it would stop the truck.
        let kept = try KeptBackTable.goods(of: ready, at: ask.now, for: owner, in: tables)
        let boxes = ready.filter { kept[$0.sscc] == nil }
        guard !boxes.isEmpty else {
            if let bad = ready.first, let goods = kept[bad.sscc] {
                throw KeptBack.refusal(goods, in: bad.sscc, field: "carrier")
            }
            throw Refusal(
                .conflict, "manifest.empty", Words("인계할 상자가 없습니다.", "There is no parcel to be handed over."))
        }
        return [
            Draft(
                ShipEvents.opened, stream: "manifest/\(Identifier(at: ask.now))", scope: centre.scope,
                payload: [
                    "centre": .string(id), "carrier": .string(carrier),
                    "parcels": .array(boxes.map { .string($0.sscc) }),
                ])
        ]
    }

    static let scan = Command(
        form(
            "fulfilment.manifest.scan", Words("실은 상자 스캔", "Scan a parcel"),
            Words("차에 실을 때 한 번 더 스캔합니다.", "Scanned a second time as it is loaded."), [manifest, sscc])
    ) { ask, tables in
        let manifest = try find(ask, tables)
        let box = try box(ask, on: manifest, tables)
        guard !box.isScanned else {
            throw OrderRefusals.about(
                .conflict, "manifest.twice", "sscc", Words("이미 스캔한 상자입니다.", "This parcel was scanned already."))
        }
        if let goods = try KeptBackTable.goods(of: [box], at: ask.now, for: try ask.tenant, in: tables)[box.sscc] {
            throw KeptBack.refusal(goods, in: box.sscc, field: "sscc")
        }
        return [
            Draft(
                ShipEvents.scanned, stream: manifest.id, scope: manifest.scope,
                payload: ["centre": .string(manifest.centre), "sscc": .string(box.sscc)])
        ]
    }

    static let remove = Command(
        form(
            "fulfilment.manifest.remove", Words("목록에서 빼기", "Take a parcel off"),
            Words("없거나 다친 상자를 목록에서 뺍니다.", "A parcel that is missing or damaged comes off the list."),
            [manifest, sscc, Field("reason", Words("사유", "Reason"), .text(maximum: 200))])
    ) { ask, tables in
        let manifest = try find(ask, tables)
        return [
            Draft(
                ShipEvents.removed, stream: manifest.id, scope: manifest.scope,
                payload: [
                    "centre": .string(manifest.centre), "sscc": .string(try box(ask, on: manifest, tables).sscc),
                    "reason": .string(ask.values.text("reason")),
                ])
        ]
    }

    static let handOver = Command(
        form(
            "fulfilment.manifest.hand-over", Words("택배사에 인계", "Hand over to the carrier"),
            Words("모두 스캔했을 때만 인계합니다.", "Only when every parcel has been scanned."), [manifest])
    ) { ask, tables in
        let manifest = try find(ask, tables)
        let tenant = try ask.tenant
        let boxes = try ParcelTable.boxes(on: manifest.id, for: tenant, in: tables)
        let missing = boxes.filter { !$0.isScanned }
        guard missing.isEmpty, !boxes.isEmpty else {
            throw Refusal(
                .conflict, "manifest.missing",
                Words(
                    "스캔하지 않은 상자가 \(missing.count)개 있어 인계할 수 없습니다.",
                    "\(missing.count) parcels have not been scanned: the list cannot be handed over."),
                faults: missing.prefix(20).map { box in
                    .init(
                        field: "sscc", rule: "missing",
                        words: Words("없는 상자: \(SSCC.shown(box.sscc))", "Missing: \(SSCC.shown(box.sscc))"))
                })
        }
        try demandFree(boxes, at: ask.now, for: tenant, tables)
        var drafts: [Draft] = []
        for (id, parcels) in Dictionary(grouping: boxes, by: \.order).sorted(by: { $0.key < $1.key }) {
            guard let order = try OrderTable.find(id, for: tenant, in: tables) else { throw OrderRefusals.unknown }
            guard !order.isHeld else { throw OrderRefusals.held(order, field: "manifest") }
            let owner = try ChangeOrder.owner(of: order)
            drafts += try Leaving.drafts(
                order, parcels, extra: ["manifest": .string(manifest.id), "carrier": .string(manifest.carrier)],
                at: ask.now, for: owner, tables)
        }
        return drafts + [
            Draft(
                ShipEvents.handed, stream: manifest.id, scope: manifest.scope,
                payload: [
                    "centre": .string(manifest.centre), "carrier": .string(manifest.carrier),
                    "parcels": .decimal(Int64(boxes.count)),
                ])
        ]
    }

    /// Nothing is kept back among these parcels; else all of them are named at once, with the way out.
    private static func demandFree(
        _ boxes: [ParcelTable.Box], at now: Timestamp, for tenant: Tenant, _ tables: any Reader
    ) throws {
        let kept = try KeptBackTable.goods(of: boxes, at: now, for: tenant, in: tables)
        guard !kept.isEmpty else { return }
        throw Refusal(
            .conflict, "ship.kept-back",
            Words(
                "내보낼 수 없는 물건이 든 상자가 \(kept.count)개 있어 인계할 수 없습니다. 목록에서 빼 주세요.",
                "\(kept.count) parcels hold goods that may not leave: take them off the list."),
            faults: kept.sorted { $0.key < $1.key }.prefix(20).map { sscc, goods in
                let words = goods.map(\.words)
                return .init(
                    field: "sscc", rule: "kept-back",
                    words: Words(
                        "\(SSCC.shown(sscc)): \(words.map(\.ko).joined(separator: ", "))",
                        "\(SSCC.shown(sscc)): \(words.map(\.en).joined(separator: ", "))"))
            })
    }
}

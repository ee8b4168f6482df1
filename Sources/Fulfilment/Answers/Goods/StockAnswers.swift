import Access
import District
import Record
import Store

/// What people on the floor ask of stock.
enum StockAnswers {
    static let all = [atPlace, whereItem, expiring]

    private static let permission = Permission.roles(GoodsAsk.readers).orToken("read")

    /// “How much lies at A-03-2?”
    static let atPlace = Inquiry(
        "fulfilment.stock.at", title: Words("위치의 재고", "What lies at a place"),
        help: Words("그 위치에 무엇이 몇 개 있는지 알려 드립니다.", "Says what lies at a place, and how much."),
        fields: [GoodsAsk.place], permission: permission
    ) { ask, spine in
        let tenant = try ask.tenant
        let (place, lines) = try await spine.district.store.read { reader in
            let place = try GoodsAsk.place(ask, reader)
            return (
                place,
                try StockView.page(.place(place.id), in: place.centre, limit: told + 1, for: tenant, in: reader)
            )
        }
        guard !lines.rows.isEmpty else {
            return Words("\(place.name)은(는) 비어 있습니다.", "\(place.name) is empty.")
        }
        let said = lines.rows.prefix(told).map { line in
            let lot = line.lot.isEmpty ? "" : " \(line.lot)"
            return Words(
                "\(line.name)\(lot) \(line.quantity)개\(state(line.status).ko)",
                "\(line.quantity) of \(line.name)\(lot)\(state(line.status).en)")
        }
        let more = lines.total - Int64(said.count)
        return Words(
            "\(place.name)에 " + said.map(\.ko).joined(separator: ", ") + (more > 0 ? " 외 \(more)건이" : "이(가)")
                + " 있습니다.",
            "At \(place.name): " + said.map(\.en).joined(separator: ", ") + (more > 0 ? " and \(more) more." : "."))
    }

    /// “Where is this item?”
    static let whereItem = Inquiry(
        "fulfilment.stock.where", title: Words("상품이 있는 곳", "Where an item lies"),
        help: Words(
            "상품이 어느 위치에 몇 개 있고 몇 개를 팔 수 있는지 알려 드립니다.", "Says where an item lies and how many are free to sell."),
        fields: [GoodsAsk.item], permission: permission
    ) { ask, spine in
        let tenant = try ask.tenant
        let (item, lines, free) = try await spine.district.store.read { reader in
            let item = try GoodsAsk.item(ask, reader)
            var (lines, free) = ([StockView.Line](), Int64(0))
            for centre in try PlaceTable.centres(for: tenant, in: reader) {
                lines += try StockView.page(
                    .item(item.code), in: centre, sort: "place", limit: 100, for: tenant, in: reader
                ).rows
                let sums = try StockView.sums(of: item.code, in: centre, for: tenant, in: reader)
                free += sums.available - sums.reserved
            }
            return (item, lines, free)
        }
        guard !lines.isEmpty else {
            return Words("\(item.name) 재고가 없습니다.", "There is no \(item.name) in stock.")
        }
        let places = lines.prefix(told).map { line in
            Words(
                "\(line.placeName)에 \(line.quantity)개\(state(line.status).ko)",
                "\(line.quantity) at \(line.placeName)\(state(line.status).en)")
        }
        let more = lines.count - places.count
        return Words(
            "\(item.name): " + places.map(\.ko).joined(separator: ", ") + (more > 0 ? " 외 \(more)곳" : "")
                + ". 팔 수 있는 것은 \(free)개입니다.",
            "\(item.name): " + places.map(\.en).joined(separator: ", ") + (more > 0 ? " and \(more) more places" : "")
                + ". \(free) are free to sell.")
    }

    /// “What expires soon?”
    static let expiring = Inquiry(
        "fulfilment.stock.expiring", title: Words("기한이 가까운 재고", "What expires soon"),
        help: Words("7일 안에 기한이 끝나는 재고를 알려 드립니다.", "Says which stock expires within 7 days."),
        permission: permission
    ) { ask, spine in
        let tenant = try ask.tenant
        let until = ask.now.advanced(bySeconds: 7 * 86_400)
        let lines = try await spine.district.store.read { reader in
            try PlaceTable.centres(for: tenant, in: reader).flatMap {
                try StockView.page(
                    .expiring(until), in: $0, sort: "expiry", limit: 100, for: tenant, in: reader
                ).rows
            }
        }
        guard !lines.isEmpty else {
            return Words("7일 안에 기한이 끝나는 재고가 없습니다.", "Nothing expires within 7 days.")
        }
        let said = lines.prefix(told).map { line in
            let day = Station.day(line.expiry) ?? ""
            return Words(
                "\(line.name) \(line.lot) \(line.quantity)개(\(day), \(line.placeName))",
                "\(line.quantity) of \(line.name) \(line.lot) (\(day), \(line.placeName))")
        }
        let more = lines.count - said.count
        return Words(
            said.map(\.ko).joined(separator: ", ") + (more > 0 ? " 외 \(more)건" : "") + "의 기한이 7일 안에 끝납니다.",
            "Within 7 days these expire: " + said.map(\.en).joined(separator: ", ")
                + (more > 0 ? " and \(more) more." : "."))
    }

    /// So many are said one after the other.
    private static let told = 5

    private static func state(_ status: StockStatus) -> Words {
        switch status {
        case .available: Words("", "")
        case .quarantine: Words("(격리)", " (in quarantine)")
        case .damaged: Words("(파손)", " (damaged)")
        case .expired: Words("(기한 지남)", " (expired)")
        case .returned: Words("(반품)", " (returned)")
        case .aside: Words("(되돌려 놓을 것)", " (to be put back)")
        }
    }
}

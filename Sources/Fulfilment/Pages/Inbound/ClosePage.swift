import Access
import District
import Record
import Store
import Web

/// What a delivery still lacks, and what it had too much or broken, before it is finished.
struct ClosePage {
    var routes: [Route] {
        [
            .get("\(ReceiveRoutes.path)/{inbound}/close", .roles(GoodsAsk.floor)) { try await page($0) },
            .post("\(ReceiveRoutes.path)/{inbound}/close", .roles(GoodsAsk.floor)) { try await close($0) },
        ]
    }

    private func find(_ visit: Visit) async throws -> (arrival: Arrival, items: [String: Item]) {
        let (tenant, id) = (try visit.tenant, visit.parameters["inbound"] ?? "")
        let found = try await visit.spine.district.store.read { reader -> (Arrival, [String: Item])? in
            guard let arrival = try InboundTable.find(id, for: tenant, in: reader), !arrival.isClosed else {
                return nil
            }
            return (arrival, try ItemTable.byCode(Set(arrival.lines.map(\.item)), for: tenant, in: reader))
        }
        guard let found else {
            throw Refusal(
                .notFound, "inbound.unknown", Words("마감하지 않은 그런 입고 건이 없습니다.", "No such delivery is under way."))
        }
        return found
    }

    private func close(_ visit: Visit) async throws -> Reply {
        let (arrival, items) = try await find(visit)
        let refusal = try await Station.perform(
            CloseArrival.name, [], visit, more: ["inbound": .string(arrival.id)])
        if let refusal { return try await page(visit, error: refusal) }
        let parts = Self.differences(of: arrival, items, visit).map { "\($0.name) \($0.text)" }
        let rest = parts.isEmpty ? visit.word("inbound_closed_whole") : parts.joined(separator: ", ")
        return .redirect(
            ReceiveRoutes.path,
            flash: "\(arrival.supplier) \(arrival.reference) – \(visit.word("inbound_closed")) \(rest)")
    }

    /// What differs from the announcement, line by line.
    private static func differences(
        of arrival: Arrival, _ items: [String: Item], _ visit: Visit
    ) -> [(kind: Arrival.Difference, name: String, text: String)] {
        arrival.lines.flatMap { line in
            Arrival.differences(of: line).map { kind, quantity in
                let lot = line.lot.isEmpty ? "" : " · \(line.lot)"
                return (
                    kind, (items[line.item]?.name ?? line.item) + lot,
                    "\(visit.word("floor_\(kind.rawValue)")) \(Show.count(quantity))"
                )
            }
        }
    }

    private func page(_ visit: Visit, error: Refusal? = nil) async throws -> Reply {
        let (arrival, items) = try await find(visit)
        let all = Self.differences(of: arrival, items, visit)
        var station = Station(visit, "receive", error: error)
        station.lead("\(arrival.supplier) \(arrival.reference) – \(visit.word("inbound_close_lead"))")
        func rows(_ isMissing: Bool) -> [JSON] {
            all.filter { ($0.kind == .short) == isMissing }.map { one in
                Station.row(
                    one.name, sub: one.kind.words[visit.language],
                    badge: Show.badge(one.kind == .short ? "warn" : "info", one.text))
            }
        }
        station.group("inbound_close_missing", rows(true), empty: "inbound_close_whole")
        station.group("inbound_close_other", rows(false), empty: "inbound_close_other_none")
        station.finish(
            "\(ReceiveRoutes.path)/\(arrival.id)/close", hidden: [], submit: "inbound_close_do", isBelow: true)
        station.link(Station.address(ReceiveRoutes.path, [("in", arrival.id)]), "floor_back")
        return station.page("inbound_close_title")
    }
}

import Access
import District
import HTTPTypes
import Record
import Store
import Web

/// The differences of a count, before somebody else than who counted corrects the stock or has it counted again.
struct CountDecision {
    var routes: [Route] {
        let leads = Permission.roles(GoodsAsk.leads)
        return [
            .get("\(CountRoutes.path)/{count}/decide", leads) { try await page($0) },
            .post("\(CountRoutes.path)/{count}/decide", leads) { try await decide($0) },
        ]
    }

    private struct Found: Sendable {
        let count: CountTable.Count
        let place: String
        let counter: String
        let items: [String: Item]
    }

    private func find(_ visit: Visit) async throws -> Found {
        let (tenant, id) = (try visit.tenant, visit.parameters["count"] ?? "")
        let found = try await visit.spine.district.store.read { reader -> Found? in
            guard let count = try CountTable.find(id, for: tenant, in: reader) else { return nil }
            let author = count.counter ?? ""
            return Found(
                count: count, place: try PlaceTable.find(count.place, for: tenant, in: reader)?.name ?? count.place,
                counter: try PeopleNames.of([author], for: tenant, in: reader)[author] ?? author,
                items: try ItemTable.byCode(Set(count.variances.map(\.item)), for: tenant, in: reader))
        }
        guard let found, found.count.state == .submitted else {
            throw Refusal(
                .notFound, "count.unknown", Words("승인을 기다리는 실사가 아닙니다.", "This count waits for no approval."))
        }
        return found
    }

    private func decide(_ visit: Visit) async throws -> Reply {
        let (found, isApproved) = (try await find(visit), visit.form["verdict"] == "approve")
        let refusal = try await Station.perform(
            isApproved ? CountPlace.approve : CountPlace.reject, isApproved ? [] : ["why"], visit,
            more: ["count": .string(found.count.id)])
        if let refusal { return try await page(visit, error: refusal) }
        let amiss = found.count.variances.filter { $0.difference != 0 }
            .map { Self.change($0, found.items[$0.item]) }.joined(separator: ", ")
        let done = visit.word(isApproved ? "count_approved" : "count_sent_back")
        return .redirect(CountRoutes.path, flash: "\(found.place) – \(done)\(isApproved ? " \(amiss)" : "")")
    }

    /// A difference in a line: `쌀 10 → 8 (−2)`.
    static func change(_ one: Variance, _ item: Item?) -> String {
        let lot = one.lot.isEmpty ? "" : " \(one.lot)"
        return
            "\(item?.name ?? one.item)\(lot) \(Show.count(one.book)) → \(Show.count(one.counted)) (\(signed(one.difference)))"
    }

    private static func signed(_ number: Int64) -> String {
        number > 0 ? "+\(Show.count(number))" : number < 0 ? "−\(Show.count(number.magnitude))" : "0"
    }

    private func page(_ visit: Visit, error: Refusal? = nil) async throws -> Reply {
        let found = try await find(visit)
        let count = found.count
        let rows = count.variances.sorted { ($0.difference == 0 ? 1 : 0) < ($1.difference == 0 ? 1 : 0) }
        let isOwn = count.counter == visit.caller.author.text
        var context: [String: JSON] = [
            "place": .string(found.place), "counter": .string(found.counter),
            "at": Show.time(count.changed, visit.language, now: visit.now),
            "table": table(rows, found, visit).json, "sum": .string(sum(rows, found, visit)),
            "action": .string("\(CountRoutes.path)/\(count.id)/decide"), "back_href": .string(CountRoutes.path),
            "key": .string(Identifier(at: visit.now).description),
        ]
        if isOwn { context["own"] = true } else { context["may"] = true }
        if let error {
            context["errors"] = [
                "refused": .string(visit.word("form_refused")),
                "items": [["text": .string(error.words[visit.language])]],
            ]
        }
        return .page(
            "count-decide", title: visit.word("count_decide_title"), .object(context),
            status: error == nil ? .ok : .unprocessableContent)
    }

    private func table(_ rows: [Variance], _ found: Found, _ visit: Visit) -> Table {
        let heads = ["floor_item", "floor_lot", "count_book", "count_counted", "count_difference", "count_value"]
        return Table(
            "variances", caption: visit.word("count_decide_title"), path: visit.path,
            TableQuery([:], columns: [], sortedBy: "item"),
            columns: heads.enumerated().map { .init(nil, visit.word($1), isNumber: $0 > 1) },
            rows: rows.map { one in
                [
                    Table.Cell(found.items[one.item]?.name ?? one.item, isHead: true),
                    one.lot.isEmpty ? .none : Table.Cell(one.lot, isCode: true), Table.Cell(Show.count(one.book)),
                    Table.Cell(Show.count(one.counted)), Table.Cell(Self.signed(one.difference)),
                    value(one, found).map { Table.Cell("\(Self.signed($0)) \(visit.word("floor_won"))") } ?? .none,
                ]
            }, total: Int64(rows.count), empty: visit.word("count_nothing"))
    }

    /// What the difference is worth at cost; nil where nobody said what it costs.
    private func value(_ one: Variance, _ found: Found) -> Int64? {
        found.items[one.item]?.cost.map { cost in
            let worth = Won.of(Int64(one.difference.magnitude), cost)
            return one.difference < 0 ? -worth : worth
        }
    }

    private func sum(_ rows: [Variance], _ found: Found, _ visit: Visit) -> String {
        let amiss = rows.filter { $0.difference != 0 }
        let values = amiss.map { value($0, found) }
        let known = values.compactMap { $0 }.reduce(0, +)
        let worth =
            values.contains(nil)
            ? visit.word("count_value_unknown") : "\(Self.signed(known)) \(visit.word("floor_won"))"
        return
            "\(Show.count(amiss.count))\(visit.word("floor_lines_unit")) · \(Self.signed(amiss.reduce(0) { $0 + $1.difference })) · \(worth)"
    }
}

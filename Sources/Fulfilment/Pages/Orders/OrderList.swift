import District
import Record
import Web

/// Orders out of a list: rows of one reference are one order; each is taken or refused by itself, and a list that is
/// sent again orders nothing twice.
struct OrderList {
    let visit: Visit
    let centre: String

    struct Result: Sendable {
        let reference: String
        /// In which line of the file its first row stands.
        let line: Int
        var order = ""
        var number = ""
        var refusal: Words?
    }

    static let columns = [
        "reference", "item", "quantity", "name", "phone", "address", "delivery", "carrier", "partial", "urgent",
    ]

    func take(_ bytes: [UInt8]) async throws -> [Result] {
        let rows = try CommaText(CommaText.text(bytes)).rows
        guard let head = rows.first?.cells.map({ $0.lowercased() }), head.contains("reference"), head.contains("item"),
            head.contains("quantity")
        else {
            throw OrderRefusals.about(
                .invalid, "list.head", "file",
                Words(
                    "첫 줄에 reference, item, quantity가 있어야 합니다.",
                    "The first row names reference, item and quantity."))
        }
        var (order, byReference, starts) = ([String](), [String: [[String: String]]](), [String: Int]())
        for row in rows.dropFirst() {
            let entry = Dictionary(zip(head, row.cells), uniquingKeysWith: { first, _ in first })
            let reference = entry["reference"] ?? ""
            if byReference[reference] == nil {
                order.append(reference)
                starts[reference] = row.line
            }
            byReference[reference, default: []].append(entry)
        }
        var results: [Result] = []
        for reference in order {
            let (entries, line) = (byReference[reference] ?? [], starts[reference] ?? 0)
            guard !reference.isEmpty else {
                results.append(
                    Result(
                        reference: "–", line: line,
                        refusal: Words("주문 번호(reference)가 없는 줄입니다.", "Rows without a reference.")))
                continue
            }
            // By the order's own rows: a list that was mended elsewhere and sent again orders nothing twice.
            let rows = entries.map { entry in head.map { entry[$0] ?? "" }.joined(separator: "\u{1F}") }
            let edition = TreeHash.leaf(Array(rows.joined(separator: "\u{1E}").utf8)).description.prefix(24)
            results.append(
                try await place(
                    reference, entries, line,
                    "csv-\(edition)-\(centre)-\(reference)"))
        }
        return results
    }

    private func place(
        _ reference: String, _ rows: [[String: String]], _ line: Int, _ key: String
    ) async throws -> Result {
        let first = rows.first ?? [:]
        var values: [String: JSON] = [
            "centre": .string(centre), "reference": .string(reference), "listed": true,
            "partial": .bool(Self.isYes(first["partial"])), "urgent": .bool(Self.isYes(first["urgent"])),
            "delivery": .string(first["delivery"].flatMap { $0.isEmpty ? nil : $0 } ?? "carrier"),
            "lines": .array(
                rows.map { ["item": .string($0["item"] ?? ""), "quantity": .string($0["quantity"] ?? "")] }),
        ]
        for field in ["carrier", "name", "phone", "address"] { values[field] = .string(first[field] ?? "") }
        var result = Result(reference: reference, line: line)
        do {
            let outcome = try await visit.spine.district.perform(
                PlaceOrder.name, values, by: visit.caller, key: String(key.prefix(180)), confirmed: true)
            result.order = outcome.events.first?.stream ?? ""
            result.number = visit.word(outcome.repeated ? "orders_repeated" : "orders_new")
        } catch let refusal as Refusal {
            let faults = refusal.faults.map(\.words)
            result.refusal =
                faults.isEmpty
                ? refusal.words
                : Words(faults.map(\.ko).joined(separator: " "), faults.map(\.en).joined(separator: " "))
        }
        return result
    }

    private static func isYes(_ text: String?) -> Bool {
        ["y", "yes", "true", "1", "예", "o"].contains((text ?? "").lowercased())
    }
}

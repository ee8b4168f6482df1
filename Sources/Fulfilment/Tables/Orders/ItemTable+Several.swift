import District
import Record
import Store

extension ItemTable {
    /// Items by code, in one question.
    static func several(_ codes: [String], for tenant: some Tenancy, in reader: any Reader) throws -> [String: Item] {
        guard !codes.isEmpty else { return [:] }
        let own = tenant.condition(column: "scope")
        let marks = codes.map { _ in "?" }.joined(separator: ", ")
        let items = try reader.query(
            "SELECT content FROM fulfilment_items WHERE code IN (\(marks)) AND \(own.sql)",
            codes.map { .text($0) } + own.arguments
        ).compactMap { Item(try JSON(parsing: try $0.text("content")).members ?? [:]) }
        return Dictionary(items.map { ($0.code, $0) }, uniquingKeysWith: { first, _ in first })
    }
}

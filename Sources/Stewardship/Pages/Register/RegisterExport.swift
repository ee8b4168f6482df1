import Access
import District
import Record
import Web

/// The register for programs: as it is, or in the shape of another register.
struct RegisterExport {
    let rules: TierRules
    let shapes: [String: ExportShape]

    var routes: [Route] {
        [.get("/api/v1/stewardship/register", .anyone) { try await answer($0) }]
    }

    /// What somebody sees: the public what is public, staff and programs everything.
    static func visible(_ visit: Visit) async throws -> [UseNow] {
        let all = try await UseNow.all(visit.spine.district)
        let isStaff = Permission.roles(UseAsk.roles).orToken("read").allows(visit.caller)
        return isStaff ? all : all.filter(\.isPublic)
    }

    private func answer(_ visit: Visit) async throws -> Reply {
        let (wanted, all) = (visit.query["use"], try await Self.visible(visit))
        let uses = all.filter { wanted == nil || $0.entry.id == wanted }
        let language = visit.query["lang"].flatMap { Language(rawValue: $0) } ?? visit.language
        let isTable = visit.query["format"] == "csv"
        guard let name = visit.query["shape"], !name.isEmpty else {
            let plain = uses.map { $0.json(language, rules: rules, site: visit.site) }
            guard isTable else {
                return .json(["uses": .array(plain), "law": .string(rules.law[language]), "text": .string(rules.date)])
            }
            let columns = (plain.first?.members ?? [:]).filter { $0.value.text != nil }.keys.sorted()
            return table("register", columns, plain.map { row in columns.map { row[$0]?.text ?? "" } })
        }
        guard let shape = shapes[name] else {
            let known = shapes.keys.sorted().joined(separator: ", ")
            let words = Words("알 수 없는 형식입니다. 쓸 수 있는 것: \(known)", "There is no such shape; there are: \(known)")
            throw Refusal(.invalid, "register.shape", of: "shape", "choice", words)
        }
        let rows = uses.map { use in
            let values = use.values(language, rules: rules, site: visit.site)
            return shape.columns.map { values[$0.source] ?? "" }
        }
        if isTable { return table(name, shape.columns.map(\.name), rows) }
        return .json([
            "standard": .string(shape.title), "version": .string(shape.version), "source": .string(shape.source),
            "records": .array(rows.map { Self.record(shape.columns.map(\.name), $0) }),
        ])
    }

    private static func record(_ names: [String], _ row: [String]) -> JSON {
        var members: [String: JSON] = [:]
        for (name, text) in zip(names, row) { members[name] = .string(text) }
        return .object(members)
    }

    private func table(_ name: String, _ header: [String], _ rows: [[String]]) -> Reply {
        // The byte order mark tells spreadsheets that this is UTF-8.
        .bytes(
            Array(("\u{FEFF}" + ExportShape.csv(header, rows)).utf8), type: "text/csv; charset=utf-8",
            download: "ai-register-\(name).csv")
    }
}

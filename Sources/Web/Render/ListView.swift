import District
import Record

/// A field of several entries: a row of fields for each, and some more to fill in. Names carry the row: `people[0].name`.
enum ListView {
    /// Rows that are offered beyond those filled in.
    private static let spare = 3

    static func json(
        _ name: String, _ inner: [Field], most: Int, _ visit: Visit, entered: [String: String], faults: [Refusal.Fault]
    ) -> JSON {
        let used = (rows(of: name, in: entered).keys.max() ?? -1) + 1
        let rows = (0..<min(most, max(1, used + (used == 0 ? 1 : spare)))).map { row -> JSON in
            let fields = inner.map { field -> JSON in
                let place = "\(name)[\(row)].\(field.name)"
                let named = Field(
                    place, field.label, field.kind, required: false, help: row == 0 ? field.help : nil,
                    condition: nil, isPersonal: field.isPersonal, isSecret: field.isSecret)
                let fault = faults.first { $0.field == place }
                guard
                    case .object(var members) = FieldView.json(
                        named, visit, value: entered[place] ?? "", error: fault?.words[visit.language])
                else { return .null }
                members["id"] = .string("f-\(name)-\(row)-\(field.name)")
                members["required"] = .bool(field.required)
                // What a row's field lacks must not be taken from the list around it.
                for key in ["help", "error", "value", "when", "list"] where members[key] == nil { members[key] = false }
                return .object(members)
            }
            return ["number": .string("\(row + 1)"), "fields": .array(fields)]
        }
        return ["rows": .array(rows), "name": .string(name), "most": .string("\(most)")]
    }

    /// The entries of a list as a web form sent them, by row: fields that were filled in.
    static func rows(of name: String, in entered: [String: String]) -> [Int: [String: String]] {
        var rows: [Int: [String: String]] = [:]
        for (key, value) in entered where !value.isEmpty && key.hasPrefix("\(name)[") {
            let rest = key.dropFirst(name.count + 1)
            guard let close = rest.firstIndex(of: "]"), let row = Int(rest[..<close]), (0..<1000).contains(row) else {
                continue
            }
            let field = rest[rest.index(after: close)...]
            if field.hasPrefix(".") { rows[row, default: [:]][String(field.dropFirst())] = value }
        }
        return rows
    }

    /// The same as the frame's check takes it.
    static func values(of name: String, _ inner: [Field], in entered: [String: String]) -> JSON {
        .array(
            rows(of: name, in: entered).sorted { $0.key < $1.key }.map { _, fields in
                .object(FormPage.values(inner, fields))
            })
    }
}

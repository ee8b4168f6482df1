import District
import Record

/// Another register's shape: which of its fields is filled from what. Read from `register-shapes.json`, which names the
/// standard and its version.
struct ExportShape: Sendable {
    struct Column: Sendable {
        let section: String
        /// The field's name in the standard.
        let name: String
        /// What fills it, by ``UseNow/values(_:rules:site:)``; `none` where this register has nothing of the kind.
        let source: String
    }

    let title: String, version: String, source: String
    let columns: [Column]

    /// - Throws: ``HandbookError`` naming the shape that cannot be used.
    static func all(_ book: Handbook) throws(HandbookError) -> [String: ExportShape] {
        let file = "register-shapes.json"
        var shapes: [String: ExportShape] = [:]
        for (key, shape) in try book.read(file).json.members ?? [:] {
            let columns = (shape["fields"]?.elements ?? []).compactMap { field -> Column? in
                guard let name = field["name"]?.text, let source = field["from"]?.text else { return nil }
                return Column(section: field["section"]?.text ?? "", name: name, source: source)
            }
            guard let title = shape["title"]?.text, let version = shape["version"]?.text, !columns.isEmpty else {
                throw HandbookError(file: file, place: key, rule: "title, version and fields")
            }
            shapes[key] = ExportShape(
                title: title, version: version, source: shape["source"]?.text ?? "", columns: columns)
        }
        return shapes
    }

    /// Rows as comma-separated values (RFC 4180), the header first.
    static func csv(_ header: [String], _ rows: [[String]]) -> String {
        ([header] + rows).map { row in row.map(quoted).joined(separator: ",") + "\r\n" }.joined()
    }

    /// A text that a spreadsheet would take for a formula is led by an apostrophe.
    private static func quoted(_ text: String) -> String {
        let safe = "=+-@\t\r".contains(text.first ?? "a") ? "'" + text : text
        return "\"" + safe.replacing("\"", with: "\"\"") + "\""
    }
}

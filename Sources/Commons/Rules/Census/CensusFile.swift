import District
import Record

/// The list of who may vote, as an officer brings it: a line each, with what tells people apart and what letters need.
struct CensusFile: Sendable {
    /// Somebody on the list.
    struct Line: Sendable, Hashable {
        let line: Int
        /// What tells them apart in the register the list was drawn from. Kept nowhere but as a salted hash.
        let identifier: String
        let name: String
        /// Where a letter goes; empty where none does.
        let address: String
        /// The account of the house that is theirs; empty where none is known.
        let account: String
    }

    private(set) var lines: [Line] = []
    /// Lines that are left out, with why.
    private(set) var faults: [Refusal.Fault] = []

    private static let headings: [(key: String, names: Set<String>)] = [
        ("identifier", ["identifier", "id", "식별번호", "명부번호", "등록번호", "번호"]), ("name", ["name", "이름", "성명"]),
        ("address", ["address", "주소"]), ("account", ["account", "계정"]),
    ]

    /// Reads the list. A line without identifier or name, and one whose identifier came before, is left out and named.
    /// - Throws: ``Refusal`` where the headings are not there.
    init(_ text: String) throws(Refusal) {
        let table = try CommaText(text)
        let heads = (table.rows.first?.cells ?? []).map { $0.lowercased() }
        var places: [String: Int] = [:]
        for (key, names) in Self.headings { places[key] = heads.firstIndex(where: names.contains) }
        guard let identifier = places["identifier"], let name = places["name"] else {
            throw Refusal(
                .invalid, "census.headings",
                Words(
                    "첫 줄에 ‘식별번호’와 ‘이름’ 열이 있어야 합니다. ‘주소’와 ‘계정’ 열은 있으면 씁니다.",
                    "The first line must name the columns “identifier” and “name”; “address” and “account” may stand beside them."
                ),
                faults: [
                    .init(
                        field: "list", line: 1, rule: "headings", words: Words("열 이름이 없습니다.", "Headings are missing."))
                ])
        }
        var seen = Set<String>()
        for row in table.rows.dropFirst() {
            func cell(_ place: Int?) -> String {
                place.flatMap { row.cells.indices.contains($0) ? row.cells[$0] : nil } ?? ""
            }
            func fault(_ field: String, _ rule: String, _ words: Words) {
                faults.append(.init(field: field, line: row.line, rule: rule, words: words))
            }
            let line = Line(
                line: row.line, identifier: Self.plain(cell(identifier)), name: String(cell(name).prefix(80)),
                address: String(cell(places["address"]).prefix(200)), account: cell(places["account"]))
            if line.identifier.isEmpty {
                fault("identifier", "required", Words("식별번호가 없습니다.", "The identifier is missing."))
            } else if line.name.isEmpty {
                fault("name", "required", Words("이름이 없습니다.", "The name is missing."))
            } else if !seen.insert(line.identifier).inserted {
                fault("identifier", "twice", Words("앞에 같은 식별번호가 있습니다.", "The same identifier stands above."))
            } else {
                lines.append(line)
            }
        }
    }

    /// An identifier without what people write between its signs, so that it is the same however it is written.
    static func plain(_ text: String) -> String { text.uppercased().filter { $0.isLetter || $0.isNumber } }
}

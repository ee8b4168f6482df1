import District
import Record

/// The GHS hazard statements that the handbook knows: code, words, pictogram.
struct HazardStatements: Sendable {
    /// One statement.
    struct Statement: Sendable {
        /// `H225`.
        let code: String
        /// What it says on a label.
        let words: Words
        /// The pictogram's name in `ghs.svg`: `flame`.
        let pictogram: String
        /// Whether the label says “danger” (위험) and not only “warning” (경고).
        let isDanger: Bool
    }

    private let statements: [String: Statement]

    /// From `substances-ghs.json`: `{ "H225": { "ko": …, "en": …, "pictogram": …, "signal": "danger" | "warning" } }`.
    init(_ json: JSON, file: String) throws(HandbookError) {
        var statements: [String: Statement] = [:]
        for (code, entry) in json["statements"]?.members ?? [:] {
            guard let ko = entry["ko"]?.text, let en = entry["en"]?.text, let pictogram = entry["pictogram"]?.text,
                let signal = entry["signal"]?.text, ["danger", "warning"].contains(signal)
            else { throw HandbookError(file: file, place: code, rule: "ko, en, pictogram, signal") }
            statements[code] = Statement(
                code: code, words: Words(ko, en), pictogram: pictogram, isDanger: signal == "danger")
        }
        self.statements = statements
    }

    /// The statement of a code.
    subscript(_ code: String) -> Statement? { statements[code] }

    /// The codes as a form takes them, separated by blanks or commas, in order and once each.
    /// - Throws: ``Refusal`` naming the codes that the handbook does not know.
    func codes(in text: String) throws(Refusal) -> [String] {
        let codes = Set(text.uppercased().split { $0 == " " || $0 == "," || $0 == "\n" }.map(String.init)).sorted()
        let strange = codes.filter { statements[$0] == nil }
        guard strange.isEmpty, !codes.isEmpty else {
            let listed = strange.joined(separator: ", ")
            throw Refusal(
                .invalid, "substance.hazards",
                Words("유해·위험문구 코드를 확인해 주세요.", "Please check the hazard statements."),
                faults: [
                    .init(
                        field: "hazards", rule: codes.isEmpty ? "required" : "ghs",
                        words: codes.isEmpty
                            ? Words("물질안전보건자료 2번 항목의 코드를 적어 주세요.", "Give the codes of section 2 of the data sheet.")
                            : Words("\(listed): 등록되지 않은 코드입니다.", "\(listed): not known to the handbook."))
                ])
        }
        return codes
    }
}

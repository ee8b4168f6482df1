import District
import Record

/// What staff must know before they approve or operate an AI: `Data/certificates-modules.json`.
struct TrainingModule: Sendable, Hashable {
    /// `ai.approve`.
    let id: String
    let title: Words
    /// Who needs it, in words.
    let audience: Words
    /// The version that is taught today, and all versions whose certificates still count.
    let version: String, accepted: Set<String>
    /// The least score that passes, out of 100.
    let pass: Int64
    /// For how many months a certificate counts.
    let months: Int64

    static let file = "certificates-modules.json"

    /// All modules, in the order of the file.
    static func all(_ book: Handbook) throws(HandbookError) -> [TrainingModule] {
        var modules: [TrainingModule] = []
        for (index, one) in ((try book.read(file).json)["modules"]?.elements ?? []).enumerated() {
            func text(_ key: String, _ language: String? = nil) throws(HandbookError) -> String {
                guard let text = (language.map { one[key]?[$0] } ?? one[key])?.text, !text.isEmpty else {
                    throw HandbookError(file: file, place: "modules[\(index)].\(key)", rule: "is missing")
                }
                return text
            }
            func count(_ key: String, _ bounds: ClosedRange<Int64>) throws(HandbookError) -> Int64 {
                guard let count = one[key]?.integer, bounds.contains(count) else {
                    throw HandbookError(file: file, place: "modules[\(index)].\(key)", rule: "is out of bounds")
                }
                return count
            }
            let version = try text("version")
            let older = (one["accepted"]?.elements ?? []).compactMap(\.text)
            modules.append(
                TrainingModule(
                    id: try text("id"), title: Words(try text("title", "ko"), try text("title", "en")),
                    audience: Words(try text("audience", "ko"), try text("audience", "en")), version: version,
                    accepted: Set(older + [version]), pass: try count("pass", 1...100),
                    months: try count("months", 1...120)))
        }
        guard Set(modules.map(\.id)).count == modules.count, !modules.isEmpty else {
            throw HandbookError(file: file, place: "modules", rule: "needs at least one, each once")
        }
        return modules
    }

    /// The last day on which a certificate counts that was passed on a day.
    func expiry(passed: KoreanDay) -> KoreanDay { passed.adding(months: months) - 1 }
}

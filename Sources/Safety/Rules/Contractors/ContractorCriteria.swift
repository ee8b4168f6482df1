import District
import Record

/// By what a contractor's ability is judged: criteria with weights, and the share that must be reached.
struct ContractorCriteria: Sendable {
    /// One criterion.
    struct Criterion: Sendable, Hashable {
        let id: String
        let words: Words
        /// What it counts for; all weights together are 100.
        let weight: Double
    }

    let criteria: [Criterion]
    /// The score that must be reached, in per cent.
    let pass: Double
    /// SHA-256 of the file it was read from.
    let edition: String

    /// From `contractors-criteria.json`.
    init(_ json: JSON, edition: String, file: String) throws(HandbookError) {
        var criteria: [Criterion] = []
        for entry in json["criteria"]?.elements ?? [] {
            guard let id = entry["id"]?.text, let weight = entry["weight"]?.double, weight > 0,
                let ko = entry["ko"]?.text, let en = entry["en"]?.text
            else {
                throw HandbookError(
                    file: file, place: entry["id"]?.text ?? "criteria", rule: "id, weight, ko, en")
            }
            criteria.append(Criterion(id: id, words: Words(ko, en), weight: weight))
        }
        guard abs(criteria.reduce(0) { $0 + $1.weight } - 100) < 0.001, let pass = json["pass"]?.double,
            (0...100).contains(pass)
        else { throw HandbookError(file: file, place: "criteria", rule: "weights make 100, pass is 0…100") }
        self.criteria = criteria
        self.pass = pass
        self.edition = edition
    }

    /// The score in per cent of points from 0 to 5 for each criterion.
    /// - Throws: ``Refusal`` naming the criteria that lack points or have them twice.
    func score(_ points: [(criterion: String, points: Double)]) throws(Refusal) -> Double {
        let given = Dictionary(grouping: points, by: \.criterion)
        let wrong = criteria.filter { given[$0.id]?.count != 1 }
        guard wrong.isEmpty else {
            throw Refusal(
                .invalid, "contractor.criteria",
                Words("모든 평가 항목에 한 번씩 점수를 주세요.", "Each criterion needs points once."),
                faults: wrong.map {
                    .init(
                        field: "points", rule: "each-once",
                        words: Words("\($0.words.ko): 점수가 없거나 두 번 있습니다.", "\($0.words.en): missing or twice."))
                })
        }
        return criteria.reduce(0) { $0 + $1.weight * (given[$1.id]?.first?.points ?? 0) / 5 }
    }
}

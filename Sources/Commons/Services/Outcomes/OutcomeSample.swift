import District
import Record
import Store

/// What became of the projects that the sample's vote chose.
struct OutcomeSample {
    let district: District

    func found() async throws {
        let now = district.clock()
        let items = try await district.store.read { try OutcomeTable.items(in: $0) }
            .filter { $0.isSample && $0.due == nil && $0.state == "going" }.sorted { $0.id < $1.id }
        guard !items.isEmpty else { return }
        var drafts: [Draft] = []
        func say(_ type: String, _ id: String, _ days: Double, _ payload: [String: JSON]) {
            drafts.append(
                Draft(
                    type, stream: "outcome/\(id)", scope: .everyone, observed: now.advanced(bySeconds: days * 86_400),
                    payload: payload))
        }
        for (place, item) in items.enumerated() {
            let due = KoreanDay(now) + Int64(40 + 30 * place)
            say(OutcomeTable.slipped, item.id, -25, ["due": .string("\(due)"), "said": "설계를 맡기며 끝낼 날을 정했습니다."])
            say(
                OutcomeTable.reported, item.id, -8,
                [
                    "percent": .number(Double([60, 25, 10, 5][place % 4])),
                    "spent": .decimal(Int64(item.planned / [2, 5, 12, 20][place % 4])),
                    "said": "주민 설명회를 열고 공사를 시작했습니다.",
                ])
            if place == 1 {
                say(
                    OutcomeTable.slipped, item.id, -3,
                    ["due": .string("\(due + 45)"), "before": .string("\(due)"), "said": "땅속 관로를 옮겨야 해서 45일 늦어집니다."])
            }
        }
        try await district.record(drafts, origin: Origin(author: .system("sample")))
    }
}

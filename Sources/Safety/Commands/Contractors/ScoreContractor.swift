import Access
import District
import Record
import Store

/// A contractor's ability is judged by the handbook's criteria, with the cost and the time that safe work needs
/// (SAPA decree 4(9)).
struct ScoreContractor {
    let criteria: ContractorCriteria

    var command: Command {
        Command(
            Form(
                "safety.contractor.score", title: Words("수급인 안전보건 능력 평가", "Judge a contractor's ability"),
                help: Words(
                    "항목마다 0~5점을 줍니다. 기준 \(Int(criteria.pass))점에 못 미치면 개선 요구를 적어야 합니다.",
                    "0 to 5 points for each criterion. Below \(Int(criteria.pass)) per cent it must say what is to improve."
                ),
                fields: [
                    Contracts.field,
                    Field(
                        "points", Words("평가 항목", "Criteria"),
                        .list(
                            [
                                Field(
                                    "criterion", Words("항목", "Criterion"),
                                    .choice(criteria.criteria.map { .init($0.id, $0.words) })),
                                Field("points", Words("점수", "Points"), .number(0...5, unit: nil)),
                            ], maximum: criteria.criteria.count)),
                    Field("cost", Words("안전보건 관리비용이 적정합니까?", "Is the cost of safety paid for?"), .flag),
                    Field("time", Words("작업기간이 무리하지 않습니까?", "Is the time enough for safe work?"), .flag),
                    Field(
                        "note", Words("의견과 개선 요구", "Remarks, and what is to improve"), .longText(maximum: 2000),
                        required: false),
                ],
                permission: .roles(OpenContract.roles).orToken("command:safety.contractor.score"))
        ) { [criteria] ask, tables in
            let contract = try Contracts.ofClient(ask, tables)
            let points = (ask.values["points"]?.elements ?? []).map {
                (criterion: $0["criterion"]?.text ?? "", points: $0["points"]?.double ?? 0)
            }
            let score = try criteria.score(points)
            let note = ask.values.text("note")
            let isEnough = score >= criteria.pass && ask.values.flag("cost") && ask.values.flag("time")
            guard isEnough || !note.isEmpty else {
                throw Refusal(
                    .invalid, "contractor.improve",
                    Words("기준에 못 미칩니다. 무엇을 언제까지 개선할지 적어 주세요.", "It does not suffice: please say what is to improve."),
                    faults: [
                        .init(field: "note", rule: "required", words: Words("개선 요구가 필요합니다.", "Say what is to improve."))
                    ])
            }
            return [
                Draft(
                    "safety.contractor.scored", stream: "contract/\(contract.id)", scope: contract.scope,
                    payload: [
                        "client": .string(contract.client.rawValue),
                        "contractor": .string(contract.contractor.rawValue),
                        "score": .number(score), "passed": .bool(isEnough), "cost": .bool(ask.values.flag("cost")),
                        "time": .bool(ask.values.flag("time")), "note": .string(note),
                        "points": ask.values["points"] ?? [], "edition": .string(criteria.edition),
                        "day": .string(KoreanDay(ask.now).description),
                    ])
            ]
        }
    }
}

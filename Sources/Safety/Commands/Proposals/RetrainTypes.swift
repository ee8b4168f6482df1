import Access
import District
import Record

/// Has the model of accident types learn from the reports that people have confirmed since it learnt last.
enum RetrainTypes {
    static let form = Form(
        "safety.type.retrain",
        title: Words("재해유형 모델 다시 학습", "Have the type model learn anew"),
        help: Words(
            "사람이 확정한 신고까지 넣어 모델을 다시 학습합니다. 새 판의 정확도가 기록부에 남습니다.",
            "Learns again with the reports that people confirmed. How good the new edition is stands on the Record."),
        fields: [], permission: .roles([.safetyManager, .zoneOfficer]).orToken("command:safety.type.retrain"))

    static let command = Command(form) { ask, tables in
        let latest = try TypeTable.editions(for: try ask.tenant, limit: 1, in: tables).first
        guard latest.map({ $0.trained != nil }) ?? true else {
            throw Refusal(
                .conflict, "type.learning", Words("지금 학습하고 있습니다. 잠시 뒤 다시 확인해 주세요.", "It is learning right now."))
        }
        let since = latest?.through ?? Timestamp(microseconds: 0)
        let fresh = try TypeTable.countConfirmed(after: since, in: tables)
        guard fresh > 0 else {
            throw Refusal(
                .conflict, "type.nothing-new",
                Words("지난 학습 뒤에 확정된 신고가 없어 새로 배울 것이 없습니다.", "Nothing was confirmed since it learnt last."))
        }
        let version = (latest?.version ?? 0) + 1
        return [
            // Everyone may know how good the model is; the event tells of no report.
            Draft(
                "safety.type.retrain-asked", stream: "type-model/\(version)", scope: .everyone,
                payload: ["version": .decimal(version), "fresh": .decimal(fresh)], expectedVersion: 0)
        ]
    }
}

import Access
import District
import Record
import Store

/// Two people reported the same accident: the later report is folded into the one that stays. It remains on the Record,
/// and counts for nothing any more.
enum FoldIncident {
    /// Reports of one accident lie no further apart than this, in seconds.
    static let apart = 86_400.0

    static let command = Command(
        Form(
            "safety.incident.fold", title: Words("중복 보고 합치기", "Fold a second report"),
            help: Words(
                "같은 사고가 두 번 보고되었을 때, 이 보고를 남길 보고에 합칩니다. 기록은 지워지지 않습니다.",
                "Where one accident was reported twice. Nothing is deleted from the Record."),
            fields: [
                Field("incident", Words("합칠 보고", "The second report"), .reference(kind: "incident", source: nil)),
                Field("into", Words("남길 보고의 번호", "The report that stays"), .text(maximum: 60)),
                Field(
                    "reason", Words("같은 사고인 사유", "Why they are the same"), .text(maximum: 300), isPersonal: true),
            ],
            permission: .roles(IncidentAsk.managers), confirmation: .readBack)
    ) { ask, tables in
        let incident = try IncidentAsk.find(ask, tables)
        guard let kept = try IncidentTable.find(ask.values.text("into"), for: ask.tenant, in: tables),
            kept.id != incident.id, kept.foldedInto == nil, kept.firm == incident.firm,
            abs(kept.occurred.seconds(since: incident.occurred)) <= apart
        else {
            throw IncidentAsk.refusal(
                .invalid, "incident.fold", "into", "reference",
                Words("같은 사업장에서 하루 안에 일어난 다른 보고가 아닙니다.", "No other report of the same firm within a day."))
        }
        // What says more of the harm must stay: nobody's injury is lost by folding.
        let (gone, stays) = (incident.casualties, kept.casualties)
        guard gone.deaths <= stays.deaths, gone.injured <= stays.injured, gone.ill <= stays.ill else {
            throw IncidentAsk.refusal(
                .conflict, "incident.fold-harm", "into", "harm",
                Words(
                    "합칠 보고의 피해가 더 큽니다. 남길 보고를 먼저 고쳐 주세요.",
                    "The second report tells of more harm: update the one that stays first."))
        }
        return [
            IncidentAsk.draft(
                "safety.incident.folded", incident, ["into": .string(kept.id)],
                personal: ["reason": IncidentAsk.words(ask.values.text("reason"), ask, incident.id)])
        ]
    }
}

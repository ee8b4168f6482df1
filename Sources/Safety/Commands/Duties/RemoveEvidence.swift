import Access
import District
import Record
import Store

/// Takes back evidence that was put to the wrong duty; it stays to be seen and counts no more.
enum WithdrawEvidence {
    static let form = Form(
        "safety.evidence.withdraw", title: Words("증거 철회", "Withdraw evidence"),
        help: Words(
            "잘못 등록한 증거를 더 이상 치지 않습니다. 기록과 파일은 그대로 남습니다.",
            "The evidence counts no more; its record and file stay."),
        fields: [
            Field("evidence", Words("증거", "Evidence"), .reference(kind: "evidence", source: nil)),
            Field("reason", Words("사유", "Reason"), .text(maximum: 300), isPersonal: true),
        ],
        permission: .roles([.executive, .safetyManager]).orToken("command:safety.evidence.withdraw"),
        confirmation: .readBack)

    static let command = Command(form) { ask, tables in
        let evidence = try EvidenceAsk.find(ask, in: tables)
        guard try DutyTable.closed(evidence.firm, evidence.period, in: tables) == nil else {
            throw Refusal(
                .conflict, "half-year.closed",
                Words("마감한 반기의 증거는 철회할 수 없습니다.", "Evidence of a closed half-year cannot be withdrawn."))
        }
        guard try Holds.inForce(on: evidence.firm, in: tables).isEmpty else {
            throw Refusal(
                .conflict, "evidence.held",
                Words(
                    "사고로 보존 중인 동안에는 증거를 철회할 수 없습니다.", "Nothing is withdrawn while a hold is on the firm's records."))
        }
        return [EvidenceAsk.draft("safety.evidence.withdrawn", evidence, ask)]
    }
}

/// Forgets evidence whose retention is over: its file is deleted, its record and its hash stay.
enum ForgetEvidence {
    static let form = Form(
        "safety.evidence.forget", title: Words("증거 파기", "Forget evidence"),
        help: Words(
            "보존 기간이 끝난 증거의 파일을 지웁니다. 무엇이 있었는지는 기록에 남습니다.",
            "Deletes the file of evidence whose retention is over; that it was there stays on the Record."),
        fields: [
            Field("evidence", Words("증거", "Evidence"), .reference(kind: "evidence", source: nil)),
            Field("reason", Words("사유", "Reason"), .text(maximum: 300), isPersonal: true),
        ],
        permission: .roles([.executive]), confirmation: .readBack)

    static let command = Command(form) { ask, tables in
        let evidence = try EvidenceAsk.find(ask, in: tables)
        let holds = try Holds.inForce(on: evidence.firm, in: tables).map(\.id)
        if let refusal = Retention.refusal(keptUntil: evidence.keptUntil, holds: holds, now: ask.now) { throw refusal }
        var draft = EvidenceAsk.draft("safety.evidence.forgotten", evidence, ask)
        if let file = evidence.file { draft.payload["file"] = .string(file) }
        return [draft]
    }
}

/// The evidence that a command is about.
enum EvidenceAsk {
    static func find(_ ask: Ask, in tables: any Reader) throws -> DutyEvidence {
        guard let firm = ask.caller.firm,
            let evidence = try DutyTable.evidence(ask.values.text("evidence"), for: ask.tenant, in: tables),
            evidence.firm == firm, evidence.forgotten == nil
        else {
            throw Refusal(.notFound, "evidence.unknown", Words("그런 증거가 없습니다.", "There is no such evidence."))
        }
        return evidence
    }

    static func draft(_ type: String, _ evidence: DutyEvidence, _ ask: Ask) -> Draft {
        Draft(
            type, stream: "evidence/\(evidence.id)", scope: .firm(evidence.firm),
            payload: ["duty": .string(evidence.duty), "period": .string(evidence.period.description)],
            personal: [
                "reason": PersonalContent(
                    of: ask.caller.person ?? PersonID("evidence-\(evidence.id)"), .string(ask.values.text("reason")))
            ])
    }
}

/// Releases a hold: the executive asks, a second person signs.
enum ReleaseHold {
    static let form = Form(
        "safety.hold.release", title: Words("보존 조치 해제", "Release a hold"),
        help: Words(
            "사고 조사가 끝나 기록 보존 조치를 풉니다. 경영책임자가 요청하고 다른 사람이 서명해야 합니다.",
            "Ends the hold on records after an accident. The executive asks and another person signs."),
        fields: [
            Field("hold", Words("보존 조치", "Hold"), .reference(kind: "hold", source: nil)),
            Field("reason", Words("사유", "Reason"), .text(maximum: 500), isPersonal: true),
        ],
        permission: .roles([.executive]), confirmation: .secondPerson([.executive, .safetyManager, .zoneOfficer]))

    static let command = Command(form) { ask, tables in
        guard let hold = try Holds.find(ask.values.text("hold"), for: ask.tenant, in: tables),
            hold.firm == ask.caller.firm
        else {
            throw Refusal(.notFound, "hold.unknown", Words("그런 보존 조치가 없습니다.", "There is no such hold."))
        }
        guard hold.released == nil else {
            throw Refusal(.conflict, "hold.released", Words("이미 해제되었습니다.", "It is released already."))
        }
        var payload: [String: JSON] = ["hold": .string(hold.id), "incident": .string(hold.incident)]
        if let cosigner = ask.cosigner { payload["cosigner"] = .string(cosigner.rawValue) }
        return [
            Draft(
                "safety.hold.released", stream: "hold/\(hold.id)", scope: .firm(hold.firm), payload: payload,
                personal: [
                    "reason": PersonalContent(
                        of: ask.caller.person ?? PersonID("hold-\(hold.id)"), .string(ask.values.text("reason")))
                ])
        ]
    }
}

import Access
import District
import Record
import Store

/// Confirms the type of accident that a report tells of, or corrects what was proposed.
enum ConfirmType {
    static let roles: Set<Role> = [.safetyManager, .zoneOfficer]

    static let form = Form(
        "safety.type.confirm",
        title: Words("재해유형 확정", "Confirm the type of accident"),
        help: Words(
            "제안된 재해유형을 확인하거나 바로잡습니다. 확정한 것은 모델이 다음 학습에서 배웁니다.",
            "Confirms or corrects the proposed type. The model learns from what is confirmed."),
        fields: [
            Field(
                "hazard", Words("신고", "Report"), .reference(kind: "hazard", source: nil),
                help: Words("위험 신고의 번호입니다.", "The number of the report.")),
            Field("accident", Words("재해유형", "Type"), .choice(AccidentType.choices)),
        ],
        permission: .roles(roles).orToken("command:safety.type.confirm"),
        surfaces: [.web, .http, .cli, .mcp, .voice])

    static let command = Command(form) { ask, tables in
        let (tenant, hazard) = (try ask.tenant, ask.values.text("hazard"))
        guard let report = try report(of: hazard, for: tenant, in: tables) else {
            throw Refusal(
                .notFound, "type.unknown-report", Words("그런 신고가 없습니다.", "There is no such report."),
                faults: [
                    .init(
                        field: "hazard", rule: "known", words: Words("그런 신고가 없습니다.", "There is no such report."))
                ])
        }
        let accident = ask.values.text("accident")
        let before = try TypeTable.confirmed(hazard, for: tenant, in: tables)
        if before?.accident.rawValue == accident {
            throw Refusal(
                .conflict, "type.same", Words("이미 그 유형으로 확정했습니다.", "This type is confirmed already."),
                faults: [
                    .init(
                        field: "accident", rule: "same",
                        words: Words("이미 그 유형으로 확정했습니다.", "This type is confirmed already."))
                ])
        }
        let latest = try TypeTable.proposals(of: hazard, for: tenant, in: tables).first
        var payload: [String: JSON] = [
            "hazard": .string(hazard), "report": .string(report.id.description), "accident": .string(accident),
        ]
        if let first = latest?.proposal, !first.abstained, let best = first.candidates.first {
            payload["proposed"] = .string(best.type.rawValue)
        }
        return [
            Draft(
                "safety.type.confirmed", stream: "hazard-type/\(hazard)", scope: report.scope, payload: payload,
                answers: latest.flatMap { Identifier($0.id) } ?? report.id)
        ] + (before == nil ? latest.map { judged($0, accident) } ?? [] : [])
    }

    /// What the first confirmation says of the proposal it rests on: a later one corrects a person and no model.
    private static func judged(_ kept: KeptProposal, _ accident: String) -> [Draft] {
        guard case .model(let use) = kept.author else { return [] }
        let verdict: AIUseJudged.Verdict =
            if kept.proposal.abstained { .escalated } else if kept.proposal.candidates.first?.type.rawValue == accident
            { .kept } else { .overruled }
        return [AIUseJudged(use, verdict, act: Identifier(kept.id)).draft]
    }

    /// The event that brought a report, where a tenant may see it.
    static func report(of hazard: String, for tenant: some Tenancy, in reader: any Reader) throws -> Event? {
        // Only looked up: no clock is asked.
        let log = RecordLog(clock: { Timestamp(microseconds: 0) })
        let events = try log.events(inStream: "hazard/\(hazard)", limit: 1, in: reader)
        return events.first { [HazardReport.type, HazardReport.proposed].contains($0.type) && tenant.sees($0.scope) }
    }
}

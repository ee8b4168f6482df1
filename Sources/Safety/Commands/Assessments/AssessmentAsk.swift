import Access
import District
import Record
import Store
import Twin

/// What the commands about assessments share: finding one, and refusing what its state does not allow.
enum AssessmentAsk {
    static let managers: Set<Role> = [.safetyManager, .executive]
    static let everyone: Set<Role> = [.worker, .operator, .safetyManager, .executive]

    static let field = Field("assessment", Words("위험성평가", "Assessment"), .reference(kind: "assessment", source: nil))
    static let hazard = Field("hazard", Words("위험요인", "Hazard"), .reference(kind: "hazard", source: nil))

    /// Who may, in person or by a token for that command.
    static func permission(_ roles: Set<Role>, _ command: String) -> Permission {
        .roles(roles).orToken("command:\(command)")
    }

    /// The assessment that was asked for, in one of these states.
    /// - Throws: ``Refusal`` where there is none, or where it has gone on.
    static func find(_ ask: Ask, in tables: any Reader, _ states: Set<AssessmentState>) throws -> Assessment {
        let tenant = try ask.tenant
        guard let found = try AssessmentRegister.find(ask.values.text("assessment"), for: tenant, in: tables) else {
            throw unknown("assessment", Words("그런 위험성평가가 없습니다.", "There is no such assessment."))
        }
        try require(found, states)
        return found
    }

    /// The hazard that was asked for, in an assessment in one of these states.
    static func findHazard(
        _ ask: Ask, in tables: any Reader, _ states: Set<AssessmentState>
    ) throws -> (hazard: AssessedHazard, assessment: Assessment) {
        let tenant = try ask.tenant
        guard let found = try AssessmentRegister.hazard(ask.values.text("hazard"), for: tenant, in: tables) else {
            throw unknown("hazard", Words("그런 위험요인이 없습니다.", "There is no such hazard."))
        }
        try require(found.assessment, states)
        return found
    }

    /// The site or building that a thing stands in; the thing itself where it stands in none.
    static func site(of thing: Thing, for tenant: Tenant, in tables: any Reader) throws -> ThingID {
        let path = try Things.path(to: thing.id, for: tenant, in: tables)
        return path.last { [.site, .building].contains($0.kind) }?.id ?? thing.id
    }

    static func unknown(_ what: String, _ words: Words) -> Refusal {
        Refusal(.notFound, "\(what).unknown", of: what, "reference", words)
    }

    static func invalid(_ code: String, _ field: String, _ rule: String, _ words: Words) -> Refusal {
        Refusal(.invalid, code, of: field, rule, words)
    }

    private static func require(_ assessment: Assessment, _ states: Set<AssessmentState>) throws {
        guard states.contains(assessment.state) else {
            throw Refusal(
                .conflict, "assessment.state",
                Words(
                    "지금 상태(\(assessment.state.words.ko))에서는 할 수 없습니다.",
                    "Not while its state is: \(assessment.state.words.en)."))
        }
    }

    static func draft(_ type: String, _ assessment: Assessment, _ payload: [String: JSON]) -> Draft {
        var payload = payload
        payload["assessment"] = .string(assessment.id)
        return Draft(type, stream: "assessment/\(assessment.id)", scope: assessment.scope, payload: payload)
    }
}

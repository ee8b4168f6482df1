import Access
import District
import Record
import Store
import Twin

/// What the commands about emergencies share.
enum EmergencyAsk {
    /// Everyone who works in a firm: anybody may call an emergency.
    static let people: Set<Role> = [.worker, .operator, .safetyManager, .executive]
    /// Who answers for a firm's emergency plans.
    static let managers: Set<Role> = [.safetyManager, .executive]

    static let field = Field("emergency", Words("비상 상황", "Emergency"), .reference(kind: "emergency", source: nil))
    static let site = Field("site", Words("사업장", "Site"), .reference(kind: "thing", source: nil))
    static let entry = Field("entry", Words("사람", "Person"), .reference(kind: "muster-entry", source: nil))

    static func refusal(
        _ kind: Refusal.Kind, _ code: String, _ field: String, _ rule: String, _ words: Words
    ) -> Refusal {
        Refusal(kind, code, of: field, rule, words)
    }

    /// A refusal of what was entered.
    static func refusal(_ code: String, _ field: String, _ rule: String, _ words: Words) -> Refusal {
        refusal(.invalid, code, field, rule, words)
    }

    /// The emergency that is meant.
    static func find(_ ask: Ask, _ tables: any Reader, running: Bool = true) throws -> Emergency {
        guard let emergency = try EmergencyTable.find(ask.values.text("emergency"), for: ask.tenant, in: tables) else {
            throw Refusal(
                .notFound, "emergency.unknown", Words("그런 비상 상황이 없습니다.", "There is no such emergency."))
        }
        guard !running || emergency.isRunning else {
            throw Refusal(.conflict, "emergency.over", Words("이미 해제된 상황입니다.", "All clear was given already."))
        }
        return emergency
    }

    /// The site or building that a form's place stands in, and the firm that runs it.
    static func place(
        _ ask: Ask, field: String = "site", _ tables: any Reader
    ) throws -> (thing: Thing, site: ThingID, firm: FirmID) {
        let thing = try PlaceOfWork.find(ask.values.text(field), field: field, for: ask.tenant, in: tables)
        guard case .firm(let firm) = thing.scope else {
            throw refusal(
                .notFound, "thing.not-a-firms", field, "reference",
                Words("소속 기업의 장소를 골라 주세요.", "Please choose a place of your firm."))
        }
        return (thing, try AssessmentAsk.site(of: thing, for: ask.tenant, in: tables), firm)
    }

    /// An event about an emergency, which joins its trace.
    static func draft(
        _ type: String, _ emergency: Emergency, _ payload: [String: JSON] = [:], stream: String = "emergency",
        observed: Timestamp? = nil, personal: [String: PersonalContent] = [:]
    ) -> Draft {
        var payload = payload
        payload["emergency"] = .string(emergency.id)
        return Draft(
            type, stream: "\(stream)/\(emergency.id)", scope: emergency.scope, observed: observed, payload: payload,
            personal: personal, answers: emergency.event)
    }

    /// When something was seen, by the house's clock, whatever a phone's clock shows.
    static func seen(_ ask: Ask) -> Timestamp { min(ask.offline?.corrected ?? ask.now, ask.now) }

    /// Whether somebody may say of others that they are safe: a manager, or who has a duty at the site; anybody where
    /// nobody has one, for then somebody must.
    static func maySee(_ ask: Ask, at site: ThingID, _ tables: any Reader) throws -> Bool {
        if !ask.caller.roles.isDisjoint(with: managers) || ask.caller.person == nil { return true }
        let duties = try ManualTable.duties(at: site, for: ask.tenant, in: tables)
        return duties.isEmpty || duties.contains { $0.isOf(ask.caller.person) }
    }
}

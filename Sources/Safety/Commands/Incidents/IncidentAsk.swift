import Access
import District
import Record
import Store

/// What the commands about incidents share.
enum IncidentAsk {
    /// Who may report one.
    static let reporters: Set<Role> = [.worker, .operator, .safetyManager, .executive]
    /// Who answers for it in a firm.
    static let managers: Set<Role> = [.safetyManager, .executive]

    static let field = Field("incident", Words("사고", "Incident"), .reference(kind: "incident", source: nil))

    /// The incident that is meant, not closed yet.
    static func find(_ ask: Ask, _ tables: any Reader, evenClosed: Bool = false) throws -> Incident {
        guard let incident = try IncidentTable.find(ask.values.text("incident"), for: ask.tenant, in: tables) else {
            throw Refusal(.notFound, "incident.unknown", Words("그런 사고 기록이 없습니다.", "There is no such incident."))
        }
        guard evenClosed || incident.closed == nil else {
            throw Refusal(.conflict, "incident.closed", Words("이미 종결한 사고입니다.", "This incident is closed."))
        }
        return incident
    }

    /// An event about an incident, which joins its trace.
    static func draft(
        _ type: String, _ incident: Incident, _ payload: [String: JSON] = [:], observed: Timestamp? = nil,
        scope: Scope? = nil, personal: [String: PersonalContent] = [:]
    ) -> Draft {
        var payload = payload
        payload["incident"] = .string(incident.id)
        payload["firm"] = .string(incident.firm.rawValue)
        payload["employer"] = .string(incident.employer.rawValue)
        return Draft(
            type, stream: "incident/\(incident.id)", scope: scope ?? incident.scope, observed: observed,
            payload: payload, personal: personal, answers: incident.event)
    }

    /// Words that somebody wrote, for the vault: under the writer's key, or the incident's where a program wrote them.
    static func words(_ text: String, _ ask: Ask, _ incident: String) -> PersonalContent {
        PersonalContent(of: ask.caller.person ?? PersonID("incident-\(incident)"), .string(text))
    }

    /// A refusal that names a field.
    static func refusal(
        _ kind: Refusal.Kind, _ code: String, _ field: String, _ rule: String, _ words: Words
    ) -> Refusal {
        Refusal(kind, code, of: field, rule, words)
    }
}

/// How somebody came to harm, as forms ask it and events keep it.
struct InjuredFields {
    let law: IncidentLaw

    /// The fields of one person on the list.
    var fields: [Field] {
        [
            Field(
                "name", Words("이름", "Name"), .text(maximum: 60), required: false,
                help: Words(
                    "이름은 기록에 남지 않고 따로 보관하며, 나중에 지울 수 있습니다.", "Kept apart from the Record, where it can be erased."),
                isPersonal: true),
            Field("care", Words("필요한 치료", "Care needed"), .choice(Injured.Care.choices)),
            Field("ill", Words("업무상 질병", "Illness from work"), .flag, required: false),
            Field("nature", Words("상해 종류", "Kind of injury"), .choice(Injured.Nature.choices), required: false),
            Field(
                "disease", Words("질병", "Illness"), .choice(law.diseases.map { .init($0.id, $0.words) }),
                required: false),
            Field(
                "expected_days", Words("예상 휴업일수", "Days off expected"), .integer(0...3650, unit: "d"),
                required: false, help: Words("모르면 비워 두세요.", "Leave empty while nobody knows.")),
            Field(
                "care_months", Words("예상 요양기간", "Months of care expected"), .number(0...120, unit: "mo"),
                required: false, help: Words("모르면 비워 두세요.", "Leave empty while nobody knows.")),
        ]
    }

    /// Those of a list, numbered from 1.
    static func read(_ value: JSON?) -> [Injured] {
        (value?.elements ?? []).enumerated().map { index, entry in
            var one = entry.members ?? [:]
            one["number"] = .decimal(Int64(index + 1))
            one["name"] = nil
            return Injured(json: .object(one))
        }
    }

    /// Their names for the vault, each under a key of its own, so that one may be forgotten without the others.
    static func names(_ value: JSON?, incident: String) -> [String: PersonalContent] {
        var names: [String: PersonalContent] = [:]
        for (index, entry) in (value?.elements ?? []).enumerated() {
            guard let name = entry["name"]?.text, !name.isEmpty else { continue }
            names["name_\(index + 1)"] = PersonalContent(
                of: PersonID("casualty-\(incident)-\(index + 1)"), .string(name))
        }
        return names
    }
}

/// How serious an accident is, as an event says it.
struct IncidentFindings {
    let casualties: Casualties
    let osh: SeriousAccident.Finding
    let sapa: SeriousAccident.Finding
    let form30: Form30.Need
    let edition: String

    /// Judged by both definitions, and for Form 30.
    init(_ casualties: Casualties, on day: KoreanDay, before: [DiseaseCase], law: IncidentLaw) {
        self.casualties = casualties
        func judge(_ id: String) -> SeriousAccident.Finding {
            // The law's data has both definitions, or it would not have been read.
            guard let definition = law.definitions.first(where: { $0.id == id }) else { return .undecided([]) }
            return SeriousAccident.judge(
                casualties, on: day, by: definition, before: before, unlisted: law.unlisted)
        }
        osh = judge("osh")
        sapa = judge("sapa")
        form30 = Form30.need(casualties, days: law.form30Days)
        edition = law.edition
    }

    /// The members it adds to an event.
    var payload: [String: JSON] {
        func finding(_ finding: SeriousAccident.Finding) -> JSON {
            [
                "finding": .string(finding.text),
                "reasons": .array(finding.reasons.map(\.rawValue).sorted().map { .string($0) }),
            ]
        }
        return [
            "people": .array(casualties.people.map(\.json)), "deaths": .decimal(casualties.deaths),
            "injured": .decimal(casualties.injured), "ill": .decimal(casualties.ill),
            "classification": ["osh": finding(osh), "sapa": finding(sapa)], "form30": .string(form30.rawValue),
            "edition": .string(edition),
        ]
    }
}

import Access
import District
import Record
import Store
import Twin

/// Publishes a site's manual for one scenario; each time a new version.
struct PublishManual {
    let scenarios: Scenarios

    var command: Command {
        Command(
            Form(
                "safety.manual.publish", title: Words("비상 대응 매뉴얼 펴내기", "Publish an emergency manual"),
                help: Words(
                    "사업장과 상황마다 하나씩 만듭니다. 절차를 비우면 기본 절차로 시작하고, 집결지와 연락처는 우리 사업장 것이어야 합니다.",
                    "One for each site and scenario. Without steps it starts from the usual ones; assembly points and contacts are the site's own."
                ),
                fields: [
                    EmergencyAsk.site,
                    Field("scenario", Words("상황", "Scenario"), .choice(scenarios.choices)),
                    Field(
                        "steps", Words("절차", "Steps"),
                        .list(
                            [
                                Field("phase", Words("단계", "Phase"), .choice(Scenario.Phase.choices)),
                                Field("ko", Words("할 일(한국어)", "What to do (Korean)"), .text(maximum: 300)),
                                Field(
                                    "en", Words("할 일(영어)", "What to do (English)"), .text(maximum: 300), required: false
                                ),
                            ], maximum: 40), required: false),
                    Field(
                        "assembly", Words("집결지", "Assembly points"),
                        .list(
                            [Field("thing", Words("장소", "Place"), .reference(kind: "thing", source: nil))], maximum: 10)
                    ),
                    Field(
                        "contacts", Words("비상 연락처", "Contacts"),
                        .list(
                            [
                                Field("who", Words("누구", "Who"), .text(maximum: 60), isPersonal: true),
                                Field("number", Words("전화번호", "Number"), .text(maximum: 40), isPersonal: true),
                            ], maximum: 30)),
                ],
                permission: .roles(EmergencyAsk.managers))
        ) { [scenarios] ask, tables in
            let (thing, site, firm) = try EmergencyAsk.place(ask, tables)
            guard thing.id == site else {
                throw EmergencyAsk.refusal(
                    "manual.site", "site", "site",
                    Words("사업장이나 건물을 골라 주세요.", "Please choose the site or the building."))
            }
            guard let scenario = scenarios[ask.values.text("scenario")] else { throw Self.noScenario }
            let given = (ask.values["steps"]?.elements ?? []).compactMap { step -> Scenario.Step? in
                guard let phase = step["phase"]?.text.flatMap({ Scenario.Phase(rawValue: $0) }),
                    let ko = step["ko"]?.text
                else { return nil }
                return Scenario.Step(phase: phase, words: Words(ko, step["en"]?.text ?? ko))
            }
            let steps = given.isEmpty ? scenario.steps : given
            let missing = EmergencyManual.missingPhases(steps)
            guard missing.isEmpty else {
                throw Refusal(
                    .invalid, "manual.phases",
                    Words("매뉴얼에 빠진 단계가 있습니다.", "The manual says nothing about some phases."),
                    faults: missing.map { .init(field: "steps", rule: $0.rawValue, words: $0.words) })
            }
            let assembly = (ask.values["assembly"]?.elements ?? []).compactMap { $0["thing"]?.text }
            let contacts = ask.values["contacts"]?.elements ?? []
            guard !assembly.isEmpty, !contacts.isEmpty else {
                let field = assembly.isEmpty ? "assembly" : "contacts"
                throw EmergencyAsk.refusal(
                    "manual.\(field)", field, "required",
                    Words("집결지와 연락처를 하나 이상 넣어 주세요.", "At least one assembly point and one contact are needed."))
            }
            for one in assembly { _ = try PlaceOfWork.find(one, field: "assembly", for: ask.tenant, in: tables) }
            let last = try ManualTable.manual(of: site, scenario.id, for: ask.tenant, in: tables)
            return [
                Draft(
                    "safety.manual.published", stream: "manual/\(site)/\(scenario.id)", scope: .firm(firm),
                    payload: [
                        "site": .string(site.rawValue), "scenario": .string(scenario.id),
                        "version": .number(Double((last?.version ?? 0) + 1)),
                        "steps": .array(
                            steps.map {
                                [
                                    "phase": .string($0.phase.rawValue), "ko": .string($0.words.ko),
                                    "en": .string($0.words.en),
                                ]
                            }), "assembly": .array(assembly.map { .string($0) }),
                        "edition": .string(scenarios.edition),
                    ],
                    personal: [
                        "contacts": PersonalContent(
                            of: ask.caller.person ?? PersonID("manual-\(site)"), .array(contacts))
                    ])
            ]
        }
    }

    static let noScenario = EmergencyAsk.refusal(
        "scenario.unknown", "scenario", "choice", Words("그런 상황이 없습니다.", "There is no such scenario."))
}

/// Gives somebody a duty in emergencies at a site, with a deputy.
enum AssignEmergencyRole {
    static let command = Command(
        Form(
            "safety.emergency-role.assign", title: Words("비상 역할 지정", "Assign an emergency duty"),
            help: Words("자리를 비울 때를 위해 대리자를 함께 정합니다.", "Name a deputy too, for when they are away."),
            fields: [
                EmergencyAsk.site,
                Field("role", Words("역할", "Duty"), .choice(EmergencyRole.choices)),
                Field("person", Words("담당자", "Person"), .reference(kind: "person", source: nil)),
                Field("deputy", Words("대리자", "Deputy"), .reference(kind: "person", source: nil), required: false),
                Field(
                    "area", Words("맡은 구역", "Area"), .reference(kind: "thing", source: nil), required: false,
                    condition: .init("role", is: "warden")),
            ],
            permission: .roles(EmergencyAsk.managers))
    ) { ask, tables in
        let (_, site, firm) = try EmergencyAsk.place(ask, tables)
        let (person, deputy) = (ask.values.text("person"), ask.values.text("deputy"))
        for (field, id) in [("person", person), ("deputy", deputy)] where !id.isEmpty {
            guard try Directory.person(PersonID(id), for: ask.tenant, in: tables)?.active == true else {
                throw EmergencyAsk.refusal(
                    "emergency-role.person", field, "reference", Words("모르는 사람입니다.", "Not known here."))
            }
        }
        guard person != deputy else {
            throw EmergencyAsk.refusal(
                "emergency-role.same", "deputy", "other-person",
                Words("대리자는 다른 사람이어야 합니다.", "The deputy must be someone else."))
        }
        let role = ask.values.text("role")
        let duties = try ManualTable.duties(at: site, for: ask.tenant, in: tables)
        // One commands; naming another ends the first one's duty.
        let ended = role == EmergencyRole.commander.rawValue ? duties.filter { $0.role == .commander } : []
        let id = Identifier(at: ask.now).description
        var payload: [String: JSON] = [
            "duty": .string(id), "site": .string(site.rawValue), "role": .string(role), "person": .string(person),
        ]
        if !deputy.isEmpty { payload["deputy"] = .string(deputy) }
        if !ask.values.text("area").isEmpty {
            _ = try PlaceOfWork.find(ask.values.text("area"), field: "area", for: ask.tenant, in: tables)
            payload["area"] = .string(ask.values.text("area"))
        }
        return ended.map { end($0, .firm(firm)) } + [
            Draft(
                "safety.emergency-role.assigned", stream: "emergency-role/\(id)", scope: .firm(firm), payload: payload)
        ]
    }

    static func end(_ duty: EmergencyDuty, _ scope: Scope) -> Draft {
        Draft(
            "safety.emergency-role.ended", stream: "emergency-role/\(duty.id)", scope: scope,
            payload: ["duty": .string(duty.id), "site": .string(duty.site.rawValue)])
    }
}

/// Somebody has a duty no longer.
enum EndEmergencyRole {
    static let command = Command(
        Form(
            "safety.emergency-role.end", title: Words("비상 역할 해제", "End an emergency duty"),
            help: Words("지정을 끝냅니다.", "Ends the duty."),
            fields: [
                EmergencyAsk.site,
                Field("duty", Words("지정", "Duty"), .reference(kind: "emergency-duty", source: nil)),
            ],
            permission: .roles(EmergencyAsk.managers))
    ) { ask, tables in
        let (_, site, firm) = try EmergencyAsk.place(ask, tables)
        let duties = try ManualTable.duties(at: site, for: ask.tenant, in: tables)
        guard let duty = duties.first(where: { $0.id == ask.values.text("duty") }) else {
            throw Refusal(
                .notFound, "emergency-role.unknown", Words("그런 지정이 없습니다.", "There is no such duty."))
        }
        return [AssignEmergencyRole.end(duty, .firm(firm))]
    }
}

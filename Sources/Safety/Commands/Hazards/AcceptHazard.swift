import Access
import District
import Record
import Store

/// A person says that it is a danger, and how bad; the first measure may come with it.
struct AcceptHazard {
    let policy: ActionPolicy

    var command: Command {
        Command(
            Form(
                "safety.hazard.accept", title: Words("위험 인정", "Accept a hazard"),
                help: Words(
                    "빈도와 강도로 위험 등급이 정해집니다. ‘매우 높음’이면 그 장소가 바로 닫힙니다.",
                    "Frequency and severity make the band of risk. Severe closes the place at once."),
                fields: [
                    HazardAsk.field,
                    Field(
                        "accident", Words("재해 유형", "Type of accident"), .choice(AccidentType.choices), required: false),
                    Field(
                        "frequency", Words("빈도 (1 드묾 – 5 자주)", "Frequency (1 rare – 5 often)"),
                        .integer(1...Int64(RiskScale.fiveByFour.likelihoods), unit: nil)),
                    Field(
                        "severity", Words("강도 (1 경미 – 4 사망)", "Severity (1 slight – 4 death)"),
                        .integer(1...Int64(RiskScale.fiveByFour.severities), unit: nil)),
                ] + ActOnHazard.fields(isRequired: false),
                permission: .roles(HazardAsk.managers).orToken("command:safety.hazard.accept"),
                surfaces: [.web, .http, .cli, .mcp, .voice])
        ) { [policy] ask, tables in
            let hazard = try HazardAsk.find(ask, tables, in: [.raised, .proposed])
            // The form has held both numbers against their bounds.
            let risk = Risk(
                likelihood: Int(ask.values.integer("frequency") ?? 5),
                severity: Int(ask.values.integer("severity") ?? 4))
            let band = RiskScale.fiveByFour.band(risk)
            var payload: [String: JSON] = [
                "thing": .string(hazard.thing.rawValue), "band": .string(band.rawValue),
                "frequency": .init(risk.likelihood), "severity": .init(risk.severity),
                "edition": .string(policy.edition),
            ]
            if let accident = ask.values.text("accident").nonempty ?? hazard.accident?.rawValue {
                payload["accident"] = .string(accident)
            }
            var drafts = [HazardAsk.draft(HazardAccepted.type, hazard, payload)] + HazardProposal.judged(hazard, .kept)
            if !ask.values.text("title").isEmpty {
                drafts.append(try ActOnHazard.action(ask, hazard, band, policy, tables))
            }
            return drafts
        }
    }
}

/// A further measure against an accepted hazard.
struct ActOnHazard {
    let policy: ActionPolicy

    var command: Command {
        Command(
            Form(
                "safety.hazard.act", title: Words("위험에 조치 등록", "Open an action against a hazard"),
                help: Words(
                    "위에 있는 대책의 단계부터 생각해 주세요. 기한을 비우면 위험 등급에 따라 정합니다.",
                    "Think of the higher kinds of control first. Left empty, the band of risk decides the due day."),
                fields: [HazardAsk.field] + Self.fields(isRequired: true),
                permission: .roles(HazardAsk.managers).orToken("command:safety.hazard.act"),
                surfaces: [.web, .http, .cli, .mcp, .voice])
        ) { [policy] ask, tables in
            let hazard = try HazardAsk.find(ask, tables, in: [.accepted, .controlled])
            return [try Self.action(ask, hazard, hazard.band ?? .severe, policy, tables)]
        }
    }

    /// What says of a measure who does what until when.
    static func fields(isRequired: Bool) -> [Field] {
        let group = Words("조치", "Action")
        return [
            Field(
                "title", Words("할 일", "What is to be done"), .text(maximum: 200), required: isRequired, group: group),
            Field(
                "step", Words("대책의 종류", "Kind of control"),
                .choice(ControlStep.allCases.map { .init($0.rawValue, $0.words) }), required: false, group: group),
            Field(
                "owner", Words("담당자", "Owner"), .reference(kind: "person", source: nil), required: false, group: group),
            Field("due", Words("기한", "Due"), .moment, required: false, group: group),
        ]
    }

    /// The event that opens it.
    static func action(
        _ ask: Ask, _ hazard: Hazard, _ band: RiskBand, _ policy: ActionPolicy, _ tables: any Reader
    ) throws -> Draft {
        let today = KoreanDay(ask.now)
        let due = try ActionAsk.day(ask, "due", from: today, Words("오늘보다 앞설 수 없습니다.", "It cannot lie before today."))
        return ActionDrafts.open(
            ask.values.text("title"), at: hazard.thing, scope: hazard.scope,
            source: .init(kind: "hazard", id: hazard.id), band: band,
            step: ControlStep(rawValue: ask.values.text("step")) ?? .administrative,
            owner: try ActionAsk.owner(ask, tables), due: due ?? policy.due(band, from: today), now: ask.now,
            answers: hazard.event)
    }
}

extension String {
    /// Itself, or nil where it is empty.
    var nonempty: String? { isEmpty ? nil : self }
}

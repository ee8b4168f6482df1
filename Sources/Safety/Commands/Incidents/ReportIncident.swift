import Access
import District
import Record
import Store
import Twin

/// Reports an accident or an illness from work; both definitions of a serious accident are held against it at once.
struct ReportIncident {
    let law: IncidentLaw

    var form: Form {
        Form(
            "safety.incident.report", title: Words("사고 보고", "Report an accident"),
            help: Words(
                "먼저 사람을 구하고 119에 신고하세요. 그다음 아는 만큼만 적습니다. 모르는 것은 비워 두세요.",
                "Help people and call 119 first. Then say what you know, and leave empty what you do not."),
            fields: [
                Field("thing", Words("장소나 설비", "Place or machine"), .reference(kind: "thing", source: nil)),
                Field("occurred", Words("일어난 때", "When it happened"), .moment),
                Field(
                    "what", Words("무슨 일이 있었습니까?", "What happened?"), .longText(maximum: 4000), isPersonal: true),
                Field("type", Words("재해 유형", "Type of accident"), .choice(AccidentType.choices)),
                Field("disease", Words("업무상 질병입니까?", "Is it an illness from work?"), .flag, required: false),
                Field(
                    "people", Words("다치거나 아픈 사람", "Who is hurt or ill"),
                    .list(InjuredFields(law: law).fields, maximum: 50), required: false),
                Field(
                    "deaths", Words("사망자 수", "Deaths"), .integer(0...1000, unit: nil), required: false,
                    help: Words("위 목록보다 많으면 모두 합한 수를 적습니다.", "The whole number, where it is more than listed.")),
                Field("injured", Words("부상자 수", "Injured"), .integer(0...10_000, unit: nil), required: false),
                Field("ill", Words("질병자 수", "Ill"), .integer(0...10_000, unit: nil), required: false),
                Field(
                    "contractor", Words("수급인(다친 사람의 소속)", "Contractor who employs them"),
                    .reference(kind: "firm", source: nil), required: false,
                    help: Words("수급인 소속이면 그 기업을 고릅니다.", "Where they work for a contractor, which one.")),
            ],
            permission: .roles(IncidentAsk.reporters).orToken("command:safety.incident.report"),
            surfaces: [.web, .http, .cli, .mcp, .voice, .offline])
    }

    var command: Command {
        Command(form) { [law] ask, tables in
            let tenant = try ask.tenant
            let place = try PlaceOfWork.find(ask.values.text("thing"), for: tenant, in: tables)
            guard case .firm(let firm) = place.scope else { throw Self.noFirm }
            let occurred = ask.values.moment("occurred") ?? ask.now
            guard occurred <= ask.now else {
                throw IncidentAsk.refusal(
                    .invalid, "incident.future", "occurred", "past",
                    Words("일어난 때가 지금보다 뒤입니다.", "It cannot have happened in the future."))
            }
            let employer = try Self.employer(ask, firm, tables)
            let people = InjuredFields.read(ask.values["people"])
            let casualties = Casualties(
                people: people, deaths: ask.values.integer("deaths") ?? 0,
                injured: ask.values.integer("injured") ?? 0, ill: ask.values.integer("ill") ?? 0)
            let id = Identifier(at: ask.now).description
            let findings = IncidentFindings(
                casualties, on: KoreanDay(occurred),
                before: try IncidentTable.diseases(of: employer, in: tables), law: law)
            var payload = findings.payload
            payload.merge([
                "incident": .string(id), "thing": .string(place.id.rawValue), "firm": .string(firm.rawValue),
                "employer": .string(employer.rawValue), "type": .string(ask.values.text("type")),
                "disease": .bool(ask.values.flag("disease") || people.contains(where: \.isIll)),
            ]) { $1 }
            if let offline = ask.offline { payload["offline"] = offline.json }
            var personal = InjuredFields.names(ask.values["people"], incident: id)
            personal["what"] = IncidentAsk.words(ask.values.text("what"), ask, id)
            let scope: Scope = employer == firm ? .firm(firm) : .contract(firm, employer)
            let reported = Draft(
                IncidentReported.type, stream: "incident/\(id)", scope: scope, observed: occurred, payload: payload,
                personal: personal)
            var drafts = [reported]
            if findings.form30 != .notNeeded { drafts.append(Self.due(id, employer, occurred, law)) }
            // After a serious accident work there stops at once (OSH 54(1)); one entered long after stops nothing.
            if case .serious = findings.osh, KoreanDay(occurred) >= KoreanDay(ask.now) - 1 {
                drafts.append(
                    Closure.closed(at: place.id, scope: .firm(firm), reason: .incident, source: id, now: ask.now))
            }
            return drafts
        }
    }

    /// Whoever employs those who came to harm owes the authority a form.
    static func due(
        _ incident: String, _ employer: FirmID, _ occurred: Timestamp, _ law: IncidentLaw, answers: Identifier? = nil
    ) -> Draft {
        Draft(
            "safety.form30.due", stream: "incident/\(incident)", scope: .firm(employer),
            payload: [
                "incident": .string(incident), "employer": .string(employer.rawValue),
                "due": .string(Form30.due(occurred, months: law.form30Months).description),
                "edition": .string(law.edition),
            ], answers: answers)
    }

    /// The firm that employs whoever came to harm; a contractor must be one that works here by contract.
    private static func employer(_ ask: Ask, _ firm: FirmID, _ tables: any Reader) throws -> FirmID {
        let named = ask.values.text("contractor")
        guard !named.isEmpty, named != firm.rawValue else { return firm }
        let partners = try ContractTable.list(for: ask.tenant, in: tables)
            .filter { $0.isAccepted && ($0.client == firm || $0.contractor == firm) }.flatMap {
                [$0.client, $0.contractor]
            }
        guard partners.contains(FirmID(named)) else {
            throw IncidentAsk.refusal(
                .invalid, "incident.contractor", "contractor", "reference",
                Words("이 사업장과 도급계약이 있는 기업이 아닙니다.", "No firm that works here under a contract."))
        }
        return FirmID(named)
    }

    private static let noFirm = IncidentAsk.refusal(
        .notFound, "thing.not-a-firms", "thing", "reference",
        Words("기업의 장소를 골라 주세요.", "Please choose a firm's place."))
}

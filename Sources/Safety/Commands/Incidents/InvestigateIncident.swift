import Access
import District
import Record
import Store

/// Why it happened: causes by the four M, and why each time again until the root is reached.
enum InvestigateIncident {
    /// Where a cause lies.
    enum CauseKind: String, CaseIterable {
        case man, machine, media, management

        var words: Words {
            switch self {
            case .man: Words("사람(Man)", "Man")
            case .machine: Words("설비(Machine)", "Machine")
            case .media: Words("작업 방법·환경(Media)", "Media: method and surroundings")
            case .management: Words("관리(Management)", "Management")
            }
        }
    }

    /// From so many answers on, the chain counts as followed to its root.
    static let fewestWhys = 3

    static let command = Command(
        Form(
            "safety.incident.investigate", title: Words("원인조사", "Investigate the causes"),
            help: Words(
                "사람을 탓하지 말고 왜 그럴 수밖에 없었는지 거듭 묻습니다(5Why). 관리 원인이 하나는 있어야 합니다.",
                "Blame nobody: ask why again and again (5 whys). One cause at least lies in management."),
            fields: [
                IncidentAsk.field,
                Field(
                    "causes", Words("원인(4M)", "Causes (4 M)"),
                    .list(
                        [
                            Field(
                                "kind", Words("분류", "Kind"),
                                .choice(CauseKind.allCases.map { .init($0.rawValue, $0.words) })),
                            Field("cause", Words("원인", "Cause"), .text(maximum: 500), isPersonal: true),
                        ], maximum: 20)),
                Field(
                    "whys", Words("왜? (차례대로)", "Why? (in order)"),
                    .list([Field("why", Words("왜", "Why"), .text(maximum: 500), isPersonal: true)], maximum: 7)),
                Field(
                    "photo", Words("사진·파일", "Photo or file"), .attachment(maximumBytes: Attachments.largest),
                    required: false),
            ],
            permission: .roles(IncidentAsk.managers).orToken("command:safety.incident.investigate"))
    ) { ask, tables in
        let incident = try IncidentAsk.find(ask, tables)
        let causes = ask.values["causes"]?.elements ?? []
        guard causes.contains(where: { $0["kind"]?.text == CauseKind.management.rawValue }) else {
            throw IncidentAsk.refusal(
                .invalid, "incident.no-management-cause", "causes", "management",
                Words("관리 원인을 하나 이상 찾아 적어 주세요.", "Name at least one cause that lies in management."))
        }
        let whys = ask.values["whys"]?.elements ?? []
        guard whys.count >= fewestWhys else {
            throw IncidentAsk.refusal(
                .invalid, "incident.few-whys", "whys", "minimum",
                Words("‘왜’를 \(fewestWhys)번 이상 물어 주세요.", "Please ask why \(fewestWhys) times or more."))
        }
        var payload: [String: JSON] = [
            "kinds": .array(Set(causes.compactMap { $0["kind"]?.text }).sorted().map { .string($0) }),
            "whys": .decimal(Int64(whys.count)),
        ]
        let photo = ask.values.text("photo")
        if !photo.isEmpty {
            guard try Attachments.holds(photo, for: ask.tenant, in: tables) else {
                throw IncidentAsk.refusal(
                    .invalid, "incident.photo", "photo", "reference",
                    Words("올린 파일을 찾을 수 없습니다.", "There is no such file."))
            }
            payload["photo"] = .string(photo)
        }
        return [
            IncidentAsk.draft(
                "safety.incident.investigated", incident, payload,
                personal: [
                    "findings": PersonalContent(
                        of: PersonID("incident-\(incident.id)"), ["causes": .array(causes), "whys": .array(whys)])
                ])
        ]
    }
}

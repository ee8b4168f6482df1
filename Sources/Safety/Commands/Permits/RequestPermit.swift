import Access
import District
import Record
import Store
import Twin

/// Asks for a permit to work.
enum RequestPermit {
    private static let person = Field("person", Words("사람", "Person"), .reference(kind: "person", source: nil))
    private static let isHot = Field.Condition("kind", is: "hot")
    private static let isConfined = Field.Condition("kind", is: "confined")
    private static let isElectrical = Field.Condition("kind", is: "electrical")

    static func form(_ rules: PermitRules) -> Form {
        Form(
            "safety.permit.request", title: Words("작업허가 신청", "Request a permit to work"),
            help: Words(
                "위험한 작업을 시작하기 전에 신청합니다. 다른 사람이 현장을 확인하고 허가해야 작업할 수 있습니다.",
                "Asked for before dangerous work. Work begins only once another person has checked the place and authorised it."
            ),
            fields: [
                Field("kind", Words("작업 종류", "Kind of work"), .choice(rules.choices)),
                Field("thing", Words("장소·설비", "Place or machine"), .reference(kind: "thing", source: nil)),
                Field("work", Words("작업 내용", "What is done"), .text(maximum: 300)),
                Field("from", Words("시작", "From"), .moment),
                Field("to", Words("끝", "To"), .moment),
                Field("people", Words("작업자", "Who works"), .list([person], maximum: 100)),
                Field("supervisor", Words("관리감독자", "Supervisor"), .reference(kind: "person", source: nil)),
                Field(
                    "watcher", Words("감시인", "Watcher"), .reference(kind: "person", source: nil), required: false,
                    help: Words("밀폐공간, 화기, 인양 작업에 필요합니다.", "Needed for confined spaces, hot work and lifting.")),
                Field(
                    "contractor", Words("도급·협력 업체", "Contractor"), .reference(kind: "firm", source: nil),
                    required: false),
                Field(
                    "solvent", Words("용제·도장·인화성 물질을 씁니다", "Solvent, paint or what catches fire is used"), .flag,
                    required: false),
                Field("purge", Words("가스 퍼지나 배출을 합니다", "Gas is purged or vented"), .flag, required: false),
                Field("needs_power", Words("전원이 있어야 합니다", "The work needs power"), .flag, required: false),
                Field(
                    "flammables_cleared",
                    Words("근처의 인화성 물질을 치우거나 덮었습니다", "What catches fire nearby was taken away or covered"), .flag,
                    required: false, condition: isHot),
                Field(
                    "locks", Words("차단 지점과 자물쇠", "Isolation points and locks"),
                    .list(
                        [
                            Field("point", Words("차단 지점", "Isolation point"), .text(maximum: 120)),
                            Field("number", Words("자물쇠 번호", "Lock number"), .text(maximum: 20)),
                            Field("owner", Words("자물쇠 주인", "Owner"), .reference(kind: "person", source: nil)),
                        ], maximum: 40), required: false, condition: isElectrical),
                Field(
                    "inflow", Words("가스 누출·유입·발생 가능성과 조치", "Gas that may leak in or arise, and what is done"),
                    .longText(maximum: 600), condition: isConfined),
                Field(
                    "equipment", Words("착용할 보호구", "Protective equipment"), .text(maximum: 300), condition: isConfined),
                Field(
                    "contacts", Words("비상연락 체계", "Whom to call"), .text(maximum: 300), condition: isConfined,
                    isPersonal: true),
            ],
            permission: .roles([.worker, .operator, .safetyManager, .executive]).orToken(
                "command:safety.permit.request"),
            surfaces: [.web, .http, .cli, .mcp, .voice])
    }

    static func command(_ rules: PermitRules) -> Command {
        Command(form(rules)) { ask, tables in
            guard let kind = rules[ask.values.text("kind")] else { throw PermitRefusals.noKind }
            let named = try NamedPeople(ask, in: tables)
            let (from, to) = try time(ask, kind)
            let id = Identifier(at: ask.now)
            var payload: [String: JSON] = [
                "permit": .string(id.description), "kind": .string(kind.id),
                "thing": .string(named.place.id.rawValue), "host": .string(named.host.rawValue),
                "work": .string(ask.values.text("work")), "from": .string(from.description),
                "to": .string(to.description), "people": .array(named.people.map { .string($0.rawValue) }),
                "supervisor": .string(named.supervisor.rawValue), "edition": .string(rules.edition),
                "traits": .array(
                    Permit.traits.filter { ask.values.flag($0.replacing("-", with: "_")) }.map { .string($0) }),
                "flammables_cleared": .bool(ask.values.flag("flammables_cleared")),
                "locks": .array(
                    named.locks.map {
                        ["number": .string($0.number), "point": .string($0.point), "owner": .string($0.owner.rawValue)]
                    }),
            ]
            if let watcher = named.watcher { payload["watcher"] = .string(watcher.rawValue) }
            if let contractor = named.contractor { payload["contractor"] = .string(contractor.rawValue) }
            for field in ["inflow", "equipment"] where !ask.values.text(field).isEmpty {
                payload[field] = .string(ask.values.text(field))
            }
            if let offline = ask.offline { payload["offline"] = offline.json }
            let contacts = ask.values.text("contacts")
            return [
                Draft(
                    "safety.permit.requested", stream: "permit/\(id)", scope: named.scope, payload: payload,
                    personal: contacts.isEmpty
                        ? [:] : ["contacts": PersonalContent(of: named.supervisor, .string(contacts))])
            ]
        }
    }

    private static func time(_ ask: Ask, _ kind: PermitKind) throws -> (Timestamp, Timestamp) {
        let (from, to) = (ask.values.moment("from") ?? ask.now, ask.values.moment("to") ?? ask.now)
        guard to > from else {
            throw PermitRefusals.field(
                "time", "to", "order", Words("끝이 시작보다 늦어야 합니다.", "It must end after it begins."))
        }
        guard to > ask.now else {
            throw PermitRefusals.field("time", "to", "past", Words("이미 지난 시간입니다.", "This time is over."))
        }
        guard to.seconds(since: from) <= kind.hours * 3600 else {
            let hours = PermitGates.text(kind.hours)
            throw PermitRefusals.field(
                "time", "to", "hours",
                Words("이 작업의 허가는 \(hours)시간까지입니다.", "Such a permit runs \(hours) hours at most."))
        }
        return (from, to)
    }
}

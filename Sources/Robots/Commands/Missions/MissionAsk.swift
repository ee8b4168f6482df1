import Access
import District
import Record
import Store

/// What all commands that ask for a mission share: who may, which places there are, and how the mission is put together.
struct MissionAsk: Sendable {
    let places: Places
    let settings: MissionSettings
    /// What a vehicle carries at most by its factsheet, kg; nil where it has sent none yet.
    var carries: @Sendable (ThingID) -> Double? = { _ in nil }

    /// Who may ask for missions.
    static let askers: Set<Role> = [.worker, .operator, .safetyManager, .executive, .zoneOfficer]

    static func permission(_ command: String) -> Permission { .roles(askers).orToken("command:\(command)") }

    // Fields that several forms have.
    static func place(_ name: String, _ label: Words) -> Field {
        Field(name, label, .reference(kind: "robot-place", source: "/api/v1/robots/choices/robot-place"))
    }
    static let deadline = Field("deadline", Words("언제까지", "Wanted by"), .moment, required: false)
    static let priority = Field(
        "priority", Words("급한 정도", "Priority"),
        .choice(Mission.Priority.allCases.map { Field.Choice($0.name, $0.words) }), required: false,
        help: Words(
            "비우면 물건 이름으로 정합니다. 진료용이 언제나 먼저입니다.", "Left empty, it follows from what is carried. Clinical goes first."))
    static let weight = Field(
        "weight", Words("무게", "Weight"), .number(0.01...2000, unit: "kg"), required: false)
    static let proof = Field(
        "handover", Words("받을 때 확인", "Confirmed by"),
        .choice([
            Field.Choice("code", Words("인수 번호", "A code")), Field.Choice("badge", Words("직원증", "A staff badge")),
            Field.Choice("none", Words("확인 없음", "Nothing")),
        ]), required: false,
        help: Words("비우면 진료용은 직원증, 그 밖은 인수 번호입니다.", "Left empty: a badge for clinical goods, else a code."))
    static let recipient = Field(
        "recipient", Words("받는 사람", "Recipient"), .text(maximum: 60), required: false, isPersonal: true, spoken: .name)
    static let note = Field(
        "note", Words("전할 말", "Note"), .text(maximum: 200), required: false,
        help: Words("병상 번호처럼 받는 사람을 찾는 데 필요한 것", "What helps to find the recipient, like a bed's number"),
        isPersonal: true)
    static let cold = [
        Field(
            "cold_limit", Words("온도 한도", "Temperature limit"), .number(-90...40, unit: "Cel"), required: false,
            help: Words("이보다 따뜻해지면 전달하지 않습니다.", "Above this it is not handed over."),
            group: Words("냉장 배송", "Cold chain")),
        Field(
            "cold_sensor", Words("온도 센서", "Sensor"), .reference(kind: "thing", source: "/api/things"),
            required: false, help: Words("한도가 있으면 꼭 필요합니다.", "Needed where there is a limit."),
            group: Words("냉장 배송", "Cold chain")),
    ]

    /// The place that a field names.
    func place(_ field: String, _ value: String, _ known: [String: Place]) throws(Refusal) -> Place {
        if let place = known[value] { return place }
        // A name that only one place has is enough.
        let text = value.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        let meant = settings.named(known.values.sorted { $0.id < $1.id }).filter { $0.names.contains(text) }
        if meant.count == 1, let place = known[meant[0].id] { return place }
        if meant.count > 1 {
            let words = Words(
                "‘\(text)’이(가) \(meant.count)곳입니다. 목록에서 하나를 골라 주세요.",
                "There are \(meant.count) places called “\(text)”. Please pick one of the list.")
            throw Refusal(.invalid, "mission.place", of: field, "which", words)
        }
        let words = Words("로봇이 다니는 곳 가운데 그런 장소가 없습니다.", "Robots here know no such place.")
        throw Refusal(.invalid, "mission.place", of: field, "robot-place", words)
    }

    /// What was asked, before it is a mission.
    struct Wish {
        var kind: Mission.Kind
        var stops: [(place: Place, stop: Mission.Stop)]
        var items: String
        var priority: Mission.Priority
        var says: [Int: String] = [:]
        /// The fields of the form that named the places, by the stop's index; `to` where none is given.
        var fields: [String] = []

        /// The field that a refusal of a stop names.
        func field(_ stop: Int) -> String { fields.indices.contains(stop) ? fields[stop] : "to" }
    }

    /// How urgent it is: as was said, else by what is carried.
    func priority(_ ask: Ask) -> Mission.Priority {
        Mission.Priority(name: ask.values.text("priority")) ?? settings.priority(of: ask.values.text("what"))
    }

    /// How the hand-over is confirmed, where nobody said.
    func proof(_ name: String, _ priority: Mission.Priority) -> Mission.Stop.Proof {
        Mission.Stop.Proof(rawValue: name) ?? (priority == .clinical ? .badge : .code)
    }

    /// The event that asks for it.
    /// - Throws: ``Refusal`` where stops are of several sites, the time is past, or a limit has no sensor.
    func draft(_ wish: Wish, _ ask: Ask, _ tables: any Reader) throws -> Draft {
        guard let first = wish.stops.first?.place else { throw Self.empty }
        if let other = wish.stops.firstIndex(where: { $0.place.site != first.site }) {
            throw Refusal(
                .invalid, "mission.sites",
                Words("한 번에 한 건물(구역) 안에서만 다닙니다.", "A mission stays within one site."),
                faults: [
                    .init(
                        field: wish.field(other), rule: "site", words: Words("다른 현장입니다.", "This is another site."))
                ])
        }
        for (index, pair) in zip(wish.stops, wish.stops.dropFirst()).enumerated()
        where pair.0.place.node == pair.1.place.node {
            let words =
                wish.fields.isEmpty
                ? Words("출발지와 도착지가 같습니다.", "It would start and end at the same place.")
                : Words("바로 앞에 들른 곳과 같습니다.", "This is the place of the stop before.")
            throw Refusal(.invalid, "mission.same", of: wish.field(index + 1), "other", words)
        }
        let deadline = ask.values.moment("deadline")
        if let deadline, deadline < ask.now {
            let words = Words("이미 지난 시각입니다.", "This time has passed.")
            throw Refusal(.invalid, "mission.deadline", of: "deadline", "future", words)
        }
        if let load = ask.values.number("weight") { try demandCarried(load, at: first, tables) }
        let tenant = try ask.tenant
        let scope = Self.scope(of: first, asked: tenant.firm)
        let mission = Mission(
            id: "mission/\(Identifier(at: ask.now))", kind: wish.kind, site: first.site,
            stops: wish.stops.map(\.stop), priority: wish.priority, deadline: deadline, items: wish.items,
            load: ask.values.number("weight"), scope: scope, asked: ask.now)
        var kept = MissionCase(
            mission: mission, sender: tenant.firm?.rawValue ?? "zone", purpose: nil, author: ask.caller.author.text)
        kept.cold = try cold(ask, tenant, tables)
        kept.secret.recipient = ask.values["recipient"]?.text
        kept.secret.note = ask.values["note"]?.text
        kept.secret.says = wish.says
        if mission.stops.contains(where: { $0.task == .drop }) { kept.secret.track = Self.link() }
        if mission.stops.contains(where: { $0.proof == .code }) { kept.secret.digits = HandOver.digits() }
        return MissionEvents.asked(kept, subject: PersonID("recipient-\(Secret.code())"))
    }

    /// Nobody is promised what no vehicle of the site carries. Of one that has sent no factsheet nobody knows; where there is
    /// none at all the mission waits for one.
    private func demandCarried(_ load: Double, at place: Place, _ tables: any Reader) throws {
        let here = try VehicleTable.things(at: place.site, in: tables)
        let most = here.compactMap(carries)
        guard let limit = most.max(), most.count == here.count, load > limit else { return }
        let shown = limit == limit.rounded() ? "\(Int64(limit))" : "\(limit)"
        let words = Words(
            "\(place.siteName.ko)의 로봇은 한 번에 \(shown) kg까지 싣습니다. 나누어 보내거나 다른 방법을 알아봐 주세요.",
            "Robots at \(place.siteName.en) carry up to \(shown) kg at a time. Please send it in parts, or in another way."
        )
        throw Refusal(.invalid, "mission.weight", of: "weight", "maximum", words)
    }

    /// A recipient's link that nobody guesses.
    static func link() -> String { Secret.code() }

    /// A firm's own site is its own; at another's it concerns both.
    static func scope(of place: Place, asked firm: FirmID?) -> Scope {
        switch (place.owner, firm) {
        case (let owner?, let firm?): owner == firm ? .firm(firm) : .contract(owner, firm)
        case (let owner?, nil): .firm(owner)
        case (nil, let firm?): .firm(firm)
        case (nil, nil): .zone
        }
    }

    private func cold(_ ask: Ask, _ tenant: Tenant, _ tables: any Reader) throws -> ColdLimit? {
        guard let celsius = ask.values.number("cold_limit") else { return nil }
        let thing = ask.values.text("cold_sensor")
        guard !thing.isEmpty, try ColdSensor.isKnown(ThingID(thing), for: tenant, in: tables) else {
            let words = Words("온도 한도가 있으면 온도를 재는 센서를 골라 주세요.", "A temperature limit needs a sensor that is known here.")
            throw Refusal(.invalid, "mission.cold-sensor", of: "cold_sensor", "required", words)
        }
        return ColdLimit(celsius: celsius, thing: ThingID(thing), property: "temperature")
    }

    static let empty = Refusal(
        .invalid, "mission.stops", Words("들를 곳을 하나 이상 골라 주세요.", "Please choose at least one place."))
}

import Access
import District
import Record
import Store

/// Checks somebody in at a site, or out: oneself by the sign at the gate, visitors and contractors at reception.
enum CheckPresence {
    static let form = Form(
        "safety.presence.check", title: Words("출입 확인", "Check in or out"),
        help: Words(
            "사업장에 들어오고 나간 때만 남습니다. 안에서 어디에 있는지는 남기지 않습니다.",
            "Only coming and going is kept, never where somebody is inside."),
        fields: [
            EmergencyAsk.site,
            Field(
                "direction", Words("들어옴·나감", "In or out"),
                .choice([.init("in", Words("들어옴", "In")), .init("out", Words("나감", "Out"))])),
            Field("kind", Words("구분", "As"), .choice(Roster.Kind.choices), required: false),
            Field(
                "person", Words("사람", "Person"), .reference(kind: "person", source: nil), required: false,
                help: Words("본인이면 비워 두세요.", "Leave empty for yourself.")),
            Field(
                "name", Words("방문자 이름", "Visitor's name"), .text(maximum: 60), required: false, isPersonal: true),
            Field(
                "company", Words("방문자 소속", "Visitor's company"), .text(maximum: 80), required: false,
                isPersonal: true),
            Field(
                "entry", Words("방문", "Visit"), .reference(kind: "presence", source: nil), required: false,
                help: Words("방문자가 나갈 때.", "Where a visitor leaves.")),
        ],
        permission: .roles(EmergencyAsk.people).orToken("command:safety.presence.check"),
        surfaces: [.web, .http, .cli, .mcp, .voice, .offline])

    static let command = Command(form) { ask, tables in
        let (_, site, firm) = try EmergencyAsk.place(ask, tables)
        let isIn = ask.values.text("direction") == "in"
        var personal: [String: PersonalContent] = [:]
        var payload: [String: JSON] = [
            "site": .string(site.rawValue), "direction": .string(isIn ? "in" : "out"),
        ]
        let entry: String
        let kind = Roster.Kind(rawValue: ask.values.text("kind"))
        if !ask.values.text("entry").isEmpty {
            // A visit that ends: of one's own firm's gate, and known. Nobody is called in by the number of a row.
            guard !isIn, let visit = try PresenceTable.find(ask.values.text("entry"), for: ask.tenant, in: tables)
            else { throw needsVisit }
            entry = visit.entry
        } else if !ask.values.text("name").isEmpty {
            guard isIn else { throw needsVisit }
            let id = Identifier(at: ask.now).description
            entry = "v-\(id)"
            let visitor = PersonID("visitor-\(id)")
            personal["name"] = PersonalContent(of: visitor, .string(ask.values.text("name")))
            if !ask.values.text("company").isEmpty {
                personal["company"] = PersonalContent(of: visitor, .string(ask.values.text("company")))
            }
            payload["kind"] = .string((kind == .worker ? .visitor : kind ?? .visitor).rawValue)
        } else {
            let named = ask.values.text("person")
            guard let person = named.isEmpty ? ask.caller.person : PersonID(named) else { throw nobody }
            guard try Directory.person(person, for: ask.tenant, in: tables)?.active == true else { throw nobody }
            entry = "p-\(person)"
            payload["person"] = .string(person.rawValue)
            payload["kind"] = .string((kind ?? .worker).rawValue)
        }
        if !isIn {
            guard try PresenceTable.find(entry, for: ask.tenant, in: tables)?.site == site || ask.offline != nil else {
                throw EmergencyAsk.refusal(
                    .conflict, "presence.not-in", "entry", "present",
                    Words("이 사업장에 들어온 기록이 없습니다.", "They are not checked in at this site."))
            }
        }
        payload["entry"] = .string(entry)
        if let offline = ask.offline { payload["offline"] = offline.json }
        return [
            Draft(
                "safety.presence.checked", stream: "presence/\(entry)", scope: .firm(firm),
                observed: EmergencyAsk.seen(ask), payload: payload, personal: personal)
        ]
    }

    private static let needsVisit = EmergencyAsk.refusal(
        "presence.visit", "entry", "required", Words("나가는 방문을 골라 주세요.", "Please choose the visit that ends."))
    private static let nobody = EmergencyAsk.refusal(
        "presence.person", "person", "reference", Words("누구인지 확인해 주세요.", "Please say who it is."))
}

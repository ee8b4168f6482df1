import Access
import District
import Record
import Store
import Twin

/// Says of somebody that they are safe, hurt or missing: as seen, also without a connection.
enum MarkMuster {
    static let form = Form(
        "safety.muster.mark", title: Words("인원 확인", "Account for somebody"),
        help: Words(
            "직접 본 것만 표시합니다. 보지 못했으면 ‘안 보임’입니다.", "Mark what you saw yourself; who is not seen is missing."),
        fields: [
            Field(
                "emergency", Words("비상 상황", "Emergency"), .reference(kind: "emergency", source: nil), required: false),
            Field("site", Words("사업장", "Site"), .reference(kind: "thing", source: nil), required: false),
            EmergencyAsk.entry,
            Field("status", Words("상태", "State"), .choice(Muster.Status.choices)),
            Field("place", Words("본 장소", "Where seen"), .reference(kind: "thing", source: nil), required: false),
        ],
        permission: .roles(EmergencyAsk.people).orToken("command:safety.muster.mark"),
        surfaces: [.web, .http, .cli, .mcp, .offline])

    static let command = Command(form) { ask, tables in
        let emergency = try find(ask, tables)
        let entry = ask.values.text("entry")
        guard ["p-", "v-", "x-"].contains(where: entry.hasPrefix) else { throw noEntry }
        let person = entry.hasPrefix("p-") ? PersonID(String(entry.dropFirst(2))) : nil
        let roster = try EmergencyTable.roster(of: emergency.id, for: ask.tenant, in: tables)
        let known = roster.entries.first { $0.id == entry }
        if known == nil {
            // Somebody whom the phone's older roster still had, or who came later, is put on it rather than lost.
            let isPerson = try person.map { try Directory.person($0, for: ask.tenant, in: tables) != nil } ?? false
            let isVisit = try PresenceTable.find(entry, for: ask.tenant, in: tables) != nil
            guard isPerson || isVisit else { throw noEntry }
        }
        let isSelf = person != nil && person == ask.caller.person
        guard try isSelf || EmergencyAsk.maySee(ask, at: emergency.site, tables) else {
            throw EmergencyAsk.refusal(
                .forbidden, "muster.not-warden", "entry", "role",
                Words("다른 사람은 대피 유도자나 관리자가 확인합니다.", "Others are accounted for by wardens and managers."))
        }
        var payload: [String: JSON] = [
            "entry": .string(entry), "status": .string(ask.values.text("status")), "self": .bool(isSelf),
            "kind": .string((known?.kind ?? (person == nil ? .visitor : .worker)).rawValue),
        ]
        if let person { payload["person"] = .string(person.rawValue) }
        if !ask.values.text("place").isEmpty {
            payload["place"] = .string(
                try PlaceOfWork.find(ask.values.text("place"), field: "place", for: ask.tenant, in: tables).id.rawValue)
        }
        if let offline = ask.offline { payload["offline"] = offline.json }
        return [
            EmergencyAsk.draft(
                "safety.muster.marked", emergency, payload, stream: "muster",
                observed: max(EmergencyAsk.seen(ask), emergency.declared))
        ]
    }

    /// The emergency that is named, or the one that ran at the site when it was seen. What was seen while it ran and
    /// arrives after its end is kept too.
    static func find(_ ask: Ask, _ tables: any Reader) throws -> Emergency {
        let seen = EmergencyAsk.seen(ask)
        if !ask.values.text("emergency").isEmpty {
            let emergency = try EmergencyAsk.find(ask, tables, running: false)
            guard emergency.isRunning || (ask.offline != nil && emergency.holds(seen)) else {
                throw Refusal(.conflict, "emergency.over", Words("이미 해제된 상황입니다.", "All clear was given already."))
            }
            return emergency
        }
        guard !ask.values.text("site").isEmpty else {
            throw EmergencyAsk.refusal(
                "muster.where", "site", "required", Words("사업장을 골라 주세요.", "Please name the site."))
        }
        let (_, site, _) = try EmergencyAsk.place(ask, tables)
        guard let emergency = try EmergencyTable.held(at: site, seen, for: ask.tenant, in: tables) else {
            // Kept on the phone with this reason, to be sent again once the emergency was declared.
            throw Refusal(
                .conflict, "muster.no-emergency",
                Words(
                    "이 시각에 선포된 비상 상황이 없습니다. 선포한 뒤 다시 보내 주세요.",
                    "No emergency ran then: declare it, then send this again."))
        }
        return emergency
    }

    private static let noEntry = EmergencyAsk.refusal(
        .notFound, "muster.unknown", "entry", "reference",
        Words("명단에 없는 사람입니다. ‘명단에 없는 사람’으로 추가해 주세요.", "Not on the roster: add them as somebody found there."))
}

/// Adds somebody who is there and on no list.
enum AddToMuster {
    static let command = Command(
        Form(
            "safety.muster.add", title: Words("명단에 없는 사람 추가", "Add somebody who is on no list"),
            help: Words("출입 기록 없이 현장에서 발견한 사람입니다.", "Somebody found there who did not check in."),
            fields: [
                Field(
                    "emergency", Words("비상 상황", "Emergency"), .reference(kind: "emergency", source: nil),
                    required: false),
                Field("site", Words("사업장", "Site"), .reference(kind: "thing", source: nil), required: false),
                Field("name", Words("이름이나 특징", "Name, or what they look like"), .text(maximum: 80), isPersonal: true),
                Field("kind", Words("구분", "As"), .choice(Roster.Kind.choices)),
                Field("status", Words("상태", "State"), .choice(Muster.Status.choices)),
            ],
            permission: .roles(EmergencyAsk.people).orToken("command:safety.muster.add"),
            surfaces: [.web, .http, .cli, .mcp, .offline])
    ) { ask, tables in
        let emergency = try MarkMuster.find(ask, tables)
        guard try EmergencyAsk.maySee(ask, at: emergency.site, tables) else {
            throw EmergencyAsk.refusal(
                .forbidden, "muster.not-warden", "name", "role",
                Words("대피 유도자나 관리자가 추가합니다.", "Wardens and managers add people."))
        }
        let id = Identifier(at: ask.now).description
        var payload: [String: JSON] = [
            "entry": .string("x-\(id)"), "status": .string(ask.values.text("status")),
            "kind": .string(ask.values.text("kind")),
        ]
        if let offline = ask.offline { payload["offline"] = offline.json }
        return [
            EmergencyAsk.draft(
                "safety.muster.added", emergency, payload, stream: "muster",
                observed: max(EmergencyAsk.seen(ask), emergency.declared),
                personal: ["name": PersonalContent(of: PersonID("found-\(id)"), .string(ask.values.text("name")))])
        ]
    }
}

/// Decides where people saw different things.
enum ResolveMuster {
    static let command = Command(
        Form(
            "safety.muster.resolve", title: Words("엇갈린 확인 정리", "Decide between different marks"),
            help: Words(
                "서로 다른 표시를 본 사람에게 확인하고 하나로 정합니다. 이유가 남습니다.",
                "Ask those who saw it, then decide. The reason is kept."),
            fields: [
                EmergencyAsk.field, EmergencyAsk.entry,
                Field("status", Words("확인한 상태", "State"), .choice(Muster.Status.choices)),
                Field("reason", Words("확인한 방법", "How it was checked"), .text(maximum: 300), isPersonal: true),
            ],
            permission: .roles(EmergencyAsk.people).orToken("command:safety.muster.resolve"))
    ) { ask, tables in
        let emergency = try EmergencyAsk.find(ask, tables)
        guard try EmergencyAsk.maySee(ask, at: emergency.site, tables) else {
            throw EmergencyAsk.refusal(
                .forbidden, "muster.not-warden", "entry", "role",
                Words("대피 유도자나 관리자가 정리합니다.", "Wardens and managers decide."))
        }
        let entry = ask.values.text("entry")
        let roster = try EmergencyTable.roster(of: emergency.id, for: ask.tenant, in: tables)
        guard case .conflict? = roster.entries.first(where: { $0.id == entry })?.standing else {
            throw EmergencyAsk.refusal(
                .conflict, "muster.no-conflict", "entry", "conflict",
                Words("엇갈린 표시가 없습니다.", "There is nothing to decide."))
        }
        return [
            EmergencyAsk.draft(
                "safety.muster.resolved", emergency,
                ["entry": .string(entry), "status": .string(ask.values.text("status"))], stream: "muster",
                personal: [
                    "reason": PersonalContent(
                        of: ask.caller.person ?? PersonID("emergency-\(emergency.id)"),
                        .string(ask.values.text("reason")))
                ])
        ]
    }
}

import Access
import District
import Record
import Store
import Twin

/// Reports a danger or a near miss: by somebody signed in, or by whoever holds the QR code of a place.
enum ReportHazard {
    private static let content = [
        Field(
            "accident", Words("어떻게 다칠 수 있습니까?", "How could somebody be hurt?"), .choice(AccidentType.choices),
            required: false),
        Field("text", Words("내용", "What is it?"), .longText(maximum: 1000), required: false, isPersonal: true),
        Field("photo", Words("사진", "Photo"), .attachment(maximumBytes: Attachments.largest), required: false),
    ]

    /// By somebody signed in: their name stands behind it.
    static let command = Command(
        Form(
            "safety.hazard.report", title: Words("위험·아차사고 신고", "Report a danger or near miss"),
            help: Words(
                "장소만 고르고 사진이나 글 가운데 하나면 됩니다. 이름 없이 하려면 그 자리의 QR을 쓰세요.",
                "The place and either a photo or a sentence will do. Without your name: use the place's QR code."),
            fields: [Field("thing", Words("장소·설비", "Place or machine"), .reference(kind: "thing", source: nil))]
                + content,
            permission: .roles(HazardAsk.reporters).orToken("command:safety.hazard.report"),
            surfaces: [.web, .http, .cli, .mcp, .voice, .offline])
    ) { ask, tables in
        let tenant = try ask.tenant
        let thing = try PlaceOfWork.find(ask.values.text("thing"), for: tenant, in: tables)
        let writer = ask.caller.person
        return [try draft(ask, at: thing.id, scope: thing.scope, writer: writer, extra: [:], tenant, tables)]
    }

    /// By the QR code of a place, without an account. Offered on no surface but that page, which keeps the photo first.
    static let byCode = Command(
        Form(
            "safety.hazard.file", title: Words("QR 위험 신고", "Report by QR"),
            help: Words("QR로 들어온 위험 신고를 접수합니다.", "Takes in a report that came by a QR code."),
            fields: content + [
                Field("code", Words("코드", "Code"), .text(maximum: 60)),
                Field("name", Words("이름", "Name"), .text(maximum: 60), required: false, isPersonal: true),
                Field("language", Words("언어", "Language"), .choice(WorkerLanguage.choices)),
                // SHA-256 that the phone measured when the photo was chosen, before anything was sent.
                Field("taken", Words("촬영 때의 해시", "Hash when taken"), .attachment(maximumBytes: 0), required: false),
            ], permission: .anyone, surfaces: [], hasOwnBound: true)
    ) { ask, tables in
        guard let place = try PlaceCodes.find(ask.values.text("code"), in: tables) else { throw noPlace }
        var extra: [String: JSON] = ["code": .string(place.code), "language": .string(ask.values.text("language"))]
        let (photo, taken) = (ask.values.text("photo"), ask.values.text("taken"))
        if !photo.isEmpty, !taken.isEmpty {
            extra["taken"] = .string(taken)
            extra["as_taken"] = .bool(photo == taken)
        }
        return [
            try draft(
                ask, at: place.thing, scope: .firm(place.firm), writer: nil, extra: extra, Tenant.firm(place.firm),
                tables)
        ]
    }

    /// Where a code leads nowhere.
    static let noPlace = Refusal(
        .notFound, "place.unknown", Words("쓰이지 않는 코드입니다. 관리자에게 알려 주세요.", "This code is not in use."))

    private static func draft(
        _ ask: Ask, at thing: ThingID, scope: Scope, writer: PersonID?, extra: [String: JSON], _ tenant: Tenant,
        _ tables: any Reader
    ) throws -> Draft {
        let (accident, text, photo) = (
            ask.values.text("accident"), ask.values.text("text"), ask.values.text("photo")
        )
        guard !(accident.isEmpty && text.isEmpty && photo.isEmpty) else {
            let words = Words("위험의 종류, 글, 사진 가운데 하나는 필요합니다.", "A kind of danger, a sentence or a photo is needed.")
            throw Refusal(.invalid, "hazard.empty", of: "text", "one-of", words)
        }
        let id = Identifier(at: ask.now).description
        var payload = extra.merging(["hazard": .string(id), "thing": .string(thing.rawValue)]) { $1 }
        if !accident.isEmpty { payload["accident"] = .string(accident) }
        if let offline = ask.offline { payload["offline"] = offline.json }
        if !photo.isEmpty {
            let use = try PhotoTable.use(photo, field: "photo", scope: scope, for: tenant, in: tables)
            payload.merge(use.payload) { $1 }
            payload["photo"] = .string(photo)
        }
        // Nobody known: the words stand under a key of their own, so that they too can be forgotten.
        let subject = writer ?? PersonID("reporter-\(id)")
        var personal: [String: PersonalContent] = [:]
        if !text.isEmpty { personal["text"] = PersonalContent(of: subject, .string(text)) }
        let name = ask.values.text("name")
        if !name.isEmpty { personal["name"] = PersonalContent(of: subject, .string(name)) }
        return Draft(
            "safety.hazard.raised", stream: "hazard/\(id)", scope: scope,
            observed: ask.offline.map { min($0.corrected, ask.now) }, payload: payload, personal: personal,
            expectedVersion: 0)
    }
}

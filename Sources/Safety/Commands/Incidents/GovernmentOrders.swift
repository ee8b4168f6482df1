import Access
import District
import Record
import Store

/// An authority orders something to be improved (SAPA 4(1)3).
enum ReceiveOrder {
    static let command = Command(
        Form(
            "safety.order.receive", title: Words("행정 명령 접수", "Enter an order of an authority"),
            help: Words("시정·개선명령과 기한을 남깁니다.", "Keeps what was ordered, and until when."),
            fields: [
                Field(
                    "incident", Words("사고", "Incident"), .reference(kind: "incident", source: nil), required: false),
                Field("authority", Words("명령한 기관", "Authority"), .text(maximum: 100)),
                Field("demand", Words("명령 내용", "What is ordered"), .longText(maximum: 2000)),
                Field("due", Words("이행 기한", "Due"), .moment),
                Field(
                    "file", Words("명령서", "The order"), .attachment(maximumBytes: Attachments.largest),
                    required: false),
            ],
            permission: .roles(IncidentAsk.managers).orToken("command:safety.order.receive"))
    ) { ask, tables in
        let incident =
            ask.values.text("incident").isEmpty ? nil : try IncidentAsk.find(ask, tables)
        guard let firm = try ask.tenant.firm ?? incident?.firm else { throw OrderAsk.firmOnly }
        let id = Identifier(at: ask.now).description
        var payload: [String: JSON] = [
            "order": .string(id), "authority": .string(ask.values.text("authority")),
            "demand": .string(ask.values.text("demand")),
            "due": .string(KoreanDay(ask.values.moment("due") ?? ask.now).description),
        ]
        // Under a key of its own: what answers an order is the order's fulfilment, not the incident's.
        if let incident { payload["about"] = .string(incident.id) }
        let file = ask.values.text("file")
        if !file.isEmpty {
            try OrderAsk.hold(file, ask, tables)
            payload["file"] = .string(file)
        }
        return [
            Draft(
                "safety.order.received", stream: "order/\(id)", scope: .firm(firm), payload: payload,
                answers: incident?.event)
        ]
    }
}

/// What was ordered has been done.
enum FulfilOrder {
    static let command = Command(
        Form(
            "safety.order.fulfil", title: Words("행정 명령 이행", "Record that an order is fulfilled"),
            help: Words("이행한 내용과 증빙을 남깁니다.", "Keeps what was done, with proof."),
            fields: [
                Field("order", Words("명령", "Order"), .reference(kind: "order", source: nil)),
                Field("note", Words("이행 내용", "What was done"), .longText(maximum: 2000)),
                Field("file", Words("증빙", "Proof"), .attachment(maximumBytes: Attachments.largest)),
            ],
            permission: .roles(IncidentAsk.managers).orToken("command:safety.order.fulfil"))
    ) { ask, tables in
        guard let order = try OrderTable.find(ask.values.text("order"), for: ask.tenant, in: tables) else {
            throw Refusal(.notFound, "order.unknown", Words("그런 명령이 없습니다.", "There is no such order."))
        }
        guard order.fulfilled == nil else {
            throw Refusal(.conflict, "order.fulfilled", Words("이미 이행했습니다.", "It has been fulfilled already."))
        }
        let file = ask.values.text("file")
        try OrderAsk.hold(file, ask, tables)
        return [
            Draft(
                "safety.order.fulfilled", stream: "order/\(order.id)", scope: order.scope,
                payload: [
                    "order": .string(order.id), "file": .string(file), "note": .string(ask.values.text("note")),
                    "in_time": .bool(KoreanDay(ask.now) <= order.due),
                ], answers: order.event)
        ]
    }
}

/// What both share.
enum OrderAsk {
    static let firmOnly = Refusal(
        .forbidden, "order.firm", Words("기업의 담당자만 등록할 수 있습니다.", "Only somebody of a firm can enter this."))

    static func hold(_ file: String, _ ask: Ask, _ tables: any Reader) throws {
        guard try Attachments.holds(file, for: ask.tenant, in: tables) else {
            throw IncidentAsk.refusal(
                .invalid, "order.file", "file", "reference", Words("올린 파일을 찾을 수 없습니다.", "There is no such file."))
        }
    }
}

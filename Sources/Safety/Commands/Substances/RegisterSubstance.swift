import Access
import District
import Record
import Store
import Twin

/// A chemical comes to a place, with its data sheet.
struct RegisterSubstance {
    let statements: HazardStatements

    static let roles: Set<Role> = [.safetyManager, .executive]

    var command: Command {
        Command(
            Form(
                "safety.substance.register", title: Words("화학물질 등록", "Register a chemical"),
                help: Words(
                    "물질안전보건자료(MSDS)를 올리고 두는 곳을 정합니다. 근로자는 QR로 바로 볼 수 있습니다.",
                    "Keeps its data sheet and where it stands; workers open it by QR."),
                fields: [
                    Field("thing", Words("두는 곳", "Kept at"), .reference(kind: "thing", source: nil)),
                    Field("name", Words("물질 이름", "Name"), .text(maximum: 120)),
                    Field(
                        "cas", Words("CAS 번호", "CAS number"), .text(maximum: 12), required: false,
                        help: Words("단일 물질이면 적어 주세요. 예: 108-88-3", "For a single substance, such as 108-88-3")),
                    Field("supplier", Words("공급처", "Supplier"), .text(maximum: 120)),
                ] + Self.sheetFields,
                permission: .roles(Self.roles).orToken("command:safety.substance.register"),
                surfaces: [.web, .http, .cli, .mcp, .voice])
        ) { [statements] ask, tables in
            let tenant = try ask.tenant
            let thing = try PlaceOfWork.find(ask.values.text("thing"), for: tenant, in: tables)
            let cas = ask.values.text("cas")
            guard cas.isEmpty || CASNumber.isSound(cas) else {
                throw Refusal(
                    .invalid, "substance.cas", Words("CAS 번호를 확인해 주세요.", "Please check the CAS number."),
                    faults: [
                        .init(
                            field: "cas", rule: "cas",
                            words: Words("검증 숫자가 맞지 않습니다.", "Its check digit does not fit."))
                    ])
            }
            let id = Identifier(at: ask.now).description
            var payload = try Self.sheet(ask, statements, tables)
            payload["thing"] = .string(thing.id.rawValue)
            payload["name"] = .string(ask.values.text("name"))
            payload["supplier"] = .string(ask.values.text("supplier"))
            payload["code"] = .string(Secret.code())
            if !cas.isEmpty { payload["cas"] = .string(cas) }
            return [
                Draft("safety.substance.registered", stream: "substance/\(id)", scope: thing.scope, payload: payload)
            ]
        }
    }

    /// What a data sheet brings, whether first or revised.
    static let sheetFields = [
        Field(
            "hazards", Words("유해·위험문구 코드", "Hazard statements"), .text(maximum: 300),
            help: Words("물질안전보건자료 2번 항목. 예: H225 H319 H336", "Section 2 of the data sheet: H225 H319 H336")),
        Field("revised", Words("자료 개정일", "Edition of"), .moment),
        Field(
            "sheet", Words("물질안전보건자료 파일", "Data sheet"), .attachment(maximumBytes: Attachments.largest),
            required: false),
    ]

    /// The data sheet's part of an event.
    static func sheet(_ ask: Ask, _ statements: HazardStatements, _ tables: any Reader) throws -> [String: JSON] {
        let codes = try statements.codes(in: ask.values.text("hazards"))
        let revised = KoreanDay(ask.values.moment("revised") ?? ask.now)
        guard revised <= KoreanDay(ask.now) else {
            throw Refusal(
                .invalid, "substance.revised", Words("개정일을 확인해 주세요.", "Please check the edition's day."),
                faults: [
                    .init(
                        field: "revised", rule: "past", words: Words("오늘보다 뒤일 수 없습니다.", "It cannot be in the future."))
                ])
        }
        var payload: [String: JSON] = [
            "hazards": .array(codes.map { .string($0) }), "revised": .string(revised.description),
        ]
        let sheet = ask.values.text("sheet")
        if !sheet.isEmpty {
            guard try Attachments.holds(sheet, for: ask.tenant, in: tables) else {
                throw Refusal(
                    .invalid, "attachment.unknown", Words("파일을 다시 올려 주세요.", "Please send the file again."),
                    faults: [
                        .init(
                            field: "sheet", rule: "attachment", words: Words("올린 파일이 없습니다.", "No such file was sent."))
                    ])
            }
            payload["sheet"] = .string(sheet)
        }
        return payload
    }
}

import Access
import District
import Record

/// Asks for an inspector's pack; the service ``PackMaker`` makes it at once.
enum MakePack {
    static let name = "safety.pack.make"
    static let roles: Set<Role> = [.executive, .safetyManager, .zoneOfficer]

    static let form = Form(
        name, title: Words("점검용 증거 묶음 만들기", "Make an inspector's pack"),
        help: Words(
            "한 반기의 기록과 첨부 파일을 서명된 압축 파일 하나로 묶습니다. 받는 사람은 이 서버 없이도 위조 여부를 확인할 수 있습니다.",
            "Puts a half-year's events and documents into one signed archive that can be checked without this server."),
        fields: [
            DutyAsk.periodField,
            Field(
                "recipient", Words("받는 곳", "For"),
                .choice(InspectorPack.Recipient.allCases.map { Field.Choice($0.rawValue, $0.words) })),
            Field(
                "firm", Words("기업", "Firm"), .reference(kind: "firm", source: "/api/v1/choices/firm"), required: false,
                help: Words("관리기관 담당자만 고릅니다.", "Only the zone's officers choose one.")),
            Field(
                "personal", Words("개인정보 항목도 열어서 담기", "Open personal content too"), .flag, required: false,
                help: Words(
                    "다친 사람의 이름처럼 감춰 둔 내용이 그대로 들어갑니다. 법에 따라 내야 할 때만 켜십시오.",
                    "Hidden content such as the names of injured people goes in. Only where the law asks for it.")),
        ],
        permission: .roles(roles).orToken("command:\(name)"), surfaces: [.web, .http, .cli, .mcp, .voice])

    static let command = Command(form) { ask, tables in
        let tenant = try ask.tenant
        let named = ask.values.text("firm")
        guard let firm = tenant.firm ?? (named.isEmpty ? nil : FirmID(named)) else {
            throw fault("firm", "required", Words("기업을 골라 주세요.", "Please choose a firm."))
        }
        guard named.isEmpty || FirmID(named) == firm, try Directory.firm(firm, for: tenant, in: tables) != nil else {
            throw fault("firm", "unknown", Words("그런 기업이 없습니다.", "There is no such firm."), .notFound)
        }
        let period = try DutyAsk.period(ask.values.text("period"), at: ask.now)
        guard try !PackTable.isMaking(firm, since: ask.now.advanced(bySeconds: -600), in: tables) else {
            throw Refusal(
                .conflict, "pack.making",
                Words("이 기업의 묶음을 만들고 있습니다. 끝난 뒤에 다시 해 주세요.", "A pack of this firm is being made already."))
        }
        return [
            Draft(
                "safety.pack.asked", stream: "pack/\(Identifier(at: ask.now))", scope: .firm(firm),
                payload: [
                    "firm": .string(firm.rawValue), "period": .string(period.description),
                    "recipient": .string(ask.values.text("recipient")), "personal": .bool(ask.values.flag("personal")),
                ])
        ]
    }

    static func fault(
        _ field: String, _ rule: String, _ words: Words, _ kind: Refusal.Kind = .invalid
    ) -> Refusal {
        Refusal(kind, "pack.\(rule)", of: field, rule, words)
    }
}

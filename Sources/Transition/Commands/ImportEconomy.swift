import Access
import District
import Record
import Store

/// Brings in statistics: a file that was attached, with where it comes from and how it treats what may not be told.
enum ImportEconomy {
    static let name = "transition.economy.import"
    /// Who brings in statistics, and withdraws them.
    static let people: Set<Role> = [.zoneOfficer, .administrator]

    static let permission = Permission.roles(people).orToken("command:\(name)")

    static let form = Form(
        name, title: Words("통계 가져오기", "Import statistics"),
        help: Words(
            "지역·산업·값(·연도)이 있는 CSV를 가져옵니다. KOSIS에서 내려받은 파일도 됩니다. 빈칸과 비밀보호(x) 칸은 ‘모름’으로 두며 0으로 바꾸지 않습니다.",
            "Takes a CSV of region, industry, value (and year), KOSIS exports among them. Empty and suppressed cells stay unknown; they are never made zero."
        ),
        fields: [
            Field("file", Words("파일", "File"), .attachment(maximumBytes: Attachments.largest)),
            Field(
                "economy", Words("통계 이름(영문 소문자)", "Short name"), .text(maximum: 40),
                help: Words(
                    "주소에 쓰입니다. 예: ulsan-jobs. 같은 이름으로 다시 가져오면 새 판이 됩니다.",
                    "Part of its address, such as ulsan-jobs. The same name again is a new version.")),
            Field("title", Words("통계 제목", "Title"), .text(maximum: 120)),
            Field(
                "measure", Words("값이 뜻하는 것과 단위", "What is counted, and its unit"), .text(maximum: 60),
                help: Words("예: 종사자수(명)", "For example: jobs")),
            Field(
                "source", Words("출처", "Source"), .text(maximum: 200),
                help: Words("예: 통계청 전국사업체조사, KOSIS 표 번호", "Who publishes it, and which table it is")),
            Field(
                "licence", Words("이용 조건", "Licence"), .text(maximum: 120),
                help: Words("예: 공공누리 제1유형", "For example: public domain")),
            Field(
                "audience", Words("누가 볼 수 있습니까?", "Who may see it?"),
                .choice([
                    .init("licence", Words("이용 조건에 따라 정함", "as the licence has it")),
                    .init("everyone", Words("누구나(이용 조건이 공개를 허락함)", "everybody: the licence allows it")),
                    .init("members", Words("로그인한 구역 사람만", "people of the district, signed in")),
                ]), required: false,
                help: Words(
                    "‘이용 조건에 따라’이면 공공누리 제1·2유형처럼 공개를 허락하는 조건일 때만 누구나 봅니다.",
                    "By the licence, everybody may only where it is one that is known to allow it.")),
            Field("published", Words("공표일", "Day of publication"), .text(maximum: 10), spoken: .day),
            Field(
                "suppression", Words("비밀보호 규칙", "Suppression rule"), .text(maximum: 200),
                help: Words("예: 사업체 3개 미만이면 x로 표시", "For example: cells with fewer than three firms are left out")),
            Field(
                "missing", Words("파일에 없는 칸", "Cells that are not in the file"),
                .choice([
                    .init("unknown", Words("모름으로 둔다", "are unknown")),
                    .init(
                        "zero", Words("0으로 본다(출처가 0인 칸을 빼는 경우만)", "are zero (only where the source leaves out zeros)")),
                ]), required: false),
            Field(
                "dash", Words("‘-’ 표시", "A dash"),
                .choice([
                    .init("unknown", Words("모름으로 둔다", "is unknown")),
                    .init("zero", Words("해당 숫자 없음(0)으로 본다", "stands for nothing (zero)")),
                ]), required: false),
            Field(
                "year", Words("연도", "Year"), .integer(1800...2200, unit: nil), required: false,
                help: Words("파일에 연도가 없을 때만", "Only where the file says none"), group: columns),
            Field("region", Words("지역 열", "Column of regions"), .text(maximum: 80), required: false, group: columns),
            Field(
                "industry", Words("산업 열", "Column of industries"), .text(maximum: 80), required: false, group: columns),
            Field("value", Words("값 열", "Column of values"), .text(maximum: 80), required: false, group: columns),
            Field("year_column", Words("연도 열", "Column of years"), .text(maximum: 80), required: false, group: columns),
            Field(
                "item", Words("항목", "Measure"), .text(maximum: 80), required: false,
                help: Words("항목이 여럿인 파일에서 쓸 것. 예: 종사자수", "Of a file with several, the one that is meant"),
                group: columns),
        ], permission: permission, after: "/transition")

    private static let columns = Words("열 지정(첫 줄로 알 수 없을 때)", "Columns, where the first line does not tell")

    /// As large a file as the command reads itself, in bytes: others are read before (``EconomyIntake``), for nobody's
    /// command waits for that.
    static let smallest = 1 << 20

    static let command = Command(form) { ask, tables in
        let (tenant, hash, reading) = (try ask.tenant, ask.values.text("file"), reading(ask.values))
        let missing = refusal(
            "file", "known", Words("파일을 찾을 수 없습니다. 다시 올려 주세요.", "The file is not there. Please send it again."))
        guard try Attachments.holds(hash, for: tenant, in: tables) else { throw missing }
        if let summary = try LookTable.summary(of: hash, reading, for: tenant, in: tables) {
            return [try draft(ask.values, summary, reading, hash)]
        }
        guard let attached = try Attachments.find(hash, for: tenant, in: tables) else { throw missing }
        guard attached.bytes.count <= smallest else {
            throw refusal(
                "file", "unread",
                Words(
                    "큰 파일은 통계 가져오기 화면이나 POST /api/v1/economy로 보내 주세요. 먼저 읽어 본 뒤 가져옵니다.",
                    "Please send a large file to the page that imports statistics, or by POST /api/v1/economy: it is read before it is brought in."
                ))
        }
        let file = try EconomyFile(try EconomyText.text(attached.bytes), reading)
        return [try draft(ask.values, file.summary, reading, hash)]
    }

    /// How the values of the form say that the file is to be read.
    static func reading(_ values: FormValues) -> EconomyFile.Reading {
        var reading = EconomyFile.Reading()
        reading.columns = .init(
            region: values.text("region"), industry: values.text("industry"), value: values.text("value"),
            year: values.text("year_column"))
        reading.item = values.text("item")
        reading.year = values.integer("year").map(Int.init)
        reading.missingIsZero = values.text("missing") == "zero"
        reading.dashIsZero = values.text("dash") == "zero"
        return reading
    }

    private static func draft(
        _ values: FormValues, _ file: EconomyFile.Summary, _ reading: EconomyFile.Reading, _ hash: String
    ) throws -> Draft {
        try check(values)
        return draft(
            values.text("economy"), file, reading, hash,
            [
                "title": values.text("title"), "measure": values.text("measure"), "source": values.text("source"),
                "licence": values.text("licence"), "published": values.text("published"),
                "suppression": values.text("suppression"),
            ], isOpen: isOpen(values))
    }

    /// Whether everybody may see them: as was said, else by their licence.
    private static func isOpen(_ values: FormValues) -> Bool {
        switch values.text("audience") {
        case "everyone": true
        case "members": false
        default: OpenLicence.isOpen(values.text("licence"))
        }
    }

    /// Whether the name and the day are written as they must be: asked before a file is read.
    static func check(_ values: FormValues) throws(Refusal) {
        let economy = values.text("economy")
        guard economy.wholeMatch(of: /[a-z0-9][a-z0-9-]*/) != nil else {
            throw refusal(
                "economy", "name", Words("영문 소문자, 숫자, -만 쓸 수 있습니다.", "Lower case letters, digits and - only."))
        }
        guard values.day("published") != nil else {
            throw refusal("published", "day", Words("2026-01-31처럼 적어 주세요.", "Write it like 2026-01-31."))
        }
    }

    /// The event that says which statistics came in: everybody's where they are open, else the zone's.
    static func draft(
        _ economy: String, _ file: EconomyFile.Summary, _ reading: EconomyFile.Reading, _ hash: String,
        _ words: [String: String], isOpen: Bool, isSynthetic: Bool = false
    ) -> Draft {
        var payload: [String: JSON] = words.mapValues { .string($0) }
        payload["economy"] = .string(economy)
        payload["file"] = .string(hash)
        payload["reading"] = reading.json
        payload["years"] = .array(file.years.map { .decimal(Int64($0)) })
        payload["regions"] = .decimal(Int64(file.regions))
        payload["industries"] = .decimal(Int64(file.industries))
        payload["known"] = .decimal(Int64(file.known))
        payload["marked"] = .decimal(Int64(file.marked))
        payload["refused"] = .decimal(Int64(file.refused))
        payload["totals"] = .decimal(Int64(file.totals))
        payload["open"] = .bool(isOpen)
        if isSynthetic { payload["synthetic"] = true }
        return Draft(
            EconomyTable.imported, stream: "economy/\(economy)", scope: EconomyTable.scope(isOpen: isOpen),
            payload: payload)
    }

    private static func refusal(_ field: String, _ rule: String, _ words: Words) -> Refusal {
        Refusal(.invalid, "economy.\(rule)", of: field, rule, words)
    }
}

/// Takes a data version out of use: its figures are no longer shown, and what was predicted from it stays on the
/// Record.
enum WithdrawEconomy {
    static let name = "transition.economy.withdraw"

    static let command = Command(
        Form(
            name, title: Words("통계 철회", "Withdraw statistics"),
            help: Words(
                "잘못된 통계의 판을 쓰지 않게 합니다. 기록은 그대로 남습니다.", "Takes a version that is wrong out of use. The Record keeps it."),
            fields: [
                Field("version", Words("판", "Version"), .reference(kind: "economy-version", source: nil)),
                Field("reason", Words("사유", "Why"), .text(maximum: 200)),
            ], permission: .roles(ImportEconomy.people).orToken("command:\(name)"), confirmation: .readBack,
            after: "/transition")
    ) { ask, tables in
        let id = ask.values.text("version")
        guard let version = try EconomyTable.version(id, for: try ask.tenant, in: tables) else {
            throw Refusal(.notFound, "economy.unknown", Words("그런 판이 없습니다.", "There is no such version."))
        }
        guard version.withdrawn == nil else {
            throw Refusal(.conflict, "economy.withdrawn", Words("이미 철회한 판입니다.", "It was withdrawn already."))
        }
        return [
            Draft(
                EconomyTable.withdrawn, stream: "economy/\(version.economy)", scope: version.scope,
                payload: ["version": .string(id), "reason": .string(ask.values.text("reason"))])
        ]
    }
}

import Access
import District
import HTTPTypes
import Record
import Store

/// API tokens: made, shown once, listed, revoked. A program's credential is a person's act, so the Record says who.
struct TokenRoutes {
    let doors: Doors

    private static let makers = Permission.roles([.administrator, .zoneOfficer, .executive, .safetyManager])

    /// What a token may be given, as the page offers it: the choice, its name, and what a program can do with it.
    private static let scopes: [(String, Words, Words)] = [
        (
            "readings:write", Words("측정값 보내기", "Send readings"),
            Words("센서와 게이트웨이가 값을 보냅니다.", "Sensors and gateways send values.")
        ),
        (
            "read", Words("조회하기", "Read"),
            Words("모든 조회 API를 읽습니다. 바꾸지는 못합니다.", "Reads every read-only call; changes nothing.")
        ),
        (
            "metrics:read", Words("운영 지표 읽기", "Read operating figures"),
            Words("이 서버의 지표(/metrics)를 읽습니다.", "Reads this server's figures (/metrics).")
        ),
        (
            "command:citizen.*", Words("생활 민원 접수하기 (Open311)", "File requests to the city (Open311)"),
            Words("민원 앱이 민원을 접수합니다.", "An app files requests.")
        ),
        (
            "orders", Words("주문 넣고 상태 보기 (판매처 연동)", "Place orders and follow them (shops, market places)"),
            Words(
                "쇼핑몰이나 판매처가 주문을 넣고(command:fulfilment.order.place), 자기가 넣은 주문의 약속과 출고만 조회합니다(read:orders). 다른 명령은 못 합니다. 회사의 경영책임자가 만든 토큰이어야 합니다.",
                "A shop places orders (command:fulfilment.order.place) and reads what was promised and what left, of its own orders alone (read:orders); it gives no other command. An executive of the firm makes it."
            )
        ),
        (
            "read:epcis", Words("EPCIS 이벤트 조회하기", "Read EPCIS events"),
            Words("협력사가 재고 이벤트를 조회하고 구독합니다.", "A partner queries events of stock and subscribes to them.")
        ),
        (
            "capture:epcis", Words("EPCIS 이벤트 보내기", "Send EPCIS events"),
            Words(
                "협력사가 자기 이벤트를 보냅니다. 우리 재고는 바뀌지 않습니다.", "A partner sends events of its own; our stock does not change.")
        ),
        (
            "epcis", Words("EPCIS 이벤트 보내고 조회하기", "Send and read EPCIS events"),
            Words("위의 두 가지를 한 토큰으로 합니다(capture:epcis, read:epcis).", "Both of these with one token.")
        ),
        (
            "command", Words("명령하기 – 확인은 만든 사람이 화면에서", "Give commands; its maker confirms on a page"),
            Words("모든 명령을 합니다. 되읽어 확인할 것은 토큰을 만든 사람이 확인합니다.", "Gives every command; whoever made the token confirms.")
        ),
        (
            "command-own", Words("명령하기 – 확인도 프로그램이", "Give commands and confirm them itself"),
            Words("회사가 직접 운영하는 프로그램에만 주세요.", "Only for programs that your firm runs itself.")
        ),
    ]

    /// What a choice of the page stands for on the token. `consent:own` lets a firm's own program answer the read-back
    /// of a command by itself (over MCP); services for citizens and second signatures always take a person.
    private static func scopes(of choice: String) -> [String] {
        switch choice {
        case "orders": ["command:fulfilment.order.place", "read:orders"]
        case "epcis": ["read:epcis", "capture:epcis"]
        case "command": ["command:*"]
        case "command-own": ["command:*", "consent:own"]
        default: [choice]
        }
    }

    var routes: [Route] {
        [
            .get("/tokens", Self.makers) { try await page($0) },
            .post("/tokens", Self.makers) { try await issue($0) },
            .post("/tokens/{token}/revoke", Self.makers) { visit in
                let (tenant, id, now) = (try visit.tenant, visit.parameters["token"] ?? "", visit.now)
                let author = visit.caller.author
                try await doors.district.transact { transaction in
                    guard try APITokens.revoke(id, for: tenant, at: now, in: transaction.writer) else {
                        throw Refusal(.notFound, "token.unknown", Words("그런 토큰이 없습니다.", "There is no such token."))
                    }
                    try transaction.record(
                        [Draft("access.token.revoked", stream: "token/\(id)", scope: Self.scope(tenant))],
                        origin: Origin(author: author))
                }
                return .redirect("/tokens", flash: visit.word("tokens_revoked"))
            },
        ]
    }

    private func issue(_ visit: Visit) async throws -> Reply {
        let form = visit.form
        let (caller, now, tenant) = (visit.caller, visit.now, try visit.tenant)
        let choice = Self.scopes.first { $0.0 == form["scope"] }?.0 ?? "readings:write"
        let scopes = Self.scopes(of: choice)
        let days = Double(form["days"] ?? "") ?? 365
        let request = APITokenRequest(
            name: form["name"] ?? "", scopes: Set(scopes), firm: tenant.firm,
            roles: ["readings:write", "command:citizen.*"].contains(choice)
                ? [] : caller.roles.subtracting([.administrator]),
            expires: now.advanced(bySeconds: max(1, min(days, 3650)) * 86_400))
        do {
            let (key, _) = try await doors.district.transact { transaction in
                let issued = try APITokens.issue(request, by: caller, at: now, in: transaction.writer)
                try transaction.record(
                    [
                        Draft(
                            "access.token.issued", stream: "token/\(issued.token.id)", scope: Self.scope(tenant),
                            payload: [
                                "name": .string(request.name),
                                "scopes": .array(request.scopes.sorted().map { .string($0) }),
                            ])
                    ], origin: Origin(author: caller.author))
                return issued
            }
            let example = Self.example(choice, key, visit)
            return try await page(
                visit,
                ["made": ["name": .string(request.name), "secret": .string(key), "example": .string(example)]])
        } catch let refused as AccessError {
            return try await page(visit, error: refused)
        }
    }

    /// A command line that does what the token was made for.
    private static func example(_ choice: String, _ key: String, _ visit: Visit) -> String {
        let token = "-H 'Authorization: Token \(key)'"
        return switch choice {
        case "read": "curl \(token) \(visit.site)/api/v1/safety/duties"
        case "orders":
            "curl \(token) -H 'Content-Type: application/json' -H 'Idempotency-Key: shop-1001' "
                + "-d '{\"centre\": \"\(visit.word("tokens_example_centre"))\", \"reference\": \"1001\", \"delivery\": \"carrier\", "
                + "\"name\": \"\(visit.word("tokens_example_name"))\", \"phone\": \"010-0000-0000\", \"address\": \"\(visit.word("tokens_example_place"))\", "
                + "\"lines\": [{\"item\": \"\(visit.word("tokens_example_item"))\", \"quantity\": 1}]}' "
                + "\(visit.site)/api/v1/fulfilment/orders"
        case "read:epcis", "epcis": "curl \(token) \(visit.site)/epcis/v2/events"
        case "capture:epcis":
            "curl \(token) -H 'Content-Type: application/json' --data-binary @document.json \(visit.site)/epcis/v2/capture"
        case "metrics:read": "curl \(token) \(visit.site)/metrics"
        case "command:citizen.*":
            "curl -d api_key=\(key) -d service_code=pothole --data-urlencode 'address_string=\(visit.word("tokens_example_place"))' \(visit.site)/open311/v2/requests.json"
        case "command", "command-own": "curl \(token) \(visit.site)/api/v1/commands"
        default: "curl \(token) --data-binary 'press-9,unit=mm/s vibration=1.2' \(visit.site)/api/v2/write"
        }
    }

    private func page(
        _ visit: Visit, _ more: [String: JSON] = [:], error: AccessError? = nil
    ) async throws -> Reply {
        let (tenant, now, language) = (try visit.tenant, visit.now, visit.language)
        let query = TableQuery(visit.query, columns: ["name"], sortedBy: "name")
        let tokens = try await doors.district.store.read {
            try APITokens.list(for: tenant, limit: query.size, offset: query.offset, in: $0)
        }
        let table = Table(
            "tokens", caption: visit.word("tokens_list"), path: "/tokens", query,
            columns: [
                .init("name", visit.word("tokens_column_name")), .init(nil, visit.word("tokens_column_scopes")),
                .init(nil, visit.word("tokens_column_used")), .init(nil, visit.word("tokens_column_expires")),
            ],
            rows: tokens.rows.map { token in
                [
                    Table.Cell(token.name, isHead: true),
                    Table.Cell(token.scopes.sorted().joined(separator: ", "), isCode: true),
                    token.used.map { Table.Cell(time: Show.time($0, language, now: now)) }
                        ?? Table.Cell(visit.word("tokens_never")),
                    token.isAlive(at: now)
                        ? token.expires.map { Table.Cell(time: Show.time($0, language)) } ?? Table.Cell.none
                        : Table.Cell(badge: "off", visit.word("tokens_ended")),
                ]
            }, total: tokens.total, empty: visit.word("tokens_empty"))
        var create: [String: JSON] = [
            "action": "/tokens", "hidden": [],
            "fields": .array(
                Self.fields.map { field in
                    FieldView.json(
                        field, visit, value: visit.form[field.name] ?? (field.name == "days" ? "365" : ""),
                        error: field.name == error?.field ? error?.words[language] : nil)
                }),
        ]
        if let error { create["errors"] = Show.errors([(error.field ?? "name", error.words[language])]) }
        var context: [String: JSON] = [
            "table": table.json, "create": .object(create),
            "revoke": .array(
                tokens.rows.filter { $0.isAlive(at: now) }.map { token in
                    [
                        "name": .string(token.name), "action": .string("/tokens/\(token.id)/revoke"),
                        "readback": .string("\(token.name) – \(visit.word("tokens_revoke_help"))"),
                    ]
                }),
        ]
        context["scopes"] = .array(
            Self.scopes.map { choice, name, help in
                [
                    "name": .string(name[language]), "help": .string(help[language]),
                    "codes": .string(Self.scopes(of: choice).joined(separator: ", ")),
                ]
            })
        context.merge(more) { $1 }
        return .page(
            "tokens", title: visit.word("tokens_title"), .object(context),
            status: error == nil ? .ok : .unprocessableContent)
    }

    /// What making a token asks.
    private static let fields = [
        Field(
            "name", Words("이름", "Name"), .text(maximum: 64),
            help: Words(
                "어느 설비나 프로그램이 쓰는지 적어 주세요. 예: press-gateway",
                "Which machine or program uses it, for example press-gateway")),
        Field(
            "scope", Words("권한", "Scope"), .choice(scopes.map { Field.Choice($0.0, $0.1) }),
            help: Words(
                "확인도 프로그램이 하는 토큰은 회사가 직접 운영하는 프로그램에만 주세요. 민원과 두 사람 서명은 이 토큰으로도 사람이 확인해야 합니다.",
                "Let a program confirm by itself only where your firm runs it. Public services and second signatures "
                    + "take a person even then.")),
        Field("days", Words("유효 기간", "Valid for"), .integer(1...3650, unit: "d")),
    ]

    private static func scope(_ tenant: Tenant) -> Scope { tenant.firm.map { .firm($0) } ?? .zone }
}

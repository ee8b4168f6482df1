import Access
import District
import Record
import Store
import Web

/// A firm applies; an officer of the zone decides with a reason, above an amount with a second officer's signature.
enum DecideGrant {
    /// Above this two people sign, in won.
    static let alone: Int64 = 20_000_000

    /// What a firm says of what it asks for.
    static let asked = [
        GrantAsk.amount(Words("신청 금액", "Amount")),
        Field("purpose", Words("쓸 곳과 기대하는 변화", "What for, and what is to change"), .longText(maximum: 1000)),
        Field(
            "assessment", Words("출발점이 되는 수준 진단", "Assessment it starts from"),
            .reference(kind: "maturity-assessment", source: nil), required: false,
            help: Words("연결하면 지원 뒤의 진단과 견줄 수 있습니다.", "Linked, it can be compared with one made afterwards.")),
    ]

    static let apply: Command = {
        let name = "alliance.grant.apply"
        return Command(
            Form(
                name, title: Words("지원사업 신청", "Apply for a programme"),
                help: Words("신청 금액과 쓸 곳을 적습니다.", "Says how much is asked for, and what for."),
                fields: [GrantAsk.programme] + asked, permission: .roles(GrowthAsk.speakers).orToken("command:\(name)"),
                confirmation: .readBack,
                after: "/alliance/grants/application/{it}")
        ) { ask, tables in
            let (firm, tenant) = (try GrowthAsk.firm(ask), try ask.tenant)
            let (programme, day) = (try GrantAsk.programme(ask, tables), KoreanDay(ask.now))
            let people = try Directory.firm(firm, for: tenant, in: tables)?.headcount
            if let hindrance = programme.hindrance(headcount: people, on: day) {
                throw GrowthAsk.fault("programme", "grant.\(hindrance.rawValue)", hindrance.words, kind: .conflict)
            }
            let amount = ask.values.integer("amount") ?? 0
            try GrantAsk.check(amount, of: programme)
            let others = try GrantTable.applications(to: programme.id, for: tenant, in: tables)
            guard !others.contains(where: { $0.firm == firm && $0.isLive }) else {
                throw GrowthAsk.fault(
                    "programme", "grant.twice", Words("이미 신청한 사업입니다.", "The firm has applied before."), kind: .conflict)
            }
            let assessment = try GrantAsk.assessment(ask, tables)
            return [
                Draft(
                    GrantEvents.applied, stream: "grant/\(Identifier(at: ask.now))", scope: .firm(firm),
                    payload: [
                        "programme": .string(programme.id), "amount": .decimal(amount),
                        "purpose": .string(ask.values.text("purpose")),
                        "assessment": assessment,
                    ])
            ]
        }
    }()

    private static let fields = [
        GrantAsk.application, GrantAsk.amount(Words("선정 금액", "Amount granted")),
        Field("reason", Words("선정 이유", "Reason"), .text(maximum: 500)), GrantAsk.version,
    ]

    /// Grants up to the amount that one officer may sign.
    static let grant = Command(
        Form(
            "alliance.grant.grant", title: Words("신청 선정", "Grant"),
            help: Words(
                "선정하고 이유를 남깁니다. \(Show.count(alone))원이 넘으면 두 사람이 서명합니다.",
                "Grants it with a reason. Above \(Show.count(alone)) won two people sign."),
            fields: fields, permission: GrantAsk.zone("alliance.grant.grant"), confirmation: .readBack)
    ) { ask, tables in
        guard ask.values.integer("amount") ?? 0 <= alone else {
            throw GrowthAsk.fault(
                "amount", "grant.two-signatures",
                Words(
                    "\(Show.count(alone))원을 넘는 선정은 ‘큰 금액 선정’으로 두 사람이 서명해야 합니다.",
                    "Above \(Show.count(alone)) won two people must sign: use “Grant a large amount”."),
                kind: .conflict)
        }
        return try decided(ask, tables)
    }

    /// Grants more, with a second officer's signature.
    static let grantLarge = Command(
        Form(
            "alliance.grant.grant-large", title: Words("큰 금액 선정", "Grant a large amount"),
            help: Words("다른 담당자 한 사람이 더 서명해야 선정됩니다.", "Granted once another officer has signed."),
            fields: fields, permission: .roles(GrowthAsk.zone), confirmation: .secondPerson(GrowthAsk.zone))
    ) { ask, tables in try decided(ask, tables) }

    private static func decided(_ ask: Ask, _ tables: any Reader) throws -> [Draft] {
        let application = try GrantAsk.read(ask, tables)
        let amount = ask.values.integer("amount") ?? 0
        guard amount <= application.amount else {
            throw GrowthAsk.fault(
                "amount", "grant.asked",
                Words(
                    "신청한 금액은 \(Show.count(application.amount))원입니다.",
                    "What was asked for is \(Show.count(application.amount)) won."))
        }
        // Read in the same transaction that grants it: two at once cannot both take what is left.
        guard let programme = try GrantTable.programme(application.programme, in: tables), amount <= programme.left
        else {
            throw GrowthAsk.fault(
                "amount", "grant.budget", Words("남은 예산보다 많습니다.", "It is more than is left of the budget."),
                kind: .conflict)
        }
        return [
            Draft(
                GrantEvents.granted, stream: "grant/\(application.id)", scope: application.scope,
                payload: [
                    "programme": .string(application.programme), "amount": .decimal(amount),
                    "reason": .string(ask.values.text("reason")), "signed": .bool(ask.cosigner != nil),
                ])
        ]
    }

    static let reject = Command(
        Form(
            "alliance.grant.reject", title: Words("미선정", "Reject"),
            help: Words("이유는 신청한 기업이 봅니다.", "The firm reads the reason."),
            fields: [
                GrantAsk.application, Field("reason", Words("이유", "Reason"), .text(maximum: 500)), GrantAsk.version,
            ],
            permission: GrantAsk.zone("alliance.grant.reject"), confirmation: .readBack)
    ) { ask, tables in
        let application = try GrantAsk.read(ask, tables)
        return [
            Draft(
                GrantEvents.rejected, stream: "grant/\(application.id)", scope: application.scope,
                payload: [
                    "programme": .string(application.programme), "reason": .string(ask.values.text("reason")),
                ])
        ]
    }
}

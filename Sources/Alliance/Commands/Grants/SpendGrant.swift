import Access
import District
import Record
import Store
import Web

/// What is done with granted money: vouchers for a provider's service, and payments at milestones.
enum SpendGrant {
    static let issue = Command(
        Form(
            "alliance.grant.issue", title: Words("이용권 발급", "Issue a voucher"),
            help: Words("서비스 제공기관에서 쓸 이용권을 발급합니다.", "Issues a voucher to be used with a provider."),
            fields: [
                GrantAsk.application, GrantAsk.amount(Words("이용권 금액", "Amount")),
                Field("provider", Words("서비스 제공기관", "Provider"), .text(maximum: 100)),
                GrowthAsk.dayField("until", Words("사용 기한", "To be used until"), required: true),
            ], permission: GrantAsk.zone("alliance.grant.issue"))
    ) { ask, tables in
        let application = try GrantAsk.application(ask, tables, in: .granted)
        let (amount, until) = (ask.values.integer("amount") ?? 0, try GrowthAsk.day(ask, "until"))
        guard try GrantTable.programme(application.programme, in: tables)?.kind == .safetyVoucher else {
            throw GrowthAsk.fault(
                "application", "grant.no-voucher", Words("이용권을 주는 사업이 아닙니다.", "The programme gives no vouchers."),
                kind: .conflict)
        }
        guard until >= KoreanDay(ask.now) else {
            throw GrowthAsk.fault("until", "grant.until", Words("지난 날짜입니다.", "That day has passed."))
        }
        try GrantAsk.check(amount, within: application)
        return [
            Draft(
                GrantEvents.issued, stream: "grant/\(application.id)", scope: application.scope,
                payload: [
                    "programme": .string(application.programme), "voucher": .string("\(Identifier(at: ask.now))"),
                    "amount": .decimal(amount), "provider": .string(ask.values.text("provider")),
                    "until": .string(until.description),
                ])
        ]
    }

    static let redeem: Command = {
        let name = "alliance.grant.redeem"
        return Command(
            Form(
                name, title: Words("이용권 사용 등록", "Redeem a voucher"),
                help: Words(
                    "받은 서비스의 금액과 증빙을 등록합니다. 한 이용권은 한 번 씁니다.",
                    "Records what was received, with its proof. A voucher is used once."),
                fields: [
                    Field("voucher", Words("이용권", "Voucher"), .reference(kind: "grant-voucher", source: nil)),
                    GrantAsk.amount(Words("쓴 금액", "Amount")), GrowthAsk.dayField("day", Words("받은 날", "Day")),
                    GrowthAsk.sourceField(
                        Words("예: 제공기관 세금계산서 번호", "For example: the number of the provider's invoice")),
                ], permission: .roles(GrowthAsk.speakers.union(GrowthAsk.zone)).orToken("command:\(name)"))
        ) { ask, tables in
            guard let voucher = try GrantTable.voucher(ask.values.text("voucher"), for: ask.tenant, in: tables) else {
                throw GrowthAsk.fault(
                    "voucher", "grant.voucher", Words("그런 이용권이 없습니다.", "There is no such voucher."), kind: .notFound)
            }
            guard voucher.redeemed == nil else {
                throw GrowthAsk.fault(
                    "voucher", "grant.used", Words("이미 쓴 이용권입니다.", "The voucher was used before."), kind: .conflict)
            }
            let (amount, day) = (ask.values.integer("amount") ?? 0, try GrowthAsk.past(ask, "day"))
            guard day <= voucher.until else {
                throw GrowthAsk.fault(
                    "day", "grant.expired",
                    Words("사용 기한은 \(voucher.until)까지였습니다.", "It was to be used until \(voucher.until)."),
                    kind: .conflict)
            }
            guard amount <= voucher.amount else {
                throw GrowthAsk.fault(
                    "amount", "grant.exceeded",
                    Words(
                        "이용권 금액은 \(Show.count(voucher.amount))원입니다.",
                        "The voucher is for \(Show.count(voucher.amount)) won."),
                    kind: .conflict)
            }
            // Past its day the voucher's money may have been given again.
            if voucher.until < KoreanDay(ask.now) {
                let application = try GrantTable.application(
                    voucher.application, on: KoreanDay(ask.now), for: ask.tenant, in: tables)
                if let application { try GrantAsk.check(amount, within: application) }
            }
            return [
                Draft(
                    GrantEvents.redeemed, stream: "grant/\(voucher.application)", scope: voucher.scope,
                    payload: [
                        "programme": .string(voucher.programme), "voucher": .string(voucher.id),
                        "amount": .decimal(amount), "day": .string(day.description),
                        "source": .string(ask.values.text("source")),
                    ])
            ]
        }
    }()

    static let pay = Command(
        Form(
            "alliance.grant.pay", title: Words("단계별 지급 등록", "Record a payment"),
            help: Words("약속한 단계를 확인하고 지급한 금액을 등록합니다.", "Records what was paid once a milestone was checked."),
            fields: [
                GrantAsk.application,
                Field("milestone", Words("확인한 단계", "Milestone"), .text(maximum: 200)),
                GrantAsk.amount(Words("지급액", "Amount")), GrowthAsk.dayField("day", Words("지급일", "Day")),
                GrowthAsk.sourceField(
                    Words("예: 검수 조서, 이체 확인증", "For example: the acceptance report, the transfer slip")),
            ], permission: GrantAsk.zone("alliance.grant.pay"), confirmation: .readBack)
    ) { ask, tables in
        let application = try GrantAsk.application(ask, tables, in: .granted)
        let (amount, day) = (ask.values.integer("amount") ?? 0, try GrowthAsk.past(ask, "day"))
        try GrantAsk.check(amount, within: application)
        return [
            Draft(
                GrantEvents.paid, stream: "grant/\(application.id)", scope: application.scope,
                payload: [
                    "programme": .string(application.programme), "amount": .decimal(amount),
                    "milestone": .string(ask.values.text("milestone")), "day": .string(day.description),
                    "source": .string(ask.values.text("source")),
                ])
        ]
    }
}

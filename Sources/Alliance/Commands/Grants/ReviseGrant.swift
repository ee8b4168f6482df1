import Access
import District
import Record
import Store

/// A firm puts its application right, or takes it back, as long as it is not decided.
enum ReviseGrant {
    static let revise: Command = {
        let name = "alliance.grant.revise"
        return Command(
            Form(
                name, title: Words("신청 바로잡기", "Put the application right"),
                help: Words(
                    "결정되기 전까지 금액과 쓸 곳을 바꿀 수 있습니다. 신청 기간이 끝나면 금액을 올릴 수는 없습니다. 앞서 낸 내용도 기록에 남습니다.",
                    "Amount and purpose can be changed until it is decided; once applications have closed the amount cannot be raised. What was filed before stays on the Record."
                ),
                fields: [GrantAsk.application] + DecideGrant.asked,
                permission: .roles(GrowthAsk.speakers).orToken("command:\(name)"), confirmation: .readBack,
                after: "/alliance/grants/application/{application}")
        ) { ask, tables in
            let application = try own(ask, tables)
            guard let programme = try GrantTable.programme(application.programme, in: tables) else {
                throw GrowthAsk.fault(
                    "application", "grant.programme", Words("그런 지원사업이 없습니다.", "There is no such programme."),
                    kind: .notFound)
            }
            let amount = ask.values.integer("amount") ?? 0
            try GrantAsk.check(amount, of: programme)
            try GrantAsk.check(amount, raising: application, to: programme, on: KoreanDay(ask.now))
            return [
                Draft(
                    GrantEvents.revised, stream: "grant/\(application.id)", scope: application.scope,
                    payload: [
                        "programme": .string(application.programme), "amount": .decimal(amount),
                        "purpose": .string(ask.values.text("purpose")),
                        "assessment": try GrantAsk.assessment(ask, tables),
                    ])
            ]
        }
    }()

    static let withdraw: Command = {
        let name = "alliance.grant.withdraw"
        return Command(
            Form(
                name, title: Words("신청 취하", "Withdraw the application"),
                help: Words(
                    "결정되기 전까지 신청을 거둡니다. 신청 기간 안이면 다시 신청할 수 있습니다.",
                    "Takes the application back until it is decided; within the period the firm may apply again."),
                fields: [GrantAsk.application, Field("reason", Words("사유", "Reason"), .text(maximum: 300))],
                permission: .roles(GrowthAsk.speakers).orToken("command:\(name)"), confirmation: .readBack,
                after: "/alliance/grants/application/{application}")
        ) { ask, tables in
            let application = try own(ask, tables)
            return [
                Draft(
                    GrantEvents.withdrawn, stream: "grant/\(application.id)", scope: application.scope,
                    payload: [
                        "programme": .string(application.programme), "reason": .string(ask.values.text("reason")),
                    ])
            ]
        }
    }()

    /// An application of the firm that asks, which nobody has decided.
    private static func own(_ ask: Ask, _ tables: any Reader) throws -> GrantApplication {
        _ = try GrowthAsk.firm(ask)
        return try GrantAsk.application(ask, tables, in: .filed)
    }
}

import Access
import District
import Record
import Store

/// The head of a firm lets the house look for needs in what stands on the Record of the firm, or does so no more.
enum Consents {
    private static let source = Field(
        "source", Words("무엇을 살펴볼까요", "What may be looked at"),
        .choice(NeedSigns.Source.allCases.map { .init($0.rawValue, $0.words) }))

    static let give = Command(
        Form(
            "alliance.consent.give", title: Words("기록 살펴보기 동의", "Consent to a look at the Record"),
            help: Words(
                "동의한 때부터 반복되는 신호가 있으면 도입 수요를 우리 기업에만 제안하며, 받아들이기 전에는 우리 기업만 내용을 봅니다. 다만 제안이 있었다는 사실과 그 계기가 된 경보·조치는 기록에 남아 관리기관 담당자가 볼 수 있고, 자세히 열어 보면 열람 기록이 남습니다. 언제든 거둘 수 있습니다.",
                "From now on, what repeats leads to a proposed need; until your firm takes it up, only your firm reads what it says. That one was proposed, and the alarm or action behind it, stands on the Record where the zone's officers can see it; whoever opens its story is logged. Consent can be withdrawn at any time."
            ),
            fields: [source], permission: .roles([.executive]).orToken("command:alliance.consent.give"),
            confirmation: .readBack, after: "/alliance/needs")
    ) { ask, tables in
        let (firm, source) = try meant(ask)
        guard try !ConsentTable.holds(source, of: firm, in: tables) else {
            throw Refusal(.conflict, "consent.given", Words("이미 동의했습니다.", "Consent is given already."))
        }
        return [draft(ConsentTable.given, firm, source)]
    }

    static let withdraw = Command(
        Form(
            "alliance.consent.withdraw", title: Words("동의 거두기", "Withdraw consent"),
            help: Words(
                "더 이상 살펴보지 않으며, 그동안 모은 신호와 아직 답하지 않은 제안은 없어집니다.",
                "Nothing is looked at any more; what was gathered goes, and open proposals are withdrawn."),
            fields: [source], permission: .roles([.executive]).orToken("command:alliance.consent.withdraw"),
            confirmation: .readBack, after: "/alliance/needs")
    ) { ask, tables in
        let (firm, source) = try meant(ask)
        guard try ConsentTable.holds(source, of: firm, in: tables) else {
            throw Refusal(.conflict, "consent.absent", Words("동의한 적이 없거나 이미 거두었습니다.", "No such consent stands."))
        }
        return [draft(ConsentTable.withdrawn, firm, source)]
            + (try NeedTable.proposals(of: firm, from: source, in: tables)).map {
                Draft(
                    NeedTable.withdrawn, stream: "need/\($0.id)", scope: $0.scope,
                    payload: ["reason": "consent", "source": .string(source.rawValue)])
            }
    }

    private static func meant(_ ask: Ask) throws -> (FirmID, NeedSigns.Source) {
        guard let firm = try ask.tenant.firm, let source = NeedSigns.Source(rawValue: ask.values.text("source")) else {
            throw Refusal(.forbidden, "consent.firm", Words("그 기업의 경영책임자만 할 수 있습니다.", "Only the head of the firm may."))
        }
        return (firm, source)
    }

    private static func draft(_ type: String, _ firm: FirmID, _ source: NeedSigns.Source) -> Draft {
        Draft(
            type, stream: "consent/\(firm)", scope: .firm(firm),
            payload: ["firm": .string(firm.rawValue), "source": .string(source.rawValue)])
    }
}

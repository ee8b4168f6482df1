import Access
import District
import Record
import Store

/// One person, one support: given, and taken back while the phase lasts. Who supports what is that person's own.
enum SupportProposal {
    static let name = "commons.proposal.support"
    static let takeBack = "commons.proposal.take-back"
    static let follow = "commons.proposal.follow"
    static let unfollow = "commons.proposal.unfollow"

    static let commands = [
        command(
            name, Words("지지하기", "Support"), Words("제안을 지지합니다. 한 사람이 한 번입니다.", "Supports a proposal: one person, once."),
            event: ProposalEvents.supported, spoken: true
        ) { process, marks, ask, tables in
            try ProcessAsk.check(.support, process, ask, in: tables)
            guard !marks.contains(.support) else {
                throw Refusal(.conflict, "support.given", Words("이미 지지했습니다.", "You already support it."))
            }
        },
        command(
            takeBack, Words("지지 거두기", "Take support back"),
            Words("지지 단계가 끝나기 전에 지지를 거둡니다.", "Takes support back while the phase lasts."),
            event: ProposalEvents.unsupported, spoken: true
        ) { process, marks, ask, tables in
            try ProcessAsk.check(.support, process, ask, in: tables)
            guard marks.contains(.support) else {
                throw Refusal(.conflict, "support.none", Words("지지하지 않은 제안입니다.", "You do not support it."))
            }
        },
        command(
            follow, Words("소식 받기", "Follow"),
            Words("제안이 어떻게 되는지 ‘내 제안’에서 봅니다.", "Shows on “My proposals” what becomes of it."),
            event: ProposalEvents.followed, spoken: true
        ) { _, marks, ask, _ in
            _ = try ProcessAsk.person(ask)
            guard !marks.contains(.follow) else {
                throw Refusal(.conflict, "follow.given", Words("이미 소식을 받고 있습니다.", "You already follow it."))
            }
        },
        command(
            unfollow, Words("소식 그만 받기", "Stop following"), Words("이 제안의 소식을 그만 받습니다.", "Stops following a proposal."),
            event: ProposalEvents.unfollowed, spoken: true
        ) { _, marks, _, _ in
            guard marks.contains(.follow) else {
                throw Refusal(.conflict, "follow.none", Words("소식을 받고 있지 않습니다.", "You do not follow it."))
            }
        },
    ]

    private static func command(
        _ name: String, _ title: Words, _ help: Words, event: String, spoken: Bool = false,
        _ check: @escaping @Sendable (CivicProcess, Set<ProposalMark>, Ask, any Reader) throws -> Void
    ) -> Command {
        Command(
            Form(
                name, title: title, help: help, fields: [ProposalAsk.proposal], permission: .signedIn,
                confirmation: .none, surfaces: spoken ? ProcessAsk.spoken : ProcessAsk.written)
        ) { ask, tables in
            let (proposal, process) = try ProposalAsk.open(ask.values.text("proposal"), in: tables)
            let person = try ProcessAsk.person(ask)
            try check(process, try PeopleTable.marks(person, on: proposal.id, in: tables), ask, tables)
            return [mark(event, proposal, person)]
        }
    }

    static func mark(_ event: String, _ proposal: Proposal, _ person: PersonID) -> Draft {
        Draft(
            event, stream: ProposalEvents.stream(proposal.id), scope: .person(person),
            payload: [
                "proposal": .string(proposal.id), "process": .string(proposal.process),
                "person": .string(person.rawValue),
            ])
    }
}

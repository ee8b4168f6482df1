import Access
import District
import Record
import Store

/// Brings the list of who may vote, and settles what is missing from it.
enum CensusCommands {
    /// The people of one event: more make several events of one command.
    private static let batch = 1000

    static let importing = Command(
        Form(
            "commons.census.import", title: Words("선거인 명부 가져오기", "Bring the list of voters"),
            help: Words(
                "식별번호는 임의의 값을 섞은 해시로만 남습니다. 이름과 주소는 편지를 보내는 데만 쓰고 금고에 둡니다.",
                "Identifiers are kept only as salted hashes; names and addresses are in the vault, for letters alone."),
            fields: [
                VoteAsk.field,
                Field(
                    "list", Words("명부(CSV)", "List (CSV)"), .longText(maximum: 4_000_000),
                    help: Words("열: 식별번호, 이름, 주소, 계정", "Columns: identifier, name, address, account"),
                    isPersonal: true),
            ], permission: VoteAsk.officers.orToken("command:commons.census.import"), surfaces: [.web, .http, .cli],
            after: "/commons/votes/{vote}/census")
    ) { ask, tables in
        let vote = try VoteAsk.find(ask, [.setUp, .ruled], in: tables).vote
        let file = try CensusFile(ask.values.text("list"))
        var generator = SystemRandomNumberGenerator()
        let salt = try CensusTable.salt(vote.id, in: tables) ?? SealedBallot.newSalt(using: &generator)
        let plan = try CensusPlan(file, for: vote.id, salt: salt, in: tables)
        let rows = plan.rows
        guard !rows.isEmpty else {
            throw Refusal(
                .invalid, "census.nobody", Words("새로 더할 사람이 없습니다.", "There is nobody to add."),
                faults: plan.left)
        }
        return stride(from: 0, to: rows.count, by: batch).map { start in
            let part = Array(rows[start..<min(start + batch, rows.count)])
            return Draft(
                CensusTable.imported, stream: "census/\(vote.id)", scope: .zone,
                payload: [
                    "vote": .string(vote.id), "people": .number(Double(part.count)),
                    "left_out": .number(Double(start == 0 ? plan.left.count : 0)),
                ],
                personal: [
                    "list": PersonalContent(of: subject(vote.id), ["salt": .string(salt), "rows": .array(part)])
                ])
        }
    }

    /// What the list keeps of an identifier.
    static func hash(_ identifier: String, _ salt: String) -> String {
        ContentHash.sha256("\(salt)/\(CensusFile.plain(identifier))".utf8)
    }

    /// Whose content a list is in the vault: it can go as a whole when the vote is over.
    static func subject(_ vote: String) -> PersonID { PersonID("census-\(vote)") }

    /// Somebody says that they, or a person before them, are missing from the list, or that an account is theirs.
    static let asking = Command(
        Form(
            "commons.census.ask", title: Words("선거인 명부 등재 신청", "Ask to be on the list"),
            help: Words(
                "명부에 없거나 계정과 이어지지 않았을 때 신청합니다. 담당자가 이유를 붙여 결정합니다.",
                "Where you are missing, or your account is not matched. An officer decides, with a reason."),
            fields: [
                VoteAsk.field,
                Field("name", Words("이름", "Name"), .text(maximum: 80), isPersonal: true, spoken: .name),
                Field(
                    "identifier", Words("식별번호", "Identifier"), .text(maximum: 40),
                    help: Words("명부를 만들 때 쓴 번호입니다. 해시로만 남습니다.", "The number the list was drawn by; kept as a hash."),
                    isPersonal: true, isSecret: true),
                Field("address", Words("주소", "Address"), .text(maximum: 200), required: false, isPersonal: true),
                Field(
                    "account", Words("이 계정으로 투표", "Vote by this account"), .flag, required: false,
                    help: Words(
                        "편지 대신 지금 로그인한 계정으로 투표합니다.", "With the account that is signed in now, instead of a letter.")),
                Field("why", Words("신청 이유", "Why"), .longText(maximum: 600), isPersonal: true),
            ], permission: .signedIn, after: "/commons/votes/{vote}")
    ) { ask, tables in
        let vote = try VoteAsk.find(ask, [.setUp, .ruled], in: tables).vote
        guard let person = ask.caller.person else {
            throw Refusal(.forbidden, "census.person", Words("사람만 신청할 수 있습니다.", "Only a person can ask."))
        }
        guard let salt = try CensusTable.salt(vote.id, in: tables) else {
            throw Refusal(.conflict, "census.none", Words("아직 명부가 없습니다.", "There is no list yet."))
        }
        // An officer asks on behalf of those who come to the counter; everybody else for themselves, once at a time.
        let isOfficer = ask.caller.roles.contains(.zoneOfficer)
        let open = try CensusTable.gaps(vote.id, state: "open", limit: 10_000, in: tables)
        let entry = hash(ask.values.text("identifier"), salt)
        guard !open.contains(where: { $0.entry == entry || (!isOfficer && $0.asker == person.rawValue) }) else {
            throw Refusal(
                .conflict, "census.waiting", Words("이미 신청한 것이 결정을 기다리고 있습니다.", "A request waits to be decided already.")
            )
        }
        let account = ask.values.flag("account")
        if account, try CensusTable.entry(vote.id, account: person.rawValue, in: tables) != nil {
            throw Refusal(
                .conflict, "census.matched", Words("이 계정은 이미 명부와 이어져 있습니다.", "This account is matched already."))
        }
        if !account, try CensusTable.entry(vote.id, entry, in: tables) != nil {
            throw Refusal(.conflict, "census.there", Words("이미 명부에 있습니다.", "You are on the list already."))
        }
        return [
            Draft(
                CensusTable.asked, stream: "census-gap/\(Identifier(at: ask.now))", scope: .zone,
                payload: ["vote": .string(vote.id)],
                personal: [
                    "said": PersonalContent(
                        of: subject(vote.id),
                        [
                            "entry": .string(entry), "name": .string(ask.values.text("name")),
                            "address": .string(ask.values.text("address")), "why": .string(ask.values.text("why")),
                            "account": .string(account ? person.rawValue : ""),
                        ])
                ])
        ]
    }

    static let deciding = Command(
        Form(
            "commons.census.decide", title: Words("명부 신청 결정", "Decide about the list"),
            help: Words(
                "받아들이면 명부에 더해집니다. 이유는 신청한 사람이 봅니다.", "Accepted, they are on the list. Whoever asked reads the reason."),
            fields: [
                Field("request", Words("신청", "Request"), .reference(kind: "census-gap", source: nil)),
                Field(
                    "decision", Words("결정", "Decision"),
                    .choice([
                        Field.Choice("accept", Words("받아들임", "Accept")),
                        Field.Choice("refuse", Words("받아들이지 않음", "Refuse")),
                    ])),
                Field("reason", Words("이유", "Reason"), .longText(maximum: 600)),
            ], permission: VoteAsk.officers)
    ) { ask, tables in
        guard let gap = try CensusTable.gap(ask.values.text("request"), in: tables),
            let vote = try VoteTable.find(gap.vote, in: tables)?.vote
        else { throw Refusal(.notFound, "census.request", Words("그런 신청이 없습니다.", "There is no such request.")) }
        guard gap.state == "open", vote.state == .setUp || vote.state == .ruled else {
            throw Refusal(
                .conflict, "census.decided", Words("이미 결정했거나 투표가 열렸습니다.", "It is decided, or the vote is open."))
        }
        // Nobody puts a voter on the list alone: who asked, also for somebody at the counter, never decides.
        guard ask.caller.person?.rawValue != gap.asker else {
            throw Refusal(
                .forbidden, "census.own", Words("자기 신청은 다른 담당자가 결정합니다.", "Another officer decides about your own."))
        }
        if ask.values.text("decision") == "accept", !gap.account.isEmpty {
            let listed = try CensusTable.entry(gap.vote, gap.entry, in: tables)
            let matched = try CensusTable.entry(gap.vote, account: gap.account, in: tables)
            guard listed?.account == nil || listed?.account == gap.account,
                matched == nil || matched?.entry == gap.entry
            else {
                throw Refusal(
                    .conflict, "census.linked",
                    Words(
                        "명부의 이 사람 또는 이 계정은 이미 다른 쪽과 이어져 있습니다. 신청한 사람에게 확인해 주세요.",
                        "The person on the list, or the account, is matched with another already. Please ask whoever requested it."
                    ))
            }
        }
        return [
            Draft(
                CensusTable.decided, stream: "census-gap/\(gap.id)", scope: .zone,
                payload: [
                    "vote": .string(gap.vote), "accepted": .bool(ask.values.text("decision") == "accept"),
                    "reason": .string(ask.values.text("reason")),
                ])
        ]
    }
}

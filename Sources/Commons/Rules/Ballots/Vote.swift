import Record

/// A vote: what is asked, of whom, by which ballots, from when to when.
struct Vote: Sendable, Hashable {
    /// What can be chosen.
    struct Option: Sendable, Hashable {
        /// Letters and digits, by which ties are broken.
        let id: String
        let name: String
        let summary: String
        /// In won; zero where nothing is paid for.
        let cost: Int
        /// The proposal it came from; empty where none.
        let proposal: String
        /// What it makes a rule of for robots where it is chosen.
        var effect: RuleEffect? = nil
    }

    /// How far it has come.
    enum State: String, Sendable { case setUp = "set-up", ruled, open, closed, counted, withdrawn }

    let id: String
    let title: String
    let summary: String
    let method: VoteMethod
    let options: [Option]
    /// How much there is to spend, in won.
    let limit: Int
    /// How many options a ballot may name.
    let most: Int
    /// How many points a ballot deals out.
    let points: Int
    /// How many options are chosen, where no budget decides.
    let seats: Int
    let begins: Timestamp
    let ends: Timestamp
    /// Whether the code of a letter is enough.
    let isAccountless: Bool
    /// The process it belongs to; empty where it stands alone.
    let process: String
    let isSample: Bool
    /// Whether it counts a file of past ballots again: nobody votes, and nothing follows from it.
    var isReplay = false
    var state: State = .setUp
    var rule: CountingRule?
    /// Whether ballots may be cast by voice: decided when it is set up, and never changed.
    var votesByVoice = false

    /// Whether ballots are taken now.
    func takesBallots(at now: Timestamp) -> Bool { state == .open && begins <= now && now < ends }

    /// An option's place.
    func place(of option: String) -> Int? { options.firstIndex { $0.id == option } }
}

extension Vote {
    /// As the event that sets it up carries it.
    var json: [String: JSON] {
        var members: [String: JSON] = [
            "title": .string(title), "summary": .string(summary), "method": .string(method.rawValue),
            "options": .array(
                options.map { option in
                    var members: [String: JSON] = [
                        "id": .string(option.id), "name": .string(option.name), "summary": .string(option.summary),
                        "cost": .decimal(Int64(option.cost)), "proposal": .string(option.proposal),
                    ]
                    members["effect"] = option.effect?.json
                    return .object(members)
                }),
            "limit": .decimal(Int64(limit)), "most": .number(Double(most)), "points": .number(Double(points)),
            "seats": .number(Double(seats)), "begins": .string(begins.description), "ends": .string(ends.description),
            "accountless": .bool(isAccountless), "process": .string(process), "sample": .bool(isSample),
            "voice": .bool(votesByVoice),
        ]
        if isReplay { members["replay"] = true }
        return members
    }

    /// Out of such an event; nil where it is none.
    init?(_ id: String, _ json: JSON) {
        guard let method = json["method"]?.text.flatMap({ VoteMethod(rawValue: $0) }),
            let begins = json["begins"]?.text.flatMap({ Timestamp(iso8601: $0) }),
            let ends = json["ends"]?.text.flatMap({ Timestamp(iso8601: $0) })
        else { return nil }
        func number(_ key: String) -> Int { json[key]?.integer.map(Int.init) ?? 0 }
        self.init(
            id: id, title: json["title"]?.text ?? "", summary: json["summary"]?.text ?? "", method: method,
            options: (json["options"]?.elements ?? []).map {
                Option(
                    id: $0["id"]?.text ?? "", name: $0["name"]?.text ?? "", summary: $0["summary"]?.text ?? "",
                    cost: $0["cost"]?.integer.map(Int.init) ?? 0, proposal: $0["proposal"]?.text ?? "",
                    effect: RuleEffect($0["effect"]))
            },
            limit: number("limit"), most: number("most"), points: number("points"), seats: number("seats"),
            begins: begins, ends: ends, isAccountless: json["accountless"]?.bool ?? false,
            process: json["process"]?.text ?? "", isSample: json["sample"]?.bool ?? false,
            isReplay: json["replay"]?.bool ?? false, votesByVoice: json["voice"]?.bool ?? false)
    }
}

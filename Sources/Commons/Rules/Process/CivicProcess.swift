import District
import Record

/// Something that the zone decides together with its citizens: what it is about, in which phases, and who may do what.
struct CivicProcess: Sendable, Hashable {
    /// What kind of decision it is: a budget asks for costs.
    enum Kind: String, Sendable, CaseIterable {
        case rules, budget, roadmap, other

        var words: Words {
            switch self {
            case .rules: Words("구역 규칙", "Rules of the zone")
            case .budget: Words("주민참여예산", "Participatory budget")
            case .roadmap: Words("로드맵 의견 수렴", "Roadmap consultation")
            case .other: Words("그 밖의 결정", "Another decision")
            }
        }
    }

    /// Where a process stands on a day.
    enum Standing: Sendable, Hashable {
        case coming(PhaseDays)
        case running(PhaseDays)
        /// Between two phases: the next one.
        case between(PhaseDays)
        case ended
        case stopped(reason: String)

        /// Whether it is over.
        var isOver: Bool {
            switch self {
            case .ended, .stopped: true
            case .coming, .running, .between: false
            }
        }
    }

    let id: String
    let kind: Kind
    let title: Words
    /// What is to be decided, as a question.
    let question: Words
    /// In plain language: what it means for whoever reads it.
    let summary: Words
    /// What it is about on the map: a thing of the Twin, with its name.
    let place: ThingPlace?
    /// What may be spent, in won, where it is a budget.
    let budget: Int64?
    var plan: PhasePlan
    private let audiences: [String: Audience]
    /// The census that votes, where one does; by its identifier.
    let census: String?
    /// Whether ballots may be cast by voice.
    let votesByVoice: Bool
    /// Whether ballots may be cast without an account.
    let votesWithoutAccount: Bool
    /// How many supporters have an amendment accepted; nil where the authors decide.
    let amendSupport: Int64?
    /// How many supporters a proposal needs to be voted on.
    let supportNeeded: Int64
    let isSynthetic: Bool
    /// Why it was stopped, where it was.
    var stopped: String?

    /// A thing of the Twin, as it was called when the process was opened.
    struct ThingPlace: Sendable, Hashable {
        let thing: String
        let name: Words
    }

    /// Where it stands.
    func standing(on day: KoreanDay) -> Standing {
        if let stopped { return .stopped(reason: stopped) }
        if let phase = plan.phase(on: day) { return .running(phase) }
        guard let next = plan.next(after: day) else { return .ended }
        return next == plan.phases[0] ? .coming(next) : .between(next)
    }

    /// Whether something can be done on a day.
    func allows(_ act: Phase.Act, on day: KoreanDay) -> Bool { stopped == nil && plan.allows(act, on: day) }

    /// The next phase that holds an act, from a day on.
    func next(_ act: Phase.Act, from day: KoreanDay) -> PhaseDays? {
        plan.phases.first { $0.phase.acts.contains(act) && day <= $0.ends }
    }

    /// Who may do something: amendments are proposed by whoever may propose, statements answered by whoever may comment.
    func audience(for act: Phase.Act) -> Audience {
        let key =
            switch act {
            case .propose, .amend: "propose"
            case .support: "support"
            case .vote: "vote"
            case .comment, .answerStatement, .report: "comment"
            }
        return audiences[key] ?? .everyone
    }
}

extension CivicProcess {
    /// The acts of which a process says who may do them, as its payload names them.
    static let governed: [(key: String, act: Phase.Act)] = [
        ("propose", .propose), ("support", .support), ("comment", .comment), ("vote", .vote),
    ]

    /// Reads the payload of `commons.process.opened`; nil where it is none.
    init?(_ id: String, _ json: JSON, stopped: String?) {
        guard let title = Words(json["title"]), let question = Words(json["question"]),
            let phases = json["phases"]?.elements?.compactMap(PhaseDays.init), let plan = try? PhasePlan(phases)
        else { return nil }
        self.id = id
        kind = json["kind"]?.text.flatMap(Kind.init) ?? .other
        self.title = title
        self.question = question
        summary = Words(json["summary"]) ?? question
        place = json["place"]?["thing"]?.text.map {
            ThingPlace(thing: $0, name: Words(json["place"]?["name"]) ?? Words($0, $0))
        }
        budget = json["budget"]?.integer
        self.plan = plan
        audiences = (json["audiences"]?.members ?? [:]).compactMapValues { $0.text.flatMap(Audience.init) }
        census = json["census"]?.text
        votesByVoice = json["voice"]?.bool ?? false
        votesWithoutAccount = json["accountless"]?.bool ?? false
        amendSupport = json["amend_support"]?.integer
        supportNeeded = json["support_needed"]?.integer ?? 0
        isSynthetic = json["synthetic"]?.bool ?? false
        self.stopped = stopped
    }
}

extension PhaseDays {
    init?(_ json: JSON) {
        guard let phase = json["phase"]?.text.flatMap(Phase.init),
            let begins = json["begins"]?.text.flatMap({ KoreanDay($0) }),
            let ends = json["ends"]?.text.flatMap({ KoreanDay($0) })
        else { return nil }
        self.init(phase: phase, begins: begins, ends: ends)
    }

    var json: JSON {
        [
            "phase": .string(phase.rawValue), "begins": .string(begins.description), "ends": .string(ends.description),
        ]
    }
}

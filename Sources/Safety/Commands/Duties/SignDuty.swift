import Access
import District
import Record
import Store

/// Signs for what a half-year's evidence shows: one duty, or all that wait for the signer's hand.
struct SignDuty {
    let book: DutyBook

    static let name = "safety.duty.sign"

    var form: Form {
        Form(
            Self.name, title: Words("의무 이행 확인 서명", "Sign for a duty"),
            help: Words(
                "증거를 확인했음을 서명합니다. 의무를 비워 두면 내 서명을 기다리는 것 모두에 서명합니다.",
                "Signs that the evidence was seen. Without a duty it signs all that wait for you."),
            fields: [
                Field(
                    "duty", Words("의무", "Duty"), .choice(book.duties.map { Field.Choice($0.id, $0.title) }),
                    required: false),
                DutyAsk.periodField,
            ],
            permission: .roles([.executive, .safetyManager, .worker, .operator]), confirmation: .readBack,
            surfaces: [.web, .http, .cli, .mcp, .voice])
    }

    var command: Command {
        Command(form) { [book] ask, tables in
            let asked = try DutyAsk(ask, in: tables)
            guard let signer = ask.caller.person else {
                throw Refusal(
                    .forbidden, "duty.person", Words("서명은 사람만 할 수 있습니다.", "Only a person signs."))
            }
            let mine = try Self.hands(ask.caller, in: asked.firm.firm, tables)
            let board = try asked.board(book, ask, in: tables)
            let wanted = ask.values.text("duty")
            let signed =
                wanted.isEmpty
                ? board.standings.filter { Self.waits($0, for: mine) }
                : try [
                    Self.one(wanted, board, mine)
                ]
            guard !signed.isEmpty else {
                throw Refusal(
                    .conflict, "duty.nothing-to-sign",
                    Words("서명을 기다리는 의무가 없습니다.", "No duty waits for your signature."))
            }
            // One event for each hand: a person may be both executive and the workers' choice.
            return mine.sorted { $0.rawValue < $1.rawValue }.compactMap { hand in
                let duties = signed.filter { $0.duty.signer == hand }
                guard !duties.isEmpty else { return nil }
                return Draft(
                    "safety.duty.signed", stream: "half-year/\(asked.firm.firm)/\(asked.period)",
                    scope: .firm(asked.firm.firm),
                    payload: [
                        "period": .string(asked.period.description), "role": .string(hand.rawValue),
                        "signer": .string(signer.rawValue), "edition": .string(book.edition),
                        "duties": .array(duties.map { .string($0.duty.id) }),
                        "evidence": .array(duties.flatMap { $0.evidence.map { .string($0.hash) } }),
                    ])
            }
        }
    }

    /// For whom someone may sign: by their role in the house or by their appointment in the firm.
    static func hands(_ caller: Caller, in firm: FirmID, _ tables: any Reader) throws -> Set<Duty.Signer> {
        var hands: Set<Duty.Signer> = []
        if caller.roles.contains(.executive) { hands.insert(.executive) }
        if caller.roles.contains(.safetyManager) { hands.insert(.manager) }
        if let person = caller.person {
            let held = try Appointments.roles(of: person, in: firm, tables)
            if held.contains(.workersRepresentative) { hands.insert(.workersRepresentative) }
            if held.contains(.supervisor) { hands.insert(.supervisor) }
        }
        return hands
    }

    static func waits(_ standing: DutyBoard.Standing, for hands: Set<Duty.Signer>) -> Bool {
        standing.state == .unsigned && standing.duty.signer.map(hands.contains) == true
    }

    private static func one(
        _ id: String, _ board: DutyBoard, _ hands: Set<Duty.Signer>
    ) throws(Refusal) -> DutyBoard.Standing {
        guard let standing = board.standings.first(where: { $0.duty.id == id }) else {
            throw DutyAsk.fault(
                "duty", "applies", Words("이 기업에 해당하지 않는 의무입니다.", "This duty does not hold for the firm."))
        }
        guard let signer = standing.duty.signer, hands.contains(signer) else {
            let who = standing.duty.signer?.words
            throw DutyAsk.fault(
                "duty", "signer",
                Words(
                    who.map { "이 의무에는 \($0.ko)만 서명할 수 있습니다." } ?? "이 의무에는 서명이 필요하지 않습니다.",
                    who.map { "Only the \($0.en) signs for this duty." } ?? "This duty needs no signature."),
                kind: .forbidden)
        }
        switch standing.state {
        case .unsigned: return standing
        case .complete:
            throw DutyAsk.fault("duty", "signed", Words("이미 서명했습니다.", "It is signed already."), kind: .conflict)
        case .lacking, .notDue:
            throw DutyAsk.fault(
                "duty", "evidence", Words("증거가 없어 서명할 수 없습니다.", "There is no evidence to sign for."), kind: .conflict)
        }
    }
}

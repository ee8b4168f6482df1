import Access
import District
import Record

/// Closes a firm's half-year: only where every duty that is due has its evidence and its signature; else each one that
/// lacks something is named.
struct CloseHalfYear {
    let book: DutyBook

    static let name = "safety.half-year.close"

    var form: Form {
        Form(
            Self.name, title: Words("반기 마감", "Close the half-year"),
            help: Words(
                "이번 반기의 의무가 모두 이행되었음을 확인하고 마감합니다. 증거가 없는 의무가 있으면 마감되지 않습니다.",
                "Confirms that every duty of the half-year was met. With evidence missing it is refused."),
            fields: [DutyAsk.periodField], permission: .roles([.executive]), confirmation: .readBack,
            surfaces: [.web, .http, .cli, .mcp, .voice])
    }

    var command: Command {
        Command(form) { [book] ask, tables in
            let asked = try DutyAsk(ask, in: tables)
            guard try DutyTable.closed(asked.firm.firm, asked.period, in: tables) == nil else {
                throw Refusal(
                    .conflict, "half-year.closed",
                    Words("\(asked.period.words.ko)는 이미 마감했습니다.", "\(asked.period.words.en) is closed already."))
            }
            let board = try asked.board(book, ask, in: tables)
            let faults = Self.faults(board)
            guard faults.isEmpty else {
                throw Refusal(
                    .conflict, "half-year.incomplete",
                    Words(
                        "\(asked.period.words.ko)를 마감할 수 없습니다. 갖추지 못한 의무가 \(faults.count)건 있습니다.",
                        "\(asked.period.words.en) cannot be closed. Duties that lack something: \(faults.count)."),
                    faults: faults)
            }
            return [Self.draft(asked, board, edition: book.edition)]
        }
    }

    /// What keeps a half-year open: each duty by name, and what it lacks.
    static func faults(_ board: DutyBoard) -> [Refusal.Fault] {
        board.lacking.map { standing in
            let title = standing.duty.title
            guard let share = standing.share else {
                return Refusal.Fault(
                    field: standing.duty.id, rule: "evidence",
                    words: Words("\(title.ko): 증거가 없습니다.", "\(title.en): there is no evidence."))
            }
            return Refusal.Fault(
                field: standing.duty.id, rule: "evidence",
                words: Words(
                    "\(title.ko): \(share.due)회 가운데 \(share.done)회만 증거가 있습니다.",
                    "\(title.en): evidence for \(share.done) of \(share.due)."))
        }
            + board.unsigned.map { standing in
                let (title, who) = (standing.duty.title, standing.duty.signer?.words)
                return Refusal.Fault(
                    field: standing.duty.id, rule: "signature",
                    words: Words(
                        "\(title.ko): \(who?.ko ?? "")의 서명이 없습니다.",
                        "\(title.en): the \(who?.en ?? "")'s signature is missing."))
            }
    }

    private static func draft(_ asked: DutyAsk, _ board: DutyBoard, edition: String) -> Draft {
        let duties: [JSON] = board.standings.filter { $0.state == .complete }.map { standing in
            [
                "duty": .string(standing.duty.id),
                "evidence": .array(
                    standing.evidence.map { ["id": .string($0.id), "hash": .string($0.hash)] }),
            ]
        }
        return Draft(
            "safety.half-year.closed", stream: "half-year/\(asked.firm.firm)/\(asked.period)",
            scope: .firm(asked.firm.firm),
            payload: [
                "period": .string(asked.period.description), "firm": .string(asked.firm.firm.rawValue),
                "edition": .string(edition), "duties": .array(duties),
            ])
    }
}

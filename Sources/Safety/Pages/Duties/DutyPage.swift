import Access
import District
import Record
import Web

/// A firm's duties of a half-year as the page shows them: what lacks evidence first.
struct DutyPage {
    let visit: Visit
    let book: DutyBook
    let content: Content

    /// What the page is made of.
    struct Content: Sendable {
        let firm: FirmProfile
        let board: DutyBoard
        let holds: [Holds.Hold]
        let places: [ThingID: Words]
        /// For whom whoever looks may sign here.
        let hands: Set<Duty.Signer>
        let closed: Timestamp?
    }

    private var period: HalfYear { content.board.period }
    private var isOwn: Bool { visit.caller.firm == content.firm.firm }
    private var mayAdd: Bool { isOwn && !visit.caller.roles.isDisjoint(with: [.executive, .safetyManager]) }
    private var next: String {
        let firm = isOwn ? "" : "&firm=\(content.firm.firm)"
        return Table.encoded("/safety/duties?period=\(period)\(firm)")
    }

    var context: JSON {
        let board = content.board
        let (lacking, unsigned) = (board.lacking, board.unsigned)
        let mine = unsigned.filter { SignDuty.waits($0, for: content.hands) }
        var members: [String: JSON] = [
            "firm": .string(content.firm.name), "period": .string(period.words[visit.language]),
            "periods": Self.periods(
                visit, period, path: "/safety/duties", kept: isOwn ? "" : "&firm=\(content.firm.firm)"),
            "headline": headline, "lacking": .array(lacking.map(entry)), "unsigned": .array(unsigned.map(entry)),
            "complete": .array(board.standings.filter { $0.isLaw && $0.state == .complete }.map(entry)),
            "later": .array(board.standings.filter { $0.isLaw && $0.state == .notDue }.map(entry)),
            "advice": .array(board.standings.filter { !$0.isLaw }.map(entry)), "holds": .array(content.holds.map(hold)),
            "edition": .string(String(book.edition.prefix(12))),
        ]
        if !unsigned.isEmpty { members["has_unsigned"] = true }
        if !lacking.isEmpty || !unsigned.isEmpty { members["has_open"] = true }
        members["complete_count"] = .string("\(board.standings.count { $0.isLaw && $0.state == .complete })")
        if content.closed == nil, content.hands.contains(.executive) {
            members["close_href"] = .string("/do/\(CloseHalfYear.name)?period=\(period)&next=\(next)")
        }
        if mine.count > 1 {
            members["sign_all"] = .string("/do/safety.duty.sign?period=\(period)&next=\(next)")
        }
        if mayAdd { members["profile_href"] = .string("/do/safety.firm.profile?next=\(next)") }
        if board.standings.contains(where: { $0.holding == .unknown }) { members["has_unknown"] = true }
        return .object(members)
    }

    /// The one sentence that answers: how many lack evidence, and how many days are left.
    private var headline: JSON {
        let (board, ko) = (content.board, visit.language == .ko)
        let (missing, waiting) = (board.lacking.count, board.unsigned.count)
        let days = period.daysLeft(at: visit.now)
        let left = ko ? "마감까지 \(days)일 남았습니다." : "Days left: \(days)."
        if let closed = content.closed {
            var line: [String: JSON] = [
                "kind": "verified", "text": .string(visit.word("duties_closed")),
                "time": Show.time(closed, visit.language),
            ]
            if missing > 0 { line["detail"] = .string(visit.word("duties_closed_lacking")) }
            return .object(line)
        }
        if missing > 0 {
            return [
                "kind": "danger",
                "text": .string(
                    ko
                        ? "증거가 없는 의무가 \(missing)건 있습니다."
                        : missing == 1 ? "1 duty lacks evidence." : "\(missing) duties lack evidence."),
                "detail": .string(days > 0 ? left : visit.word("duties_over")),
            ]
        }
        if waiting > 0 {
            return [
                "kind": "warn",
                "text": .string(
                    ko
                        ? "증거를 모두 갖췄습니다. 서명할 의무가 \(waiting)건 남았습니다."
                        : "All evidence is there; to be signed: \(waiting)."),
                "detail": .string(days > 0 ? left : visit.word("duties_over")),
            ]
        }
        var line: [String: JSON] = ["kind": "ok", "text": .string(visit.word("duties_ready"))]
        if content.hands.contains(.executive) {
            line["href"] = .string("/do/\(CloseHalfYear.name)?period=\(period)&next=\(next)")
            line["action"] = .string(visit.word("duties_close"))
        }
        return .object(line)
    }

    private func entry(_ standing: DutyBoard.Standing) -> JSON {
        let (duty, language) = (standing.duty, visit.language)
        var members: [String: JSON] = [
            "id": .string(duty.id), "title": .string(duty.title[language]), "demands": .string(duty.demands[language]),
            "citation": .string(duty.citation[language]), "text": .string(duty.text),
            "rhythm": .string(duty.rhythm.words[language]),
            "kinds": .string(duty.kinds.compactMap { book.kinds[$0]?[language] }.joined(separator: ", ")),
            "years": .string("\(duty.years)"),
            "evidence": .array(standing.evidence.prefix(12).map(piece)),
        ]
        // Under the heading of what is law the state is said already; among advice it is not.
        if !standing.isLaw { members["state"] = state(standing) }
        if let signer = duty.signer { members["signer"] = .string(signer.words[language]) }
        if duty.mark == .second { members["second"] = true }
        if let share = standing.share, share.due > 0 { members["share"] = .string("\(share.done) / \(share.due)") }
        if standing.evidence.count > 12 {
            let more = standing.evidence.count - 12
            members["more"] = .string(language == .ko ? "외 \(more)건" : "and \(more) more")
        }
        if standing.holding == .unknown { members["unknown"] = Show.badge("unknown", visit.word("duties_unknown")) }
        if let signature = standing.signature { members["signed"] = Show.time(signature.at, language) }
        if mayAdd {
            let subject = standing.open.first.map { "&subject=\(Table.encoded($0))" } ?? ""
            members["add_href"] = .string(
                "/do/\(GiveEvidence.name)?duty=\(duty.id)&period=\(period)&kind=\(duty.kinds[0])\(subject)&next=\(next)"
            )
        }
        if SignDuty.waits(standing, for: content.hands) {
            members["sign_href"] = .string("/do/\(SignDuty.name)?duty=\(duty.id)&period=\(period)&next=\(next)")
        }
        return .object(members)
    }

    private func state(_ standing: DutyBoard.Standing) -> JSON {
        switch standing.state {
        case .lacking: Show.badge("danger", visit.word("duties_state_lacking"))
        case .unsigned: Show.badge("warn", visit.word("duties_state_unsigned"))
        case .complete: Show.badge("ok", visit.word("duties_state_complete"))
        case .notDue: Show.badge("off", visit.word("duties_state_later"))
        }
    }

    private func piece(_ evidence: DutyEvidence) -> JSON {
        var members: [String: JSON] = [
            "kind": .string(book.kinds[evidence.kind]?[visit.language] ?? evidence.kind),
            "day": .string(evidence.day.description), "time": Show.time(evidence.at, visit.language),
            "kept": .string((evidence.keptUntil - 1).description),
        ]
        if let file = evidence.file {
            members["href"] = .string("/attachments/\(file)")
            members["what"] = .string(visit.word("duties_file"))
        } else if let source = evidence.source {
            members["what"] = .string(visit.eventName(source.type))
            members["href"] = .string("/safety/duties/evidence/\(evidence.id)")
        }
        if let note = evidence.note { members["note"] = .string(note) }
        if evidence.isLate { members["late"] = Show.badge("warn", visit.word("duties_late")) }
        if mayAdd, content.closed == nil {
            members["withdraw_href"] = .string("/do/safety.evidence.withdraw?evidence=\(evidence.id)&next=\(next)")
        }
        return .object(members)
    }

    private func hold(_ hold: Holds.Hold) -> JSON {
        var members: [String: JSON] = [
            "incident": .string(hold.incident), "placed": Show.time(hold.placed, visit.language),
            "thing": .string(content.places[hold.thing]?[visit.language] ?? hold.thing.rawValue),
        ]
        if isOwn, visit.caller.roles.contains(.executive) {
            members["release_href"] = .string("/do/safety.hold.release?hold=\(hold.id)&next=\(next)")
        }
        return .object(members)
    }

    /// The half-years that a page offers: the present one and the three before it.
    static func periods(_ visit: Visit, _ shown: HalfYear, path: String, kept: String) -> JSON {
        var periods = [HalfYear(visit.now)]
        for _ in 0..<3 { periods.append((periods.last ?? shown).previous) }
        return .array(
            periods.map { period in
                var members: [String: JSON] = [
                    "label": .string(period.words[visit.language]), "href": .string("\(path)?period=\(period)\(kept)"),
                ]
                if period == shown { members["current"] = true }
                return .object(members)
            })
    }
}

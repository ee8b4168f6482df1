import Access
import District
import Record
import Web

extension GrantView {
    /// All that the page of an application is made of.
    struct Sheet: Sendable {
        let found: GrantApplication, programme: Programme
        let firm: String?
        let headcount: RegisteredHeadcount
        /// The firm's other applications, with the programmes' titles.
        let earlier: [(found: GrantApplication, title: Words?)]
        /// The level by the assessment it starts from; nil where none was chosen or the reader may not see it.
        let assessment: MaturityAssessment?
        let vouchers: [GrantVoucher], payments: [GrantPayment], outcomes: [GrantOutcome]
    }

    /// A grant that waits for a second signature.
    struct Waiting: Sendable {
        let by: String
        let amount: Int64
        let at: Timestamp
    }

    /// An application with what it is decided on and all that was done with its money.
    func application(_ sheet: Sheet, _ waiting: Waiting?) -> JSON {
        let (found, programme) = (sheet.found, sheet.programme)
        var members: [String: JSON] = [
            "programme": .string(programme.title[visit.language]),
            "programme_href": .string("/alliance/grants/programme/\(programme.id)"),
            "state": badge(found.state, isWaiting: waiting != nil),
            "day": .string(found.filed.description), "asked": .string(won(found.amount)),
            "granted": .string(found.granted.map(won) ?? "–"), "left": .string(won(found.left)),
            "purpose": .string(found.purpose), "check": .object(check(sheet)),
            "vouchers": .array(sheet.vouchers.map { voucher($0, found) }),
            "payments": .array(
                sheet.payments.map { payment in
                    [
                        "what": .string(payment.what.isEmpty ? visit.word("grants_voucher_used") : payment.what),
                        "amount": .string(won(payment.amount)), "day": .string(payment.day.description),
                        "source": .string(payment.source),
                    ]
                }), "outcomes": .array(sheet.outcomes.map(outcome)),
            "actions": .array(actions(found, programme, isWaiting: waiting != nil)),
        ]
        if let firm = sheet.firm { members["firm"] = .string(firm) }
        if let revised = found.revised { members["revised"] = .string(revised.description) }
        if let waiting {
            members["waiting"] = [
                "by": .string(waiting.by), "amount": .string(won(waiting.amount)),
                "time": Show.time(waiting.at, visit.language),
            ]
        }
        if let decided = found.decided {
            members["decision"] = [
                "word": .string(visit.word(found.state == .withdrawn ? "grants_taken_back" : "grants_decision")),
                "day": .string(decided.description), "reason": .string(found.reason),
                "signed": .string(found.isSigned ? visit.word("grants_two_signed") : ""),
            ]
        }
        return .object(members)
    }

    /// What is held against the programme's terms, what the firm got before, where it stands, and what would be left.
    private func check(_ sheet: Sheet) -> [String: JSON] {
        let (found, programme) = (sheet.found, sheet.programme)
        let rest = programme.left - found.amount
        var members: [String: JSON] = [
            "lines": .array(
                GrantCheck.lines(found, programme, headcount: sheet.headcount.people).map { line in
                    let state =
                        switch line.verdict {
                        case .met: Show.badge("ok", visit.word("grants_met"))
                        case .unmet: Show.badge("danger", visit.word("grants_unmet"))
                        case .unknown: Show.badge("unknown", visit.word("grants_unknown"))
                        }
                    return [
                        "name": .string(visit.word("grants_check_\(line.kind.rawValue)")), "state": state,
                        "text": .string(text(line.kind, sheet)),
                    ]
                }),
            "people": .object(people(sheet.headcount, firm: isZone ? found.firm : nil)),
            "earlier": .array(
                sheet.earlier.map { one in
                    row(one.found, title: one.title, firm: nil, waiting: [])
                }),
        ]
        if found.state == .filed {
            members["rest"] = .string(
                rest >= 0
                    ? Words("선정하면 예산 \(won(rest))이 남습니다.", "\(won(rest)) of the budget would be left.")[visit.language]
                    : Words(
                        "남은 예산 \(won(programme.left))으로는 \(won(-rest))이 모자랍니다.",
                        "Of the budget \(won(programme.left)) is left, \(won(-rest)) too little.")[visit.language])
        }
        guard found.assessment != nil else { return members }
        if let assessment = sheet.assessment {
            let level = assessment.overall.map { Words("\($0)단계", "level \($0)")[visit.language] }
            let verified = assessment.overallVerified.map { Words("확인 \($0)단계", "verified \($0)")[visit.language] }
            members["level"] = [
                "text": .string(
                    [level ?? visit.word("grants_unknown"), verified].compactMap(\.self).joined(separator: " · ")),
                "href": .string("/alliance/maturity/one/\(assessment.id)"),
            ]
        } else {
            members["closed_level"] = true
        }
        return members
    }

    private func text(_ kind: GrantCheck.Kind, _ sheet: Sheet) -> String {
        let (found, programme) = (sheet.found, sheet.programme)
        return switch kind {
        case .period: "\(found.filed) · \(programme.opens) – \(programme.closes)"
        case .size:
            [
                size(programme),
                programme.headcount == nil
                    ? nil
                    : sheet.headcount.people.map { Words("등록 \($0)명", "registered: \($0)")[visit.language] }
                        ?? visit.word("grants_people_unknown"),
            ].compactMap(\.self).joined(separator: " · ")
        case .limit: "\(won(found.amount)) / \(won(programme.most))"
        case .budget: "\(won(found.amount)) / \(won(programme.left))"
        }
    }

    private func mayAct(on found: GrantApplication) -> Bool {
        isZone || (visit.caller.firm == found.firm && !GrowthAsk.speakers.isDisjoint(with: visit.caller.roles))
    }

    private func actions(_ found: GrantApplication, _ programme: Programme, isWaiting: Bool) -> [JSON] {
        let back = "application=\(found.id)&next=/alliance/grants/application/\(found.id)"
        func action(_ command: String, _ word: String, _ more: String = "") -> JSON {
            ["href": .string("/do/alliance.grant.\(command)?\(more)\(back)"), "label": .string(visit.word(word))]
        }
        switch found.state {
        case .filed where isZone:
            // What waits for a signature is signed or refused there: nothing contrary is offered here meanwhile.
            guard !isWaiting else { return [] }
            let read = "version=\(found.version)&"
            return [
                found.amount > DecideGrant.alone
                    ? action("grant-large", "grants_do_grant_large", read) : action("grant", "grants_do_grant", read),
                action("reject", "grants_do_reject", read),
            ]
        case .filed where mayAct(on: found):
            return [
                [
                    "href": .string("/alliance/grants/application/\(found.id)/revise"),
                    "label": .string(visit.word("grants_do_revise")),
                ], action("withdraw", "grants_do_withdraw"),
            ]
        case .granted:
            var actions = mayAct(on: found) ? [action("measure", "grants_do_measure")] : []
            if isZone {
                if programme.kind == .safetyVoucher { actions.append(action("issue", "grants_do_issue")) }
                actions.append(action("pay", "grants_do_pay"))
            }
            return actions
        default: return []
        }
    }
}

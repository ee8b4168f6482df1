import Access
import District
import Record
import Web

/// Programmes and applications as their templates take them.
struct GrantView {
    let visit: Visit

    private func won(_ amount: Int64) -> String { "\(Show.count(amount))\(visit.language == .ko ? "원" : " won")" }

    /// A programme; with a firm, whether that may apply.
    func head(_ found: Programme, firm: Firm?, isFirm: Bool, _ today: KoreanDay) -> JSON {
        let hindrance = found.hindrance(headcount: firm?.headcount, on: today)
        let isOpen = today >= found.opens && today <= found.closes
        var members: [String: JSON] = [
            "href": .string("/alliance/grants/programme/\(found.id)"), "id": .string(found.id),
            "title": .string(found.title[visit.language]), "runner": .string(found.runner),
            "kind": .string(found.kind.words[visit.language]), "budget": .string(won(found.budget)),
            "left": .string(won(found.left)), "granted": .string(won(found.granted)), "paid": .string(won(found.paid)),
            "most": .string(won(found.most)), "span": .string("\(found.opens) – \(found.closes)"),
            "who": .string(
                found.headcount.map {
                    Words("상시근로자 \($0)명 이하", "Firms of at most \($0) people")[visit.language]
                } ?? visit.word("grants_any_size")),
            "state": isOpen
                ? Show.badge("ok", visit.word("grants_open")) : Show.badge("off", visit.word("grants_closed")),
        ]
        guard isFirm else { return .object(members) }
        if let hindrance {
            members["hindrance"] = .string(hindrance.words[visit.language])
        } else if !GrowthAsk.speakers.isDisjoint(with: visit.caller.roles) {
            members["apply_href"] = .string(
                "/do/alliance.grant.apply?programme=\(found.id)&next=/alliance/grants/application/{it}")
        }
        return .object(members)
    }

    /// An application, in a list.
    func row(_ found: GrantApplication, title: Words?, firm: String?) -> JSON {
        var members: [String: JSON] = [
            "href": .string("/alliance/grants/application/\(found.id)"), "day": .string(found.filed.description),
            "amount": .string(won(found.granted ?? found.amount)), "state": badge(found.state),
            "name": .string(title?[visit.language] ?? visit.word("grants_application")),
        ]
        if let firm { members["firm"] = .string(firm) }
        return .object(members)
    }

    private func badge(_ state: GrantState) -> JSON {
        let kind =
            switch state {
            case .filed: "info"
            case .granted: "ok"
            case .rejected: "off"
            }
        return Show.badge(kind, state.words[visit.language])
    }

    /// A seminar with who took part.
    func seminar(_ seminar: GrantSeminar, _ came: [(String, Int64)], isZone: Bool) -> JSON {
        var members: [String: JSON] = [
            "title": .string(seminar.title), "day": .string(seminar.day.description),
            "places": .string(
                Words("자리 \(seminar.places)명", "\(seminar.places) places")[visit.language]),
            "came": .string(
                came.isEmpty
                    ? visit.word("grants_nobody")
                    : came.map { name, people in
                        Words("\(name) \(people)명", "\(name) \(people)")[visit.language]
                    }.joined(separator: ", ")),
        ]
        if isZone {
            members["attend_href"] = .string(
                "/do/alliance.grant.attend?seminar=\(seminar.id)&next=/alliance/grants/programme/\(seminar.programme)")
        }
        return .object(members)
    }

    /// What changed after, with how much it proves.
    func outcome(_ outcome: GrantOutcome) -> JSON {
        let state =
            switch outcome.isBetter {
            case true?: Show.badge("ok", visit.word("grants_better"))
            case false?: Show.badge("warn", visit.word("grants_worse"))
            case nil: Show.badge("neutral", visit.word("grants_same"))
            }
        return [
            "metric": .string(outcome.metric.words[visit.language]),
            "before": .string("\(Show.number(outcome.before)) (\(outcome.beforeDay))"),
            "after": .string("\(Show.number(outcome.after)) (\(outcome.afterDay))"), "state": state,
            "source": .string(outcome.source),
            "evidence": .string(visit.word("grants_evidence") + " \(GrantOutcome.evidence) / 5"),
        ]
    }

    /// An application with all that was done with its money.
    func application(
        _ found: GrantApplication, _ programme: Programme, firm: String?, vouchers: [GrantVoucher],
        payments: [GrantPayment], outcomes: [GrantOutcome]
    ) -> JSON {
        var members: [String: JSON] = [
            "programme": .string(programme.title[visit.language]),
            "programme_href": .string("/alliance/grants/programme/\(programme.id)"), "state": badge(found.state),
            "day": .string(found.filed.description), "asked": .string(won(found.amount)),
            "granted": .string(found.granted.map(won) ?? "–"), "left": .string(won(found.left)),
            "purpose": .string(found.purpose),
            "vouchers": .array(vouchers.map { voucher($0, found) }),
            "payments": .array(
                payments.map { payment in
                    [
                        "what": .string(payment.what.isEmpty ? visit.word("grants_voucher_used") : payment.what),
                        "amount": .string(won(payment.amount)), "day": .string(payment.day.description),
                        "source": .string(payment.source),
                    ]
                }), "outcomes": .array(outcomes.map(outcome)), "actions": .array(actions(found, programme)),
        ]
        if let firm { members["firm"] = .string(firm) }
        if let decided = found.decided {
            members["decision"] = [
                "day": .string(decided.description), "reason": .string(found.reason),
                "signed": .string(found.isSigned ? visit.word("grants_two_signed") : ""),
            ]
        }
        if let assessment = found.assessment {
            members["assessment_href"] = .string("/alliance/maturity/one/\(assessment)")
        }
        return .object(members)
    }

    private func voucher(_ voucher: GrantVoucher, _ found: GrantApplication) -> JSON {
        var entry: [String: JSON] = [
            "provider": .string(voucher.provider), "amount": .string(won(voucher.amount)),
            "until": .string(voucher.until.description),
            "state": voucher.redeemed == nil
                ? voucher.until < KoreanDay(visit.now)
                    ? Show.badge("off", visit.word("grants_voucher_expired"))
                    : Show.badge("info", visit.word("grants_voucher_open"))
                : Show.badge("ok", visit.word("grants_voucher_used")),
        ]
        if voucher.redeemed == nil, voucher.until >= KoreanDay(visit.now), mayAct(on: found) {
            entry["redeem_href"] = .string(
                "/do/alliance.grant.redeem?voucher=\(voucher.id)&next=/alliance/grants/application/\(found.id)")
        }
        return .object(entry)
    }

    private var isZone: Bool { !GrowthAsk.zone.isDisjoint(with: visit.caller.roles) }

    private func mayAct(on found: GrantApplication) -> Bool {
        isZone || (visit.caller.firm == found.firm && !GrowthAsk.speakers.isDisjoint(with: visit.caller.roles))
    }

    private func actions(_ found: GrantApplication, _ programme: Programme) -> [JSON] {
        let back = "application=\(found.id)&next=/alliance/grants/application/\(found.id)"
        func action(_ command: String, _ word: String) -> JSON {
            ["href": .string("/do/alliance.grant.\(command)?\(back)"), "label": .string(visit.word(word))]
        }
        switch found.state {
        case .filed where isZone:
            return [
                found.amount > DecideGrant.alone
                    ? action("grant-large", "grants_do_grant_large") : action("grant", "grants_do_grant"),
                action("reject", "grants_do_reject"),
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

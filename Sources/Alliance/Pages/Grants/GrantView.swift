import Access
import District
import Record
import Web

/// Programmes and applications as their templates take them.
struct GrantView {
    let visit: Visit

    func won(_ amount: Int64) -> String { "\(Show.count(amount))\(visit.language == .ko ? "원" : " won")" }

    /// What of a firm decides whether it may apply: nil for whoever is no firm.
    struct Applicant: Sendable {
        let headcount: RegisteredHeadcount
        /// Its applications that were neither rejected nor taken back, by programme.
        let live: [String: GrantApplication]
    }

    /// A programme; with a firm, whether that may apply, or has.
    func head(_ found: Programme, _ applicant: Applicant?, _ today: KoreanDay) -> JSON {
        let isOpen = found.takes(on: today)
        var members: [String: JSON] = [
            "href": .string("/alliance/grants/programme/\(found.id)"), "id": .string(found.id),
            "title": .string(found.title[visit.language]), "runner": .string(found.runner),
            "kind": .string(found.kind.words[visit.language]), "budget": .string(won(found.budget)),
            "left": .string(won(found.left)), "granted": .string(won(found.granted)), "paid": .string(won(found.paid)),
            "most": .string(won(found.most)), "span": .string("\(found.opens) – \(found.closes)"),
            "who": .string(size(found)),
            "state": isOpen
                ? Show.badge("ok", visit.word("grants_open")) : Show.badge("off", visit.word("grants_closed")),
        ]
        if let closed = found.closed {
            members["closed"] = .string("\(visit.word("grants_closed_early")) \(closed.day) – \(closed.reason)")
        }
        guard let applicant else { return .object(members) }
        if found.headcount != nil { members["people"] = .object(people(applicant.headcount, firm: nil)) }
        if let own = applicant.live[found.id] {
            members["own"] = [
                "href": .string("/alliance/grants/application/\(own.id)"), "state": badge(own.state, isWaiting: false),
            ]
        } else if let hindrance = found.hindrance(headcount: applicant.headcount.people, on: today) {
            members["hindrance"] = .string(hindrance.words[visit.language])
        } else if !GrowthAsk.speakers.isDisjoint(with: visit.caller.roles) {
            members["apply_href"] = .string("/alliance/grants/programme/\(found.id)/apply")
        }
        return .object(members)
    }

    func size(_ found: Programme) -> String {
        found.headcount.map { Words("상시근로자 \($0)명 이하", "Firms of at most \($0) people")[visit.language] }
            ?? visit.word("grants_any_size")
    }

    /// The headcount that the register has of a firm, where it comes from, and where it is put right.
    func people(_ headcount: RegisteredHeadcount, firm: FirmID?) -> [String: JSON] {
        let known = headcount.people.map { Words("\(Show.count($0))명", "\(Show.count($0))")[visit.language] }
        var members: [String: JSON] = [
            "text": .string(known ?? visit.word("grants_people_unknown")),
            "source": .string(
                [visit.word("grants_register"), headcount.day?.description].compactMap(\.self).joined(separator: ", ")),
        ]
        // The register is kept by another room: where that is not in the house, an officer is asked.
        if let form = visit.spine.district.forms["safety.firm.profile"],
            (try? District.allow(form.permission, visit.caller)) != nil
        {
            let named = firm.map { "firm=\($0)&" } ?? ""
            members["correct_href"] = .string("/do/\(form.name)?\(named)next=\(visit.path)")
        }
        return members
    }

    /// An application, in a list.
    /// - Parameter waiting: applications whose grant waits for a second signature.
    func row(_ found: GrantApplication, title: Words?, firm: String?, waiting: Set<String>) -> JSON {
        var members: [String: JSON] = [
            "href": .string("/alliance/grants/application/\(found.id)"), "day": .string(found.filed.description),
            "amount": .string(won(found.granted ?? found.amount)),
            "state": badge(found.state, isWaiting: waiting.contains(found.id)),
            "name": .string(title?[visit.language] ?? visit.word("grants_application")),
        ]
        if let firm { members["firm"] = .string(firm) }
        return .object(members)
    }

    func badge(_ state: GrantState, isWaiting: Bool) -> JSON {
        if state == .filed, isWaiting { return Show.badge("warn", visit.word("grants_waiting")) }
        let kind =
            switch state {
            case .filed: "info"
            case .granted: "ok"
            case .rejected, .withdrawn: "off"
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

    func voucher(_ voucher: GrantVoucher, _ found: GrantApplication) -> JSON {
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

    var isZone: Bool { !GrowthAsk.zone.isDisjoint(with: visit.caller.roles) }

    private func mayAct(on found: GrantApplication) -> Bool {
        isZone || (visit.caller.firm == found.firm && !GrowthAsk.speakers.isDisjoint(with: visit.caller.roles))
    }
}

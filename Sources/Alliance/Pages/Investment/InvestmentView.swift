import Access
import District
import Record
import Web

/// Cases, incentives, obstacles and jobs as their templates take them.
struct InvestmentView {
    let visit: Visit
    let national: NationalProgrammes

    private var isZone: Bool { !GrowthAsk.zone.isDisjoint(with: visit.caller.roles) }
    private func won(_ amount: Int64) -> String { "\(Show.count(amount))\(visit.language == .ko ? "원" : " won")" }
    private func people(_ many: Int64) -> String { "\(Show.count(many))\(visit.language == .ko ? "명" : "")" }
    private var unknown: String { visit.word("investment_unknown") }
    private func said(_ words: Words) -> JSON { .string(words[visit.language]) }

    /// A case, in the pipeline.
    func row(_ found: InvestmentCase) -> JSON {
        [
            "href": .string("/alliance/investment/case/\(found.id)"), "name": .string(found.name),
            "about": .string("\(found.kind.words[visit.language]) · \(found.sector) · \(found.since)"),
        ]
    }

    /// A case with the schemes that fit it.
    func facts(_ found: InvestmentCase) -> [String: JSON] {
        let path = "/alliance/investment/case/\(found.id)"
        var members: [String: JSON] = [
            "name": .string(found.name), "stage": .string(found.stage.words[visit.language]),
            "since": .string(found.since.description), "kind": said(found.kind.words), "size": said(found.size.words),
            "sector": .string(found.sector), "people": .string(found.headcount.map(people) ?? unknown),
            "amount": .string(found.amount.map(won) ?? unknown), "jobs": .string(found.jobs.map(people) ?? unknown),
            "tasks": .string(
                InvestmentTask.allCases.filter { found.tasks.contains($0) }.map { $0.words[visit.language] }
                    .joined(separator: ", ")),
            "national_about": said(national.about),
            "national": .array(national.matches(found).map { scheme($0.programme, $0.match) }),
            "is_zone": .bool(isZone),
        ]
        if isZone {
            members["actions"] = .array(
                [
                    ("move", "investment_do_move"), ("raise", "investment_do_raise"),
                    ("promise", "investment_do_promise"), ("count", "investment_do_count"),
                ].map { command, word in
                    [
                        "href": .string("/do/alliance.investment.\(command)?case=\(found.id)&next=\(path)"),
                        "label": .string(visit.word(word)),
                    ]
                })
        }
        return members
    }

    private func scheme(_ programme: NationalProgrammes.Programme, _ match: NationalProgrammes.Match) -> JSON {
        let (state, why): (JSON, String) =
            switch match {
            case .fits(let tasks):
                (
                    Show.badge("ok", visit.word("investment_fits")),
                    tasks.map { $0.words[visit.language] }.joined(separator: ", ")
                )
            case .unclear(let words):
                (Show.badge("unknown", visit.word("investment_unclear")), words[visit.language])
            case .out(let words): (Show.badge("off", visit.word("investment_out")), words[visit.language])
            }
        return [
            "name": said(programme.words), "runner": said(programme.runner), "about": said(programme.about),
            "state": state, "why": .string(why), "source": said(programme.source),
            "address": .string(programme.address), "checked": .string(programme.checked),
        ]
    }

    /// An incentive with how promise and condition stand.
    func incentive(_ incentive: Incentive, name: String?, counts: [JobCount], _ today: KoreanDay) -> JSON {
        let state =
            switch incentive.standing(on: today, counts: counts) {
            case .pending: Show.badge("info", visit.word("investment_pending"))
            case .unpaid: Show.badge("warn", visit.word("investment_unpaid"))
            case .kept: Show.badge("ok", visit.word("investment_kept"))
            case .unknown: Show.badge("unknown", visit.word("investment_uncounted"))
            case .broken(let short):
                Show.badge(
                    "danger", Words("환수 검토: 고용 \(short)명 부족", "Clawback due: \(short) jobs short")[visit.language])
            }
        var members: [String: JSON] = [
            "what": .string(incentive.what), "promised": .string(won(incentive.promised)),
            "paid": .string(won(incentive.paid)), "due": .string(incentive.due.description), "state": state,
            "condition": .string(
                incentive.jobs.map { jobs in
                    Words(
                        "\(incentive.jobsBy ?? today)까지 고용 \(jobs)명 유지",
                        "\(jobs) jobs kept by \(incentive.jobsBy ?? today)")[
                            visit.language]
                } ?? visit.word("investment_no_condition")),
        ]
        if let name {
            members["name"] = .string(name)
            members["href"] = .string("/alliance/investment/case/\(incentive.caseID)")
        }
        if isZone, incentive.paid < incentive.promised {
            members["pay_href"] = .string(
                "/do/alliance.investment.pay?incentive=\(incentive.id)&next=/alliance/investment/case/\(incentive.caseID)"
            )
        }
        return .object(members)
    }

    /// An obstacle: who decides, by when, and what was decided.
    func obstacle(_ obstacle: Obstacle, name: String?, _ today: KoreanDay) -> JSON {
        let state: JSON =
            obstacle.isOverdue(on: today)
            ? Show.badge("danger", visit.word("investment_overdue"))
            : obstacle.decision.map { decision in
                Show.badge(
                    decision == .granted ? "ok" : decision == .denied ? "off" : "info", decision.words[visit.language])
            } ?? Show.badge("info", visit.word("investment_deciding"))
        var members: [String: JSON] = [
            "what": .string(obstacle.what), "rule": .string(obstacle.rule), "decider": .string(obstacle.decider),
            "due": .string(obstacle.due.description), "state": state, "reason": .string(obstacle.reason),
            "decided": .string(obstacle.decided?.description ?? ""),
        ]
        if let name {
            members["name"] = .string(name)
            members["href"] = .string("/alliance/investment/case/\(obstacle.caseID)")
        }
        if !obstacle.corrected.isEmpty { members["corrected"] = .string(obstacle.corrected) }
        if isZone, obstacle.decision != nil {
            members["correct_href"] = .string(
                "/do/alliance.investment.correct?obstacle=\(obstacle.id)&decision=\(obstacle.decision?.rawValue ?? "")"
                    + "&day=\(obstacle.decided?.description ?? "")&next=/alliance/investment/case/\(obstacle.caseID)")
        }
        if isZone, obstacle.isOpen {
            members["decide_href"] = .string(
                "/do/alliance.investment.decide?obstacle=\(obstacle.id)&next=/alliance/investment/case/\(obstacle.caseID)"
            )
        }
        return .object(members)
    }

    /// What a count is for: the whole case, or a scheme by name.
    private func programme(_ id: String) -> String {
        id == JobCount.whole
            ? visit.word("investment_whole") : national.programmes.first { $0.id == id }?.words[visit.language] ?? id
    }

    private func age(_ rule: String) -> String {
        national.youth.first { $0.id == rule }?.words[visit.language] ?? rule
    }

    /// A count with its source.
    func count(_ count: JobCount) -> JSON {
        [
            "programme": .string(programme(count.programme)), "day": .string(count.day.description),
            "created": .string(people(count.created)), "kept": .string(people(count.kept)),
            "youth": .string(count.youth.map { "\(people($0)) – \(age(count.youthRule))" } ?? unknown),
            "skilled": .string(count.skilled.map(people) ?? unknown), "source": .string(count.source),
        ]
    }

    /// A total of several firms; hidden where it would be told of too few.
    func total(_ total: JobTotal, name: String, counts: [JobCount], isHidden: Bool) -> JSON {
        let hidden = visit.word("investment_hidden")
        func shown(_ jobs: Int64, of firms: Int) -> String {
            firms == 0
                ? unknown
                : isHidden || firms < MaturityCells.least
                    ? hidden
                    : Words("\(Show.count(jobs))명 (\(firms)곳)", "\(Show.count(jobs)) (\(firms) firms)")[visit.language]
        }
        let ages = total.youth.sorted { $0.key < $1.key }
        let (first, last) = (counts.map(\.day).min(), counts.map(\.day).max())
        return [
            "name": .string(name), "created": .string(shown(total.created, of: total.firms)),
            "kept": .string(shown(total.kept, of: total.firms)),
            "youth": .array(
                ages.isEmpty
                    ? [.string(unknown)]
                    : ages.map { .string("\(shown($0.value.jobs, of: $0.value.firms)) – \(age($0.key))") }),
            "skilled": .string(shown(total.skilled, of: total.skilledFirms)),
            "days": .string(
                first.map { first in first == last ? "\(first)" : "\(first) – \(last ?? first)" } ?? ""),
        ]
    }
}

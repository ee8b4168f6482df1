import Access
import District
import HTTPTypes
import Record
import Web

/// A vote as pages show it.
struct VoteView {
    let visit: Visit
    private var language: Language { visit.language }

    static func path(_ vote: String) -> String { "/commons/votes/\(vote)" }

    /// Where it stands, as a badge.
    func badge(_ vote: Vote) -> JSON {
        let now = visit.now
        let (kind, words): (String, Words) =
            switch vote.state {
            case _ where vote.isReplay: ("info", Words("지난 투표 다시 세기", "Past vote, counted again"))
            case .setUp: ("info", Words("준비 중", "Being prepared"))
            case .ruled: ("info", Words("규칙 확정", "Rule fixed"))
            case .open where now < vote.begins: ("info", Words("곧 시작", "Begins soon"))
            case .open where now < vote.ends: ("ok", Words("투표 중", "Open now"))
            case .open: ("warn", Words("마감, 세기 전", "Ended, to be counted"))
            case .closed: ("warn", Words("세는 중", "Being counted"))
            case .counted: ("ok", Words("결과 확정", "Counted"))
            case .withdrawn: ("stale", Words("취소됨", "Withdrawn"))
            }
        return Show.badge(kind, words[language])
    }

    /// A moment as a letter says it: the day with its weekday, the hour without seconds.
    static func time(_ moment: Timestamp, _ language: Language) -> JSON {
        worded(moment, language, until: false)
    }

    /// The end of something.
    static func until(_ moment: Timestamp, _ language: Language) -> JSON { worded(moment, language, until: true) }

    private static func worded(_ moment: Timestamp, _ language: Language, until: Bool) -> JSON {
        let civil = moment.civil(offsetSeconds: 32_400)
        let (clock, month) = (civil.text.dropFirst(11).prefix(5), Int(civil.month) - 1)
        let day = Int(civil.weekday % 7)
        let ko = "\(civil.month)월 \(civil.day)일(\(days.ko[day])) \(clock)\(until ? "까지" : "")"
        let en = "\(days.en[day]) \(civil.day) \(months[month]), \(clock)"
        return ["iso": .string("\(civil.text)+09:00"), "text": .string(language == .ko ? ko : en)]
    }

    private static let days = (
        ko: ["일", "월", "화", "수", "목", "금", "토"], en: ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
    )
    private static let months = [
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
        "December",
    ]

    /// Instead of a result that is not there yet: when it will be public.
    func soon(_ found: VoteTable.Found) -> Reply {
        let vote = found.vote
        let ends = Self.time(vote.ends, language)["text"]?.text ?? ""
        let said =
            vote.state == .withdrawn
            ? Words("취소된 투표라 결과가 없습니다.", "This vote was withdrawn; it has no result.")
            : visit.now < vote.ends
                ? Words(
                    "아직 투표가 끝나지 않았습니다. 마감(\(ends)) 뒤에 세어, 이 화면에 결과와 이유를 공개합니다.",
                    "The vote is not over. It ends \(ends); then ballots are counted, and the result stands here with reasons."
                )
                : Words(
                    "투표는 \(ends)에 마감되었습니다. 다 세면 이 화면에 결과와 이유를 공개합니다.",
                    "The vote ended \(ends). Once ballots are counted the result stands here with reasons.")
        return .page(
            "ballots-soon", title: "\(vote.title) – \(visit.word("ballots_result_title"))",
            ["said": .string(said[language]), "path": .string(Self.path(vote.id))], status: .notFound)
    }

    func money(_ won: Int) -> String { Money.text(won, language) }

    /// What everybody reads of a vote.
    func whole(
        _ found: VoteTable.Found, cast: (online: Int, paper: Int), roll: (online: Int, paper: Int)? = nil
    ) -> [String: JSON] {
        let vote = found.vote
        let path = Self.path(vote.id)
        let summary = vote.isReplay ? Self.replay[language] : vote.summary
        var members: [String: JSON] = [
            "vote": .string(vote.id), "summary": .string(summary), "is_replay": .bool(vote.isReplay),
            "path": .string(path), "badge": badge(vote),
            "method": .string(vote.method.words[language]),
            "instruction": .string(vote.method.instruction(vote)[language]),
            "begins": Self.time(vote.begins, language), "ends": Self.until(vote.ends, language),
            "is_budget": .bool(vote.method.isBudget), "options": .array(vote.options.map(option)),
            "accountless": .bool(vote.isAccountless), "is_sample_vote": .bool(vote.isSample),
            "ties": .string(CountingRule.ties(vote)[language]), "rules_href": .string("\(path)/rules"),
            "receipt_href": .string("\(path)/receipt"),
        ]
        members["voice"] = .string(visit.word(vote.votesByVoice ? "ballots_voice_yes" : "ballots_voice_no"))
        if vote.votesByVoice {
            members["by_voice"] = true
            if vote.takesBallots(at: visit.now) { members["voice_href"] = "/talk" }
        }
        if vote.method.isBudget { members["limit"] = .string(money(vote.limit)) }
        if let rule = vote.rule {
            members["rule"] = .string(rule.words[language])
            members["rule_about"] = .string(rule.explanation[language])
        }
        if let people = found.opened?["people"]?.integer {
            members["people"] = .string(Show.count(people))
            // Who took part stands on the roll; sheets of paper say what was chosen, and some never come back.
            let all = Self.turnout(found.closed) ?? roll.map { $0.online + $0.paper } ?? (cast.online + cast.paper)
            members["turnout"] = .string(
                "\(Show.count(all)) (\(Show.number(people == 0 ? 0 : (1000 * Double(all) / Double(people)).rounded() / 10)) %)"
            )
            members["online"] = .string(Show.count(cast.online))
            members["paper"] = .string(Show.count(cast.paper))
        }
        if vote.takesBallots(at: visit.now) { members["ballot_href"] = .string("\(path)/ballot") }
        if vote.state == .counted { members["result_href"] = .string("\(path)/result") }
        if vote.state == .counted, vote.options.contains(where: { $0.effect != nil }) {
            members["rules_made_href"] = .string(RulingRoutes.path)
        }
        if vote.state == .closed, found.result == nil { members["uncounted"] = true }
        if let reason = found.reason { members["withdrawn"] = .string(reason) }
        if !vote.process.isEmpty {
            members["process_href"] = .string("/commons/processes/\(Table.encoded(vote.process))")
        }
        return members
    }

    /// How many took part, as the event that closed a vote has it from the roll; nil where it does not say.
    static func turnout(_ closed: JSON?) -> Int? {
        guard let online = closed?["voted_online"]?.integer, let paper = closed?["took_paper"]?.integer else {
            return nil
        }
        return Int(online + paper)
    }

    private static let replay = Words(
        "지난 투표의 파일을 다시 센 것입니다. 금액은 파일의 단위 그대로이며(소수점이 있으면 100배) 원이 아닐 수 있습니다. 결과에 따라 달라지는 것은 없습니다.",
        "The file of a past vote, counted again. Sums are in the file's unit (times 100 where it has decimals), which may not be won. Nothing follows from it."
    )

    /// Why ballots were refused, for officers: how often since the house was started, and of nobody in particular.
    func refused(_ counts: [String: Int]) -> JSON {
        [
            "rows": .array(
                WrongCodes.told.map { code in
                    let key = code.replacing(".", with: "_").replacing("-", with: "_")
                    return [
                        "name": .string(visit.word("ballots_refused_\(key)")),
                        "count": .string(Show.count(counts[code] ?? 0)),
                    ]
                })
        ]
    }

    func option(_ option: Vote.Option) -> JSON {
        var members: [String: JSON] = ["id": .string(option.id), "name": .string(option.name)]
        if let effect = option.effect { members["effect"] = .string(effect.words[language]) }
        if !option.summary.isEmpty { members["about"] = .string(option.summary) }
        if option.cost > 0 { members["cost"] = .string(money(option.cost)) }
        if !option.proposal.isEmpty {
            members["proposal_href"] = .string("/commons/proposals/\(Table.encoded(option.proposal))")
        }
        return .object(members)
    }

    /// What an officer can do next, the first of them the one that is due.
    func acts(_ found: VoteTable.Found) -> [JSON] {
        let vote = found.vote
        let here = Self.path(vote.id)
        func act(_ command: String, _ ko: String, _ en: String) -> JSON {
            [
                "href": .string("/do/\(command)?vote=\(vote.id)&next=\(Table.encoded(here))"),
                "label": .string(Words(ko, en)[language]),
            ]
        }
        func page(_ name: String, _ ko: String, _ en: String) -> JSON {
            ["href": .string("\(here)/\(name)"), "label": .string(Words(ko, en)[language])]
        }
        let census = page("census", "선거인 명부", "List of voters")
        let paper = page("paper", "종이 투표 입력", "Paper ballots")
        switch vote.state {
        case _ where vote.isReplay: return []
        case .setUp:
            return [act("commons.vote.fix-rule", "집계 방식 정하기", "Fix the counting rule"), census]
                + (vote.method.isBudget
                    ? [act("commons.vote.show-past", "지난 투표 파일 올리기", "Upload past ballots")] : [])
                + [act("commons.vote.withdraw", "투표 취소", "Withdraw")]
        case .ruled:
            return [
                page("open", "투표 개시", "Open the vote"), census,
                act("commons.vote.withdraw", "투표 취소", "Withdraw"),
            ]
        case .open:
            return visit.now < vote.ends
                ? [paper, census, act("commons.vote.withdraw", "투표 취소", "Withdraw")]
                : [page("close", "투표 종료 및 개표", "Close and count"), paper, census]
        case .closed, .counted, .withdrawn: return [census]
        }
    }
}

import District
import Record
import Web

/// What the pages of cases share: claims with their sources, levels in words, conditions.
struct CaseView {
    let visit: Visit
    let body: CityCase
    var corrections: [CaseTable.Correction] = []
    var mayCorrect = false

    static func path(_ id: String) -> String { "/transition/cases/\(id)" }

    /// What the banner of a sample house says above facts of real cities: not that they are fictitious.
    static func sampleDetail(_ visit: Visit) -> JSON { .string(visit.word("cases_sample_detail")) }

    /// A claim, with links to its sources and with what was corrected in it.
    func claim(_ claim: CityCase.Claim, _ place: String) -> [String: JSON] {
        var members: [String: JSON] = ["text": .string(claim.words[visit.language]), "sources": cited(claim.sources)]
        let right = corrections.filter { $0.place == place }.map { correction -> JSON in
            [
                "text": .string(correction.words[visit.language]), "source": source(correction.source),
                "reason": .string(correction.reason), "by": .string(visit.doer(correction.author)),
                "time": Show.time(correction.at, visit.language), "trace": .string("/trace/\(correction.event)"),
            ]
        }
        if !right.isEmpty { members["corrections"] = .array(right) }
        if mayCorrect {
            members["correct"] = .string(
                "/do/\(CorrectCase.name)?case=\(body.id)&claim=\(CaseChoices.name(place, of: body.id))&next=\(Self.path(body.id))"
            )
        }
        return members
    }

    func claims(_ all: [CityCase.Claim], _ name: String) -> JSON {
        .array(all.enumerated().map { .object(claim($0.element, "\(name).\($0.offset + 1)")) })
    }

    func cited(_ names: [String]) -> JSON {
        .array(names.compactMap { name in body.sources.first { $0.id == name } }.map(source))
    }

    /// A source: a link where it stands on a public page, else its name alone.
    func source(_ source: CityCase.Source) -> JSON { Self.source(source) }

    static func source(_ source: CityCase.Source) -> JSON {
        var members: [String: JSON] = [
            "title": .string(source.title), "publisher": .string(source.publisher), "read": .string(source.read),
        ]
        if let url = source.url { members["url"] = .string(url) } else { members["note"] = true }
        return .object(members)
    }

    /// A figure with its unit; unknown is said to be.
    static func figure(_ value: Double?, _ unit: Words, _ visit: Visit) -> String {
        guard let value else { return visit.word("economy_unknown") }
        let whole = value == value.rounded() && abs(value) < 1e15
        let text = whole ? Show.count(Int64(value)) : Show.number(value)
        let name = unit[visit.language]
        return name.isEmpty ? text : "\(text) \(name)"
    }

    func outcome(_ outcome: CityCase.Outcome, _ place: String) -> JSON {
        var members = claim(.init(words: outcome.metric, sources: outcome.sources), place)
        members["value"] = .string(Self.figure(outcome.value, outcome.unit, visit))
        members["year"] = .string(outcome.year.map { "\($0)" } ?? visit.word("economy_unknown"))
        members["before"] = .string(
            outcome.before.map { "\(Self.figure($0.value, outcome.unit, visit)) (\($0.year))" }
                ?? visit.word("economy_unknown"))
        members["level"] = .string("\(outcome.level)")
        if let note = outcome.note { members["note"] = .string(note[visit.language]) }
        return .object(members)
    }

    /// The level as a badge: a story is marked, not only numbered.
    static func badge(_ level: Int, _ visit: Visit) -> JSON {
        Show.badge(
            level == 1 ? "warn" : level == 2 ? "info" : "ok",
            visit.word(level == 1 ? "cases_level_story" : "cases_level_short").replacing("{level}", with: "\(level)"))
    }

    /// A condition with its state, and by what it was decided.
    static func condition(_ held: HeldCondition, _ visit: Visit, ask: (String) -> String?) -> JSON {
        let (state, words) = (held.state, held.condition.words[visit.language])
        var members: [String: JSON] = [
            "text": .string(words), "basis": .string(visit.word("cases_basis_\(held.basis.rawValue)")),
            "badge": Show.badge(
                state == .held ? "ok" : state == .missing ? "warn" : "unknown",
                visit.word("cases_state_\(state.rawValue)")),
        ]
        if let finding = held.finding, let found = finding.found {
            members["found"] = .string(said(held.condition.check, found, finding))
        } else if held.condition.check != .ask {
            members["found"] = .string(visit.word("cases_found_nothing"))
        }
        if let answer = held.answer {
            members["answer"] = [
                "text": .string(answer.reason), "by": .string(visit.doer(answer.author)),
                "time": Show.time(answer.at, visit.language), "trace": .string("/trace/\(answer.event)"),
            ]
        }
        if held.basis != .statistics, let href = ask(held.condition.id) { members["ask"] = .string(href) }
        return .object(members)

        func said(_ check: TransferCondition.Check, _ found: Double, _ finding: TransferCondition.Finding) -> String {
            let (here, wanted): (String, String) =
                switch check {
                case .share(_, let least): (EconomyView.percent(found), EconomyView.percent(least))
                case .special(_, let least), .diversity(let least): ("\(Int(found))", "\(least)")
                case .ask: ("–", "–")
                }
            return visit.word("cases_found").replacing("{found}", with: here).replacing("{least}", with: wanted)
                .replacing("{unknown}", with: "\(finding.unknown)").replacing("{all}", with: "\(finding.industries)")
        }
    }
}

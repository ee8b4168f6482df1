import Access
import District
import Record
import Web

/// How processes, proposals and what people write are shown to whoever looks.
struct CivicView {
    let visit: Visit

    var language: Language { visit.language }
    var today: KoreanDay { KoreanDay(visit.now) }
    var isModerator: Bool { visit.caller.roles.contains(.zoneOfficer) }

    func word(_ key: String, _ values: [String: String] = [:]) -> String {
        values.reduce(visit.word(key)) { $0.replacing("{\($1.key)}", with: $1.value) }
    }

    static func href(_ process: CivicProcess) -> String { "/commons/processes/\(process.id)" }
    static func embed(_ process: CivicProcess) -> String { "/commons/embed/processes/\(process.id)" }
    static func href(_ proposal: Proposal) -> String { "/commons/proposals/\(proposal.id)" }
    static func href(_ amendment: Amendment) -> String { "/commons/amendments/\(amendment.id)" }

    func days(_ phase: PhaseDays) -> String { "\(phase.begins) – \(phase.ends)" }
    func money(_ won: Int64) -> String { Show.count(won) + word("commons_won") }
    func supports(_ many: Int64) -> String { counted("commons_supporters", many) }

    /// How many in words: English has a form for one, and one for all other numbers.
    func counted(_ key: String, _ many: Int64) -> String {
        word(many == 1 ? "\(key)_one" : key, ["many": Show.count(many)])
    }

    func state(_ process: CivicProcess) -> JSON {
        switch process.standing(on: today) {
        case .coming: Show.badge("info", word("commons_coming"))
        case .running(let phase): Show.badge("ok", phase.phase.words[language])
        case .between: Show.badge("neutral", word("commons_between"))
        case .ended: Show.badge("off", word("commons_ended"))
        case .stopped: Show.badge("off", word("commons_stopped"))
        }
    }

    /// Where a process stands, in a sentence.
    func now(_ process: CivicProcess) -> String {
        switch process.standing(on: today) {
        case .coming(let phase):
            word("commons_now_coming", ["phase": phase.phase.words[language], "day": "\(phase.begins)"])
        case .running(let phase):
            word("commons_now_running", ["phase": phase.phase.words[language], "day": "\(phase.ends)"])
        case .between(let phase):
            word("commons_now_between", ["phase": phase.phase.words[language], "day": "\(phase.begins)"])
        case .ended: word("commons_now_ended")
        case .stopped: word("commons_now_stopped")
        }
    }

    /// Whether whoever looks may read a text.
    func reads(_ text: CivicText) -> Bool { text.isReadable(by: visit.caller.person, moderator: isModerator) }

    /// The title of a text for whoever looks: of what they may not read, that it is not shown.
    func title(_ text: CivicText) -> String { text.title(for: visit.caller)[language] }

    func name(_ text: CivicText) -> String { text.name ?? word("commons_erased") }

    func tags(_ proposal: Proposal) -> JSON {
        var tags: [JSON] = []
        if proposal.mergedInto != nil { tags.append(Show.badge("info", word("commons_merged"))) }
        if proposal.text.state != .shown { tags.append(state(proposal.text)) }
        if let verdict = proposal.verdict { tags.append(Show.badge(verdict.badge, verdict.words[language])) }
        return .array(tags)
    }

    func state(_ text: CivicText) -> JSON { Show.badge(text.state.badge, text.state.words[language]) }

    /// Why a text is not simply shown, for everybody: by which rule and for what reason it is hidden, or that it waits.
    func gone(_ text: CivicText, _ moderation: ModerationCase?, _ rules: DebateRules) -> (line: String, why: String?)? {
        switch text.state {
        case .shown: return nil
        case .waiting: return (word("commons_gone_waiting"), nil)
        case .withdrawn: return (word("commons_gone_withdrawn"), nil)
        case .hidden:
            guard let moderation else { return (word("commons_gone_hidden", ["rule": "–"]), nil) }
            var why = moderation.reason
            if moderation.isAppealOpen { why += " (\(word("commons_appeal_open")))" }
            if let decision = moderation.decision { why += " – \(word("commons_appeal_kept")): \(decision)" }
            return (word("commons_gone_hidden", ["rule": rules.words(moderation.rule)[language]]), why)
        }
    }

    /// What speaks against showing it at once, in words.
    func findings(_ text: CivicText) -> String { text.findings.map { $0.words[language] }.joined(separator: " ") }

    func pieces(_ change: TextChange) -> JSON {
        .array(change.pieces.map { [$0.kind.rawValue: .string($0.text)] })
    }

    /// How many proposals a process has, and how much support these have.
    func counts(_ counts: (proposals: Int64, supports: Int64)) -> String {
        counted("commons_count_proposals", counts.proposals) + " · "
            + counted("commons_count_supports", counts.supports)
    }

    func counts(_ change: TextChange) -> String {
        change.isWhole ? word("commons_changed_whole") : counted("commons_changed_words", Int64(change.size))
    }

    /// A button that does a command at once.
    func button(_ command: String, _ label: String, _ values: [String: String], next: String, primary: Bool = false)
        -> JSON
    {
        [
            "action": .string("/do/\(command)"), "label": .string(label), "primary": .bool(primary),
            "hidden": Show.hidden(
                values.sorted { $0.key < $1.key }.map { ($0.key, $0.value) } + [
                    ("next", next), ("idempotency", Identifier(at: visit.now).description),
                ]),
        ]
    }

    /// A link to a command's form.
    func link(
        _ command: String, _ values: [String: String], next: String, label: String? = nil, primary: Bool = false,
        of: String = ""
    ) -> JSON {
        let query = (values.sorted { $0.key < $1.key }.map { ($0.key, $0.value) } + [("next", next)])
            .map { "\($0.0)=\(Table.encoded($0.1))" }.joined(separator: "&")
        return [
            "href": .string("/do/\(command)?\(query)"), "primary": .bool(primary), "of": .string(of),
            "label": .string(label ?? visit.spine.district.forms[command]?.title[language] ?? command),
        ]
    }

    /// What changed, in a line.
    func what(_ change: ProcessChange) -> String {
        var what = visit.eventName(change.type)
        if let phase = PhaseDays(change.content) {
            what += ": \(phase.phase.words[language]) \(days(phase))"
            if let begins = change.content["was_begins"]?.text, let ends = change.content["was_ends"]?.text {
                what += " (\(word("commons_was")) \(begins) – \(ends))"
            }
        }
        if let verdict = change.content["verdict"]?.text.flatMap(Proposal.Verdict.init) {
            what += ": \(verdict.words[language])"
        }
        return what
    }

    /// A log, the latest first.
    func changes(_ changes: [ProcessChange]) -> JSON {
        .array(
            changes.map { change in
                var row: [String: JSON] = ["what": .string(what(change)), "time": Show.time(change.at, language)]
                if let reason = change.content["reason"]?.text, !reason.isEmpty { row["reason"] = .string(reason) }
                return .object(row)
            })
    }
}

import Access
import District
import Record
import Web

/// An entry as its page shows it.
struct UsePage {
    let visit: Visit
    let use: UseNow
    let gaps: UseGaps
    /// Names of the people who own it or signed.
    let names: [String: String]
    let exports: JSON

    private var entry: RegisterEntry { use.entry }
    private var language: Language { visit.language }

    func context(_ events: [Event]) -> JSON {
        var context: [String: JSON] = [
            "id": .string(entry.id), "state": Show.badge(entry.state.badge, entry.state.words[language]),
            "standing": Show.badge(use.badge, use.word(visit)), "summary": .string(entry.text("summary", language)),
            "groups": .array(groups),
            "missing": .array(gaps.before(.approve, entry).map { .string($0.words[language]) }),
            "steps": .array(steps), "assessments": .array(assessments), "tests": .array(tests),
            "story": .array(events.reversed().map(line)), "shapes": exports, "hash": .string(entry.running),
            "signatures": .array(signatures),
        ]
        if use.standing != .runs { context["standing_words"] = .string(use.standingWords[language]) }
        context["incidents"] = .string(
            "\(Show.count(use.incidents.all)) (\(visit.word("register_open")) \(Show.count(use.incidents.open)))")
        context["watch_href"] = .string("/stewardship/watch/\(entry.id)")
        if use.isProvisional { context["provisional"] = .string(until) }
        if let reopened = entry.reopened { context["reopened"] = .string(reason(reopened)) }
        if entry.permit != nil { context["until"] = .string(until) }
        if let cap = entry.permit?.cap { context["cap"] = .string(Show.count(cap)) }
        if let acts = use.acts {
            context["today"] = .string(Show.count(acts.today))
            context["ever"] = .string(Show.count(acts.ever))
        }
        if let triage = entry.triage { context["triage"] = self.triage(triage) }
        // What nobody is shown has no place there to lead to.
        if use.isPublic, entry.retired == nil { context["public_href"] = .string("/ai#use-\(entry.id)") }
        if let toggle { context["toggle"] = toggle }
        return .object(context)
    }

    private var until: String { entry.permit.map { UseNow.day($0.until) } ?? "" }

    private var groups: [JSON] {
        RegisterField.Group.allCases.map { group in
            [
                "legend": .string(group.words[language]),
                "fields": .array(
                    RegisterField.all.filter { $0.group == group && !$0.key.hasSuffix("_en") }.map { field in
                        let value = entry.text(field.key, language)
                        var shown: [String: JSON] = ["label": .string(field.label[language])]
                        if value.isEmpty {
                            shown[field.needed == nil ? "none" : "lacking"] = true
                        } else {
                            let text = field.key == "owner" ? names[value] ?? visit.word("author_person") : value
                            shown["text"] = .string(field.shown(text, language))
                        }
                        return .object(shown)
                    }),
            ]
        }
    }

    /// What can be done next from where it stands, for who looks.
    private var steps: [JSON] {
        UseStep.allCases.filter { $0 != .describe && $0.from.contains(entry.state) }
            .filter { visit.spine.district.forms[$0.command]?.permission.allows(visit.caller) == true }
            .filter { $0 != .approve || !isDone }
            .map { step in
                var button: [String: JSON] = [
                    "href": .string(
                        step == .approve
                            ? "/stewardship/uses/\(entry.id)/approve"
                            : "/do/\(step.command)?use=\(entry.id)&next=/stewardship/uses/\(entry.id)"),
                    "label": .string(step.words[language]), "id": .string(step.rawValue),
                ]
                if step == next { button["primary"] = true }
                return .object(button)
            } + (UseStep.describe.from.contains(entry.state) ? [edit] : [])
    }

    /// Whether who looks cannot sign: they own it, or have signed it as it is.
    private var isDone: Bool {
        let me = visit.caller.person?.rawValue ?? ""
        return entry.owners.contains(me) || entry.first.map { $0.person == me && $0.signed == entry.signed } ?? false
    }

    private var edit: JSON {
        var button: [String: JSON] = [
            "href": .string("/stewardship/uses/\(entry.id)/edit"), "label": .string(UseStep.describe.words[language]),
            "id": .string(UseStep.describe.rawValue),
        ]
        if next == .describe { button["primary"] = true }
        return .object(button)
    }

    /// The step that leads on.
    private var next: UseStep? {
        switch entry.state {
        case .draft: gaps.before(.triage, entry).isEmpty ? .triage : .describe
        case .triaged: .assess
        case .assessed: gaps.before(.approve, entry).isEmpty ? .approve : .describe
        case .approved: .pilot
        case .pilot, .review: .golive
        case .live: use.standing == .expired ? .review : nil
        case .retired: nil
        }
    }

    private var signatures: [JSON] {
        let given = entry.approval.isEmpty ? [entry.first].compactMap { $0 } : entry.approval
        return given.map { signed in
            [
                "who": .string(names[signed.person] ?? visit.word("author_person")),
                "time": Show.time(signed.at, language),
            ]
        }
    }

    private var assessments: [JSON] {
        var asked: [AssessmentKind] = []
        if let triage = entry.triage { asked = Array(gaps.rules.demands[triage.tier]?.assessments ?? []) }
        return AssessmentKind.allCases.filter { entry.assessments[$0] != nil || asked.contains($0) }.map { kind in
            var shown: [String: JSON] = ["kind": .string(kind.words[language])]
            if let done = entry.assessments[kind] {
                shown["outcome"] = Show.badge(
                    done.outcome == .acceptable ? "ok" : done.outcome == .conditions ? "warn" : "danger",
                    done.outcome.words[language])
                shown["summary"] = .string(done.summary)
                shown["time"] = Show.time(done.at, language)
                if !done.measures.isEmpty { shown["measures"] = .string(done.measures) }
            } else {
                shown["outcome"] = Show.badge("unknown", visit.word("register_not_done"))
            }
            return .object(shown)
        }
    }

    private var tests: [JSON] {
        entry.tests.reversed().prefix(50).map { test in
            let dimension = TestUse.dimensions.first { $0.value == test.dimension }?.label[language] ?? test.dimension
            var shown: [String: JSON] = [
                "group": .string("\(dimension): \(test.group)"),
                "result": .string("\(Show.count(test.right)) / \(Show.count(test.cases))"),
                "share": .string("\(Int((Double(test.right) / Double(max(1, test.cases)) * 100).rounded())) %"),
                "time": Show.time(test.at, language),
            ]
            if test.material != entry.material { shown["outdated"] = true }
            return .object(shown)
        }
    }

    private func triage(_ triage: RegisterEntry.Triage) -> JSON {
        let demand = gaps.rules.demands[triage.tier]
        return [
            "tier": Show.badge(triage.tier.badge, triage.tier.words[language]), "text": .string(triage.text),
            "time": Show.time(triage.at, language),
            "reasons": .array(
                triage.reasons.compactMap { gaps.rules.rule($0) }.map { rule in
                    var reason: [String: JSON] = [
                        "words": .string(rule.words[language]), "source": .string(rule.source[language]),
                        "text": .string(rule.text),
                    ]
                    if rule.field == nil { reason["asked"] = true }
                    return .object(reason)
                }),
            "duties": .array(
                (demand?.duties ?? []).map {
                    ["words": .string($0.words[language]), "source": .string($0.source[language])]
                }),
        ]
    }

    /// The kill switch: the frame's for what this house runs, else the register's own.
    private var toggle: JSON? {
        guard let href = use.switchHref(visit, next: "/stewardship/uses/\(entry.id)") else { return nil }
        let isOff = use.standing == .off
        var shown: [String: JSON] = [
            "href": .string(href),
            "label": .string(visit.word(isOff ? "register_switch_on" : "register_switch_off")), "off": .bool(isOff),
        ]
        if let toggle = entry.toggle {
            shown["reason"] = .string(toggle.reason)
            shown["time"] = Show.time(toggle.at, language)
        }
        return .object(shown)
    }

    private func line(_ event: Event) -> JSON {
        var line: [String: JSON] = [
            "time": Show.time(event.recorded, language), "name": .string(visit.eventName(event.type)),
            "who": .string(event.author.person.flatMap { names[$0] } ?? visit.authorName(event.author)),
            "href": .string("/trace/\(event.correlation)"),
        ]
        let note =
            ["reason", "findings", "answer", "note", "summary"].compactMap { event.payload[$0]?.text }.first ?? ""
        if !note.isEmpty { line["note"] = .string(reason(note)) }
        return .object(line)
    }

    /// A reason of the house's own in words; a person's as it was written.
    private func reason(_ text: String) -> String {
        switch text {
        case "declaration-changed", "content-changed", "retired", "reopened", "wrong-act":
            visit.word("register_reason_\(text.replacing("-", with: "_"))")
        default: text
        }
    }
}

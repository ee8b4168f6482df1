import Access
import District
import Record
import Web

/// What the watch's pages say.
struct WatchView {
    let rules: WatchRules
    let visit: Visit
    let names: [String: String]
    /// The register's entries as they stand, by use: a flag offers the switch the way it can still be turned.
    var now: [String: UseNow] = [:]

    private var language: Language { visit.language }

    /// Turns, and the share of each verdict with its exact interval.
    func shares(_ counts: WatchTable.Counts) -> [String: JSON] {
        var entry: [String: JSON] = ["seen": .string(Show.count(counts.seen))]
        entry["shares"] = .array(
            AIUseJudged.Verdict.allCases.map { verdict in
                [
                    "label": .string(visit.word("watch_\(verdict.rawValue)")),
                    "times": .string(Show.count(counts.times(verdict))),
                    "share": .string(Share.percent(counts.times(verdict), of: counts.seen)),
                    "interval": .string(Share.interval(counts.times(verdict), of: counts.seen)),
                ]
            })
        return entry
    }

    /// A flag with what to do about it.
    func flag(_ flag: WatchFlag, isNamed: Bool) -> JSON {
        let (here, link) = ("/stewardship/watch/\(flag.use)", Table.encoded(flag.use))
        var entry: [String: JSON] = [
            "id": .string(flag.id), "title": .string(flag.rule.words[language]), "what": .string(what(flag)),
            "advice": .string(flag.rule.advice[language]), "raised": Show.time(flag.raised, language, now: visit.now),
        ]
        if isNamed {
            entry["name"] = .string(names[flag.use] ?? flag.use)
            entry["href"] = .string(here)
        }
        if let resolved = flag.resolved {
            entry["resolved"] = Show.time(resolved, language, now: visit.now)
            entry["outcome"] = .string(flag.outcome?.words[language] ?? "")
            entry["badge"] = Show.badge("off", visit.word("watch_resolved"))
        } else {
            entry["badge"] = Show.badge("danger", visit.word("watch_flagged"))
            entry["incident_href"] = .string(
                "/do/stewardship.incident.report?use=\(link)&flag=\(flag.id)&next=/stewardship/appeals")
            if visit.caller.roles.contains(.zoneOfficer) {
                entry["resolve_href"] = .string("/do/stewardship.watch.resolve?flag=\(flag.id)&next=\(here)")
            }
            let use = now[flag.use]
            if let href = use?.switchHref(visit, next: here) {
                entry[use?.standing == .off ? "on_href" : "switch_href"] = .string(href)
            }
            if flag.proposesOff, use?.standing != .off { entry["proposes_off"] = true }
        }
        return .object(entry)
    }

    /// What was counted, in a sentence.
    private func what(_ flag: WatchFlag) -> String {
        let base = Share.percent(flag.baseTimes, of: flag.baseSeen)
        let share = Share.percent(flag.times, of: flag.seen)
        let group = flag.group.map { rules.name($0, in: flag.dimension ?? "")[language] } ?? ""
        return visit.word("watch_what_\(flag.rule.rawValue)").replacing("{group}", with: group)
            .replacing("{share}", with: share).replacing("{base}", with: base)
            .replacing("{seen}", with: Show.count(flag.seen)).replacing("{times}", with: Show.count(flag.times))
            .replacing("{days}", with: "\(rules.days)")
    }

    /// A use with its figures, groups, days and flags.
    func story(_ story: WatchStory, today: KoreanDay) -> [String: JSON] {
        var context = shares(story.counts)
        context["use"] = .string(story.use)
        context["days"] = .string("\(rules.days)")
        context["flags"] = .array(story.flags.map { flag($0, isNamed: false) })
        context["dimensions"] = .array(dimensions(story.scores))
        context["chart"] = WatchChart(visit: visit).json(story.days, until: today, days: rules.days)
        context["reference"] = .string(reference(story.scores))
        context["appeals"] = .string(Show.count(story.appeals.all))
        context["appeals_waiting"] = .string(Show.count(story.appeals.waiting))
        context["incidents"] = .string(Show.count(story.incidents.count))
        context["incidents_open"] = .string(Show.count(story.incidents.count { $0.closed == nil }))
        return context
    }

    private func reference(_ scores: WatchScores) -> String {
        guard scores.reference.seen >= rules.reference else {
            return visit.word("watch_reference_few").replacing("{seen}", with: Show.count(scores.reference.seen))
                .replacing("{need}", with: Show.count(rules.reference))
        }
        return visit.word("watch_reference")
            .replacing("{seen}", with: Show.count(scores.reference.seen))
            .replacing("{share}", with: Share.percent(scores.reference.kept, of: scores.reference.seen))
            .replacing("{later}", with: Share.percent(scores.later.kept, of: scores.later.seen))
            .replacing("{many}", with: Show.count(scores.later.seen))
    }

    private func dimensions(_ scores: WatchScores) -> [JSON] {
        scores.groups.keys.sorted().map { dimension in
            let groups: [JSON] = (scores.groups[dimension] ?? [:]).sorted { $0.key < $1.key }.map { group, tally in
                let standing = scores.standing(of: group, in: dimension, rules)
                let badge =
                    switch standing {
                    case .few: "unknown"
                    case .none: "ok"
                    case .gap: "danger"
                    case .majority: "neutral"
                    }
                var entry: [String: JSON] = [
                    "name": .string(rules.name(group, in: dimension)[language]),
                    "seen": .string(Show.count(tally.seen)),
                    "share": .string(Share.percent(tally.kept, of: tally.seen)),
                    "interval": .string(Share.interval(tally.kept, of: tally.seen)),
                    "badge": Show.badge(badge, visit.word("watch_group_\(standing.rawValue)")),
                ]
                if let interval = Interval.share(tally.kept, of: tally.seen) {
                    entry["bar"] = WatchChart.whisker(interval, Double(tally.kept) / Double(tally.seen))
                }
                return .object(entry)
            }
            return ["name": .string(rules.name(ofDimension: dimension)[language]), "groups": .array(groups)]
        }
    }
}

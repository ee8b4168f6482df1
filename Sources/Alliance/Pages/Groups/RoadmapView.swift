import Access
import District
import Record
import Web

/// Milestones as the pages show them. Whoever may not read names sees organisations.
struct RoadmapView {
    let visit: Visit
    let book: RoadmapBook
    let names: NameReading

    /// As many late ones, and of what each pushes, outcomes, and rows of a table, as one page shows.
    static let mostLate = 20, mostPushed = 10, mostOutcomes = 50, mostRows = 50

    private var language: Language { visit.language }

    /// Whose a milestone is.
    func owner(_ milestone: Milestone) -> String {
        guard let member = book.owners[milestone.owner] else { return "–" }
        return name(member)
    }

    /// What a member is called, for whoever looks.
    func name(_ member: GroupMember) -> String {
        guard names.reads(member.group) else { return member.organisation }
        return "\(member.name ?? visit.word("groups_erased")) (\(member.organisation))"
    }

    /// The state of a milestone in a word.
    func state(_ milestone: Milestone) -> JSON {
        if milestone.isLate(on: book.today) {
            return Show.badge("danger", days("groups_days_late", milestone.daysLate(on: book.today)))
        }
        return switch milestone.state {
        case .open: Show.badge("info", visit.word("groups_state_open"))
        case .reached: Show.badge("ok", visit.word("groups_state_reached"))
        case .dropped: Show.badge("off", visit.word("groups_state_dropped"))
        }
    }

    /// When a milestone is to be expected, or when it ended. Of what is late nobody knows: its days are said instead.
    func expected(_ milestone: Milestone) -> String {
        guard milestone.state == .open else {
            let key = milestone.state == .reached ? "groups_state_reached" : "groups_state_dropped"
            return milestone.ended.map { "\(visit.word(key)) \($0)" } ?? "–"
        }
        guard !milestone.isLate(on: book.today) else {
            return days("groups_due_passed", milestone.daysLate(on: book.today))
        }
        return book.expected[milestone.id]?.description ?? visit.word("groups_unknown")
    }

    private func days(_ key: String, _ count: Int64) -> String {
        visit.word(key).replacing("{days}", with: Show.count(count))
    }

    /// By how much something is pushed, and until when.
    func pushed(_ push: Roadmap.Push) -> String {
        "\(days("groups_days_pushed", push.days)) (\(visit.word("groups_earliest")) \(push.expected))"
    }

    static func href(_ milestone: String) -> String { "/alliance/milestones/\(milestone)" }

    /// Where it stands what became of a promise to citizens.
    static func href(promise: String) -> String { "/commons/outcomes/\(Table.encoded(promise))" }

    /// A page of milestones as rows of a table, numbered in the order given, and where the others are.
    func table(_ milestones: [Milestone], at path: String, kept: [String: String] = [:]) -> [String: JSON] {
        let query = TableQuery(visit.query, columns: ["due"], sortedBy: "due", size: Self.mostRows)
        let shown = milestones.enumerated().dropFirst(query.offset).prefix(query.size)
        return [
            "rows": rows(shown.map { ($0.offset, $0.element) }),
            "pager": query.pager(path, shown: shown.count, total: Int64(milestones.count), kept: kept),
        ]
    }

    private func rows(_ milestones: [(Int, Milestone)]) -> JSON {
        .array(
            milestones.map { index, milestone in
                var row: [String: JSON] = [
                    "title": .string("\(index + 1) \(milestone.title[language])"),
                    "href": .string(Self.href(milestone.id)), "layer": .string(milestone.layer.words[language]),
                    "due": .string(milestone.due.description), "owner": .string(owner(milestone)),
                    "state": state(milestone), "group": .string(book.title(of: milestone.group)[language]),
                    "group_href": .string("/alliance/groups/\(milestone.group)"),
                ]
                if milestone.firstDue != milestone.due { row["first"] = .string(milestone.firstDue.description) }
                if let promise = milestone.promise { row["promise"] = .string(Self.href(promise: promise)) }
                row["expected"] = .string(expected(milestone))
                return .object(row)
            })
    }

    /// The late ones, the latest first: how late, why, and what they push. Where there are many, how many more.
    func late(_ milestones: [Milestone]) -> [String: JSON] {
        let all = milestones.filter { $0.isLate(on: book.today) }
        var shown: [String: JSON] = ["late": .array(all.prefix(Self.mostLate).map(card))]
        if all.count > Self.mostLate { shown["late_more"] = more(all.count - Self.mostLate) }
        return shown
    }

    /// How many more there are than are shown.
    func more(_ count: Int) -> JSON {
        .string(visit.word("groups_more").replacing("{count}", with: Show.count(count)))
    }

    private func card(_ milestone: Milestone) -> JSON {
        let pushed = book.roadmap.pushed(by: milestone.id, on: book.today, from: book.expected)
        let spared = spared(milestone, but: Set(pushed.map(\.milestone)))
        var card: [String: JSON] = [
            "title": .string(milestone.title[language]), "href": .string(Self.href(milestone.id)),
            "state": state(milestone), "due": .string(milestone.due.description),
            "owner": .string(owner(milestone)), "group": .string(book.title(of: milestone.group)[language]),
            "group_href": .string("/alliance/groups/\(milestone.group)"),
            "pushes": .array(pushed.prefix(Self.mostPushed).compactMap(push)),
            "spared": .array(spared.prefix(max(0, Self.mostPushed - pushed.count)).map(spare)),
        ]
        let count = pushed.count + spared.count
        if count > Self.mostPushed { card["pushes_more"] = more(count - Self.mostPushed) }
        if let why = milestone.why { card["why"] = .string(why) }
        if milestone.firstDue != milestone.due { card["first"] = .string(milestone.firstDue.description) }
        if let promise = milestone.promise { card["promise"] = .string(Self.href(promise: promise)) }
        return .object(card)
    }

    /// What a milestone's lateness pushes, in words.
    private func push(_ push: Roadmap.Push) -> JSON? {
        guard let other = book.roadmap.milestones[push.milestone] else { return nil }
        return [
            "title": .string(other.title[language]), "href": .string(Self.href(other.id)),
            "days": .string(pushed(push)),
        ]
    }

    /// What depends on a milestone and is not pushed by it.
    private func spared(_ milestone: Milestone, but pushed: Set<String>) -> [Milestone] {
        book.roadmap.dependents(of: milestone.id).subtracting(pushed).compactMap { book.roadmap.milestones[$0] }
            .sorted { ($0.due, $0.id) < ($1.due, $1.id) }
    }

    /// Such a one, and why it is spared: there is time in hand, or its day cannot be told.
    private func spare(_ other: Milestone) -> JSON {
        let why = book.expected[other.id] == nil ? "groups_unknown" : "groups_pushes_not"
        return [
            "title": .string(other.title[language]), "href": .string(Self.href(other.id)),
            "note": .string(visit.word(why)),
        ]
    }

    /// The picture, as its template takes it; null where there is nothing to draw.
    func picture(_ milestones: [Milestone]) -> JSON {
        guard !milestones.isEmpty else { return .null }
        let picture = RoadmapPicture(milestones, on: book.today, language)
        let place = Self.place
        let states = Dictionary(milestones.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        return [
            "box": .string("0 0 \(Int(RoadmapPicture.width)) \(Int(picture.height))"),
            "left": place(RoadmapPicture.left), "bottom": place(picture.height - 6), "today": place(picture.today),
            "lane_width": place(RoadmapPicture.width - 8),
            "lanes": .array(
                picture.lanes.map {
                    [
                        "y": place($0.y), "height": place($0.height), "label_y": place($0.y + 24),
                        "label": .string($0.layer.words[language]),
                    ]
                }),
            "ticks": .array(picture.ticks.map { ["x": place($0.x), "label": .string($0.label)] }),
            "links": .array(
                picture.links.map { ["x1": place($0.x1), "y1": place($0.y1), "x2": place($0.x2), "y2": place($0.y2)] }),
            "marks": .array(
                picture.marks.map { mark in
                    var shown: [String: JSON] = [
                        "x": place(mark.x), "y": place(mark.y), "label": .string(mark.label),
                        "label_x": place(mark.labelX), "label_y": place(mark.y + 5),
                        "anchor": .string(mark.isBefore ? "end" : "start"),
                    ]
                    if let to = mark.lateTo { shown["late_to"] = place(to) }
                    shown.merge(sign(states[mark.id], mark.x, mark.y)) { $1 }
                    return .object(shown)
                }), "line": line(milestones),
        ]
    }

    /// The same for a narrow screen: from top to bottom.
    private func line(_ milestones: [Milestone]) -> JSON {
        let line = RoadmapLine(
            milestones, on: book.today, language, first: visit.word("groups_picture_first"),
            late: visit.word("groups_picture_late"))
        let states = Dictionary(milestones.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        return [
            "box": .string("0 0 \(Int(RoadmapLine.width)) \(Int(line.height))"), "x": Self.place(RoadmapLine.x),
            "words": Self.place(RoadmapLine.words), "width": Self.place(RoadmapLine.width),
            "bottom": Self.place(line.height - 8), "today": Self.place(line.today),
            "today_y": Self.place(line.today + 5),
            "today_label": .string("\(visit.word("groups_picture_today")) \(book.today)"),
            "stops": .array(
                line.stops.map { stop in
                    var shown: [String: JSON] = [
                        "x": Self.place(RoadmapLine.x), "y": Self.place(stop.y), "label": .string(stop.label),
                        "label_y": Self.place(stop.y + 2), "note": .string(stop.note),
                        "note_y": Self.place(stop.y + 20),
                    ]
                    if let to = stop.lateTo { shown["late_to"] = Self.place(to) }
                    shown.merge(sign(states[stop.id], RoadmapLine.x, stop.y)) { $1 }
                    return .object(shown)
                }),
        ]
    }

    /// What stands for the state of a milestone in a picture, at a place.
    private func sign(_ milestone: Milestone?, _ x: Double, _ y: Double) -> [String: JSON] {
        switch milestone.map({ ($0.state, $0.isLate(on: book.today)) }) {
        case (.reached, _)?: return ["reached": ["x": Self.place(x - 8), "y": Self.place(y - 8)]]
        case (.dropped, _)?: return ["dropped": true]
        case (.open, true)?:
            let corners = [(x, y - 10), (x + 10, y), (x, y + 10), (x - 10, y)].map {
                "\(Show.number($0.0.rounded())),\(Show.number($0.1.rounded()))"
            }
            return ["late": .string(corners.joined(separator: " "))]
        default: return ["open": true]
        }
    }

    private static func place(_ value: Double) -> JSON { .string(Show.number((value * 10).rounded() / 10)) }

    /// The log of changes.
    func changes(_ entries: [MilestoneEntry]) -> JSON {
        .array(
            entries.map { entry in
                var shown: [String: JSON] = [
                    "title": .string(entry.title[language]), "href": .string(Self.href(entry.milestone)),
                    "what": .string(what(entry)), "time": Show.time(entry.at, language),
                    "group": .string(book.title(of: entry.group)[language]),
                ]
                if let reason = entry.reason, !reason.isEmpty { shown["reason"] = .string(reason) }
                return .object(shown)
            })
    }

    /// What changed, in words.
    func what(_ entry: MilestoneEntry) -> String {
        visit.word("groups_change_\(entry.kind)").replacing("{due}", with: entry.due.description)
            .replacing("{was}", with: entry.was?.description ?? "–")
    }

    /// What came of milestones; where it is much, that there is more.
    func outcomes(of milestones: [Milestone]) -> [String: JSON] {
        let all = milestones.flatMap { milestone in (book.outcomes[milestone.id] ?? []).map { (milestone, $0) } }
        var shown: [String: JSON] = [
            "outcomes": .array(
                all.prefix(Self.mostOutcomes).map { milestone, outcome in
                    [
                        "milestone": .string(milestone.title[language]), "href": .string(Self.href(milestone.id)),
                        "metric": .string(outcome.metric[language]),
                        "before": .string(
                            outcome.before.map { "\(Show.number($0)) \(outcome.unit)" } ?? visit.word("groups_unknown")),
                        "value": .string("\(Show.number(outcome.value)) \(outcome.unit)"),
                        "day": .string(outcome.day), "source": .string(outcome.source),
                        "level": .string("\(outcome.level)"),
                    ]
                })
        ]
        if all.count > Self.mostOutcomes { shown["outcomes_more"] = more(all.count - Self.mostOutcomes) }
        return shown
    }

    /// A group with how much of it is done.
    func card(_ group: WorkingGroup, _ fields: GroupFields) -> JSON {
        let own = book.milestones(of: group.id)
        let balance = book.balances[group.id] ?? SectorBalance(counts: [:])
        var card: [String: JSON] = [
            "title": .string(group.title[language]), "href": .string("/alliance/groups/\(group.id)"),
            "field": .string(fields.words(group.field)[language]), "purpose": .string(group.purpose[language]),
            "people": .string(Show.count(balance.total)), "milestones": .string(Show.count(own.count)),
            "sectors": .array(sectors(balance)),
        ]
        if let done = Roadmap.done(own) { card["done"] = .string("\(done)") }
        let late = own.count { $0.isLate(on: book.today) }
        if late > 0 {
            card["late"] = Show.badge("danger", visit.word("groups_late_many").replacing("{count}", with: "\(late)"))
        }
        if group.ended != nil { card["ended"] = Show.badge("off", visit.word("groups_ended")) }
        return .object(card)
    }

    /// How many come from where.
    func sectors(_ balance: SectorBalance) -> [JSON] {
        GroupSector.allCases.map { sector in
            [
                "name": .string(sector.words[language]),
                "count": .string(Show.count(balance.counts[sector, default: 0])),
                "share": .string(balance.share(sector).map { "\($0)" } ?? "0"),
            ]
        }
    }
}

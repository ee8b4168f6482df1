import Access
import District
import Record
import Store

/// The sample's working groups: ten of them with 155 people whom there are not, and the roadmaps of two.
struct GroupSample: Sendable {
    /// How many each group has; 155 in all.
    private static let sizes = [16, 16, 16, 16, 16, 15, 15, 15, 15, 15]
    /// How many of sixteen come from where; the last of fifteen is left out.
    private static let seats: [GroupSector] = [
        .industry, .industry, .industry, .industry, .industry, .industry, .industry, .academia, .academia, .research,
        .research, .government, .academia, .research, .government, .academia,
    ]
    private let json: JSON

    /// Reads the handbook's names and milestones.
    init(_ book: Handbook) throws(HandbookError) {
        let file = "groups-sample.json"
        json = try book.read(file).json
        guard json["groups"]?.elements?.count == Self.sizes.count, texts("surnames").count > 9,
            texts("given").count > 9,
            GroupSector.allCases.allSatisfy({ json["organisations"]?[$0.rawValue]?.elements?.isEmpty == false })
        else {
            throw HandbookError(
                file: file, place: "groups, surnames, given, organisations",
                rule: "ten groups, ten surnames and given names, an organisation of each sector")
        }
    }

    private func texts(_ key: String) -> [String] { json[key]?.elements?.compactMap(\.text) ?? [] }

    /// Founds them where there is no group yet.
    func found(_ district: District) async throws {
        let (author, now) = (Author.system("alliance.sample"), district.clock())
        let zone = try Caller.system("alliance.sample").tenant
        try await district.transact { transaction in
            guard try GroupTable.count(in: transaction.writer) == 0 else { return }
            let known = try Directory.caller("gaon-executive-1", in: transaction.writer)?.person
            let opportunities = try GroupOpportunities.all(for: zone, in: transaction.writer).map(\.id)
            try transaction.record(
                drafts(now, chair: known, opportunities: opportunities), origin: Origin(author: author))
        }
    }

    /// Everything that happened, in order.
    /// - Parameters:
    ///   - chair: the person of the sample who leads the first group, where there is one.
    ///   - opportunities: what Transition has opened; the first groups work on them.
    func drafts(_ now: Timestamp, chair: PersonID?, opportunities: [String]) -> [Draft] {
        let today = KoreanDay(now)
        var (drafts, ids, people): ([Draft], [String], [[String]]) = ([], [], [])
        var number = 0
        for (index, entry) in (json["groups"]?.elements ?? []).enumerated() {
            let id = Identifier(at: now.advanced(bySeconds: Double(index) - 1000)).description
            let start = today - 170
            drafts.append(
                GroupEvents.form(
                    id, title: Words(entry) ?? Words(id, id), field: entry["field"]?.text ?? "other",
                    purpose: Words(entry["purpose"]) ?? Words("", ""),
                    opportunity: index < min(2, opportunities.count) ? opportunities[index] : nil, on: start))
            var members: [String] = []
            for seat in 0..<Self.sizes[index] {
                let member = member(
                    of: id, seat: seat, number: number, now, chair: index == 0 && seat == 0 ? chair : nil)
                drafts.append(GroupEvents.join(member))
                members.append(member.id)
                number += 1
            }
            drafts.append(GroupEvents.chair(id, members[0]))
            for place in drafts.indices where drafts[place].observed == nil { drafts[place].observed = start.start }
            ids.append(id)
            people.append(members)
        }
        let (milestones, keys) = milestones(now, ids, people)
        return drafts + milestones + meetings(today, now, ids, people, keys)
    }

    private func member(of group: String, seat: Int, number: Int, _ now: Timestamp, chair: PersonID?) -> GroupMember {
        let sector = Self.seats[seat]
        let names = json["organisations"]?[sector.rawValue]?.elements?.compactMap(\.text) ?? []
        let (surnames, given) = (texts("surnames"), texts("given"))
        // Sixteen surnames and eleven given names have no common divisor: 176 people of different names.
        let name = surnames[number % surnames.count] + given[number % given.count] + "(예시)"
        return GroupMember(
            id: Identifier(at: now.advanced(bySeconds: Double(number) - 900)).description, group: group, sector: sector,
            organisation: chair == nil ? names[(number + seat) % names.count] : names[0], person: chair,
            name: chair == nil ? name : nil, isActive: true)
    }

    private func milestones(
        _ now: Timestamp, _ groups: [String], _ people: [[String]]
    ) -> (drafts: [Draft], keys: [String: Milestone]) {
        let today = KoreanDay(now)
        var (drafts, keys): ([Draft], [String: Milestone]) = ([], [:])
        func add(_ draft: Draft, _ day: KoreanDay) {
            var draft = draft
            draft.observed = day.start.advanced(bySeconds: 36_000)
            drafts.append(draft)
        }
        for (index, entry) in (json["milestones"]?.elements ?? []).enumerated() {
            let group = Int(entry["group"]?.integer ?? 0)
            let moved = entry["moved"]
            let due = today + (entry["due"]?.integer ?? 0)
            let first = moved?["from"]?.integer.map { today + $0 } ?? due
            func milestone(due: KoreanDay) -> Milestone {
                Milestone(
                    id: keys[entry["key"]?.text ?? ""]?.id
                        ?? Identifier(at: now.advanced(bySeconds: Double(index) - 600)).description,
                    group: groups[group], title: Words(entry) ?? Words("–", "–"),
                    layer: RoadmapLayer(rawValue: entry["layer"]?.text ?? "") ?? .product,
                    owner: people[group][Int(entry["owner"]?.integer ?? 0)], due: due, firstDue: first,
                    work: entry["work"]?.integer ?? 0,
                    needs: (entry["needs"]?.elements ?? []).compactMap { keys[$0.text ?? ""]?.id }, state: .open,
                    slipped: nil, why: nil, ended: nil, note: nil)
            }
            let set = milestone(due: first)
            keys[entry["key"]?.text ?? ""] = set
            add(set.setting(agreed: today - 160), today - 160)
            if let moved {
                add(
                    set.draft(
                        MilestoneChanged.Change.moved.type, due: due,
                        ["was": .string(first.description), "reason": .string(moved["why"]?.text ?? "")]),
                    today + (moved["at"]?.integer ?? 0))
            }
            if let reached = entry["reached"]?.integer {
                add(
                    milestone(due: due).draft(
                        MilestoneChanged.Change.reached.type,
                        [
                            "day": .string((today + reached).description),
                            "evidence": .string(entry["evidence"]?.text ?? ""),
                        ]), today + reached)
            }
        }
        for (index, entry) in (json["outcomes"]?.elements ?? []).enumerated() {
            guard let milestone = keys[entry["milestone"]?.text ?? ""], let metric = Words(entry) else { continue }
            let day = today + (entry["day"]?.integer ?? 0)
            add(
                milestone.draft(
                    GroupEvents.measured,
                    [
                        "outcome": .string(Identifier(at: now.advanced(bySeconds: Double(index) - 300)).description),
                        "metric": metric.json, "unit": .string(entry["unit"]?.text ?? ""),
                        "before": entry["before"] ?? .null, "value": entry["value"] ?? 0,
                        "day": .string(day.description),
                        "source": .string(entry["source"]?.text ?? ""), "level": .decimal(entry["level"]?.integer ?? 1),
                    ]), day)
        }
        return (drafts, keys)
    }

    private func meetings(
        _ today: KoreanDay, _ now: Timestamp, _ groups: [String], _ people: [[String]], _ keys: [String: Milestone]
    ) -> [Draft] {
        (json["meetings"]?.elements ?? []).enumerated().flatMap { index, entry -> [Draft] in
            let group = Int(entry["group"]?.integer ?? 0)
            let (id, day) = (
                Identifier(at: now.advanced(bySeconds: Double(index) - 200)).description,
                today + (entry["day"]?.integer ?? 0)
            )
            let stream = "working-group/\(groups[group])"
            let held = Draft(
                GroupEvents.held, stream: stream, scope: .zone, observed: day.start,
                payload: [
                    "meeting": .string(id), "group": .string(groups[group]), "day": .string(day.description),
                    "title": entry["title"] ?? "", "minutes": entry["minutes"] ?? "",
                    "attendees": .array(people[group].dropLast(2).map { .string($0) }),
                ])
            let decided = (entry["decisions"]?.elements ?? []).enumerated().map { place, decision -> Draft in
                var payload: [String: JSON] = [
                    "meeting": .string(id), "group": .string(groups[group]), "place": .decimal(Int64(place)),
                    "decision": decision["text"] ?? "",
                ]
                for vote in ["for", "against"] { payload[vote] = decision[vote]?.integer.map { .decimal($0) } }
                if let milestone = keys[decision["milestone"]?.text ?? ""] {
                    payload["milestone"] = .string(milestone.id)
                }
                return Draft(GroupEvents.decided, stream: stream, scope: .zone, observed: day.start, payload: payload)
            }
            return [held] + decided
        }
    }
}

import Access
import District
import Record
import Store
import Web

/// What citizens have adopted for robots: a page, JSON and CSV, for everybody.
struct RulingRoutes {
    static let path = "/commons/rules"

    var routes: [Web.Route] {
        [
            .get(Self.path, .anyone) { try await page($0) },
            .get("/api/v1/commons/rules", .anyone) { try await call($0) },
        ]
    }

    private func page(_ visit: Visit) async throws -> Reply {
        let rules = try await visit.spine.district.store.read { try RulingTable.all(in: $0) }
        let isOfficer = VoteAsk.officers.allows(visit.caller)
        return .page(
            "rulings-list", title: visit.word("rulings_title"),
            ["rules": .array(rules.map { row($0, isOfficer, visit) })], live: true)
    }

    private func row(_ rule: Ruling, _ isOfficer: Bool, _ visit: Visit) -> JSON {
        var members: [String: JSON] = [
            "id": .string(rule.id), "says": .string(rule.effect.words[visit.language]),
            "badge": Show.badge(
                rule.holds ? "ok" : "stale", visit.word(rule.holds ? "rulings_holds" : "rulings_ended")),
            "since": Show.time(rule.adopted, visit.language), "vote": .string(rule.voteTitle),
            "vote_href": .string(VoteView.path(rule.vote)), "option": .string(rule.optionName),
            "ballots": .string(Show.count(rule.ballots)), "where": .string(Self.place(rule.effect)),
            "trace_href": .string("/trace/\(rule.event)"), "is_sample_rule": .bool(rule.isSample),
            "until": rule.ended.map { Show.time($0, visit.language) } ?? false,
            "why": rule.reason.map { .string($0) } ?? false, "end_href": false,
        ]
        if isOfficer, rule.holds {
            members["end_href"] = .string(
                "/do/commons.rule.end?rule=\(Table.encoded(rule.id))&next=\(Table.encoded(Self.path))")
        }
        return .object(members)
    }

    /// The site and the area as maps name them.
    private static func place(_ effect: RuleEffect) -> String {
        [effect.site, effect.area].compactMap(\.self).joined(separator: " / ")
    }

    private func call(_ visit: Visit) async throws -> Reply {
        let rules = try await visit.spine.district.store.read { try RulingTable.all(in: $0) }
        guard visit.query["format"] == "csv" else {
            return .json([
                "sample": .bool(visit.spine.isSample), "rules": .array(rules.map { Self.entry($0, visit) }),
            ])
        }
        let heading = [
            "id", "rule", "kind", "site", "area", "limit_m_per_s", "vote", "option", "ballots", "since", "until",
            "reason",
        ]
        let rows = rules.map { rule in
            CommaText.row([
                rule.id, rule.effect.words[visit.language], rule.effect.kind.rawValue, rule.effect.site,
                rule.effect.area ?? "", rule.effect.kind == .speedLimit ? "\(rule.effect.limit)" : "", rule.vote,
                rule.option, "\(rule.ballots)", rule.adopted.description, rule.ended?.description ?? "",
                rule.reason ?? "",
            ])
        }
        return .bytes(
            Array((CommaText.mark + CommaText.row(heading) + rows.joined()).utf8), type: "text/csv; charset=utf-8",
            download: "slipway-civic-rules.csv")
    }

    /// A rule as JSON carries it; what there is not is null.
    private static func entry(_ rule: Ruling, _ visit: Visit) -> JSON {
        [
            "id": .string(rule.id), "says": rule.effect.words.json, "kind": .string(rule.effect.kind.rawValue),
            "site": .string(rule.effect.site), "area": rule.effect.area.map { .string($0) } ?? .null,
            "place": .string(rule.effect.place),
            "limit_m_per_s": rule.effect.kind == .speedLimit ? .number(rule.effect.limit) : .null,
            "vote": .string(rule.vote), "vote_title": .string(rule.voteTitle), "option": .string(rule.option),
            "ballots": .number(Double(rule.ballots)), "since": .string(rule.adopted.description),
            "until": rule.ended.map { .string($0.description) } ?? .null,
            "reason": rule.reason.map { .string($0) } ?? .null, "holds": .bool(rule.holds),
            "trace": .string("\(visit.site)/trace/\(rule.event)"),
        ]
    }
}

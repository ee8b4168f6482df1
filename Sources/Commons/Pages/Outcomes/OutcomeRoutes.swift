import Access
import District
import Record
import Store
import Web

/// What became of what was accepted: a list, each with its story, and a feed.
struct OutcomeRoutes {
    var routes: [Web.Route] {
        [
            .get("/commons/outcomes", .anyone) { try await list($0) },
            .get("/commons/outcomes/feed.atom", .anyone) { try await feed($0) },
            .get("/commons/outcomes/{outcome}", .anyone) { try await one($0) },
            .get("/api/v1/commons/outcomes", .anyone) { try await call($0) },
        ]
    }

    static func path(_ id: String) -> String { "/commons/outcomes/\(Table.encoded(id))" }

    private func badge(_ item: OutcomeTable.Item, _ visit: Visit) -> JSON {
        let isLate = item.due.flatMap { KoreanDay($0) }.map { $0 < KoreanDay(visit.now) } ?? false
        switch item.state {
        case "done": return Show.badge("ok", visit.word("outcomes_done"))
        case "dropped": return Show.badge("stale", visit.word("outcomes_dropped"))
        default: return Show.badge(isLate ? "warn" : "info", visit.word(isLate ? "outcomes_late" : "outcomes_going"))
        }
    }

    private func facts(_ item: OutcomeTable.Item, _ visit: Visit) -> [String: JSON] {
        var members: [String: JSON] = [
            "href": .string(Self.path(item.id)), "name": .string(item.title), "summary": .string(item.summary),
            "percent": .string("\(item.percent)"), "badge": badge(item, visit),
            "planned": item.planned > 0 ? .string(Money.text(item.planned, visit.language)) : false,
            "spent": .string(Money.text(item.spent, visit.language)),
            "due": .string(item.due ?? visit.word("outcomes_no_day")), "is_sample_item": .bool(item.isSample),
            "slipped": item.firstDue != item.due && item.firstDue != nil ? .string(item.firstDue ?? "") : false,
            "vote_href": item.vote.isEmpty ? false : .string(VoteView.path(item.vote)),
            "proposal_href": item.proposal.isEmpty
                ? false : .string("/commons/proposals/\(Table.encoded(item.proposal))"),
            "changed": Show.time(item.changed, visit.language),
        ]
        if item.planned > 0, item.spent > item.planned {
            members["over"] = .string(Money.text(item.spent - item.planned, visit.language))
        } else {
            members["over"] = false
        }
        return members
    }

    private func list(_ visit: Visit) async throws -> Reply {
        let items = try await visit.spine.district.store.read { try OutcomeTable.items(in: $0) }
        var context: [String: JSON] = ["items": .array(items.map { .object(facts($0, visit)) })]
        if visit.caller.roles.contains(.zoneOfficer) { context["may_promise"] = true }
        return .page("outcomes-list", title: visit.word("outcomes_title"), .object(context))
    }

    private func one(_ visit: Visit) async throws -> Reply {
        let id = visit.parameters["outcome"] ?? ""
        let (found, news) = try await visit.spine.district.store.read { reader in
            (try OutcomeTable.item(id, in: reader), try OutcomeTable.news(of: id, in: reader))
        }
        guard let item = found else {
            throw Refusal(.notFound, "outcome.unknown", Words("그런 약속이 없습니다.", "There is no such promise."))
        }
        var context = facts(item, visit)
        context["news"] = .array(
            news.map { news in
                [
                    "kind": .string(visit.eventName(news.kind)), "said": news.said.isEmpty ? false : .string(news.said),
                    "time": Show.time(news.at, visit.language), "trace": .string(figures(news, visit)),
                ]
            })
        if visit.caller.roles.contains(.zoneOfficer), item.state == "going" {
            let ask = "?item=\(Table.encoded(id))&next=\(Table.encoded(Self.path(id)))"
            context["acts"] = .array(
                [("report", "outcomes_report"), ("slip", "outcomes_slip"), ("end", "outcomes_end")].map {
                    ["href": .string("/do/commons.outcome.\($0.0)\(ask)"), "label": .string(visit.word($0.1))]
                })
        }
        return .page("outcomes-one", title: item.title, .object(context))
    }

    private func figures(_ news: OutcomeTable.News, _ visit: Visit) -> String {
        [
            news.percent.map { "\($0) %" }, news.spent.map { Money.text($0, visit.language) },
            news.due.map { "\(visit.word("outcomes_due")) \($0)" },
        ].compactMap { $0 }.joined(separator: " · ")
    }

    /// An Atom feed (RFC 4287) of what was told last.
    private func feed(_ visit: Visit) async throws -> Reply {
        let (items, news) = try await visit.spine.district.store.read { reader in
            (try OutcomeTable.items(in: reader), try OutcomeTable.news(limit: 50, in: reader))
        }
        let names = Dictionary(items.map { ($0.id, $0.title) }, uniquingKeysWith: { $1 })
        func escaped(_ text: String) -> String { XMLText.escaped(text) }
        let entries = news.map { news in
            let title = "\(names[news.item] ?? news.item): \(visit.eventName(news.kind))"
            let said = [figures(news, visit), news.said].filter { !$0.isEmpty }.joined(separator: " – ")
            return """
                <entry><id>urn:uuid:\(news.event)</id><title>\(escaped(title))</title><updated>\(news.at)</updated>
                <link href="\(escaped(visit.site + Self.path(news.item)))"/><content type="text">\(escaped(said))</content></entry>
                """
        }.joined(separator: "\n")
        let address = escaped(visit.site + "/commons/outcomes")
        let atom = """
            <?xml version="1.0" encoding="utf-8"?>
            <feed xmlns="http://www.w3.org/2005/Atom" xml:lang="\(visit.language.rawValue)">
            <id>\(address)</id><title>\(escaped(visit.word("outcomes_title")))</title>
            <updated>\(news.first?.at ?? Timestamp(microseconds: 0))</updated><author><name>Slipway</name></author>
            <link rel="self" href="\(address)/feed.atom"/><link href="\(address)"/>
            \(entries)
            </feed>

            """
        return .bytes(Array(atom.utf8), type: "application/atom+xml; charset=utf-8")
    }

    private func call(_ visit: Visit) async throws -> Reply {
        let items = try await visit.spine.district.store.read { try OutcomeTable.items(in: $0) }
        return .json(
            [
                "outcomes": .array(
                    items.map { item in
                        [
                            "id": .string(item.id), "title": .string(item.title), "state": .string(item.state),
                            "percent": .number(Double(item.percent)), "planned": .decimal(Int64(item.planned)),
                            "spent": .decimal(Int64(item.spent)), "due": item.due.map { .string($0) } ?? .null,
                            "first_due": item.firstDue.map { .string($0) } ?? .null, "vote": .string(item.vote),
                            "option": .string(item.option), "proposal": .string(item.proposal),
                        ]
                    })
            ])
    }
}

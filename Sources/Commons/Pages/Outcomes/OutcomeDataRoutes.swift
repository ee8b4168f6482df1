import Access
import District
import Record
import Store
import Web

/// Promises as open data: JSON, a table, a feed; and what the forms' boxes offer.
struct OutcomeDataRoutes {
    var routes: [Web.Route] {
        [
            .get("/commons/outcomes/feed.atom", .anyone) { try await feed($0) },
            .get("/api/v1/commons/outcomes", .anyone) { try await all($0) },
            .get("/api/v1/commons/outcomes/{outcome}", .anyone) { try await one($0) },
            .get("\(OutcomeAsk.choices)/{kind}", .signedIn) { try await choices($0) },
        ]
    }

    /// A promise as JSON carries it; what nobody knows is null.
    static func json(_ item: Promise, on today: KoreanDay) -> JSON {
        func text(_ value: String?) -> JSON { value.flatMap { $0.isEmpty ? nil : .string($0) } ?? .null }
        func won(_ value: Int?) -> JSON { value.map { .decimal(Int64($0)) } ?? .null }
        var (late, onTime): (JSON, JSON) = (.null, .null)
        switch item.standing(on: today) {
        case .onTime: (late, onTime) = (0, true)
        case .late(let days): (late, onTime) = (.number(Double(days)), false)
        case .dropped: onTime = false
        case .ahead, .dayless: break
        }
        return [
            "id": .string(item.id), "title": .string(item.title), "summary": .string(item.summary),
            "state": .string(item.state), "percent": item.percent.map { .number(Double($0)) } ?? .null,
            "planned": won(item.planned), "spent": won(item.spent), "due": text(item.due),
            "first_due": text(item.firstDue), "ended": text(item.ended), "days_late": late, "on_time": onTime,
            "moves": .number(Double(item.moves)), "group": text(item.group), "milestone": text(item.milestone),
            "milestone_state": text(item.step?.rawValue), "vote": .string(item.vote), "option": .string(item.option),
            "proposal": .string(item.proposal), "promised": .string(item.promised.description),
            "changed": .string(item.changed.description), "sample": .bool(item.isSample),
        ]
    }

    private func all(_ visit: Visit) async throws -> Reply {
        let today = KoreanDay(visit.now)
        let items = try await visit.spine.district.store.read { try OutcomeTable.items(in: $0) }
        if visit.query["format"] == "csv" {
            return .bytes(
                Array(Self.table(items, on: today).utf8), type: "text/csv; charset=utf-8",
                download: "slipway-promises.csv")
        }
        return .json([
            "as_of": .string(today.description), "sample": .bool(visit.spine.isSample),
            "kept": PromiseScore(items, on: today).json,
            "outcomes": .array(items.map { Self.json($0, on: today) }),
        ])
    }

    /// The same as a table; what nobody knows is empty.
    static func table(_ items: [Promise], on today: KoreanDay) -> String {
        let columns = [
            "id", "title", "summary", "state", "percent", "planned", "spent", "first_due", "due", "ended", "days_late",
            "on_time", "moves", "group", "milestone", "milestone_state", "vote", "option", "proposal", "promised",
            "changed", "sample",
        ]
        let rows = items.map { item -> String in
            let json = json(item, on: today)
            return CommaText.row(
                columns.map { column in
                    guard let value = json[column], value != .null else { return "" }
                    return value.text ?? value.canonicalText
                })
        }
        return CommaText.mark + CommaText.row(columns) + rows.joined()
    }

    /// One with its whole story, each piece with the event that carries it on the Record.
    private func one(_ visit: Visit) async throws -> Reply {
        let id = visit.parameters["outcome"] ?? ""
        let (found, news) = try await visit.spine.district.store.read { reader in
            (try OutcomeTable.item(id, in: reader), try OutcomeTable.news(of: id, in: reader))
        }
        guard let item = found, case .object(var members) = Self.json(item, on: KoreanDay(visit.now)) else {
            throw Refusal(.notFound, "outcome.unknown", Words("그런 약속이 없습니다.", "There is no such promise."))
        }
        members["news"] = .array(
            news.map { news in
                [
                    "event": .string(news.event), "kind": .string(news.kind), "at": .string(news.at.description),
                    "said": .string(news.said), "percent": news.percent.map { .number(Double($0)) } ?? .null,
                    "spent": news.spent.map { .decimal(Int64($0)) } ?? .null,
                    "due": news.due.map { .string($0) } ?? .null,
                ]
            })
        return .json(.object(members))
    }

    /// An Atom feed (RFC 4287) of what was told last.
    private func feed(_ visit: Visit) async throws -> Reply {
        let (items, news) = try await visit.spine.district.store.read { reader in
            (try OutcomeTable.items(in: reader), try OutcomeTable.news(limit: 200, in: reader))
        }
        let view = OutcomeView(visit: visit)
        let names = Dictionary(items.map { ($0.id, $0.title) }, uniquingKeysWith: { $1 })
        func escaped(_ text: String) -> String { XMLText.escaped(text) }
        let entries = news.map { news in
            let title = "\(names[news.item] ?? news.item): \(visit.eventName(news.kind))"
            let said = [view.figures(news), news.said].filter { !$0.isEmpty }.joined(separator: " – ")
            return """
                <entry><id>urn:uuid:\(news.event)</id><title>\(escaped(title))</title><updated>\(news.at)</updated>
                <link href="\(escaped(visit.site + OutcomeView.path(news.item)))"/>
                <link rel="via" href="\(escaped(visit.site + "/trace/\(news.event)"))"/><content type="text">\(escaped(said))</content></entry>
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

    /// Votes and proposals by name; what was chosen before is found again by its identifier.
    private func choices(_ visit: Visit) async throws -> Reply {
        let (typed, caller) = (visit.query["q"] ?? "", visit.caller)
        let words = typed.lowercased()
        let found = try await visit.spine.district.store.read { reader in
            switch visit.parameters["kind"] {
            case "proposal": try CommonsNames.proposals(caller, reader)
            case "vote": try VoteTable.list(limit: Named.most, in: reader).map { Named($0.vote.id, [$0.vote.title]) }
            default: throw Refusal(.notFound, "choices.kind", Words("그런 목록이 없습니다.", "There is no such list."))
            }
        }
        let shown = found.filter { named in
            words.isEmpty || named.id == typed || named.shown(visit.language).lowercased().contains(words)
        }.prefix(40)
        return .choices(shown.map { ($0.id, $0.shown(visit.language)) })
    }
}

import Access
import District
import Record
import Store
import Web

/// The roadmap as open data: a table, JSON, and a feed of what changed. No name of anybody is in any of them.
struct RoadmapDataRoutes {
    let shelf: RoadmapShelf

    var routes: [Route] {
        [
            .get("/api/v1/alliance/roadmap", .anyone) { try await roadmap($0) },
            .get("/alliance/roadmap.atom", .anyone) { try await feed($0) },
        ]
    }

    private func roadmap(_ visit: Visit) async throws -> Reply {
        let book = try await RoadmapRoutes.view(visit, shelf).book
        let chosen = visit.query["group"]
        let shown = book.milestones.filter { chosen == nil || $0.group == chosen }
        let expected = book.expected
        if visit.query["format"] == "csv" {
            return .bytes(
                Array(Self.table(shown, book, expected).utf8), type: "text/csv; charset=utf-8",
                download: "slipway-roadmap.csv")
        }
        let groups = book.groups.filter { chosen == nil || $0.id == chosen }
        return .json([
            "as_of": .string(book.today.description), "sample": .bool(visit.spine.isSample),
            "groups": .array(
                groups.map { group in
                    var entry: [String: JSON] = ["id": .string(group.id), "title": group.title.json]
                    entry["done_percent"] =
                        Roadmap.done(book.milestones(of: group.id)).map { .number(Double($0)) } ?? .null
                    return .object(entry)
                }),
            "milestones": .array(shown.map { Self.entry($0, book, expected) }),
        ])
    }

    /// A milestone as JSON carries it; what nobody knows is null.
    static func entry(_ milestone: Milestone, _ book: RoadmapBook, _ expected: [String: KoreanDay]) -> JSON {
        [
            "group": .string(milestone.group), "id": .string(milestone.id), "title": milestone.title.json,
            "layer": .string(milestone.layer.rawValue), "due": .string(milestone.due.description),
            "first_due": .string(milestone.firstDue.description),
            "expected": milestone.state == .open
                ? expected[milestone.id].map { .string($0.description) } ?? .null : .null,
            "state": .string(milestone.state.rawValue),
            "ended": milestone.ended.map { .string($0.description) } ?? .null,
            "days_late": .number(Double(milestone.daysLate(on: book.today))),
            "why_late": milestone.why.map { .string($0) } ?? .null,
            "owner": .string(book.owners[milestone.owner]?.organisation ?? ""),
            "needs": .array(milestone.needs.map { .string($0) }), "work_days": .number(Double(milestone.work)),
            "promise": milestone.promise.map { .string($0) } ?? .null,
        ]
    }

    /// The same as a table.
    static func table(_ milestones: [Milestone], _ book: RoadmapBook, _ expected: [String: KoreanDay]) -> String {
        let heading = [
            "group", "id", "title_ko", "title_en", "layer", "due", "first_due", "expected", "state", "ended",
            "days_late",
            "why_late", "owner", "needs", "work_days", "promise",
        ]
        return CommaText.mark + CommaText.row(heading)
            + milestones.map { milestone in
                CommaText.row([
                    book.title(of: milestone.group).ko, milestone.id, milestone.title.ko, milestone.title.en,
                    milestone.layer.rawValue, milestone.due.description, milestone.firstDue.description,
                    milestone.state == .open ? expected[milestone.id]?.description ?? "" : "",
                    milestone.state.rawValue, milestone.ended?.description ?? "",
                    "\(milestone.daysLate(on: book.today))", milestone.why ?? "",
                    book.owners[milestone.owner]?.organisation ?? "", milestone.needs.joined(separator: " "),
                    "\(milestone.work)", milestone.promise ?? "",
                ])
            }.joined()
    }

    /// What changed, as an Atom feed (RFC 4287).
    private func feed(_ visit: Visit) async throws -> Reply {
        let group = visit.query["group"]
        let view = try await RoadmapRoutes.view(visit, shelf, of: group)
        let book = view.book
        let site = visit.site
        let own = "\(site)/alliance/roadmap.atom" + (group.map { "?group=\(Table.encoded($0))" } ?? "")
        func element(_ name: String, _ text: String) -> String { "<\(name)>\(XMLText.escaped(text))</\(name)>" }
        func link(_ relation: String, _ to: String) -> String {
            "<link rel=\"\(relation)\" href=\"\(XMLText.escaped(to))\"/>"
        }
        let updated = book.changes.first?.at ?? book.today.start
        var out = """
            <?xml version="1.0" encoding="UTF-8"?>
            <feed xmlns="http://www.w3.org/2005/Atom" xml:lang="\(visit.language.rawValue)">
            """
        out += "\n" + element("title", visit.word("groups_feed_title")) + element("id", own)
        out += element("updated", updated.description)
        out += link("self", own) + link("alternate", "\(site)/alliance/roadmap")
        out += "<author>" + element("name", visit.word("groups_feed_author")) + "</author>\n"
        for entry in book.changes {
            out += "<entry>" + element("title", "\(entry.title[visit.language]): \(view.what(entry))")
            out += element("id", "urn:uuid:\(entry.id)") + element("updated", entry.at.description)
            out += link("alternate", site + RoadmapView.href(entry.milestone))
            out += element("summary", entry.reason.flatMap { $0.isEmpty ? nil : $0 } ?? view.what(entry)) + "</entry>\n"
        }
        return .text(out + "</feed>\n", type: "application/atom+xml; charset=utf-8")
    }
}

import Access
import District
import Record
import Store
import Web

/// What happens in processes, as Atom feeds (RFC 4287): phases, proposals, votes and results, of all or of one. Nobody's name
/// and nothing that is not shown is in them.
struct FeedRoutes {
    /// As many entries as a feed carries.
    private static let most = 100

    var routes: [Route] {
        [
            .get("/commons/changes.atom", .anyone) { try await feed($0, of: $0.query["process"]) },
            .get("/commons/processes/{process}/feed.atom", .anyone) {
                try await feed($0, of: $0.parameters["process"])
            },
        ]
    }

    private struct Entry {
        let id: String, title: String, href: String, summary: String
        let at: Timestamp
    }

    private func feed(_ visit: Visit, of chosen: String?) async throws -> Reply {
        let view = CivicView(visit: visit)
        let entries = try await visit.spine.district.store.read { reader in
            let process = try chosen.map { try ProcessAsk.process($0, in: reader) }
            return try self.entries(of: process, view, in: reader)
        }.sorted { ($1.at, $0.id) < ($0.at, $1.id) }.prefix(Self.most)
        let site = visit.site
        let own = site + (chosen.map { "/commons/processes/\(Table.encoded($0))/feed.atom" } ?? "/commons/changes.atom")
        var out = """
            <?xml version="1.0" encoding="UTF-8"?>
            <feed xmlns="http://www.w3.org/2005/Atom" xml:lang="\(view.language.rawValue)">
            """
        out += "\n" + Self.element("title", view.word("commons_feed_title")) + Self.element("id", own)
        out += Self.element("updated", (entries.first?.at ?? view.today.start).description)
        out +=
            Self.link("self", own)
            + Self.link("alternate", site + (chosen.map { "/commons/processes/\(Table.encoded($0))" } ?? "/commons"))
        out += "<author>" + Self.element("name", view.word("commons_feed_author")) + "</author>\n"
        for entry in entries {
            out += "<entry>" + Self.element("title", entry.title) + Self.element("id", entry.id)
            out += Self.element("updated", entry.at.description) + Self.link("alternate", site + entry.href)
            out += Self.element("summary", entry.summary) + "</entry>\n"
        }
        return .text(out + "</feed>\n", type: "application/atom+xml; charset=utf-8")
    }

    private func entries(of process: CivicProcess?, _ view: CivicView, in reader: any Reader) throws -> [Entry] {
        let all = try process.map { [$0] } ?? ProcessTable.all(in: reader)
        let names = Dictionary(all.map { ($0.id, $0.title[view.language]) }, uniquingKeysWith: { first, _ in first })
        let changes =
            try process.map { one in try ProcessTable.changes(of: one.id, in: reader).map { (one.id, $0) } }
            ?? ProcessTable.latest(limit: Self.most, in: reader)
        let proposals =
            try process.map { try ProposalTable.latest(of: $0.id, limit: Self.most, in: reader) }
            ?? ProposalTable.latest(limit: Self.most, in: reader)
        let votes =
            try process.map { try VoteTable.list(of: $0.id, in: reader) }
            ?? VoteTable.list(limit: Self.most, in: reader)
        return changes.compactMap { change(of: $0.0, $0.1, names, view) } + proposals.map { proposal($0, names, view) }
            + votes.flatMap { vote($0.vote, view) }
    }

    private func change(
        of process: String, _ change: ProcessChange, _ names: [String: String], _ view: CivicView
    ) -> Entry? {
        guard let name = names[process] else { return nil }
        let (what, reason) = (view.what(change), change.content["reason"]?.text ?? "")
        return Entry(
            id: "urn:uuid:\(change.id)", title: "\(name): \(what)", href: "/commons/processes/\(process)",
            summary: reason.isEmpty ? what : reason, at: change.at)
    }

    private func proposal(_ proposal: Proposal, _ names: [String: String], _ view: CivicView) -> Entry {
        Entry(
            id: "urn:uuid:\(proposal.id)",
            title: "\(names[proposal.process] ?? ""): \(view.word("commons_feed_proposal")) – \(proposal.title)",
            href: CivicView.href(proposal), summary: proposal.inShort, at: proposal.text.written)
    }

    /// That it began, once it has; and its result.
    private func vote(_ vote: Vote, _ view: CivicView) -> [Entry] {
        let (now, path) = (view.visit.now, VoteView.path(vote.id))
        func entry(_ key: String, _ href: String, _ at: Timestamp) -> Entry {
            Entry(
                id: "\(view.visit.site)\(path)#\(key)", title: "\(view.word("commons_feed_\(key)")) – \(vote.title)",
                href: href, summary: vote.summary, at: at)
        }
        var entries: [Entry] = []
        if [.open, .closed, .counted].contains(vote.state), vote.begins <= now {
            entries.append(entry("vote", path, vote.begins))
        }
        if vote.state == .counted { entries.append(entry("result", "\(path)/result", vote.ends)) }
        return entries
    }

    private static func element(_ name: String, _ text: String) -> String {
        "<\(name)>\(XMLText.escaped(text))</\(name)>"
    }

    private static func link(_ relation: String, _ to: String) -> String {
        "<link rel=\"\(relation)\" href=\"\(XMLText.escaped(to))\"/>"
    }
}

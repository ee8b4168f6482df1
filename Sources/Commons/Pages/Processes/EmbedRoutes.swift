import Access
import District
import Record
import Store
import Web

/// Slim pages of a process and of a vote, for frames on a city's own site. They show what everybody may read, know nobody, and
/// offer nothing but links that open this house in a window of its own: so whoever frames them can trick nobody into an act.
struct EmbedRoutes: Sendable {
    /// The origins whose pages may show them.
    let framers: [String]

    /// Reads `embeds.json`.
    /// - Throws: ``HandbookError`` where an origin is none that a browser understands.
    init(_ book: Handbook) throws(HandbookError) {
        let file = "embeds.json"
        framers = (try book.read(file).json["framers"]?.elements ?? []).compactMap(\.text)
        for framer in framers where !Self.isOrigin(framer) {
            throw HandbookError(file: file, place: framer, rule: "*, 'self' or https://host")
        }
    }

    static func isOrigin(_ text: String) -> Bool {
        if ["*", "'self'"].contains(text) { return true }
        guard text.hasPrefix("https://"), text.count > 8 else { return false }
        return text.dropFirst(8).allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "-.:*".contains($0)) }
    }

    var routes: [Route] {
        [
            Route.get("/commons/embed/processes/{process}", .anyone) { try await process($0) }.framed(by: framers),
            Route.get("/commons/embed/votes/{vote}", .anyone) { try await vote($0) }.framed(by: framers),
        ]
    }

    private func process(_ visit: Visit) async throws -> Reply {
        let (view, id) = (CivicView(visit: visit), visit.parameters["process"] ?? "")
        let (process, counts, votes, topics) = try await visit.spine.district.store.read { reader in
            (
                try ProcessAsk.process(id, in: reader), try ProposalTable.counts(of: id, in: reader),
                try VoteTable.list(of: id, in: reader), try OpinionTable.topics(of: id, in: reader)
            )
        }
        let parts = ProcessParts(view: view, process: process, votes: votes, topics: topics)
        return try page(
            visit, title: process.title[view.language],
            [
                "lead": .string(process.summary[view.language]), "state": view.state(process),
                "now": .string(view.now(process)), "href": .string(visit.site + CivicView.href(process)),
                "open": .string(view.word("commons_embed_process")), "votes": parts.votesJSON,
                "more": .string(view.counts(counts)),
            ])
    }

    private func vote(_ visit: Visit) async throws -> Reply {
        let (found, cast) = try await VoteRoutes.find(visit)
        let (vote, view) = (found.vote, VoteView(visit: visit))
        var context = view.whole(found, cast: cast)
        context["lead"] = .string(vote.summary)
        context["state"] = view.badge(vote)
        context["href"] = .string(visit.site + VoteView.path(vote.id))
        context["open"] = .string(visit.word("commons_embed_vote"))
        context["is_vote"] = true
        return try page(visit, title: vote.title, context)
    }

    /// Without the shell: no menu, no session, no script.
    private func page(_ visit: Visit, title: String, _ own: [String: JSON]) throws -> Reply {
        let context: [String: JSON] = [
            "lang": .string(visit.language.rawValue), "title": .string(title), "site": .string(visit.site),
            "sample": .bool(visit.spine.isSample), "version": .string(visit.version),
            "now_time": Show.time(visit.now, visit.language),
        ]
        return .bytes(
            try visit.pages.render("commons-embed", .object(context.merging(own) { $1 }), visit.language),
            type: "text/html; charset=utf-8")
    }

    /// What a city puts into its own page.
    static func snippet(_ path: String, _ title: String, _ view: CivicView) -> JSON {
        .string(
            "<iframe src=\"\(view.visit.site)\(path)\" title=\"\(XMLText.escaped(title))\" "
                + "width=\"100%\" height=\"420\" loading=\"lazy\"></iframe>")
    }
}

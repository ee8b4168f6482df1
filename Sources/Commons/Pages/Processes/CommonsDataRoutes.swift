import Access
import District
import Record
import Store
import Web

/// Processes and proposals as open data, and a feed of what changed. No name of anybody, and nothing that is not shown, is in it.
struct CommonsDataRoutes {
    var routes: [Route] {
        [
            .get("/api/v1/commons/processes", .anyone) { try await processes($0) },
            .get("/api/v1/commons/processes/{process}/proposals", .anyone) { try await proposals($0) },
            .get("/commons/changes.atom", .anyone) { try await feed($0) },
        ]
    }

    private func processes(_ visit: Visit) async throws -> Reply {
        let today = KoreanDay(visit.now)
        let all = try await visit.spine.district.store.read { reader in
            try ProcessTable.all(in: reader).map { ($0, try ProposalTable.counts(of: $0.id, in: reader)) }
        }
        return .json([
            "as_of": .string(today.description), "sample": .bool(visit.spine.isSample),
            "processes": .array(
                all.map { process, counts in
                    [
                        "id": .string(process.id), "kind": .string(process.kind.rawValue), "title": process.title.json,
                        "question": process.question.json, "summary": process.summary.json,
                        "phase": process.stopped == nil
                            ? process.plan.phase(on: today).map { .string($0.phase.rawValue) } ?? .null : .null,
                        "over": .bool(process.standing(on: today).isOver),
                        "phases": .array(process.plan.phases.map(\.json)),
                        "budget_won": process.budget.map { .decimal($0) } ?? .null,
                        "support_needed": .number(Double(process.supportNeeded)),
                        "proposals": .number(Double(counts.proposals)), "supports": .number(Double(counts.supports)),
                        "href": .string("\(visit.site)\(CivicView.href(process))"),
                    ]
                }),
        ])
    }

    private func proposals(_ visit: Visit) async throws -> Reply {
        let id = visit.parameters["process"] ?? ""
        let (process, open) = try await visit.spine.district.store.read {
            (try ProcessAsk.process(id, in: $0), try ProposalTable.open(of: id, in: $0))
        }
        guard visit.query["format"] == "csv" else {
            return .json([
                "process": .string(id), "sample": .bool(visit.spine.isSample),
                "proposals": .array(open.map { Self.entry($0, process, visit) }),
            ])
        }
        let heading = [
            "id", "title", "text", "supports", "verdict", "reason", "cost_won", "latitude", "longitude", "to_vote",
            "written",
        ]
        let rows = open.map { proposal in
            CommaText.row([
                proposal.id, proposal.title, proposal.text.body ?? "", "\(proposal.supports)",
                proposal.verdict?.rawValue ?? "", proposal.verdictReason ?? "",
                proposal.assumedCost.map { "\($0)" } ?? "", proposal.place.map { "\($0.latitude)" } ?? "",
                proposal.place.map { "\($0.longitude)" } ?? "", "\(proposal.lacks(for: process) == nil)",
                proposal.text.written.description,
            ])
        }
        return .bytes(
            Array((CommaText.mark + CommaText.row(heading) + rows.joined()).utf8), type: "text/csv; charset=utf-8",
            download: "slipway-proposals.csv")
    }

    /// A proposal as JSON carries it; what nobody knows is null.
    private static func entry(_ proposal: Proposal, _ process: CivicProcess, _ visit: Visit) -> JSON {
        [
            "id": .string(proposal.id), "title": .string(proposal.title),
            "text": proposal.text.body.map { .string($0) } ?? .null, "supports": .number(Double(proposal.supports)),
            "version": .number(Double(proposal.version)),
            "verdict": proposal.verdict.map { .string($0.rawValue) } ?? .null,
            "reason": proposal.verdictReason.map { .string($0) } ?? .null,
            "cost_won": proposal.assumedCost.map { .decimal($0) } ?? .null,
            "place": proposal.place.map {
                ["latitude": .number($0.latitude), "longitude": .number($0.longitude)]
            } ?? .null, "to_vote": .bool(proposal.lacks(for: process) == nil),
            "written": .string(proposal.text.written.description),
            "href": .string("\(visit.site)\(CivicView.href(proposal))"),
        ]
    }

    /// What changed in processes, as an Atom feed (RFC 4287); `process` narrows it to one.
    private func feed(_ visit: Visit) async throws -> Reply {
        let (view, site, chosen) = (CivicView(visit: visit), visit.site, visit.query["process"])
        let entries = try await visit.spine.district.store.read { reader in
            try ProcessTable.all(in: reader).filter { chosen == nil || $0.id == chosen }.flatMap { process in
                try ProcessTable.changes(of: process.id, in: reader).map { (process, $0) }
            }
        }.sorted { ($1.1.at, $0.1.id) < ($0.1.at, $1.1.id) }.prefix(100)
        let own = "\(site)/commons/changes.atom" + (chosen.map { "?process=\(Table.encoded($0))" } ?? "")
        func element(_ name: String, _ text: String) -> String { "<\(name)>\(XMLText.escaped(text))</\(name)>" }
        func link(_ relation: String, _ to: String) -> String {
            "<link rel=\"\(relation)\" href=\"\(XMLText.escaped(to))\"/>"
        }
        var out = """
            <?xml version="1.0" encoding="UTF-8"?>
            <feed xmlns="http://www.w3.org/2005/Atom" xml:lang="\(visit.language.rawValue)">
            """
        out += "\n" + element("title", view.word("commons_feed_title")) + element("id", own)
        out += element("updated", (entries.first?.1.at ?? view.today.start).description)
        out += link("self", own) + link("alternate", "\(site)/commons")
        out += "<author>" + element("name", view.word("commons_feed_author")) + "</author>\n"
        for (process, change) in entries {
            let what = view.what(change)
            let reason = change.content["reason"]?.text ?? ""
            out += "<entry>" + element("title", "\(process.title[view.language]): \(what)")
            out += element("id", "urn:uuid:\(change.id)") + element("updated", change.at.description)
            out += link("alternate", site + CivicView.href(process))
            out += element("summary", reason.isEmpty ? what : reason) + "</entry>\n"
        }
        return .text(out + "</feed>\n", type: "application/atom+xml; charset=utf-8")
    }
}

import Access
import District
import Record
import Store
import Web

/// Processes and proposals as open data. No name of anybody, and nothing that is not shown, is in it.
struct CommonsDataRoutes {
    var routes: [Route] {
        [
            .get("/api/v1/commons/processes", .anyone) { try await processes($0) },
            .get("/api/v1/commons/processes/{process}/proposals", .anyone) { try await proposals($0) },
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
}

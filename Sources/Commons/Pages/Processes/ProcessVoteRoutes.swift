import Access
import District
import Record
import Store
import Web

/// A vote is set up from its process: proposals that go to the vote are chosen, and the form comes filled in.
struct ProcessVoteRoutes {
    let plain: PlainCheck

    var routes: [Route] {
        [
            .get("/commons/processes/{process}/vote", .roles(ProcessAsk.officers)) { try await page($0) },
            .post("/commons/processes/{process}/vote", .roles(ProcessAsk.officers)) { try await form($0) },
            .post("/commons/plain", .signedIn) { try await checked($0) },
        ]
    }

    private func find(_ visit: Visit) async throws -> (process: CivicProcess, proposals: [Proposal]) {
        let id = visit.parameters["process"] ?? ""
        return try await visit.spine.district.store.read {
            (try ProcessAsk.process(id, in: $0), try ProposalTable.open(of: id, in: $0))
        }
    }

    private func page(_ visit: Visit) async throws -> Reply {
        let (process, proposals) = try await find(visit)
        let view = CivicView(visit: visit)
        guard let phase = VotePhase.phase(of: process), process.stopped == nil, view.today <= phase.ends else {
            throw Refusal(
                .conflict, "process.phase",
                Words("투표 단계가 없거나 지난 참여 과정입니다.", "This process has no vote phase, or it is over."))
        }
        let admitted = proposals.filter { $0.lacks(for: process) == nil }
        let method: VoteMethod = process.kind == .budget ? .knapsack : .approval
        return .page(
            "commons-set-up-vote", title: visit.word("commons_set_up_vote"),
            [
                "process": .string(process.title[view.language]), "process_href": .string(CivicView.href(process)),
                "action": .string("\(CivicView.href(process))/vote"), "days": .string(view.days(phase)),
                "title_value": .string(process.title.ko), "summary": .string(process.summary.ko),
                "plain": warnings(process.summary.ko, .ko),
                "methods": .array(
                    VoteMethod.allCases.map {
                        [
                            "value": .string($0.rawValue), "label": .string($0.words[view.language]),
                            "selected": .bool($0 == method),
                        ]
                    }),
                "proposals": .array(
                    admitted.map { proposal in
                        var row: [String: JSON] = [
                            "id": .string(proposal.id), "title": .string(proposal.title),
                            "href": .string(CivicView.href(proposal)),
                            "supports": .string(view.supports(proposal.supports)),
                            "about": .string(proposal.inShort),
                        ]
                        if let cost = proposal.assumedCost { row["cost"] = .string(view.money(cost)) }
                        return .object(row)
                    }),
                "left_out": .array(
                    proposals.compactMap { proposal in
                        proposal.lacks(for: process).map {
                            ["title": .string(proposal.title), "why": .string($0.words[view.language])]
                        }
                    }),
            ])
    }

    private func warnings(_ text: String, _ language: Language) -> JSON {
        .array(plain.findings(text, language).map { ["text": .string($0.words[language])] })
    }

    /// The form of the command, with what the process and the chosen proposals give.
    private func form(_ visit: Visit) async throws -> Reply {
        let (process, proposals) = try await find(visit)
        let sent = visit.form
        var entered = [
            "process": process.id, "title": sent["title"] ?? process.title.ko,
            "summary": sent["summary"] ?? process.summary.ko, "method": sent["method"] ?? "",
            "accountless": "\(process.votesWithoutAccount)", "next": "/commons/votes/{it}",
        ]
        if let budget = process.budget { entered["limit"] = "\(budget)" }
        if let phase = VotePhase.phase(of: process) {
            // Before it begins its rule is fixed: that takes an hour at least, and a day can have begun already.
            let soon = visit.now.advanced(bySeconds: 3600)
            entered["begins"] = Self.local(max(phase.begins.start, soon))
            entered["ends"] = "\(phase.ends)T23:00"
        }
        for (place, proposal) in proposals.filter({ sent["p.\($0.id)"] != nil }).enumerated() {
            entered["options[\(place)].proposal"] = proposal.id
            entered["options[\(place)].name"] = proposal.title
            entered["options[\(place)].summary"] = String(proposal.inShort.prefix(600))
            if let cost = proposal.assumedCost { entered["options[\(place)].cost"] = "\(cost)" }
        }
        return try visit.form("commons.vote.set-up", entered: entered)
    }

    /// As a box for date and time takes it, by the zone's clock.
    private static func local(_ moment: Timestamp) -> String {
        String((Show.time(moment, .ko)["iso"]?.text ?? "").prefix(16))
    }

    /// While somebody writes: what makes the summary hard to read.
    private func checked(_ visit: Visit) async throws -> Reply {
        let text = visit.form["summary"] ?? visit.form["plain"] ?? ""
        let found = warnings(text, visit.language)
        return .bytes(
            try visit.pages.render("commons-plain-part", ["plain": found], visit.language),
            type: "text/html; charset=utf-8")
    }
}

import Access
import District
import Record
import Store
import Web

/// Before a vote is opened or closed: what is about to be fixed, in numbers, and one button.
struct RunRoutes {
    var routes: [Web.Route] {
        [
            .get("/commons/votes/{vote}/open", VoteAsk.officers) { try await page($0, "commons.vote.open") },
            .get("/commons/votes/{vote}/close", VoteAsk.officers) { try await page($0, "commons.vote.close") },
        ]
    }

    private func page(_ visit: Visit, _ command: String) async throws -> Reply {
        let (found, cast) = try await VoteRoutes.find(visit)
        let vote = found.vote
        let (people, roll, sheets) = try await visit.spine.district.store.read { reader in
            (
                try CensusTable.count(vote.id, in: reader), try RollTable.counts(vote.id, in: reader),
                try PaperTable.sheets(vote.id, in: reader)
            )
        }
        let isClosing = command == RunVote.close.form.name
        let numbers: [(String, Int)] =
            isClosing
            ? [
                ("ballots_people", people), ("ballots_online", roll.online), ("ballots_run_box", cast.online),
                ("ballots_handed", roll.paper), ("ballots_run_sheets", sheets.count { $0.last.isSettled }),
                ("ballots_run_unsettled", sheets.count { !$0.last.isSettled }),
            ]
            : [
                ("ballots_people", people), ("ballots_run_no_code", max(0, people - roll.codes)),
            ]
        let form = isClosing ? RunVote.close.form : RunVote.open.form
        return .page(
            "ballots-run", title: form.title[visit.language],
            [
                "vote": .string(vote.id), "vote_title": .string(vote.title), "command": .string(command),
                "path": .string(VoteView.path(vote.id)), "about": .string(form.help[visit.language]),
                "label": .string(form.title[visit.language]), "rule": .string(vote.rule?.words[visit.language] ?? "–"),
                "begins": Show.time(vote.begins, visit.language), "ends": Show.time(vote.ends, visit.language),
                "numbers": .array(
                    numbers.map { ["name": .string(visit.word($0.0)), "count": .string(Show.count($0.1))] }),
            ])
    }
}

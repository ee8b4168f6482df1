import Access
import District
import Record
import Store
import Web

/// Paper ballots: which sheets are settled, which wait for whom.
struct PaperRoutes {
    var routes: [Web.Route] {
        [.get("/commons/votes/{vote}/paper", VoteAsk.officers) { try await page($0) }]
    }

    private func page(_ visit: Visit) async throws -> Reply {
        let (found, _) = try await VoteRoutes.find(visit)
        let vote = found.vote
        let (sheets, roll) = try await visit.spine.district.store.read { reader in
            (try PaperTable.sheets(vote.id, in: reader), try RollTable.counts(vote.id, in: reader))
        }
        let here = "\(VoteView.path(vote.id))/paper"
        let rows: [[Table.Cell]] = sheets.map { sheet in
            let isSettled = sheet.last.isSettled
            let word =
                isSettled
                ? (sheet.last.ballot == nil ? "ballots_sheet_spoilt" : "ballots_sheet_settled")
                : sheet.turns == 1 ? "ballots_sheet_second" : "ballots_sheet_third"
            let entry =
                "/do/commons.paper.enter?vote=\(vote.id)&sheet=\(Table.encoded(sheet.last.sheet))&next=\(Table.encoded(here))"
            return [
                Table.Cell(sheet.last.sheet, href: isSettled ? nil : entry, isHead: true),
                Table.Cell(Show.count(sheet.turns)),
                Table.Cell(badge: isSettled ? "ok" : sheet.turns == 1 ? "info" : "warn", visit.word(word)),
                isSettled
                    ? Table.Cell("")
                    : Table.Cell(
                        visit.word("ballots_sheet_strike"),
                        href: entry.replacing("commons.paper.enter", with: "commons.paper.strike")),
            ]
        }
        let table = Table(
            "sheets", caption: visit.word("ballots_sheets"), path: here, .whole,
            columns: [
                Table.Column(nil, visit.word("ballots_sheet")),
                Table.Column(nil, visit.word("ballots_sheet_turns"), isNumber: true),
                Table.Column(nil, visit.word("ballots_sheet_state")),
                Table.Column(nil, visit.word("ballots_sheet_act")),
            ], rows: rows, total: Int64(rows.count), empty: visit.word("ballots_sheets_none"))
        return .page(
            "ballots-paper", title: "\(vote.title) – \(visit.word("ballots_paper_title"))",
            [
                "vote_title": .string(vote.title), "path": .string(VoteView.path(vote.id)), "table": table.json,
                "options": .array(
                    vote.options.map { ["id": .string($0.id), "name": .string($0.name)] }),
                "handed": .string(Show.count(roll.paper)), "may_enter": .bool(vote.state == .open),
                "enter_href": .string("/do/commons.paper.enter?vote=\(vote.id)&next=\(Table.encoded(here))"),
            ])
    }
}

import Access
import District
import Record
import Store

/// Strikes what was entered of a sheet under a wrong number: by two people, for a reason. What is in the box already stays there.
enum StrikePaper {
    static let command = Command(
        Form(
            "commons.paper.strike", title: Words("종이 투표 입력 취소", "Strike a paper entry"),
            help: Words(
                "번호를 잘못 적었거나 없는 용지를 입력했을 때, 아직 확정되지 않은 용지의 입력을 모두 취소합니다. 담당자 두 사람이 확인하고 이유가 남습니다.",
                "Strikes all entries of a sheet that is not settled: a wrong number, or no such sheet. Two officers agree; the reason stays."
            ),
            fields: [
                VoteAsk.field,
                EnterPaper.sheet(Words("입력을 취소할 용지입니다.", "The sheet whose entries are struck.")),
                Field("reason", Words("이유", "Reason"), .longText(maximum: 600)),
            ], permission: VoteAsk.officers, confirmation: .secondPerson([.zoneOfficer]),
            after: "/commons/votes/{vote}/paper")
    ) { ask, tables in
        let vote = try VoteAsk.find(ask, [.open], in: tables).vote
        guard let sheet = SheetNumber.plain(ask.values.text("sheet")) else { throw EnterPaper.noSheet }
        let (entries, version) = try PaperTable.entries(vote.id, sheet: sheet, in: tables)
        guard let last = entries.last else {
            throw Refusal(
                .notFound, "paper.unknown", of: "sheet", "unknown",
                Words("입력한 적이 없는 용지입니다.", "Nothing was entered of such a sheet."))
        }
        guard !last.isSettled else {
            throw Refusal(
                .conflict, "paper.in-box", of: "sheet", "settled",
                Words(
                    "두 사람의 입력이 같아 이미 투표함에 들어간 용지는 취소할 수 없습니다.",
                    "Two people agreed on this sheet and it is in the box: it cannot be struck."))
        }
        return [
            Draft(
                BallotEvents.paperStruck, stream: "paper/\(vote.id)/\(sheet)", scope: .zone,
                payload: [
                    "vote": .string(vote.id), "sheet": .string(sheet), "turn": .number(Double(version + 1)),
                    "reason": .string(ask.values.text("reason")),
                ], expectedVersion: Int64(version))
        ]
    }
}

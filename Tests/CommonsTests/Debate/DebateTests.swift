import Access
import District
import HouseKit
import Record
import Store
import TestKit
import Testing
import Web

@testable import Commons

@Suite("Debate: threads, moderation, appeals, reports", .serialized)
struct DebateTests {
    private func comment(
        _ body: String, in process: String, by caller: Caller, _ more: [String: String] = [:], at one: CommonsYard
    ) async throws -> String {
        let values = ["process": process, "position": "neutral", "body": body].merging(more) { $1 }
        return one.id(try await one.perform(WriteComment.name, values, by: caller))
    }

    @Test("answers follow what they answer, and go no deeper than the deepest", arguments: StoreUnderTest.all)
    func threads(on kind: StoreUnderTest) async throws {
        try await CommonsYard.with(kind) { one in
            let process = try await one.open()
            let proposal = try await one.propose(in: process)
            var (last, ids): (String?, [String]) = (nil, [])
            let callers = [CommonsYard.ann, CommonsYard.bo, CommonsYard.cho]
            for number in 0..<6 {
                var more = ["proposal": proposal, "position": number == 0 ? "con" : "pro"]
                if let last { more["parent"] = last }
                let id = try await comment("답 \(number)번째 이야기", in: process, by: callers[number % 3], more, at: one)
                (last, ids) = (id, ids + [id])
                one.yard.clock.advance(by: 700)
            }
            let other = try await comment(
                "따로 하는 이야기", in: process, by: CommonsYard.worker, ["proposal": proposal], at: one)
            let found = try await one.yard.store.read { try DebateTable.page(on: proposal, in: $0).comments }
            #expect(found.map(\.id) == ids + [other])
            #expect(found.map(\.depth) == [0, 1, 2, 3, 3, 3, 0])
            #expect(found[0].position == .con)
            #expect(try await one.yard.store.read { try DebateTable.page(on: process, in: $0).comments }.isEmpty)
            #expect(try await one.yard.rebuildsAlike())
        }
    }

    @Test("a text is hidden by a rule with its reason, kept for its author, and put back by another person")
    func appealed() async throws {
        try await CommonsYard.with { one in
            let process = try await one.open()
            let id = try await comment("모욕하는 말", in: process, by: CommonsYard.ann, at: one)
            let text: [String: JSON] = ["text": .string(id)]
            func with(_ more: [String: JSON]) -> [String: JSON] { text.merging(more) { $1 } }
            let hide = with(["rule": "insult", "reason": "사람을 모욕합니다"])
            #expect(try await one.yard.refusal("commons.text.hide", hide, by: CommonsYard.bo)?.kind == .forbidden)
            #expect(
                try await one.code("commons.text.appeal", with(["why": "아닙니다"]), by: CommonsYard.ann) == "text.state")
            try await one.yard.perform("commons.text.hide", hide, by: .officer)
            #expect(try await one.code("commons.text.hide", hide, by: .officer) == "text.state")
            let hidden = try await one.text(id)
            #expect(hidden.state == .hidden && hidden.body == "모욕하는 말", "what is hidden is kept")
            #expect(
                hidden.isReadable(by: PersonID("ann"), moderator: false) && hidden.isReadable(by: nil, moderator: true))
            #expect(
                !hidden.isReadable(by: PersonID("bo"), moderator: false)
                    && !hidden.isReadable(by: nil, moderator: false))
            #expect(
                try await one.code(
                    WriteComment.name,
                    ["process": .string(process), "parent": .string(id), "position": "pro", "body": "답"],
                    by: CommonsYard.bo) == "parent.unknown")
            #expect(try await one.code("commons.text.appeal", with(["why": "x"]), by: CommonsYard.bo) == "text.author")
            let decide = with(["restored": true, "reason": "모욕이 아닙니다"])
            #expect(try await one.code("commons.appeal.decide", decide, by: CommonsYard.second) == "appeal.none")
            try await one.yard.perform("commons.text.appeal", with(["why": "사람을 두고 한 말이 아닙니다"]), by: CommonsYard.ann)
            #expect(
                try await one.code("commons.text.appeal", with(["why": "또"]), by: CommonsYard.ann) == "appeal.given")
            #expect(try await one.yard.store.read { try DebateTable.appeals(in: $0).map(\.id) } == [id])
            #expect(try await one.code("commons.appeal.decide", decide, by: .officer) == "appeal.another")
            try await one.yard.perform("commons.appeal.decide", decide, by: CommonsYard.second)
            #expect(try await one.text(id).state == .shown)
            let moderation = try #require(try await one.yard.store.read { try DebateTable.moderation(of: id, in: $0) })
            #expect(
                moderation.restored == true && moderation.decision == "모욕이 아닙니다"
                    && moderation.appeal?.contains("두고") == true)
            #expect(try await one.yard.store.read { try DebateTable.appeals(in: $0).isEmpty })
            #expect(try await one.yard.rebuildsAlike())
        }
    }

    @Test("an officer neither hides nor releases their own text; nobody reports twice; a moderator's look ends reports")
    func reported() async throws {
        try await CommonsYard.with { one in
            let process = try await one.open()
            let own = try await comment("담당자의 말", in: process, by: .officer, at: one)
            let id = try await comment("여기에 맞지 않는 말", in: process, by: CommonsYard.ann, at: one)
            for name in ["commons.text.hide", "commons.text.release"] {
                var values: [String: JSON] = ["text": .string(own)]
                if name.hasSuffix("hide") { values.merge(["rule": "off-topic", "reason": "x"]) { $1 } }
                #expect(try await one.code(name, values, by: .officer) == "text.own")
            }
            let report: [String: JSON] = ["text": .string(id), "rule": "off-topic", "note": "다른 이야기"]
            try await one.yard.perform("commons.text.report", report, by: CommonsYard.bo)
            try await one.yard.perform("commons.text.report", report, by: CommonsYard.cho)
            #expect(try await one.code("commons.text.report", report, by: CommonsYard.bo) == "report.given")
            let event = try #require(try await one.yard.last(TextEvents.reported))
            #expect(event.author == .system("confidential"), "who reports stays off the Record")
            #expect(event.payload["person"]?.text == nil)
            #expect(try await one.yard.store.read { try DebateTable.waiting(in: $0) } == 1)
            let queue = try await one.yard.store.read { try DebateTable.reported(in: $0) }
            #expect(queue.map(\.text.id) == [id] && queue[0].reports.map(\.note) == ["다른 이야기", "다른 이야기"])
            try await one.yard.perform("commons.text.release", ["text": .string(id)], by: .officer)
            #expect(try await one.yard.store.read { try DebateTable.reported(in: $0).isEmpty })
            #expect(
                try await one.code("commons.text.withdraw", ["text": .string(id)], by: CommonsYard.bo) == "text.author")
            try await one.yard.perform("commons.text.withdraw", ["text": .string(id)], by: CommonsYard.ann)
            #expect(try await one.text(id).state == .withdrawn)
            #expect(try await one.code("commons.text.report", report, by: CommonsYard.worker) == "text.state")
            #expect(try await one.code("commons.text.release", ["text": "no"], by: .officer) == "text.unknown")
            #expect(try await one.yard.rebuildsAlike())
        }
    }

    @Test("what is doubtful waits, is shown by a moderator, and what comes too fast is refused")
    func spam() async throws {
        try await CommonsYard.with { one in
            let process = try await one.open()
            let link = try await comment("싸게 팝니다 http://cheap.example", in: process, by: CommonsYard.guest, at: one)
            let waiting = try await one.text(link)
            #expect(waiting.state == .waiting && waiting.findings == [.links])
            #expect(
                try await one.yard.store.read { try TextTable.texts(in: .waiting, limit: 9, in: $0).map(\.id) } == [
                    link
                ])
            #expect(
                try await one.yard.store.read { try DebateTable.held(of: PersonID("guest"), in: $0).map(\.id) } == [
                    link
                ])
            let twice = "같은 말을 그대로 다시 보내면 확인을 기다려야 합니다."
            _ = try await comment(twice, in: process, by: CommonsYard.bo, at: one)
            #expect(
                try await one.text(comment(twice, in: process, by: CommonsYard.cho, at: one)).findings == [.repeated])
            try await one.yard.perform("commons.text.release", ["text": .string(link)], by: .officer)
            #expect(try await one.text(link).state == .shown)
            for word in ["하나", "둘", "셋"] {
                _ = try await comment("\(word)째 이야기", in: process, by: CommonsYard.ann, at: one)
            }
            let fast = try await one.yard.refusal(
                WriteComment.name, ["process": .string(process), "position": "pro", "body": "넷째 이야기"],
                by: CommonsYard.ann)
            #expect(fast?.kind == .tooOften && fast?.code == "text.rate")
            one.yard.clock.advance(by: 700)
            _ = try await comment("넷째 이야기", in: process, by: CommonsYard.ann, at: one)
            one.yard.clock.set("2026-12-16T09:00:00+09:00")
            #expect(
                try await one.code(
                    WriteComment.name, ["process": .string(process), "position": "pro", "body": "늦은 말"],
                    by: CommonsYard.ann) == "process.phase")
            #expect(try await one.yard.rebuildsAlike())
        }
    }

    @Test(
        "once a person is forgotten their words and name are erased at once; the thread and the counts stay",
        arguments: StoreUnderTest.all)
    func forgotten(on kind: StoreUnderTest) async throws {
        try await CommonsYard.with(kind) { one in
            let process = try await one.open()
            let proposal = try await one.propose(in: process)
            let said = try await comment("내가 한 말", in: process, by: CommonsYard.ann, ["proposal": proposal], at: one)
            _ = try await one.perform(SupportProposal.name, ["proposal": proposal], by: CommonsYard.bo)
            let record = try #require(try await one.yard.last(CommentEvents.written))
            #expect(!JSON.object(record.payload).canonicalText.contains("내가 한 말"), "the words stand in the vault")
            try await one.yard.perform(ForgetPerson.name, [:], by: CommonsYard.ann)
            #expect(try await one.yard.rebuildsAlike())
            let (text, after) = (try await one.text(said), try await one.proposal(proposal))
            #expect(text.body == nil && text.name == nil && text.state == .shown)
            #expect(after.text.body == nil && after.text.title.isEmpty && !after.title.isEmpty && after.supports == 1)
        }
    }
}

@Suite("Commons: what the database does for its pages")
struct CommonsPlanTests {
    @Test(
        "no look at one process, proposal, thread or queue reads a whole table",
        arguments: [
            "SELECT * FROM commons_processes WHERE id = 'x'",
            "SELECT * FROM commons_processes WHERE ends >= 1 AND stopped IS NULL ORDER BY ends, id LIMIT 300",
            "SELECT * FROM commons_process_changes WHERE process = 'x' ORDER BY at DESC, id DESC LIMIT 100",
            "SELECT * FROM commons_proposals p JOIN commons_texts t ON t.id = p.item WHERE p.item = 'x'",
            """
            SELECT * FROM commons_proposals p JOIN commons_texts t ON t.id = p.item WHERE t.process = 'x'
            AND t.kind = 'proposal' AND t.state = 'shown' AND p.merged_into IS NULL ORDER BY t.written, t.id
            """,
            "SELECT COUNT(*) AS many FROM commons_pictures_brought WHERE person = 'x' AND at > 1",
            "DELETE FROM commons_pictures_brought WHERE at <= 1",
            """
            SELECT a.id, a.title FROM commons_texts a JOIN commons_texts p ON p.id = a.proposal
            WHERE a.state = 'shown' AND a.kind = 'amendment' AND p.state = 'shown' ORDER BY a.written DESC LIMIT 9
            """,
            "SELECT kind FROM commons_proposal_people WHERE subject = 'x' AND person = 'y'",
            "SELECT * FROM commons_amendments a JOIN commons_texts t ON t.id = a.item WHERE a.target = 'x'",
            "SELECT * FROM commons_debate_comments c JOIN commons_texts t ON t.id = c.item WHERE c.subject = 'x'",
            "SELECT * FROM commons_debate_cases WHERE item = 'x' ORDER BY hidden DESC, id DESC LIMIT 1",
            "SELECT * FROM commons_texts WHERE state = 'waiting' ORDER BY written, id LIMIT 100",
            "SELECT written FROM commons_texts WHERE author = 'x' AND written > 1 ORDER BY written DESC LIMIT 100",
        ])
    func plans(_ sql: String) async throws {
        try await Yard.with([try Commons()], on: .sqlite) { yard in
            let steps = try await yard.store.read { reader in
                try reader.query("EXPLAIN QUERY PLAN " + sql).map { try $0.text("detail") }
            }
            #expect(!steps.isEmpty && steps.allSatisfy { !$0.hasPrefix("SCAN") }, "\(steps)")
        }
    }

    @Test("the sample gives each page something, and founds nothing twice")
    func sample() async throws {
        try await Yard.with([try Commons()], on: .sqlite, isSample: true) { yard in
            let room: Commons = yard.room()
            for _ in 0..<2 { try await room.foundSample(yard.spine, seed: 7) }
            let today = KoreanDay(yard.clock.read())
            let (open, waiting, appeals, reported) = try await yard.store.read {
                (
                    try ProcessTable.open(on: today, in: $0), try TextTable.texts(in: .waiting, limit: 9, in: $0),
                    try DebateTable.appeals(in: $0), try DebateTable.reported(in: $0)
                )
            }
            #expect(open.count == 4 && waiting.count == 1 && appeals.count == 1 && reported.count == 1)
            #expect(open.allSatisfy { $0.isSynthetic })
            let budget = try #require(open.first { $0.kind == .budget })
            let admitted = try await yard.store.read { try ProposalTable.admitted(of: budget.id, in: $0) }
            #expect(admitted.map(\.supports) == [63, 41, 27, 35] && admitted.allSatisfy { $0.assumedCost != nil })
            let robots = try #require(
                open.first { $0.plan.phases.contains { $0.phase == .proposals } && $0.allows(.propose, on: today) })
            let alike = try await yard.store.read {
                try ModerationRoutes.pairs(ProposalTable.open(of: robots.id, in: $0))
            }
            #expect(!alike.isEmpty)
            #expect(try await yard.rebuildsAlike())
        }
    }
}

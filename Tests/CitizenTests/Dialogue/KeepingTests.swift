import Access
import District
import Record
import Store
import Testing
import Web

@testable import Citizen

/// What of a conversation is kept, for how long, and what of it counts as an act of the machine's.
struct KeepingTests {
    /// How many acts the house has counted of the machine's.
    private func acts(_ yard: TalkHouse) async throws -> Int64 {
        try await yard.district.store.read {
            try $0.first(
                "SELECT CAST(COALESCE(SUM(acts), 0) AS BIGINT) AS ever FROM district_ai_acts WHERE use = ?",
                [.text(Conversations.useID)])?.integer("ever") ?? 0
        }
    }

    private func count(_ table: String, _ yard: TalkHouse) async throws -> Int64 {
        try await yard.district.store.read {
            try $0.first("SELECT COUNT(*) AS many FROM \(table)")?.integer("many") ?? 0
        }
    }

    @Test("one that cannot be read keeps no other from being ended, and goes with its age; an empty one goes silently")
    func sweep() async throws {
        try await TalkHouse.with(isServed: false) { yard in
            let (broken, empty) = (try Line(yard), try Line(yard))
            try await broken.say("버스 언제 와")
            let code = try #require(broken.code)
            try await yard.district.store.write {
                _ = try $0.execute(
                    "UPDATE citizen_dialogues SET state = '{', last = last - 1 WHERE code = ?",
                    [.text(DialogueTable.hash(code))])
            }
            // Somebody opened the page, and the line broke before anything was said.
            try await empty.send(.start)
            let opened = DialogueTable.hash(empty.code ?? "")
            try await yard.district.store.write {
                _ = try $0.execute(
                    "UPDATE citizen_dialogues SET turn = 0, version = 0 WHERE code = ?",
                    [.text(opened)])
            }
            let fine = try Line(yard)
            try await fine.say("백사십삼 번 언제 와")
            yard.clock.advance(by: Conversations.silence + 60)
            let sweep = ConversationSweep(conversations: fine.conversations, spine: yard.spine)
            await sweep.sweep()
            let ended = try await yard.events(DeskEvents.ended)
            #expect(ended.count == 1)
            #expect(try await fine.kept?.isReported == true)
            #expect(try await count("citizen_dialogues", yard) == 2)
            yard.clock.advance(by: Conversations.memory)
            await sweep.sweep()
            #expect(try await count("citizen_dialogues", yard) == 0)
            #expect(try await count("citizen_dialogue_turns", yard) == 0)
        }
    }

    @Test("more than are looked at in one go are all ended")
    func many() async throws {
        try await TalkHouse.with(isServed: false) { yard in
            let line = try Line(yard)
            try await line.say("버스 언제 와")
            let code = DialogueTable.hash(line.code ?? "")
            let columns =
                "version, turn, phase, state, caller, roles, is_known, subject, channel, age_group, started, last, busy, is_reported"
            try await yard.district.store.write { writer in
                for number in 0..<230 {
                    let id = Identifier(at: Timestamp(microseconds: Int64(number) * 1000)).description
                    try writer.execute(
                        """
                        INSERT INTO citizen_dialogues (id, code, \(columns))
                        SELECT ?, ?, \(columns) FROM citizen_dialogues WHERE code = ?
                        """, [.text(id), .text("code-\(number)"), .text(code)])
                }
            }
            yard.clock.advance(by: Conversations.silence + 60)
            await ConversationSweep(conversations: line.conversations, spine: yard.spine).sweep()
            #expect(try await yard.events(DeskEvents.ended).count == 231)
        }
    }

    @Test("the code of a conversation stands in no table; a turn sent again gets the same answer with it")
    func code() async throws {
        try await TalkHouse.with(isServed: false) { yard in
            let line = try Line(yard)
            let first = try await line.send(.said(Utterance("버스 언제 와")), turn: 1)
            let code = try #require(line.code)
            for table in ["citizen_dialogues", "citizen_dialogue_turns"] {
                let rows = try await yard.district.store.read { try $0.query("SELECT * FROM \(table)") }
                #expect(!rows.isEmpty)
                for row in rows { #expect(!"\(row)".contains(code), "\(table)") }
            }
            let again = try await line.send(.said(Utterance("버스 언제 와")), turn: 1)
            #expect(again == first && again["dialogue"]?.text == code)
        }
    }

    @Test("a commit and a hand-over are an act each; whoever comes and goes is none")
    func counted() async throws {
        try await TalkHouse.with { yard in
            let gone = try Line(yard)
            try await gone.send(.start)
            try await gone.say("버스 언제 와")
            yard.clock.advance(by: Conversations.silence + 60)
            await ConversationSweep(conversations: gone.conversations, spine: yard.spine).sweep()
            #expect(try await yard.events(DeskEvents.ended).count == 1)
            #expect(try await acts(yard) == 0)

            let line = try Line(yard)
            try await line.say("집 앞 도로에 구멍 났어")
            try await line.say("중앙로 12 앞")
            try await line.say("네")
            #expect(line.receipt != nil, "\(line.said)")
            #expect(try await acts(yard) == 1)
            let acted = try #require(try await yard.events(AIUseActed.type).first)
            let submitted = try #require(try await yard.events(RequestEvents.submitted).first)
            #expect(acted.payload["act"]?.text == submitted.id.description)
            // What was done is counted at once, as what is handed over is; how it ends adds nothing.
            #expect(try await yard.events().compactMap { AIUseJudged($0) }.map(\.verdict) == [.kept])
            let tenant = try Caller.officer.tenant
            func ends() async throws -> [String] {
                try await yard.district.store.read {
                    try EndingTable.since(Timestamp(microseconds: 0), for: tenant, in: $0)
                }.map(\.outcome).sorted()
            }
            #expect(try await ends() == ["abandoned", "done"])
            try await line.say("아니요")
            #expect(try await acts(yard) == 1)
            // What it is judged by names the act, and how they spoke.
            let judged = try #require(try await yard.events().compactMap { AIUseJudged($0) }.last)
            #expect(judged.verdict == .kept && judged.act == submitted.id && judged.groups["speech"] == "standard")
            yard.clock.advance(by: Conversations.silence + 60)
            await ConversationSweep(conversations: line.conversations, spine: yard.spine).sweep()
            #expect(try await yard.events().compactMap { AIUseJudged($0) }.count == 1)
            #expect(try await ends() == ["abandoned", "done"])

            // An answer leaves nothing on the Record, and is counted as a call.
            let asked = try Line(yard)
            try await asked.say("백사십삼 번 언제 와")
            try await asked.say("시청 앞")
            #expect(asked.phase == "finished", "\(asked.said)")
            let (use, now) = (asked.conversations.use, yard.clock.read())
            #expect(try await yard.district.store.read { try use.acts(in: $0, on: now) }.ever == 2)
            #expect(try await ends() == ["abandoned", "done", "looked-up"])

            let other = try Line(yard)
            try await other.say("침대 버릴라카는데 우째야 되노")
            try await other.say("기계 말고 사람")
            #expect(try await acts(yard) == 2)
            let escalated = try #require(try await yard.events().compactMap { AIUseJudged($0) }.last)
            #expect(escalated.verdict == .escalated && escalated.groups["speech"] == "gyeongsang")
            #expect(try await yard.rebuildsAlike())
        }
    }

    @Test("whoever speaks is told what the register has them told")
    func notice() async throws {
        try await TalkHouse.with(isServed: false) { yard in
            let line = try Line(yard)
            try await line.send(.start)
            #expect(line.answer["notice"]?.text?.contains("인공지능") == true)
            let words = Words("이 상담은 해솔시 인공지능이 돕습니다.", "The AI of Haesol helps here.")
            try await yard.district.record(
                [
                    Draft(
                        AIUseNoticed.type, stream: "use/\(Conversations.useID)", scope: .zone,
                        payload: AIUseNoticed(use: Conversations.useID, words: words).payload)
                ], origin: Origin(author: .system("test")))
            try await line.say("버스 언제 와")
            #expect(line.answer["notice"]?.text?.contains(words.ko) == true)
            #expect(line.answer["notice"]?.text?.contains("사람이 아닌") == true)
        }
    }
}

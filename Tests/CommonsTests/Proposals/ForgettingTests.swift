import Access
import District
import HouseKit
import Record
import Store
import TestKit
import Testing

@testable import Commons

@Suite("Proposals: their writers can be forgotten, and write no faster than anybody", .serialized)
struct ForgettingTests {
    /// All that the tables and the opened Record say.
    private func everything(_ one: CommonsYard) async throws -> String {
        let tables = try await one.yard.district.dump().values.flatMap { $0 }
        let events = try await one.yard.events()
        let opened = try await one.yard.store.read { [log = one.yard.district.log] reader in
            try events.map { JSON.object(try log.disclosed($0, in: reader)).canonicalText }
        }
        return (tables + opened).joined(separator: "\n")
    }

    @Test(
        "what somebody wrote goes at once, and what others wrote stays; a rebuild gives the same",
        arguments: StoreUnderTest.all)
    func forgotten(on kind: StoreUnderTest) async throws {
        try await CommonsYard.with(kind) { one in
            let process = try await one.open()
            let id = try await one.propose(
                in: process, "앤의제목", "앤의본문 하나 둘 셋", ["plain": "앤의요약", "name": "앤의이름"])
            let other = try await one.propose(in: process, "보의제목", "보의본문 넷 다섯", by: CommonsYard.bo, ["plain": "보의요약"])
            let hash = try await PictureShelf.keep(
                PhotoPrivacyTests.pixel, by: CommonsYard.ann, in: one.yard.district)
            try await one.yard.perform(
                AddPicture.name, ["proposal": .string(id), "picture": .string(hash), "about": "앤의사진"],
                by: CommonsYard.ann)
            try await one.yard.perform(
                "commons.text.report", ["text": .string(other), "rule": "insult", "note": "앤의신고"], by: CommonsYard.ann)
            one.yard.clock.set("2026-12-02T09:00:00+09:00")
            func amend(_ proposal: String, _ word: String, by caller: Caller) async throws -> JSON {
                .string(
                    one.id(
                        try await one.yard.perform(
                            MakeAmendment.name,
                            [
                                "proposal": .string(proposal), "title": .string("\(word)수정제목"),
                                "body": .string("\(word)수정본문"), "why": .string("\(word)까닭"),
                            ], by: caller)))
            }
            // Bo's amendment replaces Ann's text, and Ann's one waits with Bo.
            let (taken, left) = (
                try await amend(id, "보의", by: CommonsYard.bo), try await amend(other, "앤의", by: CommonsYard.ann)
            )
            try await one.yard.perform(
                DecideAmendment.accept, ["amendment": taken, "reason": "앤의결정"], by: CommonsYard.ann)
            let before = try await everything(one)
            for word in ["제목", "본문", "요약", "이름", "사진", "신고", "수정제목", "수정본문", "까닭", "결정"] {
                #expect(before.contains("앤의\(word)"))
            }
            let record = try await one.yard.events().map { JSON.object($0.payload).canonicalText }.joined()
            #expect(!record.contains("앤의"), "nothing of it is plain on the Record")

            try await one.yard.perform(ForgetPerson.name, [:], by: CommonsYard.ann)
            #expect(!(try await everything(one)).contains("앤의"))
            #expect(try await one.yard.store.read { try PictureShelf.find(hash, in: $0) } == nil)
            let after = try await one.proposal(id)
            #expect(after.title == "보의수정제목" && after.text.body == "보의수정본문" && after.text.name == nil)
            #expect(after.plain == nil, "the summary was Ann's, whoever wrote the text since")
            #expect(try await one.proposal(other).plain == "보의요약")
            #expect(
                try await one.code(
                    DecideAmendment.accept, ["amendment": left, "reason": "x"], by: CommonsYard.bo)
                    == "amendment.closed", "what was erased replaces nothing")
            #expect(try await one.yard.rebuildsAlike())

            // Whoever goes on writing is not forgotten again by a rebuild.
            let since = try await amend(other, "다시", by: CommonsYard.ann)
            #expect(try await one.yard.rebuildsAlike())
            #expect(try await one.text(since.text ?? "").body == "다시수정본문")
        }
    }

    @Test("for another person an officer alone asks, with a reason, and for somebody who is there")
    func refused() async throws {
        try await CommonsYard.with { one in
            let id = try await one.propose(in: try await one.open())
            let cases: [([String: JSON], Caller, String?)] = [
                (["account": "ann", "reason": "부탁"], CommonsYard.bo, "account.own"),
                (["account": "ann"], .officer, "reason.required"),
                (["account": "nobody", "reason": "부탁"], .officer, "account.unknown"),
                ([:], .system("x"), "commons.person"),
                (["account": "ann", "reason": "전화로 요청받음"], .officer, nil),
            ]
            for (values, caller, code) in cases {
                #expect(try await one.code(ForgetPerson.name, values, by: caller) == code)
            }
            #expect(try await one.text(id).body == nil)
            #expect(try await one.yard.refusal(ForgetPerson.name, [:], by: .anonymous())?.kind == .unauthenticated)
            #expect(ForgetPerson.command.form.confirmation == .readBack)
        }
    }

    @Test("a text is written anew no faster than new ones, and its versions come ten on a page")
    func pace() async throws {
        try await CommonsYard.with { one in
            let process = try await one.open()
            let id = try await one.propose(in: process)
            func revise(_ number: Int) async throws -> Refusal? {
                try await one.yard.refusal(
                    ReviseProposal.name,
                    ["proposal": .string(id), "title": "건널목", "body": .string("건널목에서 멈추기 \(number)")],
                    by: CommonsYard.ann)
            }
            #expect(try await revise(1) == nil)
            #expect(try await revise(2) == nil)
            let fast = try await revise(3)
            #expect(fast?.kind == .tooOften && fast?.code == "text.rate")
            for number in 3...12 {
                one.yard.clock.advance(by: 700)
                #expect(try await revise(number) == nil)
            }
            try await serving(one.yard.spine, rooms: [try Commons()]) { served in
                let (new, old) = (
                    try await served.client.send("GET", "/commons/proposals/\(id)/texts", [("Accept-Language", "ko")])
                        .text,
                    try await served.client.send(
                        "GET", "/commons/proposals/\(id)/texts?before=4", [("Accept-Language", "ko")]
                    ).text
                )
                #expect(new.ranges(of: "번째 판</h2>").count == 10 && new.contains("4번째 판") && !new.contains(">3번째 판"))
                #expect(new.contains("/texts?before=4"))
                #expect(old.ranges(of: "번째 판</h2>").count == 3 && !old.contains("더 오래된 판"))
            }
        }
    }
}

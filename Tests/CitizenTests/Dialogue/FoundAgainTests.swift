import District
import Record
import Testing

@testable import Citizen

/// What was asked for is found again by voice, with the number as people say it and without one.
struct FoundAgainTests {
    private static func filed(_ yard: TalkHouse) async throws -> Line {
        let line = try Line(yard)
        for text in ["가로등이 고장났어요", "솔마루로 12 앞", "네"] { try await line.say(text) }
        try await line.settle()
        try #require(line.receipt == "T-100001", "\(line.said)")
        return line
    }

    @Test("after a receipt no number is asked for, and its page is one link away")
    func sameConversation() async throws {
        try await TalkHouse.with { yard in
            let line = try await Self.filed(yard)
            #expect(line.links.contains { $0.hasPrefix("/citizen/requests/") }, "\(line.links)")
            for text in ["내가 신청한 거 어떻게 됐어", "아까 그거", "그거 언제 돼요"] {
                try await line.say(text)
                #expect(line.phase == "finished", "\(text): \(line.said)")
                #expect(line.said.contains("T-100001번 ‘가로등 고장 신고’ 건은 접수되었습니다."), "\(text): \(line.said)")
            }
        }
    }

    @Test("in another conversation the number is heard however it is said, and tells only where it stands")
    func number() async throws {
        try await TalkHouse.with { yard in
            _ = try await Self.filed(yard)
            for text in ["T에 십만일", "티 일공공공공일", "일공공공공일번이요", "T100001", "t 100001"] {
                let line = try Line(yard)
                try await line.say("내 접수 어떻게 됐는지")
                #expect(line.phase == "filling", "\(line.said)")
                try await line.say(text)
                #expect(line.said.contains("T-100001번은 접수되었습니다."), "\(text): \(line.said)")
                #expect(!line.said.contains("가로등") && !line.said.contains("도로관리과"), "\(line.said)")
            }
            for text in ["접수번호 T-100001 어떻게 됐어요", "T-100001 어떻게 됐어", "T-100001"] {
                let line = try Line(yard)
                try await line.say(text)
                #expect(line.said.contains("T-100001번은 접수되었습니다."), "\(text): \(line.said)")
            }
        }
    }

    @Test("whoever has no number is told what to do, and a person is offered", arguments: [true, false])
    func forgotten(isAsked: Bool) throws {
        for text in isAsked ? ["번호를 몰라", "잊어버렸어"] : ["접수번호 잊어버렸어", "번호를 몰라"] {
            var talk = try Talk()
            if isAsked { talk.say("접수 조회") }
            let said = talk.say(text)
            #expect(said.text.contains("전화번호를 말씀하시면 찾아 드립니다"), "\(text): \(said.text)")
            #expect(talk.dialogue.phase == .offering && talk.commits.isEmpty, "\(said.text)")
        }
    }

    @Test(
        "what was asked for before is asked about, and not asked for anew",
        arguments: [
            ("등본 신청한 거 언제 와", Language.ko), ("what happened to my request", .en), ("접수 조회", .ko),
            ("가로등 신고한 거 언제 고쳐 줘요", .ko), ("침대 신청했는데 아직 안 가져가요", .ko),
        ])
    func before(_ text: String, _ language: Language) throws {
        var talk = try Talk()
        talk.dialogue.tongue = language.rawValue
        talk.say(text)
        #expect(
            talk.dialogue.intent == "lookup:status" && talk.dialogue.phase == .filling, "\(talk.dialogue.last.text)")
        #expect(talk.dialogue.answers.isEmpty)
    }
}

import Access
import District
import HouseKit
import Record
import Store
import TestKit
import Testing

@testable import Commons

@Suite("A ballot by voice")
struct VoiceBoothTests {
    /// Somebody who speaks with the room, as the house's listener does for them.
    private struct Voter {
        let polling: Polling
        let booth = VoiceBooth()
        let line = "line-1"

        /// What is said next; with a mark where it is the last word.
        func say(_ text: String, wanted: String = "") async throws -> String {
            do {
                let words = try await booth.hear(
                    text, line: line, wanted: wanted, by: .anonymous(), in: polling.yard.district)
                return "END \(words.ko)"
            } catch let refusal as Refusal where refusal.kind == .invalid && refusal.faults.first?.field == "said" {
                return refusal.faults[0].words.ko
            } catch let refusal as Refusal {
                return "END \(refusal.words.ko)"
            }
        }

        /// The code in groups of four, letter by letter.
        func spell(_ code: String) async throws -> String {
            let letters = code.filter(\.isLetter)
            var last = ""
            for start in stride(from: 0, to: 16, by: 4) {
                last = try await say(letters.dropFirst(start).prefix(4).map { "\($0)" }.joined(separator: " "))
            }
            return last
        }
    }

    private static let voice: [String: JSON] = ["voice": true]

    @Test(
        "permitted: the code, the options in their order, what is chosen with what is left, all read back, a yes, the number",
        arguments: StoreUnderTest.all)
    func story(_ kind: StoreUnderTest) async throws {
        try await Polling.with(kind) { yard in
            let (polling, codes) = try await Polling.open(yard, Self.voice)
            let voter = Voter(polling: polling)
            #expect(try await voter.say("").contains("열여섯 글자"))
            let first = codes[1].filter(\.isLetter).prefix(4).map { "\($0)" }.joined(separator: " ")
            #expect(try await voter.say(first).hasPrefix("\(first). 다음 글자"))
            #expect(try await voter.say("지워").contains("지웠습니다"))
            let options = try await voter.spell(codes[1])
            #expect(options.contains("1번, 쉼터, 60원. 2번, 가로등, 40원. 3번, 꽃밭, 50원."), "\(options)")
            #expect(try await voter.say("글쎄요").contains("알아듣지 못했습니다"))
            #expect(try await voter.say("일번이요").contains("남은 예산은 40원"))
            #expect(try await voter.say("3번").contains("넘었습니다"), "what does not fit is refused and not chosen")
            #expect(try await voter.say("2번").contains("남은 예산은 0원"))
            let ballot = try await voter.say("끝")
            #expect(ballot.contains("1번 쉼터, 2번 가로등. 모두 2개") && ballot.contains("이대로 투표할까요"), "\(ballot)")
            #expect(try await voter.say("네 그런데").contains("투표하지 않았습니다"))
            #expect(try await polling.counts() == (0, 0), "nothing is cast before a yes")
            #expect(try await voter.say("아니요").contains("그대로 두었습니다"))
            #expect(try await voter.say("2번 빼").contains("고른 것: 1번 쉼터."))
            #expect(try await voter.say("다 골랐어요").contains("모두 1개"))
            let said = try await voter.say("네, 투표합니다")
            #expect(try await polling.counts() == (1, 1))
            // The number that is said is the ballot's, and the ballot is what was read back.
            // An R may be among its own letters: only the first one leads to it.
            let begin = said.firstRange(of: "R. ")?.upperBound ?? said.endIndex
            let letters = said[begin...].prefix { $0 != "한" }.filter(\.isLetter)
            let number = try #require(BallotNumber.typed(String(letters)), "\(said)")
            let cast = try await yard.store.read { try CastTable.all(of: polling.vote, limit: 10, in: $0) }
            #expect(cast.map(\.number) == [number])
            #expect(try await voter.say("끝").hasPrefix("END"))
            // Who has voted has voted: the code is turned away at once.
            let again = Voter(polling: polling)
            _ = try await again.say("")
            #expect(try await again.spell(codes[1]).contains("이미 투표하셨습니다"))
            let found = try await polling.finish()
            #expect(found.result?["ballots"]?.integer == 1)
        }
    }

    @Test("a single choice goes to the read-back at once; a blank ballot is one")
    func single() async throws {
        try await Polling.with { yard in
            let (polling, codes) = try await Polling.open(
                yard, ["voice": true, "method": "approval", "limit": .null, "most": 1], rule: ["method": "most"])
            let voter = Voter(polling: polling)
            _ = try await voter.say("")
            #expect(try await voter.spell(codes[0]).contains("하나만 고를 수 있습니다"))
            #expect(try await voter.say("일번 이번").contains("1개까지"))
            #expect(try await voter.say("꽃밭이요").contains("3번 꽃밭. 모두 1개"))
            _ = try await voter.say("처음부터")
            #expect(try await voter.say("백지").contains("백지입니다"))
            #expect(try await voter.say("네").contains("투표함에 들어갔습니다"))
        }
    }

    @Test(
        "a code that is none is asked for again, three times; a wrong letter is told from it; a letter that no code has too"
    )
    func codes() async throws {
        try await Polling.with { yard in
            let (polling, codes) = try await Polling.open(yard, Self.voice)
            let voter = Voter(polling: polling)
            _ = try await voter.say("")
            #expect(try await voter.say("에이 비 아이 디").contains("I 글자가 없습니다"))
            #expect(try await voter.say("무슨 말이에요").contains("글자로 알아듣지 못했습니다"))
            let good = Array(codes[0].filter(\.isLetter))
            let wrong = String([good[0] == "A" ? "B" : "A"] + good.dropFirst())
            #expect(try await voter.spell(wrong).contains("틀린 글자가 있습니다"))
            #expect(try await polling.counts() == (0, 0))
            var draw = SystemRandomNumberGenerator()
            for turn in 1...3 {
                let answer = try await voter.spell(BallotCode(using: &draw).letters)
                #expect(answer.contains("이 투표의 코드가 아닙니다") && answer.hasPrefix("END") == (turn == 3), "\(answer)")
            }
            #expect(try await voter.say("네").contains("끊겨"), "a line that is over begins anew")
        }
    }

    @Test("not permitted, or nothing open: it is said, and how to vote instead")
    func refused() async throws {
        try await Polling.with { yard in
            let none = Voter(polling: Polling(yard: yard, vote: ""))
            #expect(try await none.say("").contains("지금 하는 투표가 없습니다"))
            let (polling, _) = try await Polling.open(yard)
            let voter = Voter(polling: polling)
            let said = try await voter.say("")
            #expect(said.hasPrefix("END") && said.contains("창구") && said.contains("인터넷 주소"), "\(said)")
        }
    }

    @Test("of two votes it is asked which; one that is named is taken")
    func which() async throws {
        try await Polling.with { yard in
            let (polling, codes) = try await Polling.open(yard, Self.voice)
            yard.clock.set("2026-11-21T09:00:00+09:00")
            let (other, _) = try await Polling.open(yard, ["voice": true, "title": "공원 이름"])
            let voter = Voter(polling: polling)
            let asked = try await voter.say("")
            #expect(asked.contains("어느 투표"), "\(asked)")
            #expect(try await voter.say("마을 예산이요").contains("‘마을 예산’ 투표입니다"))
            #expect(try await voter.spell(codes[0]).contains("확인했습니다"))
            let direct = VoiceBooth()
            await #expect(throws: Refusal.self) {
                _ = try await direct.hear(
                    "", line: "x", wanted: other.vote, by: .anonymous(), in: polling.yard.district)
            }
        }
    }

    @Test(
        "a vote says so before the first ballot, on the Record, and only where its ballots, its voters and its process permit"
    )
    func setUp() async throws {
        try await Polling.with { yard in
            let cases: [([String: JSON], String)] = [
                (["method": "points", "limit": .null, "points": 5], "voice.method"),
                (["method": "ranked", "limit": .null], "voice.method"), (["accountless": false], "voice.account"),
            ]
            for (more, code) in cases {
                let values = Polling.values(Self.voice.merging(more) { $1 })
                #expect(try await yard.refusal("commons.vote.set-up", values, by: .officer)?.code == code)
            }
            let closed = try await yard.perform(OpenProcess.name, CommonsYard.opening(), by: .officer)
            let open = try await yard.perform(
                OpenProcess.name, CommonsYard.opening(["voice": true, "accountless": true]), by: .officer)
            func process(_ outcome: Outcome) -> JSON {
                .string(String(outcome.events[0].stream.split(separator: "/").last ?? ""))
            }
            // Within the vote phase of the process.
            let phase: [String: JSON] = ["begins": "2026-12-15T09:00:00+09:00", "ends": "2026-12-20T18:00:00+09:00"]
            func values(_ outcome: Outcome) -> [String: JSON] {
                Polling.values(phase.merging(["voice": true, "process": process(outcome)]) { $1 })
            }
            #expect(
                try await yard.refusal("commons.vote.set-up", values(closed), by: .officer)?.code == "voice.process")
            let polling = try await Polling.ruled(
                yard, phase.merging(["voice": true, "process": process(open)]) { $1 })
            let fixed = try await yard.last(BallotEvents.ruleFixed)
            #expect(fixed?.payload["voice"] == true)
            let found = try await yard.store.read { try VoteTable.find(polling.vote, in: $0) }
            #expect(found?.vote.votesByVoice == true)
        }
    }
}

import Access
import District
import HouseKit
import Record
import Store
import TestKit
import Testing

@testable import Commons

@Suite("What the commands about votes refuse", .serialized)
struct VoteRefusalTests {
    private static let one: JSON = ["name": "하나", "cost": "1"]
    private static let wrong: [(more: [String: JSON], field: String, rule: String)] = [
        (["ends": "2026-11-22T08:00:00+09:00"], "ends", "order"),
        (["begins": "2026-11-20T08:00:00+09:00"], "begins", "past"), (["options": .array([one])], "options", "few"),
        (["options": .array([["name": "a", "key": "x"], ["name": "b", "key": "x"]])], "options", "twice"),
        (["options": .array([["name": "a", "key": "가"], one])], "options", "identifier"),
        (["options": .array([["name": "a", "cost": "101"], one])], "options", "dear"),
        (["limit": .null], "limit", "required"),
        (["options": [["name": "쉼터", "cost": "60"], ["name": "쉼터", "cost": "40"]]], "options[1].name", "same-name"),
        (["method": "points", "limit": .null], "points", "required"),
    ]

    @Test("a vote that cannot be set up names the field and the rule")
    func setUp() async throws {
        try await Polling.with { yard in
            for (more, field, rule) in Self.wrong {
                let refusal = try await yard.refusal("commons.vote.set-up", Polling.values(more), by: .officer)
                let faults = refusal?.faults ?? []
                #expect(faults.contains { $0.field == field && $0.rule == rule }, "\(rule): \(faults)")
            }
        }
    }

    @Test("only an officer sets up, fixes, opens, closes and enters")
    func permission() async throws {
        try await Polling.with { yard in
            let polling = try await Polling.ruled(yard)
            for caller in [Polling.citizen, .executive("firm-a"), .anonymous()] {
                #expect(try await yard.refusal("commons.vote.set-up", Polling.values(), by: caller) != nil)
                for command in ["commons.vote.open", "commons.vote.close", "commons.paper.enter"] {
                    let code = try await polling.refusal(command, ["sheet": "1"], by: caller)
                    #expect(
                        code?.hasPrefix("access.") == true || code == "form.invalid", "\(command) \(code ?? "done")")
                }
                await #expect(throws: Refusal.self) { try await polling.desk.issue(polling.vote, by: caller) }
            }
        }
    }

    @Test("the rule goes with the ballots, is fixed once, and before the vote begins; nothing opens without it")
    func rule() async throws {
        try await Polling.with { yard in
            let outcome = try await yard.perform("commons.vote.set-up", Polling.values(), by: .officer)
            let polling = Polling(yard: yard, vote: String(outcome.events[0].stream.dropFirst("vote/".count)))
            #expect(try await polling.refusal("commons.vote.open") == "vote.state")
            #expect(try await polling.refusal("commons.vote.fix-rule", ["method": "run-off"]) == "rule.kind")
            #expect(try await polling.refusal("commons.vote.fix-rule", ["method": "greedy"]) == nil)
            #expect(try await polling.refusal("commons.vote.fix-rule", ["method": "shares"]) == "vote.state")
            let late = try await yard.perform("commons.vote.set-up", Polling.values(), by: .officer)
            yard.clock.set("2026-11-22T09:00:01+09:00")
            let other = Polling(yard: yard, vote: String(late.events[0].stream.dropFirst("vote/".count)))
            #expect(try await other.refusal("commons.vote.fix-rule", ["method": "greedy"]) == "rule.late")
            #expect(try await Polling(yard: yard, vote: "none").refusal("commons.vote.open") == "vote.unknown")
        }
    }

    @Test("who asked never decides, and nobody takes over whom the list has with another account")
    func own() async throws {
        try await Polling.with { yard in
            let polling = try await Polling.ruled(yard, people: 3)
            func open() async throws -> CensusTable.Gap {
                try #require(
                    try await yard.store.read { try CensusTable.gaps(polling.vote, state: "open", in: $0).first })
            }
            func accept(_ gap: CensusTable.Gap, by caller: Caller) async throws -> String? {
                let values: [String: JSON] = ["request": .string(gap.id), "decision": "accept", "reason": "확인했습니다."]
                return try await yard.refusal("commons.census.decide", values, by: caller)?.code
            }
            let counter: [String: JSON] = ["name": "새 사람", "identifier": "p9", "why": "창구에 오셨습니다."]
            #expect(try await polling.refusal("commons.census.ask", counter) == nil)
            let asked = try await open()
            #expect(try await accept(asked, by: .officer) == "census.own")
            #expect(try await accept(asked, by: Polling.second) == nil)
            // p1 is citizen-1's: another account does not become theirs by one officer's yes.
            let taking: [String: JSON] = ["name": "사람 1", "identifier": "p1", "account": true, "why": "제 계정입니다."]
            #expect(try await polling.refusal("commons.census.ask", taking, by: Polling.third) == nil)
            #expect(try await accept(try await open(), by: .officer) == "census.linked")
            let kept = try await yard.store.read { try CensusTable.entry(polling.vote, account: "citizen-1", in: $0) }
            #expect(kept?.name == "사람 1")
        }
    }

    @Test("no vote opens with nobody on the list or a request undecided; decisions have their rules")
    func census() async throws {
        try await Polling.with { yard in
            let polling = try await Polling.ruled(yard, people: 3)
            let asks: [String: JSON] = ["name": "새 사람", "identifier": "p9", "why": "이사를 왔습니다."]
            #expect(
                try await polling.refusal(
                    "commons.census.ask", ["name": "사람 2", "identifier": "p-2", "why": "?"], by: Polling.citizen)
                    == "census.there")
            #expect(
                try await polling.refusal(
                    "commons.census.ask", asks.merging(["account": true]) { $1 }, by: Polling.citizen)
                    == "census.matched")
            #expect(try await polling.refusal("commons.census.ask", asks, by: Polling.citizen) == nil)
            #expect(
                try await polling.refusal(
                    "commons.census.ask", asks.merging(["identifier": "p8"]) { $1 }, by: Polling.citizen)
                    == "census.waiting")
            #expect(try await polling.refusal("commons.vote.open") == "census.gaps")
            let gap = try #require(
                try await yard.store.read { try CensusTable.gaps(polling.vote, state: "open", in: $0).first })
            #expect(gap.name == "새 사람" && gap.asker == "citizen-1")
            let decide: [String: JSON] = ["request": .string(gap.id), "decision": "accept", "reason": "전입을 확인했습니다."]
            #expect(try await yard.refusal("commons.census.decide", decide, by: Polling.citizen)?.kind == .forbidden)
            #expect(try await yard.refusal("commons.census.decide", decide, by: .officer) == nil)
            #expect(try await yard.refusal("commons.census.decide", decide, by: .officer)?.code == "census.decided")
            #expect(try await yard.store.read { try CensusTable.count(polling.vote, in: $0) } == 4)
            #expect(try await polling.refusal("commons.census.import", ["list": "id,name\np1,a\n"]) == "census.nobody")
            #expect(try await polling.refusal("commons.vote.open") == nil)
            #expect(try await polling.refusal("commons.census.import", ["list": "id,name\nq1,a\n"]) == "vote.state")
            #expect(try await yard.rebuildsAlike())
            let event = try #require(try await yard.last(CensusTable.imported))
            #expect(!JSON.object(event.payload).canonicalText.contains("부두로"), "names and addresses are in the vault")
        }
    }

    @Test("ballots are taken from the beginning to the end, and the vote closes after it")
    func times() async throws {
        try await Polling.with { yard in
            let polling = try await Polling.ruled(yard)
            let code = try await polling.desk.issue(polling.vote, by: .officer)[0].code
            #expect(try await polling.refused("1", code: code) == "vote.not-open")
            try await polling.ask("commons.vote.open")
            #expect(try await polling.refused("1", code: code) == "vote.not-open", "not before it begins")
            yard.clock.set("2026-11-22T09:00:00+09:00")
            #expect(try await polling.refusal("commons.vote.close") == "vote.early")
            yard.clock.set(Polling.ends)
            #expect(try await polling.refused("1", code: code) == "vote.not-open")
            #expect(try await polling.refusal("commons.vote.close") == nil)
            #expect(try await polling.refusal("commons.vote.close") == "vote.state")
        }
    }

    @Test("a lost letter's code ends when a new one is made, and whoever has voted gets none")
    func replaced() async throws {
        try await Polling.with { yard in
            let polling = try await Polling.ruled(yard, people: 2)
            let letters = try await polling.desk.issue(polling.vote, by: .officer)
            await #expect(throws: Refusal.self) { try await polling.desk.issue(polling.vote, by: .officer) }
            try await polling.ask("commons.vote.open")
            yard.clock.set("2026-11-22T09:00:00+09:00")
            let entries = try await yard.store.read {
                try CensusTable.entries(polling.vote, name: letters[0].name, limit: 1, in: $0)
            }
            let lost = entries[0]
            let new = try await polling.desk.replace(polling.vote, entry: lost.entry, reason: "편지를 잃어버림", by: .officer)
            #expect(try await polling.refused("1", code: letters[0].code) == "code.unknown")
            #expect(try await polling.refused("1", code: new.code) == nil)
            await #expect(throws: BallotBox.voted) {
                try await polling.desk.replace(polling.vote, entry: lost.entry, reason: "또", by: .officer)
            }
            await #expect(throws: BallotBox.voted) {
                try await polling.desk.givePaper(polling.vote, entry: lost.entry, by: .officer)
            }
        }
    }

    @Test("a sheet is entered by two people; where they differ a third decides; spoilt ones are counted apart")
    func paper() async throws {
        try await Polling.with { yard in
            let (polling, codes) = try await Polling.open(yard)
            let entries = try await yard.store.read {
                try CensusTable.entries(polling.vote, limit: 5, in: $0).map(\.entry)
            }
            for entry in entries.prefix(3) {
                try await polling.desk.givePaper(polling.vote, entry: entry, by: .officer)
            }
            func enter(_ sheet: String, _ choices: String, _ caller: Caller, spoilt: Bool = false) async throws
                -> String?
            {
                try await polling.refusal(
                    "commons.paper.enter",
                    ["sheet": .string(sheet), "choices": .string(choices), "spoilt": .bool(spoilt)], by: caller)
            }
            #expect(try await enter("1", "1", .officer) == nil)
            #expect(try await enter("1", "1", .officer) == "paper.same-person")
            #expect(try await enter("1", "1", Polling.second) == nil)
            #expect(try await enter("1", "1", Polling.third) == "paper.settled")
            #expect(try await enter("2", "1, 3", .officer) == "ballot.invalid")
            #expect(try await enter("2", "1", .officer) == nil)
            #expect(try await enter("2", "3", Polling.second) == nil)
            yard.clock.set(Polling.ends)
            #expect(try await polling.refusal("commons.vote.close") == "paper.unsettled")
            #expect(try await enter("2", "3", Polling.third) == nil)
            #expect(try await enter("3", "", .officer, spoilt: true) == nil)
            #expect(try await enter("3", "", Polling.second, spoilt: true) == nil)
            #expect(try await enter("4", "1", .officer) == "paper.more", "four sheets, three handed out")
            #expect(try await polling.refusal("commons.vote.close") == nil)
            #expect(codes.count == 12)
        }
        try await Polling.with { yard in
            let (polling, codes) = try await Polling.open(yard)
            let entry = try await yard.store.read {
                try CensusTable.entries(polling.vote, name: "사람 2", limit: 1, in: $0)[0].entry
            }
            try await polling.desk.givePaper(polling.vote, entry: entry, by: .officer)
            let own = try await polling.refused("2", code: codes[1])
            #expect(own == "vote.voted", "whoever took a sheet votes no other way")
            for caller in [Caller.officer, Polling.second] {
                try await polling.ask("commons.paper.enter", ["sheet": "A7", "choices": "2"], by: caller)
            }
            _ = try await polling.cast("1", code: codes[2])
            let found = try await polling.finish()
            #expect(found.result?["paper"]?.integer == 1 && found.result?["online"]?.integer == 1)
            #expect(try await yard.rebuildsAlike())
        }
    }
}

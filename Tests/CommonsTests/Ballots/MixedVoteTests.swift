import Access
import District
import HouseKit
import Record
import Store
import TestKit
import Testing

@testable import Commons

@Suite("Paper and online in one vote: one person, one ballot", .serialized)
struct MixedVoteTests {
    private func entry(_ polling: Polling, _ name: String) async throws -> String {
        try await polling.yard.store.read {
            try CensusTable.entries(polling.vote, name: name, limit: 1, in: $0)[0].entry
        }
    }

    @Test(
        "whoever votes one way votes no other way, in either order, by code or account", arguments: StoreUnderTest.all)
    func either(on kind: StoreUnderTest) async throws {
        try await Polling.with(kind) { yard in
            let (polling, codes) = try await Polling.open(yard)
            // Online first: no sheet.
            _ = try await polling.cast("1", by: Polling.citizen)
            let own = try await yard.store.read {
                try CensusTable.entry(polling.vote, account: "citizen-1", in: $0)?.entry
            }
            await #expect(throws: BallotBox.voted) {
                try await polling.desk.givePaper(polling.vote, entry: own ?? "", by: .officer)
            }
            #expect(
                try await polling.refused("1", code: codes[0]) == "vote.voted", "nor by the code of the same person")
            // A sheet first: neither code nor account, and no second sheet.
            let paper = try await entry(polling, "사람 3")
            try await polling.desk.givePaper(polling.vote, entry: paper, by: .officer)
            #expect(try await polling.refused("1", code: codes[2]) == "vote.voted")
            await #expect(throws: BallotBox.voted) {
                try await polling.desk.givePaper(polling.vote, entry: paper, by: Polling.second)
            }
            let counts = try await polling.counts()
            #expect(counts.ballots == 1 && counts.marks == 2)
        }
    }

    @Test("a sheet and a code of the same person at the same moment: one of them stands", arguments: StoreUnderTest.all)
    func together(on kind: StoreUnderTest) async throws {
        try await Polling.with(kind) { yard in
            let (polling, codes) = try await Polling.open(yard)
            for number in 2...7 {
                let person = try await entry(polling, "사람 \(number)")
                async let sheet = isGiven(polling, person)
                async let ballot = polling.isTaken("1", code: codes[number - 1])
                let (given, taken) = (await sheet, await ballot)
                #expect(given != taken, "exactly one of the two")
            }
            #expect(try await polling.counts().marks == 6)
        }
    }

    private func isGiven(_ polling: Polling, _ person: String) async -> Bool {
        do {
            try await polling.desk.givePaper(polling.vote, entry: person, by: .officer)
            return true
        } catch {
            return false
        }
    }

    @Test(
        "paper entered by two, a third where they differ, spoilt and blank ones, and online ballots are one count",
        arguments: StoreUnderTest.all)
    func counted(on kind: StoreUnderTest) async throws {
        try await Polling.with(kind) { yard in
            let (polling, codes) = try await Polling.open(yard)
            for number in 8...12 {
                try await polling.desk.givePaper(
                    polling.vote, entry: try await entry(polling, "사람 \(number)"), by: .officer)
            }
            func enter(_ sheet: String, _ choices: String, _ caller: Caller, spoilt: Bool = false) async throws {
                try await polling.ask(
                    "commons.paper.enter",
                    [
                        "sheet": .string(sheet), "choices": .string(choices), "spoilt": .bool(spoilt),
                        "blank": .bool(choices.isEmpty && !spoilt),
                    ], by: caller)
            }
            for (sheet, choices) in [("1", "2"), ("2", "")] {
                try await enter(sheet, choices, .officer)
                try await enter(sheet, choices, Polling.second)
            }
            // They differ: the third decides, and what the first read is not counted.
            try await enter("3", "1", .officer)
            try await enter("3", "3", Polling.second)
            try await enter("3", "3", Polling.third)
            for caller in [Caller.officer, Polling.second] { try await enter("4", "", caller, spoilt: true) }
            // The fifth sheet was never handed back.
            for code in codes[1..<5] { _ = try await polling.cast("1, 2", code: code) }
            let found = try await polling.finish()
            let result = found.result
            #expect(found.vote.state == .counted)
            let numbers = ["ballots", "online", "paper", "spoilt", "blank"].map { result?[$0]?.integer }
            #expect(numbers == [7, 4, 3, 1, 1])
            #expect(found.closed?["took_paper"]?.integer == 5 && found.closed?["voted_online"]?.integer == 4)
            let said = try await VoteCounter(district: yard.district).ballots(of: polling.vote).map(\.ballot.options)
            #expect(said.count { $0 == ["3"] } == 1 && said.count { $0 == ["1"] } == 0)
            // What clerks entered is in the vault, under the vote.
            let events = try await yard.events().filter { $0.type == BallotEvents.paperEntered }
            #expect(events.count == 9 && events.allSatisfy { $0.payload["said"]?["commitment"] != nil })
            #expect(try await yard.rebuildsAlike())
        }
    }
}

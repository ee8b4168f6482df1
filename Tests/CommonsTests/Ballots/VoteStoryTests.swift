import Access
import District
import HouseKit
import Record
import Store
import TestKit
import Testing

@testable import Commons

@Suite("A vote, from its beginning to its count", .serialized)
struct VoteStoryTests {
    @Test(
        "ballots by code and by account are counted by the rule that was fixed; tables come again from the Record",
        arguments: StoreUnderTest.all)
    func whole(on kind: StoreUnderTest) async throws {
        try await Polling.with(kind) { yard in
            let (polling, codes) = try await Polling.open(yard)
            #expect(Set(codes).count == 12)
            for (place, code) in codes.dropFirst(2).enumerated() {
                _ = try await polling.cast(place < 6 ? "1" : "3", code: code)
            }
            let receipt = try await polling.cast("1, 2", by: Polling.citizen).receipt
            #expect(try await polling.refused("2", by: Polling.citizen) == "vote.voted")
            let voted = try await polling.counts()
            #expect(voted.ballots == 11 && voted.marks == 11)
            let found = try await polling.finish()
            #expect(found.vote.state == .counted && found.result?["ballots"]?.integer == 11)
            #expect(found.result?["digest"] == found.closed?["ballots"])
            #expect(found.result?["budget"]?["rule"]?["filling"] == "add-one-greedy")
            let sealed = try await VoteCounter(district: yard.district).ballots(of: polling.vote)
            #expect(sealed.first { $0.number == receipt.number }?.ballot.options == ["1", "2"])
            #expect(sealed.first { $0.number == receipt.number }?.commitment == receipt.commitment)
            #expect(try await yard.rebuildsAlike())
            // A second count changes nothing.
            let before = try await yard.events().count
            try await VoteCounter(district: yard.district).count(polling.vote)
            #expect(try await yard.events().count == before)
        }
    }

    @Test(
        "a thousand accounts without a credential change nothing: refused, counted, held back; one on the list still votes"
    )
    func accounts() async throws {
        try await Polling.with { yard in
            let (polling, _) = try await Polling.open(yard)
            let before = try await yard.events().count
            for number in 1...1000 {
                let code = try await polling.refused("1", by: .person("fake-\(number)", [.citizen]))
                #expect(code == (number <= 300 ? "census.not-there" : "code.too-often"))
            }
            let told = polling.wrong.refused(of: polling.vote)
            #expect(told == ["census.not-there": 300, "code.too-often": 700])
            let counts = try await polling.counts()
            #expect(counts.ballots == 0 && counts.marks == 0)
            #expect(try await yard.events().count == before)
            #expect(try await polling.refused("1", by: Polling.citizen) == nil)
            #expect(try await polling.refused("1", by: Polling.citizen) == "vote.voted")
            #expect(try await polling.counts().ballots == 1)
        }
    }

    @Test("the same code votes once, also when it is sent many times at the same moment", arguments: StoreUnderTest.all)
    func once(on kind: StoreUnderTest) async throws {
        try await Polling.with(kind) { yard in
            let (polling, codes) = try await Polling.open(yard)
            let taken = await withTaskGroup(of: Bool.self) { group in
                for _ in 0..<12 {
                    group.addTask { await polling.isTaken("1", code: codes[0]) }
                }
                return await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
            }
            let counts = try await polling.counts()
            #expect(taken == 1 && counts.ballots == 1 && counts.marks == 1)
        }
    }

    @Test("the same ballot sent again gives its receipt again, and is neither doubled nor changed")
    func again() async throws {
        try await Polling.with { yard in
            let (polling, codes) = try await Polling.open(yard)
            let number = "R-ABCD-EFGH-JKMN"
            let first = try await polling.cast("1", code: codes[0], number: number)
            let second = try await polling.cast("1", code: codes[0], number: number)
            #expect(!first.repeated && second.repeated && second.receipt == first.receipt)
            #expect(try await polling.refused("2", code: codes[0], number: number) == "ballot.differs")
            #expect(try await polling.counts().ballots == 1)
            #expect(try await polling.refused("1", code: codes[0]) == "vote.voted")
        }
    }

    @Test("a number that is another voter's takes nobody's ballot away: it is refused, and that voter still votes")
    func foreign() async throws {
        try await Polling.with { yard in
            let (polling, codes) = try await Polling.open(yard)
            let number = "R-ABCD-EFGH-JKMN"
            let first = try await polling.cast("1", code: codes[1], number: number)
            // `citizen-1` is the first of the list, who has not voted.
            for choices in ["1", "2"] {
                #expect(try await polling.refused(choices, code: codes[2], number: number) == "ballot.taken")
                #expect(try await polling.refused(choices, number: number, by: Polling.citizen) == "ballot.taken")
            }
            #expect(try await polling.refused("1", number: number) == "code.required", "nobody's receipt for nobody")
            var generator = SeededGenerator(seed: 4)
            let unknown = BallotCode(using: &generator).shown
            #expect(try await polling.refused("1", code: unknown, number: number) == "code.unknown")
            #expect(try await polling.counts().ballots == 1)
            // Under another number the second voter votes; what the first one chose is not found out by trying.
            #expect(try await polling.refused("2", code: codes[2]) == nil)
            for _ in 0..<5 {
                #expect(try await polling.refused("2", code: codes[2], number: number) == "ballot.differs")
            }
            #expect(try await polling.refused("1", code: codes[2], number: number) == "code.too-often")
            #expect(try await polling.cast("3", code: codes[3]).receipt != first.receipt, "others are not held back")
        }
    }

    @Test("what is wrong with a code is told, and unknown codes are bounded; a right one from elsewhere still votes")
    func codes() async throws {
        try await Polling.with { yard in
            let (polling, codes) = try await Polling.open(yard)
            #expect(try await polling.refused("1") == "code.required")
            #expect(try await polling.refused("1", code: "ABCD") == "code.typed")
            var generator = SeededGenerator(seed: 3)
            for _ in 0..<30 {
                let unknown = BallotCode(using: &generator).shown
                #expect(try await polling.refused("1", code: unknown) == "code.unknown")
            }
            #expect(try await polling.refused("1", code: codes[0]) == "code.too-often")
            #expect(try await polling.refused("1", code: codes[0], from: "192.0.2.2") == nil)
            yard.clock.advance(by: 3601)
            #expect(try await polling.refused("1", code: codes[1]) == nil)
        }
    }

    @Test("nothing leads from the Record or a ballot's table to who cast it")
    func apart() async throws {
        try await Polling.with { yard in
            let (polling, codes) = try await Polling.open(yard)
            _ = try await polling.cast("1", code: codes[1])
            _ = try await polling.cast("1", by: Polling.citizen)
            let events = try await yard.events().filter { $0.type == BallotEvents.cast }
            #expect(events.count == 2 && Set(events.map(\.correlation)).count == 2)
            let entries = try await yard.store.read {
                try CensusTable.entries(polling.vote, limit: 100, in: $0).map(\.entry)
            }
            for event in events {
                let text = JSON.object(event.payload).canonicalText
                #expect(event.author == .system("ballot-box") && event.cause == nil)
                #expect(!text.contains("citizen-1") && !entries.contains { text.contains($0) })
                #expect(event.payload["sealed"]?["commitment"] != nil, "what it says is in the vault")
                #expect(!text.contains("options"))
            }
            let columns = try await yard.store.read {
                try $0.query("SELECT * FROM commons_census_roll LIMIT 1", []).first?.values.count
            }
            #expect(columns == 4, "vote, entry, code, mark: no ballot and no time")
            #expect(try await yard.district.dump()["commons_census_roll"] == nil)
        }
    }

    @Test(
        "a ballot that was changed in the vault or dropped from the table is not counted, and the vote stays uncounted")
    func tampered() async throws {
        for damage in [
            "UPDATE commons_ballots_cast SET commitment = 'x' WHERE number = ?",
            "DELETE FROM record_vault WHERE event = (SELECT event FROM commons_ballots_cast WHERE number = ?)",
            "UPDATE record_vault SET sealed = x'00' WHERE event = (SELECT event FROM commons_ballots_cast WHERE number = ?)",
            """
            UPDATE record_events SET body = CAST(replace(CAST(body AS TEXT), '"paper":false', '"paper":true') AS BLOB)
            WHERE id = (SELECT event FROM commons_ballots_cast WHERE number = ?)
            """,
            "UPDATE record_events SET salt = zeroblob(32) WHERE id = (SELECT event FROM commons_ballots_cast WHERE number = ?)",
            "UPDATE record_events SET body = x'7b7d' WHERE id = (SELECT event FROM commons_ballots_cast WHERE number = ?)",
        ] {
            try await Polling.with { yard in
                let (polling, codes) = try await Polling.open(yard)
                let receipt = try await polling.cast("1", code: codes[0]).receipt
                _ = try await polling.cast("2", code: codes[1])
                try await yard.store.write { _ = try $0.execute(damage, [.text(receipt.number)]) }
                #expect(try await polling.finish().vote.state == .closed)
            }
        }
        try await Polling.with { yard in
            let (polling, codes) = try await Polling.open(yard)
            let receipt = try await polling.cast("1", code: codes[0]).receipt
            try await yard.store.write {
                _ = try $0.execute("DELETE FROM commons_ballots_cast WHERE number = ?", [.text(receipt.number)])
            }
            yard.clock.set(Polling.ends)
            #expect(try await polling.refusal("commons.vote.close") == "vote.roll")
        }
    }
}

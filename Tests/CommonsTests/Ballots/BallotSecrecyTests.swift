import Access
import District
import HouseKit
import Record
import Store
import TestKit
import Testing

@testable import Commons

@Suite("Who voted and what was voted stay apart", .serialized)
struct BallotSecrecyTests {
    /// The roll's rows as the database keeps them.
    private static func kept(_ yard: Yard, _ kind: StoreUnderTest) async throws -> [String] {
        let order = kind == .sqlite ? "rowid" : "ctid"
        return try await yard.store.read {
            try $0.query("SELECT entry FROM commons_census_roll ORDER BY \(order)", []).map { try $0.text("entry") }
        }
    }

    @Test(
        "rows of the roll stand in the order of hashes, not of votes; on PostgreSQL from the count on",
        arguments: StoreUnderTest.all)
    func order(on kind: StoreUnderTest) async throws {
        try await Polling.with(kind) { yard in
            // Nobody has a code: rows would be made as people vote.
            let polling = try await Polling.ruled(yard)
            try await polling.ask("commons.vote.open")
            yard.clock.set("2026-11-22T09:00:00+09:00")
            let entries = try await yard.store.read {
                try CensusTable.entries(polling.vote, limit: 100, in: $0).map(\.entry)
            }
            _ = try await polling.cast("1", by: Polling.citizen)
            for entry in entries.reversed().prefix(4) {
                let mark = try await yard.store.read { try RollTable.mark(of: entry, vote: polling.vote, in: $0) }
                guard mark == .none else { continue }
                try await polling.desk.givePaper(polling.vote, entry: entry, by: .officer)
                let sheet = JSON.string("S\(entry.prefix(8))")
                for caller in [Caller.officer, Polling.second] {
                    try await polling.ask("commons.paper.enter", ["sheet": sheet, "choices": "2"], by: caller)
                }
            }
            if kind == .sqlite { #expect(try await Self.kept(yard, kind) == entries, "while the vote runs, too") }
            #expect(try await polling.finish().vote.state == .counted)
            #expect(try await Self.kept(yard, kind) == entries)
            #expect(try await yard.rebuildsAlike())
        }
    }

    @Test("a ballot's event is shown to nobody: not on the Record's page, not as a trace, not to officers")
    func events() async throws {
        let room = try Commons()
        try await Polling.with { yard in
            let (polling, codes) = try await Polling.open(yard)
            let receipt = try await polling.cast("1", code: codes[0]).receipt
            let event = try #require(try await yard.last(BallotEvents.cast))
            #expect(event.scope == .person(BallotEvents.subject(polling.vote)))
            let tenants = [try Caller.officer.tenant, try Caller.executive("firm-a").tenant]
            #expect(tenants.allSatisfy { !$0.sees(event.scope) })
            try await serving(yard.spine, rooms: [room]) { served in
                let page = try await served.client.send("GET", "/record")
                #expect(page.status == 200 && !page.text.contains(receipt.number) && !page.text.contains(receipt.event))
                let trace = try await served.client.send("GET", "/trace/\(receipt.event)")
                #expect(trace.status != 200 && !trace.text.contains(receipt.commitment))
            }
        }
    }

    @Test("calls and pages tell nobody of another's code or mark; officers' pages are officers'")
    func others() async throws {
        let room = try Commons()
        try await Polling.with { yard in
            let (polling, codes) = try await Polling.open(yard)
            _ = try await polling.cast("1", code: codes[1])
            let entry = try await yard.store.read {
                try CensusTable.entries(polling.vote, name: "사람 2", limit: 1, in: $0)[0].entry
            }
            for caller in [Polling.citizen, .executive("firm-a"), .worker("firm-a"), .anonymous()] {
                await #expect(throws: Refusal.self) { try await polling.desk.issue(polling.vote, by: caller) }
                await #expect(throws: Refusal.self) {
                    try await polling.desk.replace(polling.vote, entry: entry, reason: "x", by: caller)
                }
                await #expect(throws: Refusal.self) {
                    try await polling.desk.givePaper(polling.vote, entry: entry, by: caller)
                }
            }
            try await serving(yard.spine, rooms: [room]) { served in
                for path in [
                    "/commons/votes/\(polling.vote)", "/api/v1/commons/votes/\(polling.vote)", "/api/v1/commons/votes",
                ] {
                    let answer = try await served.client.send("GET", path)
                    #expect(answer.status == 200 && !answer.text.contains(entry) && !answer.text.contains("사람 2"))
                    #expect(codes.allSatisfy { !answer.text.contains($0) })
                }
                for path in ["census", "census?name=사람", "paper"] {
                    let path = path.replacing("사람", with: "%EC%82%AC%EB%9E%8C")
                    let answer = try await served.client.send("GET", "/commons/votes/\(polling.vote)/\(path)")
                    #expect(answer.status == 303 && !answer.text.contains(entry))
                }
            }
            // Nobody's code, mark or entry stands in an event, and the roll is no table that a rebuild writes.
            let events = try await yard.events().map { JSON.object($0.payload).canonicalText }
            #expect(events.allSatisfy { text in !text.contains(entry) && codes.allSatisfy { !text.contains($0) } })
        }
    }

    @Test("what is too long or too much is refused before anything is looked up, and nothing is cast")
    func sizes() async throws {
        let room = try Commons()
        try await Polling.with { yard in
            let (polling, codes) = try await Polling.open(yard)
            let long = JSON.string(String(repeating: "1,", count: 4001))
            let many = JSON.array(Array(repeating: "1", count: 201))
            let cases: [([String: JSON], Int)] = [
                (["choices": long], 422), (["choices": many], 422), (["choices": [["1"]]], 422),
                (["choices": ["1"], "code": .string(String(repeating: "A", count: 61))], 422),
                (["choices": ["1"], "ballot": .string(String(repeating: "A", count: 31))], 422),
                (["choices": ["1"], "ballot": "R-1"], 422),
                (["choices": .string(String(repeating: "1", count: 3 << 20))], 413),
            ]
            try await serving(yard.spine, rooms: [room]) { served in
                for (values, status) in cases {
                    let call = values.merging(["vote": .string(polling.vote), "code": .string(codes[0])]) { own, _ in
                        own
                    }
                    let answer = try await served.client.send(
                        "POST", "/api/v1/commons/ballots", [("Content-Type", "application/json")],
                        body: JSON.object(call).canonical)
                    #expect(answer.status == status, "\(values.keys) \(answer.status)")
                }
                let form = "c.1=1&step=cast&code=" + String(repeating: "A", count: 100_000)
                let page = try await served.client.send(
                    "POST", "/commons/votes/\(polling.vote)/ballot",
                    [("Content-Type", "application/x-www-form-urlencoded")], body: Array(form.utf8))
                #expect(page.status == 422 || page.status == 413)
            }
            let counts = try await polling.counts()
            #expect(counts.ballots == 0 && counts.marks == 0)
        }
    }

    @Test("a number that is another vote's ballot casts nothing and says so")
    func taken() async throws {
        try await Polling.with { yard in
            let (first, codes) = try await Polling.open(yard)
            let number = try await first.cast("1", code: codes[0]).receipt.number
            yard.clock.set("2026-11-21T09:00:00+09:00")
            let (second, others) = try await Polling.open(yard)
            do {
                _ = try await second.cast("1", code: others[0], number: number)
                Issue.record("it was taken")
            } catch let refusal as Refusal {
                #expect(refusal.code == "ballot.taken")
            }
            let counts = try await second.counts()
            #expect(counts.ballots == 0 && counts.marks == 0)
        }
    }
}

import Access
import District
import HouseKit
import Record
import TestKit
import Testing
import Web

@testable import Commons

@Suite("The pages of votes, as anybody reads them", .serialized)
struct VotePageTests {
    @Test("every page of the sample opens for whoever is not signed in, in both languages, and the officer's do not")
    func pages() async throws {
        let room = try Commons()
        try await Yard.with([room], on: .sqlite, isSample: true) { yard in
            try await room.foundSample(yard.spine, seed: 1)
            let before = try await yard.events().count
            try await room.foundSample(yard.spine, seed: 1)
            #expect(try await yard.events().count == before, "nothing is founded twice")
            #expect(try await yard.rebuildsAlike())
            try await serving(yard.spine, rooms: [room]) { served in
                for language in ["ko", "en"] {
                    for path in [
                        "votes", "votes/sample-budget-2026", "votes/sample-budget-2026/result",
                        "votes/sample-budget-2027",
                        "votes/sample-budget-2027/rules", "votes/sample-robots-2026", "votes/sample-robots-2026/ballot",
                        "votes/sample-robots-2026/receipt?number=R-AAAA-AAAA-AAAA", "opinions",
                        "opinions/sample-robots", "outcomes",
                        "outcomes/feed.atom", "outcomes/sample-budget-2026-3", "votes/sample-budget-2026/ballots.pb",
                        "votes/sample-budget-2026/ballots.csv", "votes/sample-budget-2026/ballots.json", "ballot.js",
                        "ballot.css",
                    ] {
                        let answer = try await served.client.send(
                            "GET", "/commons/\(path)", [("Accept-Language", language)])
                        #expect(answer.status == 200, "\(path) \(answer.status)")
                    }
                }
                for path in ["votes/sample-robots-2026/census", "votes/sample-robots-2026/paper"] {
                    let answer = try await served.client.send("GET", "/commons/\(path)")
                    #expect(answer.status == 303, "\(path) asks to sign in")
                }
                #expect(try await served.client.send("GET", "/commons/votes/none").status == 404)
                #expect(try await served.client.send("GET", "/commons/votes/sample-robots-2026/result").status == 404)
            }
        }
    }
}

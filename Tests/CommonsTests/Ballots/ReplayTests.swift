import Access
import District
import HouseKit
import Record
import Store
import TestKit
import Testing

@testable import Commons

@Suite("A past vote is counted again", .serialized)
struct ReplayTests {
    /// 60 ballots want 1 (60) and 3 (40), 40 want 2 (40); 1 ballot is empty: the budget is 101.
    private static let file: String = {
        let head = """
            META
            key;value
            description;Past
            country;Korea
            unit;Town
            instance;2024
            num_projects;4
            num_votes;101
            budget;101
            vote_type;approval
            rule;greedy
            PROJECTS
            project_id;cost;name
            1;60;Library
            2;40;Garden
            3;40;Lights
            4;10;Bench
            VOTES
            voter_id;vote

            """
        let votes = (0..<60).map { "a\($0);1,3" } + (0..<40).map { "b\($0);2" } + ["c;"]
        return head + votes.joined(separator: "\n") + "\n"
    }()

    private func keep(_ yard: Yard, _ text: String) async throws -> String {
        try await yard.store.write {
            try Attachments.keep(
                Array(text.utf8), scope: .zone, author: .system("test"), at: yard.clock.read(), in: $0)
        }
    }

    @Test(
        "by either rule, the other beside it, each project with its reason; nothing follows from it",
        arguments: StoreUnderTest.all)
    func counted(on kind: StoreUnderTest) async throws {
        let room = try Commons()
        try await Polling.with(kind) { yard in
            let hash = try await keep(yard, Self.file)
            for (method, chosen) in [("shares", ["2", "1"]), ("greedy", ["1", "3"])] {
                let outcome = try await yard.perform(
                    "commons.vote.replay", ["file": .string(hash), "title": "2024년 예산", "method": .string(method)],
                    by: .officer)
                let id = String(outcome.events[0].stream.dropFirst("vote/".count))
                try await VoteCounter(district: yard.district).count(id)
                let before = try await yard.events().count
                try await VoteCounter(district: yard.district).count(id)
                #expect(try await yard.events().count == before, "counted once")
                let found = try #require(try await yard.store.read { try VoteTable.find(id, in: $0) })
                #expect(found.vote.isReplay && found.vote.state == .counted && found.vote.options.count == 4)
                let result = try #require(found.result)
                #expect(Set(result["chosen"]?.elements?.compactMap(\.text) ?? []) == Set(chosen))
                #expect(result["ballots"]?.integer == 101 && result["blank"]?.integer == 1)
                #expect(
                    result["digest"]?.text == hash && result["beside"]?["rule"]?["method"] != result["rule"]?["method"])
                let reasons = result["budget"]?["lines"]?.elements?.map { $0["reason"]?["why"]?.text }
                #expect(reasons?.count == 4 && reasons?.last == "unwanted")
                // Nobody opens it, votes in it, or is promised anything by it.
                let polling = Polling(yard: yard, vote: id)
                let asked: [(String, [String: JSON])] = [
                    ("commons.vote.open", [:]), ("commons.vote.close", [:]), ("commons.vote.withdraw", ["reason": "x"]),
                ]
                for (command, more) in asked {
                    #expect(try await polling.refusal(command, more) == "vote.replay")
                }
                #expect(try await polling.refused("1", by: Polling.citizen) == "vote.not-open")
                try await serving(yard.spine, rooms: [room]) { served in
                    let path = "/commons/votes/\(id)"
                    for language in ["ko", "en"] {
                        for page in ["", "/result"] {
                            let answer = try await served.client.send(
                                "GET", path + page, [("Accept-Language", language)])
                            #expect(answer.status == 200, "\(page)")
                        }
                    }
                    let page = try await served.client.send("GET", "\(path)/result", [("Accept-Language", "ko")]).text
                    #expect(page.contains("Library") && page.contains("다른 규칙") && page.contains("따라 달라지는 것은 없습니다"))
                    let again = try await served.client.send("GET", "\(path)/ballots.pb")
                    #expect(again.text == Self.file)
                    let open = try await served.client.send(
                        "GET", "\(path)/ballots.json", [("Accept", "application/json")])
                    #expect(open.status == 404)
                }
            }
            #expect(try await yard.store.read { try OutcomeTable.items(in: $0) }.isEmpty)
            #expect(try await yard.rebuildsAlike())
        }
    }

    @Test("a file that is none, or another's, is refused by name; only an officer counts again")
    func refused() async throws {
        try await Polling.with { yard in
            func code(_ file: String, by caller: Caller = .officer) async throws -> String? {
                try await yard.refusal(
                    "commons.vote.replay", ["file": .string(file), "title": "x", "method": "greedy"], by: caller)?.code
            }
            let none = String(repeating: "0", count: 64)
            #expect(try await code(none) == "file.unknown")
            let broken = try await keep(yard, Self.file.replacing("\nb0;2", with: "\nb0;9"))
            #expect(try await code(broken) == "file.project")
            let one = try await keep(
                yard,
                Self.file.replacing("2;40;Garden\n3;40;Lights\n4;10;Bench\n", with: "").replacing("1,3", with: "1")
                    .replacing(";2\n", with: ";1\n"))
            #expect(try await code(one) == "file.projects")
            let whole = try await keep(yard, Self.file)
            #expect(try await code(whole, by: Polling.citizen)?.hasPrefix("access.") == true)
        }
    }
}

import Access
import District
import Foundation
import HouseKit
import Record
import Store
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
            let open = try await yard.spine.answer("commons.votes.open", [:], by: .anonymous())
            #expect(open.ko.contains("배달 로봇이 다닐 수 있는 시간") && open.ko.contains("월"))
            let became = try await yard.spine.answer("commons.outcomes.state", [:], by: .anonymous())
            #expect(became.en.contains("percent done"))
            try await serving(yard.spine, rooms: [room]) { served in
                for language in ["ko", "en"] {
                    for path in [
                        "votes", "votes/sample-budget-2026", "votes/sample-budget-2026/result",
                        "votes/sample-budget-2027",
                        "votes/sample-budget-2027/rules", "votes/sample-robots-2026", "votes/sample-robots-2026/ballot",
                        "votes/sample-robots-2026/receipt?number=R-AAAA-AAAA-AAAA", "opinions",
                        "opinions/sample-robots", "outcomes",
                        "outcomes/feed.atom", "votes/sample-budget-2026/ballots.pb",
                        "votes/sample-budget-2026/ballots.csv", "verify", "votes/sample-budget-2026/ballots.json",
                        "ballot.js",
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
                let items = try await yard.store.read { try OutcomeTable.items(in: $0) }
                #expect(items.count >= 2 && items.allSatisfy { $0.due != nil })
                let one = try await served.client.send("GET", "/commons/outcomes/\(items[0].id)")
                #expect(one.status == 200 && one.text.contains("지금까지의 일"))
                #expect(try await served.client.send("GET", "/commons/votes/none").status == 404)
                let soon = try await served.client.send("GET", "/commons/votes/sample-robots-2026/result")
                #expect(soon.status == 404 && soon.text.contains("결과와 이유를 공개합니다"))
                #expect(soon.text.contains("href=\"/commons/votes/sample-robots-2026\""))
                let rules = try await served.client.send("GET", "/commons/votes/sample-budget-2026/rules").text
                #expect(rules.contains("정해진 규칙:") && rules.contains("/commons/votes/sample-budget-2026/result#beside"))
                let before = try await served.client.send("GET", "/commons/votes/sample-robots-2026").text
                #expect(before.contains("000-0000-0000"), "where whoever is not on the list finds somebody")
                for file in ["ballots.json", "result.json"] {
                    let answer = try await served.client.send("GET", "/commons/votes/sample-budget-2026/\(file)")
                    #expect(answer["content-disposition"] == "attachment; filename=\"\(file)\"")
                }
            }
        }
    }

    @Test("a ballot is checked, read back, cast and looked up by pages alone; sent again it is the same ballot")
    func ballot() async throws {
        let room = try Commons()
        try await Polling.with { yard in
            let (polling, codes) = try await Polling.open(yard)
            try await serving(yard.spine, rooms: [room]) { served in
                let path = "/commons/votes/\(polling.vote)"
                func send(_ body: String) async throws -> HTTPClient.Answer {
                    try await served.client.send(
                        "POST", "\(path)/ballot", [("Content-Type", "application/x-www-form-urlencoded")],
                        body: Array(body.utf8))
                }
                let said = "c.1=1&c.2=1&ballot=R-ABCD-EFGH-JKMN&code="
                let over = try await send("c.1=1&c.3=1&step=check&code=\(codes[1])")
                #expect(over.status == 422 && over.text.contains("예산을 10원 넘었습니다"))
                #expect(over.text.contains("value=\"\(codes[1])\""), "what was typed is still there")
                let mistyped = try await send("\(said)ABCD&step=check")
                #expect(mistyped.status == 422 && mistyped.text.contains("글자 16개인데 4개"))
                let read = try await send("\(said)\(codes[1])&step=check")
                #expect(read.status == 200 && read.text.contains("이대로 투표할까요?") && read.text.contains("0원이 남습니다"))
                #expect(try await polling.counts().ballots == 0, "nothing is cast by checking")
                // The cast is answered by a way to the receipt's page: nothing is sent again by Back or a reload.
                let cast = try await send("\(said)\(codes[1])&step=cast")
                let cookie = try #require(cast["set-cookie"]?.split(separator: ";").first.map(String.init))
                #expect(cast.status == 303 && cast["location"] == "\(path)/cast", "the number is not in the address")
                #expect(cast["set-cookie"]?.contains("HttpOnly") == true)
                let page = try await served.client.send("GET", "\(path)/cast", [("Cookie", cookie)])
                #expect(page.text.contains("투표함에 들어갔습니다") && page.text.contains("R-ABCD-EFGH-JKMN"))
                #expect(page["cache-control"] == "no-store")
                #expect(try await served.client.send("GET", "\(path)/cast").status == 303, "nobody else sees it")
                let forged = [("Cookie", "slipway_ballot=R-ABCD-EFGH-JKMN.x.0")]
                #expect(try await served.client.send("GET", "\(path)/cast", forged).status == 303)
                let done = try await served.client.send("GET", "\(path)/cast/done", [("Cookie", cookie)])
                #expect(done.status == 303 && done["set-cookie"]?.contains("slipway_ballot=;") == true)
                let repeated = try await send("\(said)\(codes[1])&step=cast")
                #expect(repeated["set-cookie"]?.contains(".1;") == true, "it says that it was in the box")
                let foreign = try await send("\(said)\(codes[3])&step=cast")
                #expect(foreign.status == 409 && foreign.text.contains("아직 투표되지 않았습니다"))
                #expect(!foreign.text.contains("R-ABCD-EFGH-JKMN"), "a new number is offered")
                let form = try await served.client.send("GET", "\(path)/ballot")
                #expect(form["cache-control"] == "no-store" && form.text.contains("novalidate autocomplete=\"off\""))
                #expect(form.text.contains("일(수) 18:00까지"), "the end in words, without seconds")
                var generator = SeededGenerator(seed: 5)
                let wrong = try await send("\(said)\(BallotCode(using: &generator).shown)&step=check").text
                let sentences = wrong.components(separatedBy: "이 투표의 코드가 아닙니다").count - 1
                #expect(sentences == 2, "once above, once at the box")
                #expect(try await send("c.1=1&code=\(codes[1])&step=check").text.contains("이미 투표하셨습니다"))
                let look = try await served.client.send("GET", "\(path)/receipt?number=r-abcd-efgh-jkmn")
                #expect(look.text.contains("투표함에 있습니다") && !look.text.contains("그대로 세어졌습니다"))
                let event = cookie.split(separator: ".")[1]
                let handed = try await served.client.send(
                    "GET", "\(path)/receipt.json?number=R-ABCD-EFGH-JKMN&event=\(event)")
                let file = try JSON(parsing: handed.body)
                #expect(file["receipt"]?["ballot"] == "R-ABCD-EFGH-JKMN" && file["signature"]?.text?.count == 128)
                for _ in 0..<2 {
                    let call: JSON = [
                        "vote": .string(polling.vote), "code": .string(codes[2]), "choices": ["1"],
                        "ballot": "R-AAAA-BBBB-CCCC",
                    ]
                    let answer = try await served.client.send(
                        "POST", "/api/v1/commons/ballots", [("Content-Type", "application/json")], body: call.canonical)
                    #expect(answer.status == 200 || answer.status == 201)
                }
                let counts = try await polling.counts()
                #expect(counts.ballots == 2 && counts.marks == 2)
            }
            let found = try await polling.finish()
            #expect(found.vote.state == .counted)
            try await serving(yard.spine, rooms: [room]) { served in
                let path = "/commons/votes/\(polling.vote)"
                let look = try await served.client.send("GET", "\(path)/receipt?number=R-ABCD-EFGH-JKMN").text
                #expect(look.contains("그대로 세어졌습니다") && look.contains("쉼터") && look.contains("가로등"))
                #expect(try await served.client.send("GET", "\(path)/result").text.contains("공개하지 않습니다"))
                let held = try await served.client.send("GET", "\(path)/ballots.csv", [("Accept", "application/json")])
                #expect(held.status == 403, "two ballots are not published")
            }
        }
    }
}

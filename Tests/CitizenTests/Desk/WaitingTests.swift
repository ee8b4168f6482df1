import Access
import District
import Foundation
import Record
import Store
import TestKit
import Testing
import Web

@testable import Citizen

/// What whoever waits may tell the desk, over HTTP.
struct WaitingTests {
    @Test("a line sent twice is one line, there is an end to them, and no code is longer than codes are")
    func lines() async throws {
        try await Yard.with { yard in
            yard.clock.set("2026-11-23T10:00:00+09:00")
            try await yard.serve { client in
                func post(_ path: String, _ body: JSON) async throws -> (Int, JSON) {
                    let answer = try await client.send(
                        "POST", path, [("Content-Type", "application/json")], body: Array(body.canonical))
                    return (answer.status, (try? JSON(parsing: answer.body)) ?? .null)
                }
                let (_, turn) = try await post("/api/v1/agent/turns", ["text": "기계 말고 사람"])
                #expect(turn["state"] == "handedOver")
                let code = try #require(turn["dialogue"])
                for _ in 0..<3 {
                    let (status, answer) = try await post(
                        "/api/v1/agent/desk", ["dialogue": code, "text": "여보세요", "turn": 17])
                    #expect(status == 200 && answer["messages"]?.elements?.count == 1)
                }
                let (_, second) = try await post(
                    "/api/v1/agent/desk", ["dialogue": code, "text": "여보세요", "turn": 18])
                #expect(second["messages"]?.elements?.count == 2)
                let long = String(repeating: "a", count: 65)
                #expect(try await post("/api/v1/agent/desk", ["dialogue": .string(long)]).0 == 404)
                // As many as there may be: told before, so that no test waits for the throttle.
                let id = try #require(try await yard.last(HandoverRequested.type)).stream
                try await yard.district.record(
                    (0..<WaitingRoutes.most).map { _ in
                        Draft(DeskEvents.said, stream: id, scope: .zone, payload: ["who": "citizen"])
                    }, origin: Origin(author: .system("test")))
                let (status, _) = try await post(
                    "/api/v1/agent/desk", ["dialogue": code, "text": "또 있어요", "turn": 19])
                #expect(status == 429)
                // How things stand is still told.
                #expect(try await post("/api/v1/agent/desk", ["dialogue": code]).0 == 200)
            }
        }
    }

    @Test("whoever reads in the queue when somebody would like to be called is written down")
    func looks() async throws {
        try await Yard.with { yard in
            let content = HandoverRequested.Content(transcript: [], slots: [], phone: "01055501234", time: "딸이 올 때")
            try await yard.district.record(
                [
                    HandoverRequested(
                        id: "late", dialogue: "late", reason: .asked, intent: nil, isOpen: false, language: .ko,
                        channel: "voice", subject: PersonID("caller-late")
                    ).draft(content)
                ], origin: Origin(author: .system("citizen.talk")))
            let officer = try await yard.signIn(.officer)
            try await yard.serve { client in
                let page = try await client.send("GET", "/citizen/desk", officer)
                #expect(page.text.contains("딸이 올 때"))
            }
            let looks = try await yard.store.read {
                try $0.query("SELECT object FROM access_looks").map { try $0.text("object") }
            }
            #expect(looks.contains("citizen-desk"))
        }
    }

    @Test("danger that is told to a person is answered with 119 and stands first at the desk, on either channel")
    func danger() async throws {
        try await Yard.with { yard in
            yard.clock.set("2026-11-23T10:00:00+09:00")
            try await yard.serve { client in
                func post(_ path: String, _ body: JSON) async throws -> JSON {
                    let answer = try await client.send(
                        "POST", path, [("Content-Type", "application/json")], body: Array(body.canonical))
                    return (try? JSON(parsing: answer.body)) ?? .null
                }
                let officer = try await yard.signIn(.officer)
                let first = try await post("/api/v1/agent/turns", ["text": "기계 말고 사람"])
                let second = try await post("/api/v1/agent/turns", ["text": "기계 말고 사람"])
                let (one, two) = (try #require(first["dialogue"]), try #require(second["dialogue"]))
                let calm = try await post("/api/v1/agent/desk", ["dialogue": one, "text": "언제 되나요", "turn": 1])
                #expect(calm["emergency"] == nil)
                #expect(try await !client.send("GET", "/citizen/desk", officer).text.contains("desk-danger"))
                let told = try await post("/api/v1/agent/desk", ["dialogue": two, "text": "가슴이 아파요", "turn": 1])
                #expect(told["emergency"]?["text"]?.text?.contains("119") == true)
                #expect(told["emergency"]?["links"]?.elements?.first?["href"] == "tel:119")
                #expect(told["messages"]?.elements?.count == 1)
                let id = try #require(try await yard.last(DeskEvents.endangered)).stream.dropFirst(9)
                let page = try await client.send("GET", "/citizen/desk", officer).text
                let mark = try #require(page.range(of: "desk-danger"))
                #expect(page.components(separatedBy: "desk-danger").count == 2)
                #expect(page[..<mark.lowerBound].components(separatedBy: "desk-card\"").count == 2)
                let one119 = try await client.send("GET", "/citizen/desk/handovers/\(id)", officer).text
                #expect(one119.contains("class=\"desk-danger\""))
                // On the channel of turns.
                let turn = try await post(
                    "/api/v1/agent/turns", ["dialogue": one, "turn": 2, "text": "남편이 때려요"])
                #expect(turn["reply"]?["text"]?.text?.contains("112") == true)
                let both = try await client.send("GET", "/citizen/desk", officer).text
                #expect(both.components(separatedBy: "class=\"desk-danger\"").count == 3)
            }
        }
    }
}

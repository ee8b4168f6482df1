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
}

import Access
import District
import Record
import Store
import TestKit
import Testing

@testable import Stewardship

@Suite("Ideas: from the idea until it is live")
struct IdeaTests {
    func propose(_ yard: Yard, department: String = "welfare") async throws -> String {
        let outcome = try await yard.perform(
            "stewardship.idea.propose",
            ["department": .string(department), "title": "안부 전화", "summary": "전화를 겁니다.", "benefit": "혼자 사는 분"],
            by: .first)
        return String(try #require(outcome.events.first).stream.dropFirst("idea/".count))
    }

    func refusal(_ yard: Yard, _ idea: String, to state: String, use: String? = nil) async throws -> String? {
        var values: [String: JSON] = ["idea": .string(idea), "state": .string(state)]
        if let use { values["use"] = .string(use) }
        return try await yard.refusal("stewardship.idea.advance", values, by: .first)?.code
    }

    @Test("step by step, never past the register", arguments: StoreUnderTest.all)
    func steps(kind: StoreUnderTest) async throws {
        try await Yard.with(kind) { yard in
            let idea = try await propose(yard)
            #expect(try await refusal(yard, idea, to: "planned") == "idea.step")
            #expect(try await refusal(yard, idea, to: "reviewed") == nil)
            #expect(try await refusal(yard, idea, to: "planned") == nil)
            #expect(try await refusal(yard, idea, to: "registered") == "idea.use")
            #expect(try await refusal(yard, idea, to: "registered", use: "no.use") == "idea.use")
            #expect(try await refusal(yard, idea, to: "registered", use: "mill.grain") == nil)
            #expect(try await refusal(yard, idea, to: "live") == "idea.not-live")
            try await yard.district.record(
                [UseEvents.draft(UseEvents.piloted, "mill.grain")], origin: Origin(author: .system("test")))
            #expect(try await refusal(yard, idea, to: "live") == nil)
            #expect(try await refusal(yard, idea, to: "live") == "idea.step")
            let found = try await yard.store.read { try IdeaTable.find(idea, in: $0) }
            #expect(found?.state == .live && found?.use == "mill.grain")
            #expect(try await yard.rebuildsAlike())
        }
    }

    @Test("dropped with a reason, once; from no other hands")
    func dropped() async throws {
        try await Yard.with { yard in
            let idea = try await propose(yard)
            let values: [String: JSON] = ["idea": .string(idea), "reason": "예산 없음"]
            #expect(try await yard.refusal("stewardship.idea.drop", values, by: .citizen)?.kind == .forbidden)
            try await yard.perform("stewardship.idea.drop", values, by: .second)
            #expect(try await yard.refusal("stewardship.idea.drop", values, by: .second)?.code == "idea.dropped")
            #expect(try await refusal(yard, idea, to: "reviewed") == "idea.step")
            let found = try await yard.store.read { try IdeaTable.find(idea, in: $0) }
            #expect(found?.reason == "예산 없음")
        }
    }

    @Test("a department that the handbook does not name has no ideas")
    func department() async throws {
        try await Yard.with { yard in
            let values: [String: JSON] = ["department": "magic", "title": "t", "summary": "s", "benefit": "b"]
            let refusal = try await yard.refusal("stewardship.idea.propose", values, by: .first)
            #expect(refusal?.kind == .invalid)
        }
    }
}

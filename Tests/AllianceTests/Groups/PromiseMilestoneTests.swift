import Access
import District
import HouseKit
import Record
import Store
import TestKit
import Testing
import Web

@testable import Alliance

@Suite("Promises to citizens on the roadmap", .serialized)
struct PromiseMilestoneTests {
    /// What Commons tells, as it tells it.
    private func promise(_ yard: Yard, _ more: [String: JSON], id: String = "p-1") async throws -> [Event] {
        try await yard.district.record(
            [
                Draft(
                    PromiseMade.type, stream: "outcome/\(id)", scope: .everyone,
                    payload: ["title": "그늘 쉼터", "summary": "정류장에 그늘을 놓습니다."].merging(more) { $1 })
            ], origin: Origin(author: .system("test")))
    }

    private func kept(_ yard: Yard, _ id: String = "p-1") async throws -> [Milestone] {
        try await yard.store.read { try MilestoneTable.keeping(id, in: $0) }
    }

    @Test(
        "a promise with a group becomes a milestone of it, and each change says whose promise it keeps",
        arguments: StoreUnderTest.all)
    func becomes(on kind: StoreUnderTest) async throws {
        try await GroupYard.with(kind) { one in
            let yard = one.yard
            let told = try await promise(yard, ["group": .string(one.group), "due": "2026-12-31"])
            let set = try #require(told.last)
            #expect(told.count == 2 && set.type == MilestoneChanged.Change.set.type)
            #expect(set.cause == told[0].id && set.correlation == told[0].correlation)
            #expect(set.author == .rule("alliance.promise-milestone"))
            let milestone = try #require(try await kept(yard).first)
            #expect(milestone.group == one.group && milestone.owner == one.chair && milestone.promise == "p-1")
            #expect(milestone.due.description == "2026-12-31" && milestone.title.ko == "그늘 쉼터")
            let values: [String: JSON] = ["milestone": .string(milestone.id)]
            for (name, more) in [
                (MoveMilestone.name, ["due": "2027-01-31", "reason": "허가가 늦습니다."]),
                (ReachMilestone.name, ["evidence": "준공"]),
            ] as [(String, [String: JSON])] {
                try await yard.perform(name, values.merging(more) { $1 }, by: GroupYard.chairman)
            }
            let changes = try await yard.events().compactMap { MilestoneChanged($0) }
            #expect(changes.map(\.change) == [.set, .moved, .reached] && changes.allSatisfy { $0.promise == "p-1" })
            #expect(changes[1].reason == "허가가 늦습니다." && changes[1].due == "2027-01-31")
            // One that keeps no promise says so.
            try await one.set()
            #expect(
                try await yard.last(MilestoneChanged.Change.set.type).flatMap { MilestoneChanged($0) }?.promise == nil)
            #expect(try await yard.rebuildsAlike())
        }
    }

    @Test("without a group, with one that is not known or has ended, or without a day, the promise stands alone")
    func alone() async throws {
        try await GroupYard.with { one in
            let yard = one.yard
            for more in [
                ["due": "2026-12-31"], ["group": "none", "due": "2026-12-31"], ["group": .string(one.group)],
                ["group": .string(one.group), "due": "곧"],
            ] as [[String: JSON]] {
                #expect(try await promise(yard, more).count == 1, "\(more)")
            }
            try await yard.perform(
                EndGroup.name, ["group": .string(one.group), "reason": "할 일을 마쳤습니다."], by: .officer)
            #expect(try await promise(yard, ["group": .string(one.group), "due": "2026-12-31"]).count == 1)
            #expect(try await kept(yard).isEmpty)
        }
    }

    @Test("one milestone keeps a promise; another one comes only after it was given up")
    func once() async throws {
        try await GroupYard.with { one in
            let yard = one.yard
            let named: [String: JSON] = ["group": .string(one.group), "due": "2026-12-31"]
            #expect(try await promise(yard, named).count == 2)
            #expect(try await promise(yard, named).count == 1)
            let first = try #require(try await kept(yard).first)
            try await yard.perform(
                DropMilestone.name, ["milestone": .string(first.id), "reason": "예산"], by: GroupYard.chairman)
            yard.clock.advance(by: 1)
            #expect(try await promise(yard, named).count == 2)
            #expect(try await kept(yard).map(\.state) == [.dropped, .open])
        }
    }

    @Test("the roadmap, the milestone and the open data say that citizens were promised it, to whoever looks")
    func shown() async throws {
        try await GroupYard.with { one in
            _ = try await promise(one.yard, ["group": .string(one.group), "due": "2026-12-31"], id: "p 1")
            let milestone = try #require(try await kept(one.yard, "p 1").first)
            try await serving(one.yard.spine, rooms: [try Alliance()]) { served in
                func text(_ path: String) async throws -> String {
                    try await served.client.send("GET", path, [("Accept-Language", "ko")]).text
                }
                for path in ["roadmap", "milestones/\(milestone.id)", "groups/\(one.group)"] {
                    let page = try await text("/alliance/\(path)")
                    #expect(page.contains("시민에게 한 약속") && page.contains("/commons/outcomes/p%201"), "\(path)")
                }
                let json = try JSON(parsing: try await served.client.send("GET", "/api/v1/alliance/roadmap").body)
                #expect(json["milestones"]?.elements?.first?["promise"] == "p 1")
                #expect(try await text("/api/v1/alliance/roadmap?format=csv").contains(",p 1"))
            }
        }
    }
}

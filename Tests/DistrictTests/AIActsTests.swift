import Access
import Record
import Store
import TestKit
import Testing

@testable import District

@Suite("Acts of uses of AI, counted and capped")
struct AIActsTests {
    private static let use = AIUse(
        "shed.guess", title: Words("추측", "Guess"), purpose: Words("시험", "Test"), model: "coin 1",
        evidence: Words("없음", "None"), override: Words("무시", "Ignore"))

    /// A house whose register gives the use a cap.
    private func capped(
        _ cap: Int64, _ kind: StoreUnderTest, _ body: (Quay) async throws -> Void
    ) async throws {
        var room = Boats.room
        room.aiUses = [Self.use]
        try await Quay.with(kind, rooms: [room]) { quay in
            let permit = AIUsePermitted(
                use: Self.use.id, hash: Self.use.hash, until: quay.clock.read().advanced(bySeconds: 86_400 * 30),
                cap: cap)
            try await quay.record(AIUsePermitted.type, payload: permit.payload)
            try await body(quay)
        }
    }

    private func today(_ quay: Quay) async throws -> Int64 {
        let now = quay.clock.read()
        return try await quay.store.read { try Self.use.acts(in: $0, on: now).today }
    }

    private func launch(_ quay: Quay, _ name: String, key: String? = nil) async throws -> Refusal? {
        do {
            _ = try await quay.district.perform(
                "shed.boat.launch", ["name": .string(name)], by: .worker, key: key, means: Self.use)
            return nil
        } catch let refusal as Refusal {
            return refusal
        }
    }

    @Test("what is done by its help is one act, in the transaction that does it", arguments: StoreUnderTest.all)
    func means(_ kind: StoreUnderTest) async throws {
        try await capped(2, kind) { quay in
            #expect(try await launch(quay, "taken")?.code == "boat.state")
            #expect(try await today(quay) == 0)
            #expect(try await launch(quay, "Ark", key: "k") == nil)
            #expect(try await launch(quay, "Ark", key: "k") == nil)
            #expect(try await today(quay) == 1)
            let acted = try #require(try await quay.events().filter { $0.type == AIUseActed.type }.only)
            let launched = try #require(try await quay.events().first { $0.type == "shed.boat.launched" })
            #expect(acted.author == .person("worker") && acted.cause == launched.id)
            #expect(acted.payload["act"]?.text == launched.id.description)
            #expect(acted.correlation == launched.correlation)
            #expect(try await launch(quay, "Bee") == nil)
            #expect(try await launch(quay, "Cat")?.code == "ai.capped")
            // Who asks without it is not in its way, and what was done before is answered again.
            _ = try await quay.district.perform("shed.boat.launch", ["name": "Cat"], by: .worker)
            #expect(try await launch(quay, "Ark", key: "k") == nil)
            #expect(try await today(quay) == 2)
            let before = try await quay.district.dump()
            _ = try await quay.district.rebuild()
            #expect(try await quay.district.dump() == before)
            quay.clock.advance(by: 86_400)
            #expect(try await launch(quay, "Dog") == nil)
        }
    }

    @Test("of many at once no more than the cap are done", arguments: StoreUnderTest.all)
    func contention(_ kind: StoreUnderTest) async throws {
        try await capped(3, kind) { quay in
            let done = try await withThrowingTaskGroup(of: Bool.self) { group in
                for number in 0..<12 { group.addTask { try await launch(quay, "boat \(number)") == nil } }
                return try await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
            }
            #expect(done == 3)
        }
    }

    @Test("how an act turned out is no act; a hand-over is one", arguments: StoreUnderTest.all)
    func judged(_ kind: StoreUnderTest) async throws {
        try await capped(10, kind) { quay in
            try await quay.district.record(
                [
                    Draft("shed.guess.made", stream: "guess/1", scope: .zone),
                    AIUseJudged(Self.use.id, .kept).draft,
                ], origin: Origin(author: .model(Self.use.id)))
            #expect(try await today(quay) == 1)
            try await quay.district.record(
                [
                    Draft("shed.guess.handed-over", stream: "guess/1", scope: .zone),
                    AIUseActed(Self.use.id).draft, AIUseJudged(Self.use.id, .escalated).draft,
                ], origin: Origin(author: .system("shed")))
            #expect(try await today(quay) == 2)
            let now = quay.clock.read()
            #expect(try await quay.store.read { try Self.use.acts(in: $0, on: now).ever } == 2)
        }
    }

    @Test(
        "calls of which nothing stands on the Record are counted too, and outlast a rebuild",
        arguments: StoreUnderTest.all)
    func calls(_ kind: StoreUnderTest) async throws {
        try await capped(2, kind) { quay in
            let before = try await quay.events().count
            #expect(try await quay.district.call(Self.use) == .runs)
            #expect(try await quay.district.call(Self.use) == .runs)
            #expect(try await quay.district.call(Self.use) == .capped)
            #expect(try await quay.events().count == before)
            _ = try await quay.district.rebuild()
            #expect(try await quay.district.standing(of: Self.use) == .capped)
            #expect(try await launch(quay, "Ark")?.code == "ai.capped")
            quay.clock.advance(by: 86_400)
            #expect(try await quay.district.call(Self.use) == .runs)
            let stranger = AIUse(
                "shed.stranger", title: Words("추측", "Guess"), purpose: Words("시험", "Test"), model: "coin 1",
                evidence: Words("없음", "None"), override: Words("무시", "Ignore"))
            #expect(try await quay.district.call(stranger) == .unregistered)
        }
    }

    @Test("a room may refuse that one is switched on, never that it is switched off")
    func gate() async throws {
        var room = Boats.room
        room.aiUses = [Self.use]
        try await Quay.with(.sqlite, rooms: [room, Guard()]) { quay in
            func turn(_ on: JSON) async throws -> Refusal? {
                try await quay.refusal(
                    "district.ai.switch", ["use": "shed.guess", "on": on, "reason": "test"], by: .officer,
                    confirmed: true)
            }
            let (on, off) = (try await turn(true), try await turn(false))
            #expect(on?.code == "guard.no" && off == nil)
            let again = try await turn(true)
            #expect(again?.code == "guard.no")
            let standing = try await quay.district.standing(of: Self.use)
            #expect(standing == .off)
        }
    }

    private struct Guard: Capability {
        let name = "guard"
        let title = Words("문지기", "Guard")
        func checkSwitchingOn(_ use: String, _ ask: Ask, in tables: any Reader) throws {
            #expect(use == "shed.guess" && ask.caller == .officer)
            throw Refusal(.forbidden, "guard.no", Words("안 됩니다.", "No."))
        }
    }
}

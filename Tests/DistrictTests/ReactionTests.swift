import Access
import Record
import Store
import TestKit
import Testing

@testable import District

@Suite("Reactions, on every store")
struct ReactionTests {
    struct Mishap: Error {}

    /// Answers an event by another on the same stream.
    static func answer(
        _ name: String, _ type: String, with next: String, if holds: @escaping @Sendable () -> Bool = { true }
    )
        -> Reaction
    {
        Reaction(name, to: type, yields: [next]) { event, _ in
            guard holds() else { throw Mishap() }
            return [Draft(next, stream: event.stream, scope: event.scope)]
        }
    }

    @Test("an answer commits with its cause, after it, in its correlation", arguments: StoreUnderTest.all)
    func commitTogether(_ kind: StoreUnderTest) async throws {
        let room = Shed(reactions: [
            Self.answer("shed.first", "shed.a", with: "shed.b"), Self.answer("shed.second", "shed.b", with: "shed.c"),
        ])
        try await Quay.with(kind, rooms: [room]) { quay in
            let told = quay.district.committed.listen()
            let recorded = try await quay.record("shed.a")
            #expect(recorded.map(\.type) == ["shed.a", "shed.b", "shed.c"])
            let events = try await quay.events()
            #expect(events.map(\.id) == recorded.map(\.id))
            #expect(Set(events.map(\.correlation)).count == 1)
            #expect(events.map(\.cause) == [nil, events[0].id, events[1].id])
            #expect(events.map(\.author.text) == ["system:test", "rule:shed.first", "rule:shed.second"])
            for await heard in told {
                #expect(heard.map(\.id) == recorded.map(\.id))
                break
            }
        }
    }

    @Test(
        "an answer that throws leaves its cause, is recorded, retried when due and recorded as recovered",
        arguments: StoreUnderTest.all)
    func failure(_ kind: StoreUnderTest) async throws {
        let repaired = Tally()
        let room = Shed(reactions: [
            Reaction("shed.half", to: "shed.a", yields: ["shed.b"]) { event, reader in
                // What a reaction wrote before it threw must go; a reader cannot write, so a statement that fails will do.
                if repaired.count == 0 { _ = try reader.query("SELECT * FROM nowhere") }
                return [Draft("shed.b", stream: event.stream, scope: event.scope)]
            },
            Self.answer("shed.well", "shed.a", with: "shed.c"), Self.answer("shed.after", "shed.b", with: "shed.d"),
        ])
        try await Quay.with(kind, rooms: [room]) { quay in
            let cause = try #require(try await quay.record("shed.a").first)
            #expect(try await quay.types() == ["shed.a", "district.reaction.failed", "shed.c"])
            let failed = try #require(try await quay.events().compactMap { ReactionFailed($0) }.only)
            #expect(failed.reaction == "shed.half")
            #expect(failed.event == cause.id.description)
            #expect(failed.eventType == "shed.a")
            #expect(try await quay.district.waitingReactions() == 1)
            #expect(try await quay.district.retryReactions() == 0)
            quay.clock.advance(by: 31)
            #expect(try await quay.district.retryReactions() == 1)
            #expect(try await quay.types().count == 3, "a retry that fails records nothing new")
            #expect(try await quay.district.retryReactions() == 0, "the next try is later")
            repaired.next()
            quay.clock.advance(by: 3600)
            #expect(try await quay.district.retryReactions() == 1)
            let late = try await quay.types().dropFirst(3)
            #expect(Array(late) == ["shed.b", "shed.d", "district.reaction.recovered"])
            #expect(try await quay.events().first { $0.type == "shed.b" }?.cause == cause.id)
            #expect(try await quay.district.waitingReactions() == 0)
            quay.clock.advance(by: 3600)
            #expect(try await quay.district.retryReactions() == 0)
        }
    }

    @Test(
        "a type that a reaction did not declare is refused, at once and in every retry", arguments: StoreUnderTest.all)
    func undeclared(_ kind: StoreUnderTest) async throws {
        let room = Shed(reactions: [
            Reaction("shed.sly", to: "shed.a", yields: ["shed.b"]) { event, _ in
                [
                    Draft("shed.b", stream: event.stream, scope: event.scope),
                    Draft("shed.x", stream: "x/1", scope: .zone),
                ]
            }
        ])
        try await Quay.with(kind, rooms: [room]) { quay in
            try await quay.record("shed.a")
            quay.clock.advance(by: 60)
            #expect(try await quay.district.retryReactions() == 1)
            #expect(try await quay.types() == ["shed.a", "district.reaction.failed"])
        }
    }

    @Test("an answer to a failure that fails, itself or further down, begins no chain", arguments: StoreUnderTest.all)
    func failingAnswerToFailure(_ kind: StoreUnderTest) async throws {
        let room = Shed(reactions: [
            Self.answer("shed.broken", "shed.a", with: "shed.b", if: { false }),
            Self.answer("shed.alarm", ReactionFailed.type, with: "shed.alarm"),
            Self.answer("shed.alarm-answer", "shed.alarm", with: "shed.b", if: { false }),
            Self.answer("shed.broken-alarm", ReactionFailed.type, with: "shed.c", if: { false }),
        ])
        try await Quay.with(kind, rooms: [room]) { quay in
            try await quay.record("shed.a")
            #expect(try await quay.types() == ["shed.a", "district.reaction.failed", "shed.alarm"])
            #expect(try await quay.district.waitingReactions() == 3)
            quay.clock.advance(by: 60)
            #expect(try await quay.district.retryReactions() == 3)
            #expect(try await quay.types().count == 3)
        }
    }

    @Test("a chain longer than its bound stops, is told, and goes on when retried", arguments: StoreUnderTest.all)
    func depth(_ kind: StoreUnderTest) async throws {
        let room = Shed(
            reactions: (0..<12).map { Self.answer("shed.step-\($0)", "shed.t\($0)", with: "shed.t\($0 + 1)") })
        try await Quay.with(kind, rooms: [room]) { quay in
            try await quay.record("shed.t0")
            let types = try await quay.types()
            #expect(types == (0...Ledger.deepest).map { "shed.t\($0)" } + ["district.reaction.failed"])
            #expect(try await quay.district.waitingReactions() == 1)
            quay.clock.advance(by: 60)
            try await quay.district.retryReactions()
            #expect(try await quay.types().contains("shed.t12"))
        }
    }

    @Test("a retry that another node has done meanwhile is not done again", arguments: StoreUnderTest.all)
    func twoNodes(_ kind: StoreUnderTest) async throws {
        let repaired = Tally()
        let room = Shed(reactions: [Self.answer("shed.once", "shed.a", with: "shed.b", if: { repaired.count > 0 })])
        try await Quay.with(kind, rooms: [room]) { quay in
            try await quay.record("shed.a")
            repaired.next()
            quay.clock.advance(by: 60)
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<6 { group.addTask { try await quay.district.retryReactions() } }
                try await group.waitForAll()
            }
            #expect(try await quay.types().filter { $0 == "shed.b" }.count == 1)
        }
    }

    @Test("a retry whose reaction this release no longer has is forgotten", arguments: StoreUnderTest.all)
    func removed(_ kind: StoreUnderTest) async throws {
        let room = Shed(reactions: [Self.answer("shed.gone", "shed.a", with: "shed.b", if: { false })])
        try await Quay.with(kind, rooms: [room]) { quay in
            try await quay.record("shed.a")
            let next = try await quay.reopened(rooms: [])
            quay.clock.advance(by: 60)
            #expect(try await next.district.retryReactions() == 1)
            #expect(try await next.district.waitingReactions() == 0)
        }
    }
}

@Suite("What a house of rooms cannot be")
struct PlanTests {
    private func plan(_ rooms: Shed...) -> PlanError? {
        do throws(PlanError) {
            _ = try Plan(rooms)
            return nil
        } catch {
            return error
        }
    }

    @Test("reactions that lead in a circle are refused with the types named")
    func cycle() {
        let one = Shed(
            name: "one", reactions: [ReactionTests.answer("one.r", "one.a", with: "two.a")])
        let two = Shed(
            name: "two",
            reactions: [
                ReactionTests.answer("two.r", "two.a", with: "two.b"),
                ReactionTests.answer("two.s", "two.b", with: "one.a"),
            ])
        let error = plan(one, two)
        #expect(error == .cycle(["one.a", "two.a", "two.b", "one.a"]))
        #expect(error.map { "\($0)" }?.contains("one.a → two.a → two.b → one.a") == true)
        #expect(plan(one) == nil)
        #expect(
            plan(Shed(reactions: [ReactionTests.answer("shed.r", "shed.a", with: "shed.a")]))
                == .cycle(["shed.a", "shed.a"]))
    }

    @Test("ways that meet again without a circle are taken")
    func diamond() {
        #expect(
            plan(
                Shed(reactions: [
                    ReactionTests.answer("shed.1", "shed.a", with: "shed.b"),
                    ReactionTests.answer("shed.2", "shed.a", with: "shed.c"),
                    ReactionTests.answer("shed.3", "shed.b", with: "shed.d"),
                    ReactionTests.answer("shed.4", "shed.c", with: "shed.d"),
                ])) == nil)
    }

    @Test("two of a kind by one name, and a command under another room's name, are refused")
    func names() {
        let command = Boats.room.commands[0]
        #expect(plan(Shed(commands: [command, command])) == .twice("command", "shed.boat.launch"))
        #expect(plan(Shed(name: "yard", commands: [command])) == .foreignName("shed.boat.launch", room: "yard"))
        let reaction = ReactionTests.answer("shed.r", "shed.a", with: "shed.b")
        #expect(plan(Shed(reactions: [reaction, reaction])) == .twice("reaction", "shed.r"))
    }
}

import Access
import Record
import Store
import TestKit
import Testing
import Twin

@testable import District

@Suite("Tables are made anew from the Record, on every store")
struct RebuildTests {
    @Test(
        "after random commands every projected table is rebuilt as it was, erased content as erased",
        arguments: StoreUnderTest.all)
    func random(_ kind: StoreUnderTest) async throws {
        try await Quay.with(kind, rooms: [Boats.room]) { quay in
            let district = quay.district
            let seed = UInt64.random(in: 0 ... .max)
            var generator = SeededGenerator(seed: seed)
            try await people(in: quay)
            var done = 0
            for step in 0..<120 {
                let boat = JSON.string("b\(Int.random(in: 0..<6, using: &generator))")
                let commands = ["launch", "sink", "sell", "name"]
                let verb = commands[Int.random(in: commands.indices, using: &generator)]
                var values = ["name": boat]
                if verb == "name" { values["owner"] = .string("Hong \(step)") }
                let caller: Caller = verb == "name" && step % 2 == 0 ? .worker : .officer
                do {
                    let outcome = try await district.perform("shed.boat.\(verb)", values, by: caller, confirmed: true)
                    done += 1
                    if outcome.events.first?.type == "district.request.opened", Bool.random(using: &generator),
                        let stream = outcome.events.first?.stream
                    {
                        _ = try await district.perform(
                            "district.request.sign", ["request": .string(String(stream.dropFirst(8)))],
                            by: .colleague, confirmed: true)
                    }
                } catch let refusal as Refusal {
                    #expect(refusal.kind == .conflict, "\(refusal), seed \(seed)")
                }
            }
            #expect(done > 40, "seed \(seed)")
            let last = try await district.perform("shed.boat.name", ["name": "last", "owner": "Hong"], by: .worker)
            _ = try await district.perform(
                "district.request.sign", ["request": .string(String((last.events.first?.stream ?? "").dropFirst(8)))],
                by: .officer, confirmed: true)
            let before = try await district.dump()
            for table in ["shed_boats", "access_people", "twin_things"] {
                #expect(before[table]?.isEmpty == false, "\(table) is empty, seed \(seed)")
            }
            let told = Tally()
            let read = try await district.rebuild { _ in told.next() }
            #expect(try await district.dump() == before, "seed \(seed)")
            #expect(Int64(try await quay.events().count) == read)
            #expect(told.count > 0)

            #expect(try await quay.store.write { try district.log.erase("worker", in: $0) } > 0)
            _ = try await district.rebuild()
            let after = try await district.dump()
            #expect(!"\(after)".contains("Kim worker"), "seed \(seed)")
            #expect("\(after)".contains("(erased)"), "seed \(seed)")
            #expect(after.mapValues(\.count) == before.mapValues(\.count), "seed \(seed)")
            _ = try await district.rebuild()
            #expect(try await district.dump() == after, "seed \(seed)")
        }
    }

    @Test("events that are not numbered yet are not lost in a rebuild", arguments: StoreUnderTest.all)
    func unnumbered(_ kind: StoreUnderTest) async throws {
        // Without an epilogue nothing is numbered by the commit, on either database.
        try await kind.withStore { store in
            let quay = try Quay(store: store, rooms: [Boats.room], clock: Clock())
            try await quay.district.open()
            _ = try await quay.district.perform("shed.boat.launch", ["name": "Ark"], by: .worker)
            let before = try await quay.district.dump()
            #expect(try await quay.district.rebuild() == 1)
            #expect(try await quay.district.dump() == before)
        }
    }

    @Test(
        "a room that is added later catches up, once, also after it was stopped halfway", arguments: StoreUnderTest.all)
    func later(_ kind: StoreUnderTest) async throws {
        let stumbles = Tally()
        func logbook(stumbling: Bool) -> Shed {
            Shed(
                name: "logbook",
                migrations: [Migration("logbook.001", ["CREATE TABLE logbook_lines (id TEXT PRIMARY KEY)"])],
                projections: [
                    Projection(tables: ["logbook_lines"], types: ["shed.a"]) { event, payload, writer in
                        if stumbling, payload["number"] == 1100 {
                            stumbles.next()
                            throw ReactionTests.Mishap()
                        }
                        try writer.execute("INSERT INTO logbook_lines (id) VALUES (?)", [.text(event.id.description)])
                    }
                ])
        }
        try await Quay.with(kind, rooms: [Boats.room]) { quay in
            let drafts = (0..<1200).map {
                Draft("shed.a", stream: "line/\($0 % 7)", scope: .zone, payload: ["number": .number(Double($0))])
            }
            try await quay.district.record(drafts, origin: Origin(author: .system("test")))
            await #expect(throws: ReactionTests.Mishap.self) {
                _ = try await quay.reopened(rooms: [Boats.room, logbook(stumbling: true)])
            }
            #expect(stumbles.count > 0)
            let rooms: [any Capability] = [Boats.room, logbook(stumbling: false)]
            let second = try await quay.reopened(rooms: rooms)
            #expect(try await second.district.dump()["logbook_lines"]?.count == 1200)
            try await second.record("shed.a")
            let third = try await quay.reopened(rooms: rooms)
            let caughtUp = try await third.district.dump()
            #expect(caughtUp["logbook_lines"]?.count == 1201)
            _ = try await third.district.rebuild()
            #expect(try await third.district.dump() == caughtUp)
        }
    }

    @Test("a table that a later release adds to a room catches up, and one that follows more types anew")
    func laterTable() async throws {
        func count(_ table: String, _ types: [String]) -> Projection {
            Projection(tables: [table], types: types) { event, _, writer in
                try writer.execute("INSERT INTO \(table) (id) VALUES (?)", [.text(event.id.description)])
            }
        }
        func table(_ name: String) -> Migration { Migration(name, ["CREATE TABLE \(name) (id TEXT PRIMARY KEY)"]) }
        let first = Shed(migrations: [table("shed_one")], projections: [count("shed_one", ["shed.a"])])
        try await Quay.with(.sqlite, rooms: [first]) { quay in
            for type in ["shed.a", "shed.b", "shed.a"] { try await quay.record(type) }
            let wider = Shed(
                migrations: [table("shed_one"), table("shed_two")],
                projections: [count("shed_one", ["shed.a", "shed.b"]), count("shed_two", ["shed.b"])])
            let second = try await quay.reopened(rooms: [wider])
            let dump = try await second.district.dump()
            #expect(dump["shed_one"]?.count == 3)
            #expect(dump["shed_two"]?.count == 1)
        }
    }

    @Test("the payload of an earlier release is read step by step as today's", arguments: StoreUnderTest.all)
    func upcasts(_ kind: StoreUnderTest) async throws {
        func room(_ upcasts: [Upcast]) -> Shed {
            Shed(
                migrations: [
                    Migration("shed.001", ["CREATE TABLE shed_sizes (id TEXT PRIMARY KEY, mm BIGINT NOT NULL)"])
                ],
                projections: [
                    Projection(tables: ["shed_sizes"], types: ["shed.size.measured"]) { event, payload, writer in
                        try writer.execute(
                            "INSERT INTO shed_sizes (id, mm) VALUES (?, ?)",
                            [.text(event.id.description), .integer(payload["mm"]?.integer ?? -1)])
                    }
                ], upcasts: upcasts)
        }
        try await Quay.with(kind, rooms: [room([])]) { quay in
            func measure(_ version: Int, _ payload: [String: JSON], in quay: Quay) async throws -> [Event] {
                try await quay.district.record(
                    [Draft("shed.size.measured", stream: "size/1", scope: .zone, version: version, payload: payload)],
                    origin: Origin(author: .system("test")))
            }
            let old = try await measure(1, ["metres": 2], in: quay)
            _ = try await measure(2, ["cm": 300], in: quay)
            let today = try await quay.reopened(rooms: [
                room([
                    Upcast("shed.size.measured", from: 2) { ["mm": .number(10 * ($0["cm"]?.double ?? 0))] },
                    Upcast("shed.size.measured", from: 1) { ["cm": .number(100 * ($0["metres"]?.double ?? 0))] },
                ])
            ])
            _ = try await measure(3, ["mm": 4000], in: today)
            _ = try await today.district.rebuild()
            let sizes = try await today.store.read {
                try $0.query("SELECT mm FROM shed_sizes ORDER BY mm").map { try $0.integer("mm") }
            }
            #expect(sizes == [2000, 3000, 4000])
            let event = try #require(old.first)
            let payload = try await today.store.read { try today.district.payload(of: event, in: $0) }
            #expect(payload == ["mm": 2000])
            // The Record keeps what was written.
            #expect(try await today.events().first?.payload == ["metres": 2])
        }
    }

    /// A firm, a worker with a name in the vault, and a thing.
    private func people(in quay: Quay) async throws {
        try await quay.enrol(.worker, .officer, .colleague)
        let drafts = [try AccessEvents.firmRegistered(Firm(id: "f1", name: "Firm", registration: "1"))]
        try await quay.district.transact { transaction in
            try transaction.record(drafts, origin: Origin(author: .system("test")))
            let things = [Thing(id: "site-1", kind: .site, parent: nil, name: Words("사업장", "Site"), scope: .zone)]
            try transaction.record(
                TwinEvents.declared(things, observed: quay.clock.read(), for: Whole(), in: transaction.writer),
                origin: Origin(author: .system("test")))
        }
    }

    /// The zone's authority.
    private struct Whole: Tenancy {
        let firm: FirmID? = nil
    }
}

import Record
import Store
import Testing

struct RecordLogTests {
    @Test("an event comes back as it was recorded", arguments: Backend.available)
    func comesBack(backend: Backend) async throws {
        try await Yard.with(backend) { yard in
            let first = try await yard.append([
                Draft(
                    "sensing.alarm.raised", stream: "alarm/1", scope: .contract("f1", "f2"), version: 2,
                    observed: Timestamp(microseconds: -1), payload: ["값": .number(1e-7), "list": [nil, true, "\u{1}"]])
            ])
            let second = try await yard.append(
                [Draft("safety.hazard.proposed", stream: "hazard/1", scope: .zone)], cause: first[0].id)
            #expect(first[0].streamVersion == 1)
            #expect(second[0].cause == first[0].id)
            #expect(second[0].observed == second[0].recorded)
            let (log, id) = (yard.log, first[0].id)
            #expect(try await yard.store.read { try log.event(id, in: $0) } == first[0])
            #expect(try await yard.store.read { try log.event(Identifier(), in: $0) } == nil)
        }
    }

    @Test("streams are numbered from 1, and queries keep their order and bounds", arguments: Backend.available)
    func queries(backend: Backend) async throws {
        try await Yard.with(backend) { yard in
            try await yard.fill(10)
            let pending = try await yard.append([Draft("toy.boat.sunk", stream: "boat/0", scope: .everyone)])
            let log = yard.log
            let stream = try await yard.store.read { try log.events(inStream: "boat/0", in: $0) }
            #expect(stream.map(\.streamVersion) == [1, 2, 3, 4, 5])
            #expect(stream.map(\.leaf) == [0, 3, 6, 9, nil])
            let tail = try await yard.store.read {
                try log.events(inStream: "boat/0", fromVersion: 2, limit: 2, in: $0)
            }
            #expect(tail.map(\.streamVersion) == [2, 3])
            let page = try await yard.store.read { try log.events(fromLeaf: 4, limit: 3, in: $0) }
            #expect(page.map(\.leaf) == [4, 5, 6])
            let end = try await yard.store.read { try log.events(fromLeaf: 9, limit: 3, in: $0) }
            #expect(end.map(\.leaf) == [9])
            let correlation = stream[0].correlation
            let joined = try await yard.store.read { try log.events(withCorrelation: correlation, in: $0) }
            #expect(joined.map(\.leaf) == (0..<10).map { Int64($0) })
            let other = pending[0].correlation
            #expect(try await yard.store.read { try log.events(withCorrelation: other, in: $0) } == pending)
        }
    }

    @Test("a stream that has moved on refuses what rests on its past", arguments: Backend.available)
    func conflict(backend: Backend) async throws {
        try await Yard.with(backend) { yard in
            let draft = { (expected: Int64?) in
                Draft("toy.boat.launched", stream: "boat/1", scope: .everyone, expectedVersion: expected)
            }
            try await yard.append([draft(0), draft(1), draft(nil)])
            let error = await #expect(throws: RecordError.self) { try await yard.append([draft(2)]) }
            #expect(error?.code == .conflict)
            let events = try await yard.append([draft(3)])
            #expect(events.map(\.streamVersion) == [4])
            // Of a call that is refused nothing stays, whatever came before in it.
            await #expect(throws: RecordError.self) { try await yard.append([draft(4), draft(4)]) }
            let log = yard.log
            #expect(try await yard.store.read { try log.events(inStream: "boat/1", in: $0) }.count == 4)
        }
    }

    @Test("a cause must be on the Record", arguments: Backend.available)
    func unknownCause(backend: Backend) async throws {
        try await Yard.with(backend) { yard in
            let error = await #expect(throws: RecordError.self) {
                try await yard.append([Draft("toy.boat.sunk", stream: "boat/1", scope: .everyone)], cause: Identifier())
            }
            #expect(error?.code == .cause)
        }
    }

    @Test(
        "what could not be read back is refused",
        arguments: [
            Draft("", stream: "boat/1", scope: .everyone), Draft("toy.boat.sunk", stream: "", scope: .everyone),
            Draft("toy.boat.sunk", stream: "boat/1", scope: .firm("a:b")),
            Draft("toy.boat.sunk", stream: "boat/1", scope: .everyone, observed: Timestamp(microseconds: 1 << 60)),
            Draft("toy.boat.sunk", stream: "boat/1", scope: .everyone, payload: ["depth": .number(.infinity)]),
            Draft(
                "toy.boat.sunk", stream: "boat/1", scope: .everyone,
                payload: ["a": .string(String(repeating: "a", count: 1 << 20))]),
            Draft("toy.boat.sunk", stream: "boat/1", scope: .everyone, payload: ["a": nested(63)]),
            Draft(
                "toy.boat.sunk", stream: "boat/1", scope: .everyone, payload: ["a": 1],
                personal: ["a": PersonalContent(of: "p2", "b")]),
            Draft(
                "toy.boat.sunk", stream: "boat/1", scope: .everyone,
                personal: ["a": PersonalContent(of: "p2", .number(.nan))]),
            Draft(
                "toy.boat.sunk", stream: "boat/1", scope: .everyone,
                payload: [
                    "a": [
                        "commitment": .string(String(repeating: "00", count: 32)), "vault": .string("\(Identifier())"),
                    ]
                ]),
        ])
    func refuses(draft: Draft) async throws {
        try await Yard.with(.sqlite) { yard in
            let error = await #expect(throws: RecordError.self) { try await yard.append([draft]) }
            #expect(error?.code == .draft)
        }
    }

    static func nested(_ depth: Int) -> JSON { (0..<depth).reduce(JSON.null) { json, _ in [json] } }

    @Test("an opening leads from an event to the root that was signed", arguments: Backend.available)
    func opening(backend: Backend) async throws {
        try await Yard.with(backend) { yard in
            try await yard.fill(300)
            let log = yard.log
            let event = try await yard.store.read { try log.events(fromLeaf: 123, limit: 1, in: $0)[0] }
            let opening = try #require(try await yard.store.read { try log.opening(of: event.id, in: $0) })
            #expect(opening.leaf == 123)
            #expect(opening.salt.count == 32)
            #expect(try JSON(parsing: opening.body)["payload"]?["number"] == 123)
            let proof = try await yard.store.read { try TreeReader(in: $0).inclusionProof(ofLeaf: 123, size: 300) }
            let signed = try #require(try await yard.store.read { try Signer.first(covering: 123, in: $0) })
            #expect(proof.verifies(opening.leafHash, root: signed.checkpoint.root))
            #expect(try await yard.store.read { try Signer.first(covering: 300, in: $0) } == nil)
        }
    }
}

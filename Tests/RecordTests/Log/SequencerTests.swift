import Record
import Store
import Testing

struct SequencerTests {
    private static func draft(_ stream: String) -> Draft {
        Draft("toy.boat.launched", stream: stream, scope: .everyone)
    }

    @Test("leaves follow insertion without gaps, in steps as large as allowed", arguments: Backend.available)
    func numbers(backend: Backend) async throws {
        try await Yard.with(backend) { yard in
            try await yard.append((0..<700).map { _ in Self.draft("boat/1") })
            let (log, sequencer) = (yard.log, yard.sequencer)
            let step = { (limit: Int) in try await yard.store.write { try sequencer.sequence(in: $0, limit: limit) } }
            #expect(try await step(1) == 1)
            #expect(try await step(300) == 300)
            #expect(try await step(1000) == 399)
            #expect(try await step(1000) == 0)
            let events = try await yard.store.read { try log.events(fromLeaf: 0, limit: 1000, in: $0) }
            #expect(events.map(\.leaf) == (0..<700).map { Int64($0) })
            #expect(events.map(\.streamVersion) == (1...700).map { Int64($0) })
            #expect(try await yard.verify().isSound)
        }
    }

    @Test("however events are grouped, the tree is the same", arguments: [2, 8] as [UInt64])
    func grouping(seed: UInt64) async throws {
        var generator = SeededGenerator(seed: seed)
        let limits = (0..<60).map { _ in Int.random(in: 1...40, using: &generator) }
        try await Yard.with(.sqlite) { yard in
            try await yard.append((0..<600).map { _ in Self.draft("boat/1") })
            for limit in limits {
                _ = try await yard.store.write { [sequencer = yard.sequencer] in
                    try sequencer.sequence(in: $0, limit: limit)
                }
            }
            try await yard.number()
            let report = try await yard.verify()
            #expect(report.isSound, "seed \(seed): \(report.findings)")
            #expect(report.events == 600)
            #expect(try await yard.sign()?.checkpoint.root == report.root)
        }
    }

    @Test("of several nodes one numbers, and one that has lost its lease changes nothing", arguments: Backend.available)
    func lease(backend: Backend) async throws {
        try await Yard.with(backend) { yard in
            try await yard.append([Self.draft("boat/1"), Self.draft("boat/1"), Self.draft("boat/1")])
            let sequencer = yard.sequencer
            let acquire = { (node: String) in
                try await yard.store.write { try sequencer.acquire(for: node, seconds: 5, in: $0) }
            }
            let step = { (lease: Lease?) in
                try await yard.store.write { try sequencer.sequence(in: $0, limit: 1, under: lease) }
            }
            let first = try #require(try await acquire("a"))
            #expect(try await acquire("b") == nil)
            #expect(try await step(first) == 1)
            await #expect(throws: RecordError.self) { try await step(nil) }

            yard.clock.advance(by: 4)
            let renewed = try #require(try await acquire("a"))
            #expect(renewed.token == first.token)
            #expect(renewed.expires > first.expires)
            #expect(try await acquire("b") == nil)

            yard.clock.advance(by: 6)
            let second = try #require(try await acquire("b"))
            #expect(second.token > first.token)
            let error = await #expect(throws: RecordError.self) { try await step(renewed) }
            #expect(error?.code == .fenced)
            #expect(try await step(second) == 1)

            try await yard.store.write { try sequencer.release(renewed, in: $0) }
            #expect(try await acquire("a") == nil)
            try await yard.store.write { try sequencer.release(second, in: $0) }
            let third = try #require(try await acquire("a"))
            #expect(try await step(third) == 1)
            #expect(try await yard.verify().isSound)
        }
    }

    @Test("a checkpoint is signed when the tree has grown, and only then", arguments: Backend.available)
    func checkpoints(backend: Backend) async throws {
        try await Yard.with(backend) { yard in
            #expect(try await yard.sign() == nil)
            try await yard.append([Self.draft("boat/1")])
            #expect(try await yard.sign() == nil)
            try await yard.number()
            let signed = try #require(try await yard.sign())
            #expect(signed.checkpoint.origin == "slipway.example/record")
            #expect(signed.checkpoint.size == 1)
            try SignedCheckpoint(parsing: signed.description).verify(with: [yard.key.verifier])
            #expect(try await yard.sign() == nil)
            #expect(try await yard.store.read { try Signer.latest(in: $0) } == signed)
        }
    }

    @Test("a tree that no longer contains its last checkpoint is not signed", arguments: Backend.available)
    func refusesToSign(backend: Backend) async throws {
        try await Yard.with(backend) { yard in
            try await yard.fill(5)
            try await yard.tamper("UPDATE record_tiles SET hashes = ?", [.blob(Array(repeating: 1, count: 160))])
            try await yard.append([Self.draft("boat/1")])
            try await yard.number()
            let error = await #expect(throws: RecordError.self) { try await yard.sign() }
            #expect(error?.code == .inconsistent)
        }
    }

    @Test("while many write and one numbers, leaves respect streams and causes", arguments: Backend.available)
    func concurrent(backend: Backend) async throws {
        try await Yard.with(backend) { yard in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for writer in 0..<4 {
                    group.addTask {
                        var cause: Identifier?
                        for turn in 0..<15 {
                            cause = try await yard.append(
                                [Self.draft("boat/\(writer)"), Self.draft("dock/\(turn)")], cause: cause)[1].id
                        }
                    }
                }
                group.addTask {
                    for _ in 0..<20 {
                        _ = try await yard.store.write { [sequencer = yard.sequencer] in
                            try sequencer.sequence(in: $0, limit: 7)
                        }
                    }
                }
                try await group.waitForAll()
            }
            try await yard.number()
            let report = try await yard.verify()
            #expect(report.isSound, "\(report.findings)")
            #expect(report.events == 120)
        }
    }
}

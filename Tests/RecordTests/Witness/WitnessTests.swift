import Store
import TestKit
import Testing

@testable import Record

@Suite("A witness (C2SP tlog-witness)")
struct WitnessTests {
    /// A log, and a witness of it with a store of its own.
    private func with(
        _ body: (Yard, Witness, Store) async throws -> Void
    ) async throws {
        try await Yard.with(.sqlite) { yard in
            try await StoreUnderTest.sqlite.withStore { store in
                try await store.migrate(Witness.migrations)
                let key = try SigningKey(generatingFor: "witness.example/w1", kind: .cosignature)
                let witness = try Witness(key: key, logs: [yard.key.verifier], clock: yard.clock.read)
                try await body(yard, witness, store)
            }
        }
    }

    private func ask(_ body: String, _ witness: Witness, _ store: Store) async throws -> WitnessAnswer {
        try await store.write { try witness.answer(body, in: $0) }
    }

    private func request(_ yard: Yard, from old: Int64) async throws -> WitnessRequest {
        try await yard.store.read { reader in
            let signed = try #require(try Signer.latest(in: reader))
            let proof = try TreeReader(in: reader).consistencyProof(from: old, to: signed.checkpoint.size)
            return WitnessRequest(oldSize: old, proof: proof.path, checkpoint: signed)
        }
    }

    @Test("signs a log that grows, again the same one, and never a smaller one")
    func grows() async throws {
        try await with { yard, witness, store in
            try await yard.fill(5)
            let first = try await request(yard, from: 0)
            #expect(try WitnessRequest(parsing: first.body) == first)
            guard case .cosigned(let lines) = try await ask(first.body, witness, store) else {
                Issue.record("not signed")
                return
            }
            #expect(try first.checkpoint.adding(lines).cosignatures(of: [witness.verifier]).count == 1)
            try await yard.fill(9)
            let second = try await request(yard, from: 5)
            #expect(second.proof.count > 0)
            #expect(try await ask(second.body, witness, store).status == 200)
            let again = try await request(yard, from: 14)
            #expect(try await ask(again.body, witness, store).status == 200)
            let late = try await ask(second.body, witness, store)
            #expect(late == .otherSize(14))
            #expect((late.status, late.type, late.body) == (409, "text/x.tlog.size", "14\n"))
            #expect(try WitnessAnswer(status: 409, type: late.type, body: late.body) == late)
        }
    }

    @Test("refuses a fork of the log, and keeps both histories as evidence")
    func refusesFork() async throws {
        try await with { yard, witness, store in
            try await yard.fill(6)
            #expect(try await ask(request(yard, from: 0).body, witness, store).status == 200)
            // Another history of the same length, signed with the same key.
            let fork = try SignedCheckpoint(
                Checkpoint(origin: "slipway.example/record", size: 6, root: .leaf([1])), signedBy: yard.key)
            let same = WitnessRequest(oldSize: 6, proof: [], checkpoint: fork)
            #expect(try await ask(same.body, witness, store).status == 409)
            #expect(try await ask(same.body, witness, store) == .inconsistent(WitnessAnswer.sameSize))
            let longer = try SignedCheckpoint(
                Checkpoint(origin: "slipway.example/record", size: 9, root: .leaf([2])), signedBy: yard.key)
            let grown = WitnessRequest(oldSize: 6, proof: [.leaf([3]), .leaf([4])], checkpoint: longer)
            #expect(try await ask(grown.body, witness, store).status == 422)
            let refusals = try await store.read { try Witness.refusals(in: $0) }
            #expect(refusals.map(\.note) == [longer.description, fork.description])
            #expect(refusals.allSatisfy { !$0.known.isEmpty })
            // The true log goes on as before.
            try await yard.fill(1)
            #expect(try await ask(request(yard, from: 6).body, witness, store).status == 200)
        }
    }

    @Test("a proof that was shortened, or of another tree, is refused")
    func refusesProof() async throws {
        try await with { yard, witness, store in
            try await yard.fill(5)
            #expect(try await ask(request(yard, from: 0).body, witness, store).status == 200)
            try await yard.fill(6)
            let good = try await request(yard, from: 5)
            let short = WitnessRequest(oldSize: 5, proof: Array(good.proof.dropLast()), checkpoint: good.checkpoint)
            #expect(try await ask(short.body, witness, store).status == 422)
            #expect(try await ask(good.body, witness, store).status == 200)
        }
    }

    @Test("does not know other logs, and believes no unsigned checkpoint")
    func strangers() async throws {
        try await with { yard, witness, store in
            try await yard.fill(3)
            let good = try await request(yard, from: 0)
            let stranger = try SigningKey(generatingFor: "slipway.example/record")
            let unsigned = try SignedCheckpoint(good.checkpoint.checkpoint, signedBy: stranger)
            let asked = WitnessRequest(oldSize: 0, proof: [], checkpoint: unsigned)
            #expect(try await ask(asked.body, witness, store) == .unsigned)
            let elsewhere = try SignedCheckpoint(
                Checkpoint(origin: "other.example/log", size: 3, root: .ofNothing), signedBy: yard.key)
            let other = WitnessRequest(oldSize: 0, proof: [], checkpoint: elsewhere)
            #expect(try await ask(other.body, witness, store) == .unknownLog)
            let backwards = WitnessRequest(oldSize: 4, proof: [], checkpoint: good.checkpoint)
            #expect(try await ask(backwards.body, witness, store).status == 400)
            for body in ["", "old 0\n", "old 01\n\n\(good.checkpoint)", "old 0\nxyz\n\n\(good.checkpoint)"] {
                #expect(try await ask(body, witness, store).status == 400)
            }
        }
    }

    @Test("the log keeps what its witnesses answer, and knows when it was rolled back", arguments: Backend.available)
    func logKeeps(_ backend: Backend) async throws {
        try await Yard.with(backend) { yard in
            try await yard.fill(5)
            let key = try SigningKey(generatingFor: "witness.example/w1", kind: .cosignature)
            let policy = try WitnessPolicy("witness one \(key.verifier) http://x\nquorum one\n")
            let (witnessing, witness) = (Witnessing(policy), policy.witnesses[0])
            let now = yard.clock.read()
            #expect(try await yard.store.read { try witnessing.standings(in: $0) }.map(\.state) == [.never])
            let asked = try #require(try await yard.store.read { try witnessing.request(for: witness, in: $0) })
            #expect(asked.oldSize == 0)
            let line = try key.cosign(asked.checkpoint.note.text, at: now)
            let state = try await yard.store.write {
                try witnessing.took(.cosigned([line]), from: witness, to: asked, at: now, in: $0)
            }
            #expect(state == .signed)
            try await yard.fill(2)
            let next = try #require(try await yard.store.read { try witnessing.request(for: witness, in: $0) })
            #expect(next.oldSize == 5 && !next.proof.isEmpty)
            let latest = try #require(try await yard.store.read { try witnessing.latest(in: $0) })
            #expect(latest.checkpoint.size == 5)
            #expect(try latest.cosignatures(of: [key.verifier]).count == 1)
            _ = try await yard.store.write {
                try witnessing.took(.inconsistent("fork"), from: witness, to: next, at: now, in: $0)
            }
            let standing = try #require(try await yard.store.read { try witnessing.standings(in: $0) }.first)
            #expect((standing.state, standing.size, standing.detail) == (.refused, 5, "fork"))
            await #expect(throws: RecordError.self) {
                try await yard.store.read { try witnessing.request(for: witness, oldSize: 8, in: $0) }
            }
            let stranger = try SigningKey(generatingFor: "x", kind: .cosignature).cosign("a\n", at: now)
            await #expect(throws: RecordError.self) {
                try await yard.store.write {
                    try witnessing.took(.cosigned([stranger]), from: witness, to: next, at: now, in: $0)
                }
            }
        }
    }
}

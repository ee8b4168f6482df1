import Store
import Testing

@testable import Record

struct QueryPlanTests {
    @Test("no statement of daily work reads a whole table")
    func plans() async throws {
        try await Yard.with(.sqlite) { yard in
            try await yard.fill(300)
            let (log, sequencer, signer) = (yard.log, yard.sequencer, yard.signer)
            let plans = try await yard.store.write { transaction in
                let spy = Spy(transaction)
                let draft = Draft(
                    "toy.boat.sunk", stream: "boat/1", scope: .everyone,
                    personal: ["captain": PersonalContent(of: "p2", "Kim")])
                let cause = try log.append([draft], origin: Origin(author: .person("p1")), in: spy)[0]
                let event = try log.append([draft], origin: Origin(author: .person("p1"), cause: cause.id), in: spy)[0]
                _ = try sequencer.sequence(in: spy, limit: 100)
                _ = try signer.checkpoint(in: spy)
                _ = try Signer.first(covering: 7, in: spy)
                _ = try log.event(event.id, in: spy)
                _ = try log.events(inStream: "boat/1", in: spy)
                _ = try log.events(withCorrelation: event.correlation, in: spy)
                _ = try log.events(fromLeaf: 3, limit: 10, in: spy)
                _ = try log.opening(of: event.id, in: spy)
                _ = try log.disclosed(event, in: spy)
                _ = try log.erase("p2", in: spy)
                let tree = try TreeReader(in: spy)
                _ = try tree.inclusionProof(ofLeaf: 3, size: 300)
                _ = try tree.entryBundle(index: 0)
                _ = try tree.inclusionProofs(ofLeaves: [3, 4], size: 300)
                let request = PackSelection.Request(
                    firm: "alfa", types: "toy.", period: event.observed..<event.observed.advanced(bySeconds: 1),
                    disclosesPersonal: true)
                _ = try PackSelection(request, size: 300, in: spy)
                let witness = try SigningKey(generatingFor: "w", kind: .cosignature).verifier
                let policy = try WitnessPolicy("witness w \(witness) http://w\nquorum w\n")
                let witnessing = Witnessing(policy)
                _ = try witnessing.request(for: policy.witnesses[0], in: spy)
                _ = try witnessing.latest(in: spy)
                _ = try TimeStamps.of(size: 300, in: spy)
                _ = try TimeStamps.latest(in: spy)
                return try spy.statements.map { sql, arguments in
                    (sql, try transaction.query("EXPLAIN QUERY PLAN " + sql, arguments).map { try $0.text("detail") })
                }
            }
            #expect(plans.count > 15)
            for (sql, steps) in plans {
                let scans = steps.filter { $0.hasPrefix("SCAN record_") || $0.hasPrefix("SCAN c") }
                // The newest checkpoint (or time-stamp) is the first of the primary key's order, read from its end.
                #expect(
                    scans.allSatisfy { !$0.hasPrefix("SCAN record_events") && sql.contains("DESC LIMIT ") },
                    "\(sql): \(steps)")
            }
        }
    }
}

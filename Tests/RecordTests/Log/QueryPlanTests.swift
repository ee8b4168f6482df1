import Record
import Store
import Testing

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
                return try spy.statements.map { sql, arguments in
                    (sql, try transaction.query("EXPLAIN QUERY PLAN " + sql, arguments).map { try $0.text("detail") })
                }
            }
            #expect(plans.count > 15)
            for (sql, steps) in plans {
                let scans = steps.filter { $0.hasPrefix("SCAN record_") }
                // The newest checkpoint is the first of the primary key's order, read from its end.
                #expect(
                    scans.allSatisfy { $0.hasPrefix("SCAN record_checkpoints") && sql.contains("DESC LIMIT 1") },
                    "\(sql): \(steps)")
            }
        }
    }
}

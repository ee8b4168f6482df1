import Logging
import Store
import Testing

@testable import Series

@Suite("Query plans")
struct QueryPlanTests {
    @Test(
        "no query reads the journal or the chunks from end to end",
        arguments: [
            (SeriesSQL.takeOver, 0), (SeriesSQL.awaitWrites, 0), (SeriesSQL.epoch, 0), (SeriesSQL.chunk, 1),
            (SeriesSQL.adoptUnit, 2), (SeriesSQL.summarise, 10),
            (SeriesSQL.row, 1), (SeriesSQL.lastRow, 0),
            (SeriesSQL.rowsAfter, 2), (SeriesSQL.trim, 1), (SeriesSQL.lastChunk, 0), (SeriesSQL.overlapping, 6),
            (SeriesSQL.nextStart, 3), (SeriesSQL.unanchored, 1), (SeriesSQL.markAnchored, 2),
            (SeriesSQL.chunksAfter, 2),
        ])
    func searches(_ sql: String, _ placeholders: Int) async throws {
        try await Database.sqlite.withStore { store in
            try await store.migrate(SeriesSQL.migrations)
            let plan = try await store.read { reader in
                try reader.query("EXPLAIN QUERY PLAN " + sql, Array(repeating: .integer(1), count: placeholders))
                    .map { try $0.text("detail") }
            }
            #expect(!plan.isEmpty)
            #expect(plan.allSatisfy { $0.hasPrefix("SEARCH") }, "\(plan)")
            #expect(!plan.contains { $0.contains("TEMP B-TREE") || $0.contains("AUTOMATIC") }, "\(plan)")
        }
    }

    @Test("chunks in a range are found by the index over series, span class and beginning")
    func range() async throws {
        try await Database.sqlite.withStore { store in
            try await store.migrate(SeriesSQL.migrations)
            let plan = try await store.read { reader in
                try reader.query("EXPLAIN QUERY PLAN " + SeriesSQL.overlapping, Array(repeating: .integer(1), count: 6))
                    .map { try $0.text("detail") }
            }
            let index = "series_chunks_time (series=? AND span_class=? AND from_time>? AND from_time<?)"
            #expect(plan.count == 1 && plan[0].contains(index), "\(plan)")
        }
    }
}

import Store
import TestKit
import Testing

@Suite("Values and statements, on every store")
struct RoundTripTests {
    static let texts = [
        "", " ", "it's", "\"quoted\"", "back\\slash", "line one\nline two\r\n\ttabbed", "한글과 이모지 😂", "e\u{301} and é",
        "\\N", "\\.", "?", "$1", "%", "x'00'", "NULL", String(repeating: "가", count: 10_000),
    ]
    static let integers: [Int64] = [0, 1, -1, .max, .min, 1 << 53 + 1]
    static let reals: [Double] = [
        0, -1.5, .pi, .greatestFiniteMagnitude, -.greatestFiniteMagnitude, .leastNonzeroMagnitude, 1e-300, 0.1, 1e22,
    ]
    static let blobs: [[UInt8]] = [[], [0], Array(0...255), [92, 92, 120], [UInt8](repeating: 10, count: 70_000)]

    static var values: [SQLValue] {
        texts.map { .text($0) } + integers.map { .integer($0) } + reals.map { .real($0) } + blobs.map { .blob($0) }
    }

    @Test("every value comes back as it was written, singly and in bulk", arguments: StoreUnderTest.all)
    func roundTrip(_ kind: StoreUnderTest) async throws {
        try await kind.withStore { store in
            try await store.migrate(Box.migrations)
            try await store.write { writer in
                for (id, value) in Self.values.enumerated() { try Box.insert(id, value, in: writer) }
                try writer.insert(
                    into: "box", columns: ["id", "whole", "part", "words", "bytes"],
                    rows: Self.values.enumerated().map { Box.row($0 + 1000, $1) })
            }
            for (id, value) in Self.values.enumerated() {
                for id in [id, id + 1000] {
                    let row = try #require(
                        try await store.read { try $0.first("SELECT * FROM box WHERE id = ?", [.integer(Int64(id))]) })
                    #expect(row[Box.column(of: value)] == value, "row \(id)")
                    for other in Box.columns where other != Box.column(of: value) { #expect(row[other] == .null) }
                }
            }
        }
    }

    @Test("a value can be looked up by itself, whatever it holds", arguments: StoreUnderTest.all)
    func lookUp(_ kind: StoreUnderTest) async throws {
        try await kind.withStore { store in
            try await store.migrate(Box.migrations)
            try await store.write { writer in
                for (id, value) in Self.values.enumerated() { try Box.insert(id, value, in: writer) }
            }
            for (id, value) in Self.values.enumerated() {
                let found = try await store.read {
                    try $0.query("SELECT id FROM box WHERE \(Box.column(of: value)) = ?", [value])
                        .map { try $0.integer("id") }
                }
                #expect(found == [Int64(id)])
            }
        }
    }

    @Test("a question mark inside quotes is no placeholder", arguments: StoreUnderTest.all)
    func questionMarks(_ kind: StoreUnderTest) async throws {
        try await kind.withStore { store in
            let row = try await store.read {
                try $0.first("SELECT 'why? it''s ?' AS \"odd?\", CAST(? AS TEXT) AS words", ["because"])
            }
            #expect(row?["odd?"] == "why? it's ?")
            #expect(row?["words"] == "because")
        }
    }

    @Test("a column of another type, or none, is a typed error", arguments: StoreUnderTest.all)
    func wrongColumn(_ kind: StoreUnderTest) async throws {
        try await kind.withStore { store in
            let row = try #require(try await store.read { try $0.first("SELECT 'a' AS words, 1 AS whole") })
            #expect(throws: StoreError.self) { try row.integer("words") }
            #expect(throws: StoreError.self) { try row.text("whole") }
            #expect(throws: StoreError.self) { try row.integer("absent") }
            #expect(try row.optionalText("absent") == nil)
            #expect(try row.real("whole") == 1)
        }
    }

    @Test("ten thousand rows go in at once, and a bulk insert that fails leaves none", arguments: StoreUnderTest.all)
    func bulk(_ kind: StoreUnderTest) async throws {
        try await kind.withStore { store in
            try await store.migrate(Box.migrations)
            let rows = (0..<10_000).map { Box.row($0, .text("row \($0)")) }
            try await store.write { try $0.insert(into: "box", columns: ["id"] + Box.columns, rows: rows) }
            #expect(try await Box.count(store) == 10_000)
            await #expect(throws: StoreError.self) {
                try await store.write {
                    try $0.insert(
                        into: "box", columns: ["id"] + Box.columns,
                        rows: [Box.row(20_000, .text("new")), Box.row(5, .text("there already"))])
                }
            }
            #expect(try await Box.count(store) == 10_000)
            try await store.write { try $0.insert(into: "box", columns: ["id"], rows: []) }
        }
    }
}

/// A table with a column of each kind.
enum Box {
    static let columns = ["whole", "part", "words", "bytes"]
    static let migrations = [
        Migration(
            "box.001",
            ["CREATE TABLE box (id BIGINT PRIMARY KEY, whole BIGINT, part DOUBLE PRECISION, words TEXT, bytes BLOB)"])
    ]

    static func column(of value: SQLValue) -> String {
        switch value {
        case .integer, .null: "whole"
        case .real: "part"
        case .text: "words"
        case .blob: "bytes"
        }
    }

    static func row(_ id: Int, _ value: SQLValue) -> [SQLValue] {
        [.integer(Int64(id))] + columns.map { $0 == column(of: value) ? value : .null }
    }

    static func insert(_ id: Int, _ value: SQLValue, in writer: any Writer) throws {
        try writer.execute("INSERT INTO box (id, whole, part, words, bytes) VALUES (?, ?, ?, ?, ?)", row(id, value))
    }

    static func count(_ store: Store) async throws -> Int64 {
        try await store.read { try $0.first("SELECT COUNT(*) AS many FROM box")?.integer("many") ?? -1 }
    }
}

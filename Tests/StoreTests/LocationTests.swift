import Foundation
import Store
import TestKit
import Testing

@Suite("Where a store is, and what is said when it is not there")
struct LocationTests {
    @Test(
        "a location is read from text",
        arguments: [
            ("data/district.sqlite", StoreLocation.sqlite("data/district.sqlite")),
            ("sqlite:/var/d.sqlite", .sqlite("/var/d.sqlite")),
            ("postgres://u@h/d", .postgresql("postgres://u@h/d")),
            ("postgresql://u@h/d?schema=s", .postgresql("postgresql://u@h/d?schema=s")),
        ])
    func reads(_ text: String, _ location: StoreLocation) throws {
        #expect(try StoreLocation(text) == location)
    }

    @Test("what is no location is refused", arguments: ["", "mysql://u@h/d", "http://example"])
    func refuses(_ text: String) {
        #expect(throws: StoreError.self) { try StoreLocation(text) }
    }

    @Test("a schema of odd signs is refused", arguments: ["a-b", "a;drop", "", "A", String(repeating: "a", count: 61)])
    func oddSchema(_ schema: String) async throws {
        await #expect(throws: StoreError.self) {
            try await Store.open(.postgresql("postgres://u@127.0.0.1:1/d?schema=\(schema)"), logger: .quiet)
        }
    }

    @Test(
        "an unreachable server, or a URL that libpq refuses, is said without the password", .timeLimit(.minutes(1)),
        arguments: [
            "postgres://user:s3cret:pass@127.0.0.1:1/d", "postgres://user:s3cret:pass@127.0.0.1:1/d?s3cret:pass=1",
            "postgres://user:s3cret:pass@127.0.0.1:port/d", "postgres://user:s3cret:pass@[::1/d",
        ])
    func unreachable(_ url: String) async throws {
        do {
            _ = try await Store.open(.postgresql(url), logger: .quiet)
            Issue.record("connected to nothing")
        } catch let error as StoreError {
            #expect(error.code == .unavailable)
            #expect(!"\(error)".contains("s3cret"))
        }
    }

    @Test("where no password stands in the URL, none is cut out of what libpq says")
    func noPassword() async throws {
        do {
            _ = try await Store.open(.postgresql("postgres://127.0.0.1:1/d"), logger: .quiet)
            Issue.record("connected to nothing")
        } catch let error as StoreError {
            #expect(error.message.contains("127.0.0.1"))
            #expect(!error.message.contains("…"))
        }
    }

    @Test("a file that is no database is unavailable")
    func noDatabase() async throws {
        try await withTemporaryFolder { folder in
            let file = folder.appendingPathComponent("x.sqlite")
            try String(repeating: "no database ", count: 1000).write(to: file, atomically: true, encoding: .utf8)
            do {
                _ = try await Store.open(.sqlite(file.path), logger: .quiet)
                Issue.record("opened a text file")
            } catch let error as StoreError {
                #expect(error.code == .unavailable)
            }
        }
    }
}

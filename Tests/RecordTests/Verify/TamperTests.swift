import Record
import Store
import Testing

/// What someone with the database's password can do, and what the verifier says to it.
struct TamperTests {
    /// Runs one manipulation on a log of 600 signed events and returns what is found, with the checkpoint of size 600
    /// kept elsewhere.
    private static func findings(
        _ backend: Backend, _ manipulate: (Yard) async throws -> Void
    ) async throws -> [Finding] {
        var findings: [Finding] = []
        try await Yard.with(backend) { yard in
            try await yard.fill(600)
            let saved = try #require(try await yard.store.read { try Signer.latest(in: $0) })
            try await yard.append([Draft("toy.boat.launched", stream: "boat/9", scope: .everyone)])
            try await yard.number()
            try await yard.sign()
            try await manipulate(yard)
            let report = try await yard.verify(saved: [saved])
            #expect(report.findings.allSatisfy { !$0.words.ko.isEmpty && $0.words.en.contains($0.detail) })
            #expect(report.isSound == report.findings.isEmpty)
            #expect(report.json["sound"]?.bool == report.isSound)
            findings = report.findings
        }
        return findings
    }

    private static func body(_ leaf: Int64, _ yard: Yard) async throws -> String {
        try await yard.store.read { reader in
            let row = try reader.first("SELECT body FROM record_events WHERE leaf = ?", [.integer(leaf)])
            return String(decoding: try row?.blob("body") ?? [], as: UTF8.self)
        }
    }

    @Test("a log that nobody touched is sound, and says what it cannot know", arguments: Backend.available)
    func untouched(backend: Backend) async throws {
        try await Yard.with(backend) { yard in
            try await yard.fill(600)
            let saved = try #require(try await yard.store.read { try Signer.latest(in: $0) })
            try await yard.append([Draft("toy.boat.launched", stream: "boat/9", scope: .everyone)])
            try await yard.number()
            try await yard.sign()
            try await yard.append([Draft("toy.boat.launched", stream: "boat/9", scope: .everyone)])
            var walked: [Int64] = []
            let key = yard.key.verifier
            walked = try await yard.store.read { reader in
                var walked: [Int64] = []
                _ = try Verifier(keys: [key]).verify(in: reader) { walked.append($0) }
                return walked
            }
            #expect(walked.last == 601)
            let report = try await yard.verify(saved: [saved])
            #expect(report.isSound, "\(report.findings)")
            #expect(report.events == 601)
            #expect(report.pending == 1)
            #expect(report.checkpoints == 2)
            #expect(report.signedSize == 601)
            #expect(report.savedSize == 600)
            #expect(report.limits.count == 3)
            #expect(report.limits[0].en.hasPrefix("Only changes made after recording show."))
            #expect(report.limits[1].en.contains("first 600"))
        }
    }

    @Test("an edited body is found at its leaf", arguments: Backend.available)
    func editedBody(backend: Backend) async throws {
        let findings = try await Self.findings(backend) { yard in
            let edited = try await Self.body(77, yard).replacing("\"number\":77", with: "\"number\":78")
            try await yard.tamper("UPDATE record_events SET body = ? WHERE leaf = 77", [.blob(Array(edited.utf8))])
        }
        #expect(findings.map(\.kind) == [.changed])
        #expect(findings.map(\.leaf) == [77])
    }

    @Test("a body replaced by text, or by nothing like an event, is found", arguments: ["{}", "nonsense"])
    func brokenBody(text: String) async throws {
        let asText = try await Self.findings(.sqlite) { yard in
            try await yard.tamper("UPDATE record_events SET body = ? WHERE leaf = 77", [.text(text)])
        }
        #expect(asText.map(\.kind) == [.unreadable, .changed])
        let asBytes = try await Self.findings(.sqlite) { yard in
            try await yard.tamper("UPDATE record_events SET body = ? WHERE leaf = 77", [.blob(Array(text.utf8))])
        }
        #expect(asBytes.map(\.kind) == [.unreadable, .changed])
    }

    @Test("an edited column is found and named, on numbered and on waiting events", arguments: Backend.available)
    func editedColumn(backend: Backend) async throws {
        let findings = try await Self.findings(backend) { yard in
            try await yard.append([Draft("toy.boat.sunk", stream: "boat/8", scope: .everyone)])
            try await yard.tamper("UPDATE record_events SET scope = 'zone', author = 'person:p2' WHERE leaf = 5")
            try await yard.tamper("UPDATE record_events SET type = 'toy.boat.saved' WHERE leaf IS NULL")
        }
        #expect(findings.map(\.kind) == [.column, .column])
        #expect(findings.map(\.leaf) == [5, nil])
        #expect(findings.map(\.detail) == ["scope, author", "type"])
    }

    @Test("a backdated event is found, in the column and in the body", arguments: Backend.available)
    func backdated(backend: Backend) async throws {
        let column = try await Self.findings(backend) { yard in
            try await yard.tamper("UPDATE record_events SET recorded = recorded - 86400000000 WHERE leaf = 300")
        }
        #expect(column.map(\.kind) == [.column])
        #expect(column.map(\.detail) == ["recorded"])
        let both = try await Self.findings(backend) { yard in
            let recorded = Timestamp(microseconds: 1_795_000_003_000_000)
            let earlier = recorded.advanced(bySeconds: -86_400)
            let edited = try await Self.body(300, yard).replacing(recorded.description, with: earlier.description)
            try await yard.tamper(
                "UPDATE record_events SET recorded = ?, observed = ?, body = ? WHERE leaf = 300",
                [.integer(earlier.microseconds), .integer(earlier.microseconds), .blob(Array(edited.utf8))])
        }
        #expect(both.map(\.kind) == [.changed])
        #expect(both.map(\.leaf) == [300])
    }

    @Test("deleted events are found, in the middle and at the end", arguments: Backend.available)
    func deleted(backend: Backend) async throws {
        let middle = try await Self.findings(backend) { yard in
            try await yard.tamper("DELETE FROM record_events WHERE leaf BETWEEN 100 AND 101")
        }
        #expect(middle.filter { $0.kind == .missing }.map(\.detail) == ["100…101"])
        #expect(Set(middle.map(\.kind)) == [.missing, .stream])
        let end = try await Self.findings(backend) { yard in
            try await yard.tamper("DELETE FROM record_events WHERE leaf >= 598")
        }
        #expect(end.map(\.kind) == [.missing])
        #expect(end.map(\.detail) == ["598…600"])
    }

    @Test("an end cut off together with its tiles and checkpoints is found by the checkpoint kept elsewhere")
    func truncated() async throws {
        let findings = try await Self.findings(.sqlite) { yard in
            try await yard.tamper("DELETE FROM record_events WHERE leaf >= 512")
            try await yard.tamper("DELETE FROM record_tiles WHERE level = 0 AND position = 2")
            try await yard.tamper("DELETE FROM record_checkpoints")
            try await yard.tamper("UPDATE record_tree SET size = 512")
        }
        #expect(findings.map(\.kind) == [.shorter])
        #expect(findings.map(\.detail) == ["512 < 600"])
    }

    @Test("two events that changed places are found at both", arguments: Backend.available)
    func swapped(backend: Backend) async throws {
        let findings = try await Self.findings(backend) { yard in
            try await yard.tamper("UPDATE record_events SET leaf = -1 WHERE leaf = 10")
            try await yard.tamper("UPDATE record_events SET leaf = 10 WHERE leaf = 20")
            try await yard.tamper("UPDATE record_events SET leaf = 20 WHERE leaf = -1")
        }
        #expect(findings.filter { $0.kind == .changed }.map(\.leaf) == [10, 20])
    }

    @Test("an event slipped in under a number of its own is found", arguments: [-7, 77, 9_000_000_000] as [Int64])
    func slippedIn(leaf: Int64) async throws {
        let findings = try await Self.findings(.sqlite) { yard in
            try await yard.append([Draft("toy.boat.sunk", stream: "boat/8", scope: .everyone)])
            if leaf == 77 { try await yard.tamper("UPDATE record_events SET leaf = NULL WHERE leaf = 77") }
            try await yard.tamper("UPDATE record_events SET leaf = ? WHERE stream = 'boat/8'", [.integer(leaf)])
        }
        switch leaf {
        case 77: #expect(findings.first == findings.first { $0.kind == .changed && $0.leaf == 77 })
        case ..<0: #expect(findings.map(\.kind) == [.repeated])
        default: #expect(findings.map(\.kind) == [.missing])
        }
    }

    @Test("a tile that was edited, cut or added to is found", arguments: Backend.available)
    func tiles(backend: Backend) async throws {
        let edited = try await Self.findings(backend) { yard in
            try await yard.tamper(
                "UPDATE record_tiles SET hashes = ? WHERE level = 1", [.blob(Array(repeating: 9, count: 64))])
        }
        #expect(edited.map(\.kind) == [.tile, .tile])
        let cut = try await Self.findings(backend) { yard in
            try await yard.tamper("UPDATE record_tiles SET hashes = ? WHERE level = 1", [.blob([])])
        }
        #expect(cut.map(\.kind) == [.tile, .tile, .tile])
        let added = try await Self.findings(backend) { yard in
            try await yard.tamper("INSERT INTO record_tiles VALUES (2, 0, ?)", [.blob(Array(repeating: 9, count: 32))])
        }
        #expect(added.map(\.kind) == [.tile])
    }

    @Test("an event edited together with the tiles is found by the checkpoints", arguments: Backend.available)
    func editedWithTiles(backend: Backend) async throws {
        let findings = try await Self.findings(backend) { yard in
            let edited = try await Self.body(77, yard).replacing("\"number\":77", with: "\"number\":78")
            try await yard.tamper("UPDATE record_events SET body = ? WHERE leaf = 77", [.blob(Array(edited.utf8))])
            try await Self.renumber(yard)
        }
        #expect(findings.map(\.kind) == [.fork, .root, .root])
    }

    @Test(
        "a rewritten end, signed again with the log's own key, is found by the checkpoint kept elsewhere",
        arguments: Backend.available)
    func fork(backend: Backend) async throws {
        let findings = try await Self.findings(backend) { yard in
            let edited = try await Self.body(599, yard).replacing("\"number\":599", with: "\"number\":0")
            try await yard.tamper("UPDATE record_events SET body = ? WHERE leaf = 599", [.blob(Array(edited.utf8))])
            try await yard.tamper("DELETE FROM record_checkpoints")
            try await Self.renumber(yard)
            try await yard.sign()
        }
        #expect(findings.map(\.kind) == [.fork])
        #expect(findings.first?.detail.contains("slipway.example/record 600") == true)
    }

    /// Makes tree and tiles anew out of what the rows say now.
    private static func renumber(_ yard: Yard) async throws {
        try await yard.tamper("UPDATE record_events SET leaf = NULL")
        try await yard.tamper("DELETE FROM record_tiles")
        try await yard.tamper("UPDATE record_tree SET size = 0")
        try await yard.number()
    }

    @Test("a checkpoint that was edited, or signed by a stranger, is found", arguments: Backend.available)
    func checkpoints(backend: Backend) async throws {
        let edited = try await Self.findings(backend) { yard in
            try await yard.tamper(
                "UPDATE record_checkpoints SET note = REPLACE(note, 'slipway', 'shipway') WHERE size = 600")
        }
        #expect(edited.map(\.kind) == [.checkpoint])
        let unreadable = try await Self.findings(backend) { yard in
            try await yard.tamper("UPDATE record_checkpoints SET note = 'gone' WHERE size = 600")
        }
        #expect(unreadable.map(\.kind) == [.checkpoint])
        let moved = try await Self.findings(backend) { yard in
            try await yard.tamper("UPDATE record_checkpoints SET size = 500 WHERE size = 600")
        }
        #expect(moved.map(\.kind) == [.checkpoint])
        let stranger = try await Self.findings(backend) { yard in
            let other = try SigningKey(generatingFor: yard.key.name)
            try await yard.tamper("DELETE FROM record_checkpoints")
            _ = try await yard.store.write {
                try Signer(origin: "slipway.example/record", key: other, clock: Timestamp.now).checkpoint(in: $0)
            }
        }
        #expect(stranger.map(\.kind) == [.checkpoint])
    }

    @Test("a saved checkpoint without a good signature proves nothing, and is said so")
    func savedByStranger() async throws {
        try await Yard.with(.sqlite) { yard in
            try await yard.fill(5)
            let other = try SigningKey(generatingFor: yard.key.name)
            let saved = try await yard.store.write { transaction in
                try transaction.execute("DELETE FROM record_checkpoints")
                let signed = try Signer(origin: "slipway.example/record", key: other, clock: Timestamp.now).checkpoint(
                    in: transaction)
                try transaction.execute("DELETE FROM record_checkpoints")
                return signed
            }
            let report = try await yard.verify(saved: [try #require(saved)])
            #expect(report.findings.map(\.kind) == [.savedSignature])
            #expect(report.savedSize == 0)
        }
    }

    @Test("a cause that vanished or stands behind its effect is found", arguments: Backend.available)
    func causes(backend: Backend) async throws {
        try await Yard.with(backend) { yard in
            let cause = try await yard.append([Draft("toy.boat.sunk", stream: "boat/1", scope: .everyone)])[0]
            try await yard.append([Draft("toy.diver.sent", stream: "diver/1", scope: .everyone)], cause: cause.id)
            // The effect gets its number first.
            try await yard.tamper("UPDATE record_events SET leaf = 0 WHERE stream = 'diver/1'")
            try await yard.tamper("UPDATE record_events SET leaf = 1 WHERE stream = 'boat/1'")
            #expect(try await yard.verify().findings.contains { $0.kind == .cause && $0.leaf == 0 })
            try await yard.tamper("DELETE FROM record_events WHERE stream = 'boat/1'")
            #expect(try await yard.verify().findings.contains { $0.kind == .cause && $0.leaf == 0 })
        }
    }

    @Test("a tree whose state or tables were emptied is a finding, not a failure")
    func emptied() async throws {
        let state = try await Self.findings(.sqlite) { try await $0.tamper("DELETE FROM record_tree") }
        #expect(state.map(\.kind).contains(.unreadable))
        let events = try await Self.findings(.sqlite) { try await $0.tamper("DELETE FROM record_events") }
        #expect(events.map(\.kind) == [.missing])
        let tiles = try await Self.findings(.sqlite) { try await $0.tamper("DELETE FROM record_tiles") }
        #expect(tiles.count == VerificationReport.mostFindings)
    }
}

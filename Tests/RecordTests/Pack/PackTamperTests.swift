import Foundation
import Store
import Testing

@testable import Record

@Suite("Evidence packs that were tampered with")
struct PackTamperTests {
    /// A change, and what the check must call it.
    struct Tamper: Sendable, CustomTestStringConvertible {
        let name: String
        let kinds: Set<PackFinding.Kind>
        let change: @Sendable (inout PackFiles) throws -> Void
        var testDescription: String { name }

        init(
            _ name: String, _ kinds: Set<PackFinding.Kind>,
            _ change: @escaping @Sendable (inout PackFiles) throws -> Void
        ) {
            self.name = name
            self.kinds = kinds
            self.change = change
        }
    }

    /// By someone without the signing key.
    static let withoutKey = [
        Tamper("a document edited", [.changed, .document]) { files in
            let name = files.files.map(\.name).first { $0.hasPrefix("documents/") } ?? ""
            files[name][0] ^= 1
        },
        Tamper("an event edited", [.changed, .event]) {
            $0.edit("events.jsonl") { $0.replacing("guard", with: "grind") }
        },
        Tamper("an event dropped", [.changed, .event, .gap, .manifest]) {
            $0.lines("events.jsonl") { $0.remove(at: 1) }
        },
        Tamper("a proof swapped", [.changed, .proof]) { files in
            files.lines("proofs.jsonl") { lines in
                let parts = [lines[0], lines[1]].map { $0.replacing("\"leaf\":\"0\"", with: "\"leaf\":\"x\"") }
                lines[0] = Substring(parts[1].replacing("\"leaf\":\"1\"", with: "\"leaf\":\"0\""))
                lines[1] = Substring(parts[0].replacing("\"leaf\":\"x\"", with: "\"leaf\":\"1\""))
            }
        },
        Tamper("a file removed", [.missing]) { $0.remove("README.ko.txt") },
        Tamper("a file added", [.extra]) { $0["documents/extra.txt"] = [65] },
        Tamper("the manifest edited", [.seal]) { $0.edit("manifest.json") { $0.replacing("labour", with: "harbor") } },
        Tamper("the manifest's signature removed", [.missing]) { $0.remove("manifest.note") },
        Tamper("the checkpoint of another size", [.changed, .checkpoint]) { files in
            files.edit("checkpoint") { $0.replacing("\n12\n", with: "\n11\n") }
        },
    ]

    @Test("each change by someone without the key is named", arguments: withoutKey)
    func named(_ tamper: Tamper) async throws {
        try await PackYard.with { yard in
            var files = try PackFiles(await yard.pack())
            try tamper.change(&files)
            let report = PackVerifier(keys: [yard.key]).verify(try files.archive())
            #expect(Set(report.findings.map(\.kind)) == tamper.kinds, "\(report.findings)")
        }
    }

    /// By someone who holds the signing key and signs the manifest anew: the tree still tells.
    static let withKey = [
        Tamper("an event edited", [.event]) { $0.edit("events.jsonl") { $0.replacing("guard", with: "grind") } },
        Tamper("an event dropped with its proof", [.gap]) { files in
            files.lines("events.jsonl") { $0.remove(at: 1) }
            files.lines("proofs.jsonl") { $0.remove(at: 1) }
        },
        Tamper("an event dropped, its proof left", [.gap, .event]) { $0.lines("events.jsonl") { $0.remove(at: 1) } },
        Tamper("an event doubled", [.repeated, .manifest]) { $0.lines("events.jsonl") { $0.append($0[0]) } },
        Tamper("a salt exchanged", [.event]) { files in
            files.edit("events.jsonl") { text in
                let at = text.range(of: "\"salt\":\"")?.upperBound ?? text.startIndex
                return text.replacingCharacters(in: at..<text.index(at, offsetBy: 4), with: "0000")
            }
        },
        Tamper("a stream left out of the list", [.gap]) { $0.lines("streams.jsonl") { $0.removeFirst() } },
        Tamper("a withheld event no longer named", [.gap]) { files in
            files.edit("streams.jsonl") { $0.replacing("\"withheld\":[\"3\"]", with: "\"withheld\":[]") }
        },
        Tamper("a document that no event names", [.document]) { files in
            let name = files.files.map(\.name).first { $0.hasPrefix("documents/") } ?? ""
            let fresh = Array("other minutes".utf8)
            files[name] = fresh
            files.edit("manifest.json") {
                $0.replacing(
                    "\"sha256\":\"\(ContentHash.sha256(PackYard.document))\"}]",
                    with: "\"sha256\":\"\(ContentHash.sha256(fresh))\"}]")
            }
        },
        Tamper("said to be another firm's", [.foreign]) { files in
            files.edit("manifest.json") { $0.replacing("\"scope\":\"firm:alfa\"", with: "\"scope\":\"firm:charlie\"") }
        },
    ]

    @Test("each change by someone who holds the signing key is named", arguments: withKey)
    func resealed(_ tamper: Tamper) async throws {
        try await PackYard.with { yard in
            let pack = try yard.resealed(await yard.pack(), tamper.change)
            let report = PackVerifier(keys: [yard.key]).verify(pack)
            #expect(Set(report.findings.map(\.kind)) == tamper.kinds, "\(report.findings)")
        }
    }

    @Test("a pack made with another key is named so, and one checked without a key says what that means")
    func otherKey() async throws {
        try await PackYard.with { yard in
            let pack = try await yard.pack()
            let other = try SigningKey(generatingFor: Yard.origin)
            let foreign = PackVerifier(keys: [other.verifier]).verify(pack)
            #expect(Set(foreign.findings.map(\.kind)) == [.key, .seal, .checkpoint])
            let alone = PackVerifier(keys: []).verify(pack)
            #expect(alone.isSound && alone.limits.contains { $0.en.contains("does not prove who made it") })
            let forged = try yard.resealed(pack, signingWith: other) { files in
                files["verifier-key"] = Array("\(other.verifier)\n".utf8)
            }
            #expect(PackVerifier(keys: [yard.key]).verify(forged).findings.map(\.kind) == [.key, .seal])
        }
    }

    @Test("a database administrator who rewrites history and signs it anew is found by a checkpoint kept elsewhere")
    func fork() async throws {
        try await PackYard.with { yard in
            let saved = try #require(try await yard.yard.store.read { try Signer.latest(in: $0) })
            try await yard.yard.tamper(
                "UPDATE record_events SET salt = ? WHERE leaf = 0", [.blob([UInt8](repeating: 1, count: 32))])
            let honest = try await yard.pack()
            let found = PackVerifier(keys: [yard.key]).verify(honest)
            #expect(found.findings.map(\.kind) == [.event])
            // The same with the whole tree made anew and the checkpoint signed over it.
            try await yard.rewrite()
            let pack = try await yard.pack()
            #expect(PackVerifier(keys: [yard.key]).verify(pack).isSound)
            let report = PackVerifier(keys: [yard.key], saved: [saved]).verify(pack)
            #expect(report.findings.map(\.kind) == [.fork])
        }
    }

    @Test("a witness's cosignature counts by its key from elsewhere, and a false one is named")
    func witnesses() async throws {
        try await PackYard.with { yard in
            let witness = try SigningKey(generatingFor: "witness.example/w1", kind: .cosignature)
            let pack = try await yard.pack(witness: witness)
            let known = PackVerifier(keys: [yard.key], witnesses: [witness.verifier]).verify(pack)
            #expect(known.isSound && known.witnesses == ["witness.example/w1"])
            let stranger = PackVerifier(keys: [yard.key]).verify(pack)
            #expect(stranger.isSound && stranger.witnesses.isEmpty)
            #expect(stranger.limits.contains { $0.en.contains("count for nothing") })
            let other = try SigningKey(generatingFor: "witness.example/w1", kind: .cosignature)
            let false1 = try yard.resealed(pack) { $0["witness-keys"] = Array("\(other.verifier)\n".utf8) }
            #expect(
                PackVerifier(keys: [yard.key], witnesses: [witness.verifier]).verify(false1).findings.map(\.kind)
                    == [.cosignature])
        }
    }

    @Test("a time-stamp is checked against the checkpoint and its authority")
    func time() async throws {
        try await PackYard.with { yard in
            let signed = try #require(try await yard.yard.store.read { try Signer.latest(in: $0) })
            var answers: [[UInt8]] = []
            var trusted: TimeTrust?
            try await Authority.with(.p256) { authority in
                trusted = try authority.trust
                for bytes in [TimeStamps.stamped(signed, by: yard.key), [1, 2, 3]] {
                    answers.append(try authority.answer(TimeStampRequest(of: bytes).encoded))
                }
            }
            let (good, bad) = (try TimeStamp(response: answers[0]), try TimeStamp(response: answers[1]))
            let pack = try await yard.pack(timestamp: good)
            let report = PackVerifier(keys: [yard.key], trust: trusted).verify(pack)
            #expect(report.isSound)
            #expect(report.time?.moment == good.time && report.time?.isVerified == true)
            #expect(PackVerifier(keys: [yard.key]).verify(pack).time?.isVerified == false)
            let wrong = try await yard.pack(timestamp: bad)
            #expect(PackVerifier(keys: [yard.key]).verify(wrong).findings.map(\.kind) == [.timestamp])
            let without = try yard.resealed(pack) { $0.remove("timestamp.tsr") }
            #expect(PackVerifier(keys: [yard.key]).verify(without).findings.map(\.kind) == [.timestamp])
        }
    }

    @Test("what is no pack is named so and never crashes")
    func garbage() async throws {
        try await PackYard.with { yard in
            let pack = try await yard.pack()
            let verifier = PackVerifier(keys: [yard.key])
            for end in stride(from: 0, to: pack.count, by: 97) {
                #expect(verifier.verify(pack.prefix(end)).findings.map(\.kind) == [.archive])
            }
            var generator = SeededGenerator(seed: 11)
            for _ in 0..<150 {
                var bad = pack
                let place = Int.random(in: 0..<pack.count, using: &generator)
                bad[place] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
                let report = verifier.verify(bad)
                // A ZIP's dates and checksums are nobody's evidence; everything else shows.
                if report.isSound { #expect(Self.isZipsOwn(place, pack)) }
            }
            #expect(verifier.verify(pack + [0]).findings.map(\.kind) == [.archive])
        }
    }

    /// Whether a byte belongs to the archive's own headers, which no reader of ours believes.
    private static func isZipsOwn(_ place: Int, _ pack: Data) -> Bool {
        guard let zip = try? ZipReader(pack) else { return false }
        return !zip.names.contains { name in zip[name].map { ($0.startIndex..<$0.endIndex).contains(place) } ?? false }
    }
}

extension PackYard {
    /// Makes the tree anew over what the rows say now, and signs it as if it had always been so.
    func rewrite() async throws {
        for table in ["record_tiles", "record_checkpoints"] { try await yard.tamper("DELETE FROM \(table)") }
        try await yard.tamper("UPDATE record_events SET leaf = NULL")
        try await yard.tamper("UPDATE record_tree SET size = 0")
        try await yard.number()
        try await yard.sign()
    }
}

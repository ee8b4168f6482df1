import Access
import District
import Foundation
import Record
import Store
import TestKit
import Testing

@testable import Safety

@Suite("Inspector's packs")
struct PackTests {
    /// What a test needs to make packs: the log's key and whoever vouches.
    struct Maker {
        let signer: Signer
        let maker: PackMaker

        init(_ yard: Yard, vouching: Vouching = .none) throws {
            signer = Signer(
                origin: "slipway.example/yard", key: try SigningKey(generatingFor: "slipway.example/yard"),
                clock: yard.clock.read)
            maker = PackMaker(
                district: yard.district, signer: signer, vouching: vouching, summary: PackSummary())
        }

        /// Makes what was asked for; the pack as it then stands, and its archive.
        func make(_ yard: Yard, _ outcome: Outcome) async throws -> (InspectorPack, Data) {
            let id = String(try #require(outcome.events.first).stream.dropFirst("pack/".count))
            try await maker.make(id)
            return try await yard.store.read { reader in
                let pack = try #require(
                    try PackTable.find(id, for: try Caller.system("test").tenant, in: reader))
                var (bytes, position): ([UInt8], Int64) = ([], 0)
                while let piece = try PackPieces.piece(id, position, in: reader) {
                    bytes += piece
                    position += 1
                }
                return (pack, Data(bytes))
            }
        }
    }

    /// A year's halves with something in each: training with a certificate, in alfa and in bravo.
    private func work(_ yard: Yard) async throws -> String {
        let file = try await yard.attach("certificate of hot work")
        for firm in ["alfa", "bravo"] {
            let own = firm == "alfa" ? file : try await yard.attach("bravo's certificate", firm: "bravo")
            try await yard.perform("safety.firm.profile", DutyStoryTests.profile, by: .manager(firm))
            try await yard.perform(
                "safety.duty.evidence", ["duty": "sapa-d4-1", "kind": "policy", "file": .string(own)],
                by: .manager(firm))
        }
        return file
    }

    private static let ask: [String: JSON] = ["recipient": "labour"]

    @Test("one command makes a firm's half-year, which verifies and holds its documents", arguments: StoreUnderTest.all)
    func makes(_ kind: StoreUnderTest) async throws {
        try await Yard.with(kind) { yard in
            let file = try await work(yard)
            let maker = try Maker(yard)
            let asked = try await yard.perform(MakePack.name, Self.ask, by: .executive("alfa"))
            let (pack, archive) = try await maker.make(yard, asked)
            let made = try #require(pack.made)
            #expect(made.sha256 == ContentHash.sha256(archive) && made.size == Int64(archive.count))
            #expect(pack.period.description == "2026-H2" && pack.recipient == .labour && made.documents == 1)
            let report = PackVerifier(keys: [maker.signer.verifier]).verify(archive)
            #expect(report.findings == [])
            #expect(report.documents == 1 && Int64(report.events) == made.events && report.subject == "alfa")
            let text = String(decoding: archive, as: UTF8.self)
            #expect(text.contains("documents/\(file).txt") && text.contains("certificate of hot work"))
            #expect(!text.contains("bravo"))
            #expect(text.contains("독립된 시각이 없습니다"))
            // The summary is readable without a server, in both languages.
            #expect(text.contains("<h2>첨부 파일 <span class=\"en\" lang=\"en\">Documents</span></h2>"))
            #expect(!text.contains("<script"))
            #expect(try await yard.types().suffix(2) == ["safety.pack.asked", "safety.pack.made"])
            #expect(try await yard.rebuildsAlike())
        }
    }

    @Test("the pack names what the Record says of it, so that another file cannot be put in its place")
    func onRecord() async throws {
        try await Yard.with { yard in
            _ = try await work(yard)
            let maker = try Maker(yard)
            let asked = try await yard.perform(MakePack.name, Self.ask, by: .manager("alfa"))
            let (pack, _) = try await maker.make(yard, asked)
            let events = try await yard.store.read { [district = yard.district] in
                try district.log.events(inStream: "pack/\(pack.id)", in: $0)
            }
            let last = try #require(events.last)
            #expect(last.type == "safety.pack.made" && last.scope == .firm("alfa"))
            #expect(last.payload["sha256"]?.text == pack.made?.sha256)
            #expect(last.payload["stamped"] == .null && last.payload["witnesses"] == [])
            // Asked for again it is made once more, and never twice at the same time.
            try await maker.maker.make(pack.id)
            #expect(try await yard.types().last == "safety.pack.made")
            try await yard.perform(MakePack.name, Self.ask, by: .manager("alfa"))
            let refused = try await yard.refusal(MakePack.name, Self.ask, by: .manager("alfa"))
            #expect(refused?.code == "pack.making")
        }
    }

    @Test("only who answers for a firm may ask, for their own firm and a half-year that has begun")
    func refusals() async throws {
        try await Yard.with { yard in
            for caller in [Caller.worker("alfa"), .person("x", [.inspector])] {
                #expect(try await yard.refusal(MakePack.name, Self.ask, by: caller)?.kind == .forbidden)
            }
            func rule(_ values: [String: JSON], _ caller: Caller) async throws -> String? {
                try await yard.refusal(MakePack.name, Self.ask.merging(values) { $1 }, by: caller)?.code
            }
            #expect(try await rule(["firm": "bravo"], .manager("alfa")) == "pack.unknown")
            #expect(try await rule(["period": "2027-H1"], .manager("alfa")) == "duty.begun")
            #expect(try await rule(["period": "2026"], .manager("alfa")) == "duty.period")
            #expect(try await rule([:], .officer) == "pack.required")
            #expect(try await rule(["firm": "charlie"], .officer) == "pack.unknown")
            #expect(try await rule(["firm": "alfa"], .officer) == nil)
            let unnamed = try await yard.refusal(MakePack.name, [:], by: .manager("alfa"))
            #expect(unnamed?.faults.map(\.field) == ["recipient"])
        }
    }

    @Test("a link opens one pack until it ends or is ended; its code is not on the Record")
    func links() async throws {
        try await Yard.with { yard in
            let maker = try Maker(yard)
            let asked = try await yard.perform(MakePack.name, Self.ask, by: .executive("alfa"))
            let (pack, _) = try await maker.make(yard, asked)
            let code = Secret.code()
            let share: [String: JSON] = [
                "pack": .string(pack.id), "days": 7, "key": .string(ContentHash.sha256(code.utf8)),
            ]
            #expect(try await yard.refusal(SharePack.name, share, by: .manager("bravo"))?.code == "pack.unknown")
            #expect(
                try await yard.refusal(SharePack.name, share.merging(["key": "abc"]) { $1 }, by: .manager("alfa"))?.code
                    == "pack.key")
            #expect(
                try await yard.refusal(SharePack.name, share.merging(["days": 31]) { $1 }, by: .manager("alfa"))?.faults
                    .map(\.field) == ["days"])
            try await yard.perform(SharePack.name, share, by: .manager("alfa"))
            #expect(try await yard.refusal(SharePack.name, share, by: .manager("alfa"))?.code == "pack.key")
            let link = try #require(
                try await yard.store.read { try PackTable.link(ofKey: ContentHash.sha256(code.utf8), in: $0) })
            #expect(link.pack == pack.id && link.standing(at: yard.clock.read()) == .open)
            #expect(link.standing(at: link.until) == .expired)
            let bodies = try await yard.store.read { [district = yard.district] in
                try district.log.events(fromLeaf: 0, limit: 1000, in: $0).map { JSON.object($0.payload).canonicalText }
            }
            #expect(!bodies.joined().contains(code))
            let end: [String: JSON] = ["link": .string(link.id)]
            #expect(try await yard.refusal(RevokePackLink.name, end, by: .manager("bravo"))?.code == "pack.link")
            try await yard.perform(RevokePackLink.name, end, by: .executive("alfa"))
            #expect(try await yard.refusal(RevokePackLink.name, end, by: .executive("alfa"))?.code == "pack.ended")
            let ended = try await yard.store.read { try PackTable.link(ofKey: ContentHash.sha256(code.utf8), in: $0) }
            #expect(ended?.standing(at: yard.clock.read()) == .revoked)
            #expect(try await yard.rebuildsAlike())
        }
    }

    @Test("another firm sees no pack; the zone sees all")
    func tenancy() async throws {
        try await Yard.with { yard in
            let maker = try Maker(yard)
            let asked = try await yard.perform(MakePack.name, Self.ask, by: .executive("alfa"))
            let (pack, _) = try await maker.make(yard, asked)
            for (caller, sees) in [(Caller.manager("bravo"), false), (.manager("alfa"), true), (.officer, true)] {
                let tenant = try caller.tenant
                let found = try await yard.store.read { reader in
                    (
                        try PackTable.list(for: tenant, limit: 10, in: reader).rows.count,
                        try PackTable.find(pack.id, for: tenant, in: reader) != nil
                    )
                }
                #expect(found.0 == (sees ? 1 : 0) && found.1 == sees)
            }
        }
    }

    @Test("what keeps a pack from being made is shown, and nothing half made is left")
    func fails() async throws {
        try await Yard.with { yard in
            let maker = try Maker(yard)
            _ = try await maker.signer.checkpointed(yard)
            // The tree no longer holds what was signed.
            try await yard.store.write {
                _ = try $0.execute("UPDATE record_tiles SET hashes = zeroblob(length(hashes))")
            }
            let asked = try await yard.perform(MakePack.name, Self.ask, by: .executive("alfa"))
            let (pack, archive) = try await maker.make(yard, asked)
            #expect(pack.state == .failed(.corrupt) && archive.isEmpty)
            #expect(try await yard.types().last == "safety.pack.failed")
        }
    }

    @Test(
        "a pack of an event that was edited or deleted in the database is not made",
        arguments: [
            "UPDATE record_events SET salt = zeroblob(32) WHERE type LIKE 'safety.duty%' AND scope = 'firm:alfa'",
            "DELETE FROM record_events WHERE leaf = 3",
        ])
    func tampered(_ sql: String) async throws {
        try await Yard.with { yard in
            _ = try await work(yard)
            let maker = try Maker(yard)
            let asked = try await yard.perform(MakePack.name, Self.ask, by: .executive("alfa"))
            #expect(try await yard.store.write { try $0.execute(sql) } > 0)
            let (pack, archive) = try await maker.make(yard, asked)
            #expect(pack.state == .failed(.corrupt) && archive.isEmpty)
        }
    }

    @Test("archives go when they have been kept long enough; the Record keeps their hash")
    func sweep() async throws {
        try await Yard.with { yard in
            let maker = try Maker(yard)
            let asked = try await yard.perform(MakePack.name, Self.ask, by: .executive("alfa"))
            let (pack, archive) = try await maker.make(yard, asked)
            #expect(!archive.isEmpty)
            let then = pack.asked.advanced(bySeconds: 1)
            try await yard.store.write { try PackPieces.sweep(before: then, in: $0) }
            #expect(try await !yard.store.read { try PackPieces.isKept(pack.id, in: $0) })
            let share: [String: JSON] = [
                "pack": .string(pack.id), "days": 1, "key": .string(ContentHash.sha256("x".utf8)),
            ]
            #expect(try await yard.refusal(SharePack.name, share, by: .executive("alfa"))?.code == "pack.unknown")
        }
    }
}

extension Signer {
    func checkpointed(_ yard: Yard) async throws -> SignedCheckpoint? {
        try await yard.store.write { [self] in try checkpoint(in: $0) }
    }
}

import Foundation
import Store
import TestKit
import Testing

@testable import Record

@Suite("Evidence packs")
struct PackTests {
    @Test("a pack of a firm's period verifies, with what it says of itself", arguments: Backend.available)
    func verifies(_ backend: Backend) async throws {
        try await PackYard.with(backend) { yard in
            let pack = try await yard.pack()
            let report = PackVerifier(keys: [yard.key]).verify(pack)
            #expect(report.findings == [])
            #expect((report.events, report.streams, report.documents) == (7, 3, 1))
            #expect(report.subject == "Alfa")
            #expect(report.time == nil && report.witnesses == [])
            #expect(report.limits.contains { $0.en == "There is no independent time." })
        }
    }

    @Test("it holds nothing of another firm, nothing personal, and says what it leaves out")
    func tellsNothingElse() async throws {
        try await PackYard.with { yard in
            let text = String(decoding: try await yard.pack(), as: UTF8.self)
            #expect(!text.contains("bravo") && !text.contains("broken finger"))
            #expect(text.contains("1 personal fields are not opened"))
            #expect(text.contains("1 events that concern others are withheld"))
            #expect(text.contains("no independent time"))
            let open = String(decoding: try await yard.pack(personal: true), as: UTF8.self)
            #expect(open.contains("broken finger"))
            try await yard.erase()
            let erased = String(decoding: try await yard.pack(personal: true), as: UTF8.self)
            #expect(!erased.contains("broken finger"))
            #expect(erased.contains("1 personal fields was erased"))
        }
    }

    @Test("opened personal content verifies against its commitment, and not when it was changed")
    func personal() async throws {
        try await PackYard.with { yard in
            let pack = try await yard.pack(personal: true)
            #expect(PackVerifier(keys: [yard.key]).verify(pack).isSound)
            let edited = try yard.resealed(pack) { files in
                files.edit("personal.jsonl") { $0.replacing("finger", with: "thumb!") }
            }
            #expect(PackVerifier(keys: [yard.key]).verify(edited).findings.map(\.kind) == [.personal])
        }
    }

    @Test("of a whole period nothing is left out between the first and the last event of a stream")
    func fillsBetween() async throws {
        try await PackYard.with { yard in
            let selection = try await yard.select()
            #expect(selection.events.map(\.leaf) == selection.events.map(\.leaf).sorted { $0 ?? 0 < $1 ?? 0 })
            let action = try #require(selection.streams.first { $0.name == "action/1" })
            // The third concerns the zone alone; it is named, not shown.
            #expect(action.versions == 1...4 && action.withheld == [3])
            let old = selection.streams.contains { $0.name == "action/old" }
            #expect(!old)
        }
    }

    @Test("the same content gives the same bytes")
    func deterministic() async throws {
        try await PackYard.with { yard in
            let (one, other) = (try await yard.pack(), try await yard.pack())
            #expect(one == other)
        }
    }

    @Test("Python's zipfile and unzip can open it")
    func opens() async throws {
        try await PackYard.with { yard in
            let pack = try await yard.pack()
            try await withTemporaryFolder { folder in
                let file = folder.appendingPathComponent("pack.zip")
                try pack.write(to: file)
                let process = Process()
                process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
                process.arguments = ["python3", "-m", "zipfile", "-t", file.path]
                let output = Pipe()
                process.standardOutput = output
                try process.run()
                process.waitUntilExit()
                let said = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
                #expect(process.terminationStatus == 0 && said == "Done testing\n")
            }
        }
    }

    @Test("many proofs at once are the proofs one by one")
    func batch() async throws {
        try await Yard.with(.sqlite) { yard in
            try await yard.fill(700)
            try await yard.store.read { reader in
                let tree = try TreeReader(in: reader)
                let leaves: [Int64] = [0, 1, 255, 256, 257, 511, 512, 600]
                for size: Int64 in [601, 640, 700] {
                    let one = try leaves.map { try tree.inclusionProof(ofLeaf: $0, size: size) }
                    #expect(try tree.inclusionProofs(ofLeaves: leaves, size: size) == one)
                }
                #expect(throws: RecordError.self) { try tree.inclusionProofs(ofLeaves: [700], size: 700) }
            }
        }
    }
}

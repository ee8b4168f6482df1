import Foundation
import Store
import Synchronization
import TestKit

@testable import Record

/// A Record with what two firms did, out of which packs are made.
struct PackYard {
    let yard: Yard
    var key: VerifierKey { yard.signer.verifier }

    static let document = Array("minutes of the meeting".utf8)
    static let period =
        Timestamp(microseconds: 1_795_000_000_000_000)..<Timestamp(microseconds: 1_795_000_900_000_000)

    static func with(_ backend: Backend = .sqlite, _ body: (PackYard) async throws -> Void) async throws {
        try await Yard.with(backend) { yard in
            let pack = PackYard(yard: yard)
            try await pack.found()
            try await body(pack)
        }
    }

    private func found() async throws {
        let (alfa, bravo) = (FirmID("alfa"), FirmID("bravo"))
        let hash = ContentHash.sha256(Self.document)
        func draft(_ type: String, _ stream: String, _ scope: Scope, _ payload: [String: JSON] = [:]) -> Draft {
            Draft(type, stream: stream, scope: scope, payload: payload)
        }
        let before = Timestamp(microseconds: 1_794_000_000_000_000)
        try await yard.append([
            draft(
                "safety.action.opened", "action/1", .firm(alfa), ["title": "guard the press", "photo": .string(hash)]),
            draft("safety.action.extended", "action/1", .firm(alfa), ["until": "2026-12-01"]),
            draft("safety.action.opened", "action/9", .firm(bravo), ["title": "bravo's own"]),
            draft("safety.action.watched", "action/1", .zone, ["title": "the zone's note"]),
            draft("safety.action.closed", "action/1", .firm(alfa)),
            draft("sensing.alarm.raised", "alarm/1", .firm(alfa)),
            draft("safety.contract.opened", "contract/1", .contract(alfa, FirmID("charlie"))),
            draft("safety.contract.opened", "contract/2", .contract(bravo, FirmID("charlie"))),
        ])
        try await yard.append([
            Draft(
                "safety.incident.reported", stream: "incident/1", scope: .firm(alfa), payload: ["kind": "caught"],
                personal: ["note": PersonalContent(of: PersonID("p7"), "broken finger")])
        ])
        let first = try await yard.append([draft("safety.incident.classified", "incident/1", .firm(alfa))])
        try await yard.append([draft("safety.incident.closed", "incident/1", .firm(alfa))], cause: first[0].id)
        yard.clock.advance(by: 3600)
        try await yard.append([
            Draft("safety.action.opened", stream: "action/old", scope: .firm(alfa), observed: before)
        ])
        try await yard.number()
        try await yard.sign()
    }

    func erase() async throws {
        _ = try await yard.store.write { [log = yard.log] in try log.erase(PersonID("p7"), in: $0) }
    }

    func select(personal: Bool = false) async throws -> PackSelection {
        try await yard.store.read { reader in
            let request = PackSelection.Request(
                firm: FirmID("alfa"), types: "safety.", period: Self.period, disclosesPersonal: personal)
            return try PackSelection(request, size: TreeReader(in: reader).size, in: reader)
        }
    }

    func pack(personal: Bool = false, timestamp: TimeStamp? = nil, witness: SigningKey? = nil) async throws -> Data {
        let selection = try await select(personal: personal)
        let (signed, proofs) = try await yard.store.read { reader in
            let signed = try Signer.latest(in: reader)
            let leaves = selection.openings.compactMap(\.leaf)
            return (
                signed, try TreeReader(in: reader).inclusionProofs(ofLeaves: leaves, size: signed?.checkpoint.size ?? 0)
            )
        }
        guard var signed else { throw RecordError(.pack, "no checkpoint") }
        let now = yard.clock.read()
        if let witness { signed = signed.adding([try witness.cosign(signed.note.text, at: now)]) }
        let description = PackDescription(
            firm: FirmID("alfa"), firmName: "Alfa", types: "safety.", period: Self.period, made: now,
            author: .person("p1"), purpose: "the labour office")
        let sink = Collected()
        var writer = PackWriter(description, signer: yard.signer) { sink.add($0) }
        try await writer.add(
            PackDocument(hash: ContentHash.sha256(Self.document), ending: "txt", bytes: Self.document))
        try await writer.add("index.html", Array("summary".utf8))
        let pack = try await writer.finish(
            selection, proofs: proofs,
            seal: PackSeal(
                checkpoint: signed, witnesses: [witness?.verifier].compactMap { $0 }, timestamp: timestamp,
                noTime: Words("설정된 기관이 없습니다.", "No authority is configured.")))
        let data = Data(sink.bytes)
        guard ContentHash.sha256(data) == pack.sha256, Int64(data.count) == pack.size else {
            throw RecordError(.pack, "the hash is not the pack's")
        }
        return data
    }

    /// What a forger can do who has the signing key: change files and sign the manifest anew.
    func resealed(_ pack: Data, signingWith key: SigningKey? = nil, _ change: (inout PackFiles) throws -> Void) throws
        -> Data
    {
        var files = try PackFiles(pack)
        try change(&files)
        try files.reseal(with: key ?? yard.key)
        return try files.archive()
    }
}

/// What a writer wrote.
private final class Collected: Sendable {
    private let kept = Mutex<[UInt8]>([])
    func add(_ bytes: [UInt8]) { kept.withLock { $0 += bytes } }
    var bytes: [UInt8] { kept.withLock { $0 } }
}

/// A pack taken apart.
struct PackFiles {
    var files: [(name: String, bytes: [UInt8])] = []

    init(_ pack: Data) throws {
        let zip = try ZipReader(pack)
        files = zip.names.map { ($0, [UInt8](zip[$0] ?? Data())) }
    }

    subscript(_ name: String) -> [UInt8] {
        get { files.first { $0.name == name }?.bytes ?? [] }
        set {
            if let at = files.firstIndex(where: { $0.name == name }) {
                files[at].bytes = newValue
            } else {
                files.append((name, newValue))
            }
        }
    }

    mutating func edit(_ name: String, _ change: (String) -> String) {
        self[name] = Array(change(String(decoding: self[name], as: UTF8.self)).utf8)
    }

    mutating func lines(_ name: String, _ change: (inout [Substring]) -> Void) {
        edit(name) { text in
            var lines = text.split(separator: "\n")
            change(&lines)
            return lines.map { $0 + "\n" }.joined()
        }
    }

    mutating func remove(_ name: String) { files.removeAll { $0.name == name } }

    mutating func reseal(with key: SigningKey) throws {
        guard var manifest = try JSON(parsing: self["manifest.json"]).members else { return }
        manifest["files"] = .array(
            files.filter { $0.name != "manifest.json" && $0.name != "manifest.note" }.map {
                [
                    "name": .string($0.name), "size": .decimal(Int64($0.bytes.count)),
                    "sha256": .string(ContentHash.sha256($0.bytes)),
                ]
            })
        manifest["events"] = .number(Double(self["events.jsonl"].count { $0 == 0x0A }))
        self["manifest.json"] = JSON.object(manifest).canonical
        let note = try key.sign(PackFile.sealText(ContentHash.sha256(self["manifest.json"])))
        self["manifest.note"] = Array(note.description.utf8)
    }

    func archive() throws -> Data {
        var zip = ZipWriter(made: Timestamp(microseconds: 0))
        var bytes: [UInt8] = []
        for file in files { bytes += try zip.header(file.name, file.bytes) + file.bytes }
        return Data(bytes + zip.end())
    }
}

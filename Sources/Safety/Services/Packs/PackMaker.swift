import Access
import District
import Record
import ServiceLifecycle
import Store
import Web

/// Makes each pack that was asked for: has the Record signed up to now, asks witnesses and the authority, gathers events
/// and documents, and writes the archive.
struct PackMaker: Service {
    let district: District
    let signer: Signer
    let vouching: Vouching
    let summary: PackSummary
    /// Tells this process from others that make packs in the same database.
    let holder = Identifier().description

    static let origin = Origin(author: .system("safety.packs"))
    /// How long one may take before another node may try, in seconds.
    static let patience = 900.0

    func run() async throws {
        if district.store.dialect == .sqlite { try await district.store.write { try PackPieces.releaseAll(in: $0) } }
        await beat(every: .milliseconds(500), in: district, failing: "packs could not be looked at") {
            for pack in try await district.store.read({ try PackTable.making(in: $0) }) { try await make(pack) }
        }
    }

    /// Makes a pack that is still to be made. What keeps it from being made is recorded, and shown to who asked.
    func make(_ id: String) async throws {
        let (zone, holder, now) = (try Caller.system("safety.packs").tenant, holder, district.clock())
        let taken = try await district.store.write { writer -> InspectorPack? in
            guard let pack = try PackTable.find(id, for: zone, in: writer), pack.state == .making,
                try PackPieces.take(id, holder, at: now, seconds: Self.patience, in: writer)
            else { return nil }
            return pack
        }
        guard let pack = taken else { return }
        do {
            let made = try await write(pack)
            try await finish(pack, "safety.pack.made", made)
        } catch is CancellationError {
            return
        } catch {
            district.report("a pack could not be made", error)
            try await district.store.write { try PackPieces.forget(id, in: $0) }
            let reason = InspectorPack.Failure(error)
            try await finish(pack, "safety.pack.failed", ["reason": .string(reason.rawValue)])
        }
    }

    private func finish(_ pack: InspectorPack, _ type: String, _ payload: [String: JSON]) async throws {
        let zone = try Caller.system("safety.packs").tenant
        try await district.transact { transaction in
            try PackPieces.release(pack.id, in: transaction.writer)
            guard try PackTable.find(pack.id, for: zone, in: transaction.writer)?.state == .making else { return }
            try transaction.record(
                [Draft(type, stream: "pack/\(pack.id)", scope: .firm(pack.firm), payload: payload)],
                origin: Self.origin)
        }
    }

    /// Writes the archive.
    /// - Returns: what the event says of it.
    private func write(_ pack: InspectorPack) async throws -> [String: JSON] {
        let (started, signer, log) = (district.clock(), signer, district.log)
        let seal = try await PackVouching(district: district, signer: signer, vouching: vouching).seal()
        let size = seal.checkpoint.checkpoint.size
        let request = PackSelection.Request(
            firm: pack.firm, types: "safety.", period: pack.period.first.start..<pack.period.end,
            disclosesPersonal: pack.opensPersonal)
        let tenant = Tenant.firm(pack.firm)
        let (selection, proofs, name, found, absent) = try await district.store.read { reader in
            let selection = try PackSelection(request, size: size, in: reader)
            let leaves = selection.openings.compactMap(\.leaf)
            let proofs = try TreeReader(in: reader).inclusionProofs(ofLeaves: leaves, size: size)
            // What no longer holds is said here, and not handed to an inspector.
            for (opening, proof) in zip(selection.openings, proofs)
            where !proof.verifies(opening.leafHash, root: seal.checkpoint.checkpoint.root) {
                throw RecordError(.corrupt, "leaf \(proof.leaf) is not what was signed")
            }
            let name = try Directory.firm(pack.firm, for: tenant, in: reader)?.name ?? pack.firm.rawValue
            var (named, files) = (Set<String>(), Set<String>())
            for event in selection.events {
                let disclosed = JSON.object(try log.disclosed(event, in: reader))
                files.formUnion(disclosed.files)
                disclosed.collectTexts { text in
                    if text.utf8.count == 64 { named.insert(text) }
                }
            }
            let found = try named.sorted().filter { try Attachments.holds($0, for: tenant, in: reader) }
            return (selection, proofs, name, found, files.subtracting(found).sorted())
        }
        let description = PackDescription(
            firm: pack.firm, firmName: name, types: request.types, period: request.period, made: started,
            author: pack.author, purpose: "\(pack.recipient.words.ko) / \(pack.recipient.words.en)")
        let pieces = PackPieceWriter(pack: pack.id, store: district.store)
        var writer = PackWriter(description, signer: signer) { try await pieces.take($0) }
        writer.absent = absent
        let documents = try await add(found, for: tenant, to: &writer)
        let page = try summary.page(description, selection, documents, seal)
        try await writer.add("index.html", page)
        let written = try await writer.finish(selection, proofs: proofs, seal: seal)
        try await pieces.finish()
        return [
            "sha256": .string(written.sha256), "size": .decimal(written.size),
            "events": .number(Double(selection.events.count)), "streams": .number(Double(selection.streams.count)),
            "documents": .number(Double(documents.count)), "checkpoint": .decimal(size),
            "witnesses": .array(seal.witnesses.map { .string($0.name) }),
            "stamped": seal.timestamp.map { .string($0.time.description) } ?? .null,
            "seconds": .number(district.clock().seconds(since: started)),
        ]
    }

    /// Adds the files one by one, so that only one is held at a time.
    private func add(
        _ hashes: [String], for tenant: Tenant, to writer: inout PackWriter
    ) async throws -> [PackSummary.Document] {
        var documents: [PackSummary.Document] = []
        var bytes: Int64 = 0
        for hash in hashes {
            let file = try await district.store.read { try Attachments.find(hash, for: tenant, in: $0) }
            guard let file else { continue }
            bytes += Int64(file.bytes.count)
            let document = PackDocument(hash: hash, ending: file.media.ending, bytes: file.bytes)
            try await writer.add(document)
            documents.append(.init(hash: hash, name: document.name, size: Int64(file.bytes.count)))
        }
        return documents
    }
}

/// Removes the archives of packs that have been kept long enough.
struct PackSweep: Service {
    let district: District

    func run() async throws {
        await beat(every: .seconds(3600)) {
            let before = district.clock().advanced(bySeconds: -Double(InspectorPack.keptDays) * 86_400)
            do {
                try await district.store.write { try PackPieces.sweep(before: before, in: $0) }
            } catch {
                district.report("old packs could not be removed", error)
            }
        }
    }
}

extension MediaType {
    /// How the name of such a file ends.
    var ending: String {
        switch self {
        case .jpeg: "jpg"
        case .png: "png"
        case .webp: "webp"
        case .pdf: "pdf"
        case .zip: "zip"
        case .compound: "ole"
        case .text: "txt"
        }
    }
}

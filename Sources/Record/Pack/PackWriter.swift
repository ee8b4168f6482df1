import Crypto

/// Writes an evidence pack, piece by piece, so that a large one needs no memory of its own size.
///
/// ```swift
/// var writer = PackWriter(description, signer: signer) { piece in try await keep(piece) }
/// for document in documents { try await writer.add(document) }
/// let pack = try await writer.finish(selection, proofs: proofs, seal: seal)
/// ```
public struct PackWriter {
    /// A pack that was written.
    public struct Pack: Sendable, Hashable {
        /// SHA-256 of the whole archive.
        public let sha256: String
        /// Its size in bytes.
        public let size: Int64
        /// How many files it holds.
        public let files: Int
    }

    /// The files that events name and nobody has any more, by hash: said in the manifest, and to whoever checks.
    public var absent: [String] = []

    private let description: PackDescription
    private let signer: Signer
    private let sink: @Sendable ([UInt8]) async throws -> Void
    private var zip: ZipWriter
    private var hash = SHA256()
    private var size: Int64 = 0
    private var files: [JSON] = []
    private var documents: [JSON] = []

    /// A pack with this description, signed by the log's key.
    /// - Parameter sink: takes the archive's bytes in their order.
    public init(
        _ description: PackDescription, signer: Signer, to sink: @escaping @Sendable ([UInt8]) async throws -> Void
    ) {
        self.description = description
        self.signer = signer
        self.sink = sink
        zip = ZipWriter(made: description.made)
    }

    /// Adds a file that an event names.
    public mutating func add(_ document: PackDocument) async throws {
        try await add(document.name, document.bytes)
        documents.append(["name": .string(document.name), "sha256": .string(document.hash)])
    }

    /// Adds a file of another kind: the readable summary.
    public mutating func add(_ name: String, _ bytes: [UInt8]) async throws {
        files.append([
            "name": .string(name), "size": .decimal(Int64(bytes.count)), "sha256": .string(ContentHash.sha256(bytes)),
        ])
        try await write(name, bytes)
    }

    /// Adds the events with what opens and proves them, the manifest and its signature.
    /// - Returns: the pack's hash and size.
    /// - Throws: ``RecordError`` with code `range` where the proofs are not those of the events, `pack` where it becomes too large.
    public mutating func finish(
        _ selection: PackSelection, proofs: [InclusionProof], seal: PackSeal
    ) async throws -> Pack {
        guard proofs.map(\.leaf) == selection.openings.map({ $0.leaf ?? -1 }),
            proofs.allSatisfy({ $0.size == seal.checkpoint.checkpoint.size })
        else { throw RecordError(.range, "the proofs are not those of the events") }
        let proves = PackStatements.proves(seal)
        let not =
            PackStatements.doesNotProve(
                seal, hidden: selection.hidden, erased: selection.erased, withheld: selection.withheld)
            + PackStatements.absent(absent.count)
        for language in Language.allCases {
            let text = PackReadme.text(language, description, proves, not)
            try await add("README.\(language.rawValue).txt", Array(text.utf8))
        }
        try await add(PackFile.events, Self.lines(selection.openings.map(\.json)))
        try await add(PackFile.proofs, Self.lines(proofs.map(\.json)))
        try await add(PackFile.streams, Self.lines(selection.streams.map(\.json)))
        if !selection.personal.isEmpty {
            try await add(PackFile.personal, Self.lines(selection.personal.map(\.json)))
        }
        try await add(seal)
        var manifest = description.json
        manifest["log"] = .string(seal.checkpoint.checkpoint.origin)
        manifest["checkpoint"] = [
            "size": .decimal(seal.checkpoint.checkpoint.size),
            "root": .string(seal.checkpoint.checkpoint.root.bytes.base64),
        ]
        manifest["time"] =
            seal.timestamp.map { ["stamped": .string($0.time.description)] }
            ?? ["stamped": nil, "ko": .string(seal.noTime.ko), "en": .string(seal.noTime.en)]
        manifest["events"] = .number(Double(selection.events.count))
        manifest["streams"] = .number(Double(selection.streams.count))
        manifest["withheld"] = .number(Double(selection.withheld))
        manifest["personal"] = [
            "opened": .number(Double(selection.personal.count)), "hidden": .number(Double(selection.hidden)),
            "erased": .number(Double(selection.erased)),
        ]
        manifest["witnesses"] = .array(seal.witnesses.map { .string($0.name) })
        manifest["documents"] = .array(documents)
        manifest["absent"] = .array(absent.map { .string($0) })
        manifest["proves"] = .array(proves.map(\.json))
        manifest["doesNotProve"] = .array(not.map(\.json))
        manifest["files"] = .array(files)
        let bytes = JSON.object(manifest).canonical
        try await write(PackFile.manifest, bytes)
        let note = try signer.sign(PackFile.sealText(ContentHash.sha256(bytes)))
        try await write(PackFile.seal, Array(note.description.utf8))
        try await put(zip.end())
        return Pack(sha256: Array(hash.finalize()).hex, size: size, files: files.count + 2)
    }

    /// The checkpoint as the log signed it, alone: that is what a time-stamp covers. Cosignatures stand in a file of
    /// their own, since they may come later.
    private mutating func add(_ seal: PackSeal) async throws {
        let own = seal.checkpoint.only(signer.verifier)
        try await add(PackFile.checkpoint, Array(own.description.utf8))
        try await add(PackFile.key, Array("\(signer.verifier)\n".utf8))
        if !seal.witnesses.isEmpty {
            try await add(PackFile.witnessed, Array(seal.checkpoint.description.utf8))
            try await add(PackFile.witnesses, Array(seal.witnesses.map { "\($0)\n" }.joined().utf8))
        }
        if let stamp = seal.timestamp { try await add(PackFile.timestamp, stamp.response) }
    }

    private mutating func write(_ name: String, _ bytes: [UInt8]) async throws {
        let header = try zip.header(name, bytes)
        try await put(header)
        try await put(bytes)
    }

    private mutating func put(_ bytes: [UInt8]) async throws {
        hash.update(data: bytes)
        size += Int64(bytes.count)
        try await sink(bytes)
    }

    /// JSON lines, each canonical.
    private static func lines(_ values: [JSON]) -> [UInt8] {
        var bytes: [UInt8] = []
        for value in values {
            bytes += value.canonical
            bytes.append(0x0A)
        }
        return bytes
    }
}

extension Opening {
    fileprivate var json: JSON {
        [
            "leaf": .decimal(leaf ?? -1), "salt": .string(salt.hex),
            "body": .string(String(decoding: body, as: UTF8.self)),
        ]
    }
}

extension InclusionProof {
    fileprivate var json: JSON {
        ["leaf": .decimal(leaf), "path": .array(path.map { .string($0.bytes.base64) })]
    }
}

extension PackSelection.Stream {
    fileprivate var json: JSON {
        [
            "stream": .string(name), "from": .decimal(versions.lowerBound), "to": .decimal(versions.upperBound),
            "withheld": .array(withheld.map { .decimal($0) }),
        ]
    }
}

extension PackSelection.Personal {
    fileprivate var json: JSON {
        [
            "event": .string(event.description), "field": .string(field), "salt": .string(salt.hex),
            "content": .string(String(decoding: content, as: UTF8.self)),
        ]
    }
}

import Record
import Store
import Testing

struct TreeReaderTests {
    @Test("tiles and bundles of a log of 600 events fit each other and the signed root", arguments: Backend.available)
    func tiles(backend: Backend) async throws {
        try await Yard.with(backend) { yard in
            try await yard.fill(600)
            let signed = try #require(try await yard.store.read { try Signer.latest(in: $0) })
            #expect(signed.checkpoint.size == 600)
            try signed.verify(with: [yard.key.verifier])
            try await yard.store.read { reader in
                let tree = try TreeReader(in: reader)
                let text = { (path: String) in try TilePath(path).flatMap { try tree.bytes(at: $0) } }
                var hashes: [TreeHash] = []
                for (index, width) in [(0, 256), (1, 256), (2, 88)] {
                    let suffix = width == 256 ? "" : ".p/\(width)"
                    let tile = try #require(try text("tile/0/00\(index)\(suffix)"))
                    let bundle = try #require(try text("tile/entries/00\(index)\(suffix)"))
                    let entries = try #require(EntryBundle.entries(bundle))
                    #expect(entries.count == width)
                    #expect(entries.allSatisfy { $0.count == 32 })
                    #expect(tile == entries.flatMap { TreeHash.leaf($0).bytes })
                    hashes += entries.map { TreeHash.leaf($0) }
                }
                #expect(Set(hashes).count == 600)
                #expect(Self.root(hashes[...]) == signed.checkpoint.root)
                let upper = try #require(try text("tile/1/000.p/2"))
                #expect(upper == Self.root(hashes[0..<256]).bytes + Self.root(hashes[256..<512]).bytes)
                // Partial tiles of earlier sizes stay available; what does not exist yet is not made up.
                #expect(try text("tile/0/002.p/5")?.count == 160)
                for missing in [
                    "tile/0/002", "tile/0/002.p/89", "tile/0/003.p/1", "tile/1/000", "tile/2/000.p/1",
                    "tile/entries/002",
                ] {
                    #expect(try text(missing) == nil, "\(missing)")
                }
            }
        }
    }

    private static func root(_ leaves: ArraySlice<TreeHash>) -> TreeHash {
        guard leaves.count > 1 else { return leaves.first ?? .ofNothing }
        var split = 1
        while split * 2 < leaves.count { split *= 2 }
        return .node(root(leaves.prefix(split)), root(leaves.dropFirst(split)))
    }

    @Test("proofs out of tiles hold at sizes within, at and across tiles", arguments: Backend.available)
    func proofs(backend: Backend) async throws {
        try await Yard.with(backend) { yard in
            try await yard.fill(600)
            try await yard.store.read { reader in
                let tree = try TreeReader(in: reader)
                let leaves = try (0..<3 as Range<Int64>).flatMap { index in
                    try tree.tile(level: 0, index: index, width: index == 2 ? 88 : 256) ?? []
                }
                let hash = { (leaf: Int64) in TreeHash(bytes: leaves[Int(leaf) * 32..<Int(leaf + 1) * 32]) }
                let sizes: [Int64] = [1, 2, 3, 255, 256, 257, 511, 512, 513, 599, 600]
                for size in sizes {
                    let root = try tree.root(at: size)
                    for leaf in Set([0, size / 2, size - 1]) {
                        let proof = try tree.inclusionProof(ofLeaf: leaf, size: size)
                        #expect(proof.verifies(try #require(hash(leaf)), root: root), "\(leaf) of \(size)")
                    }
                    for from in sizes where from <= size {
                        let proof = try tree.consistencyProof(from: from, to: size)
                        #expect(proof.verifies(try tree.root(at: from), root), "\(from) to \(size)")
                    }
                }
                for (leaf, size) in [(0, 601), (600, 600), (-1, 5), (0, 0), (5, -1)] as [(Int64, Int64)] {
                    let error = #expect(throws: RecordError.self) { try tree.inclusionProof(ofLeaf: leaf, size: size) }
                    #expect(error?.code == .range)
                }
                for (from, to) in [(0, 601), (6, 5), (-1, 5)] as [(Int64, Int64)] {
                    let error = #expect(throws: RecordError.self) { try tree.consistencyProof(from: from, to: to) }
                    #expect(error?.code == .range)
                }
                #expect(throws: RecordError.self) { try tree.root(at: 601) }
            }
        }
    }
}

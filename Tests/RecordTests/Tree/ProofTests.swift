import Testing

@testable import Record

struct ProofTests {
    /// The definition of RFC 6962 §2.1, word by word.
    static func root(_ leaves: ArraySlice<TreeHash>) -> TreeHash {
        guard leaves.count > 1 else { return leaves.first ?? .ofNothing }
        var split = 1
        while split * 2 < leaves.count { split *= 2 }
        let middle = leaves.startIndex + split
        return .node(root(leaves[..<middle]), root(leaves[middle...]))
    }

    static func leaves(_ count: Int) -> [TreeHash] { (0..<count).map { .leaf([UInt8($0 >> 8), UInt8($0 & 255)]) } }

    @Test("roots are those of the Certificate Transparency test vectors")
    func vectors() {
        let entries = [
            "", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f",
        ]
        let roots = [
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
            "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
            "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
            "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
            "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
            "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
            "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
            "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
        ]
        var frontier = Frontier()
        for size in 0...8 {
            #expect(frontier.root.description == roots[size])
            if size < 8 { frontier.append(.leaf([UInt8](hex: entries[size]) ?? [])) { _, _ in } }
        }
    }

    @Test("every leaf of every tree up to 300 leaves is proven, and by its own proof only")
    func inclusion() {
        let tree = MemoryTree(Self.leaves(300))
        for size in 1...300 as ClosedRange<Int64> {
            let root = tree.root(size)
            for leaf in 0..<size {
                let proof = InclusionProof(leaf: leaf, size: size, node: tree.hash)
                let hash = tree.leaves[Int(leaf)]
                guard proof.verifies(hash, root: root), !proof.verifies(tree.leaves[Int((leaf + 1) % 300)], root: root)
                else {
                    Issue.record("leaf \(leaf) of \(size)")
                    return
                }
            }
        }
    }

    @Test("every tree up to 300 leaves is proven to grow into every larger one")
    func consistency() {
        let tree = MemoryTree(Self.leaves(300))
        let roots = (0...300).map { tree.root($0) }
        for to in 0...300 {
            for from in 0...to {
                let proof = ConsistencyProof(from: Int64(from), to: Int64(to), node: tree.hash)
                // From the empty tree everything grows; there is nothing to prove and nothing to refute.
                let refutes =
                    from == 0
                    || !proof.verifies(.ofNothing, roots[to]) && !proof.verifies(roots[from], .ofNothing)
                guard proof.verifies(roots[from], roots[to]), refutes else {
                    Issue.record("\(from) to \(to)")
                    return
                }
            }
        }
    }

    @Test("a proof that is too long, too short, altered or out of range proves nothing")
    func mangled() {
        let tree = MemoryTree(Self.leaves(100))
        let root = tree.root(100)
        let proof = InclusionProof(leaf: 41, size: 100, node: tree.hash)
        let leaf = tree.leaves[41]
        #expect(proof.path.count == 7)
        for at in proof.path.indices {
            var path = proof.path
            path[at] = .ofNothing
            #expect(!InclusionProof(leaf: 41, size: 100, path: path).verifies(leaf, root: root))
        }
        #expect(!InclusionProof(leaf: 41, size: 100, path: proof.path + [.ofNothing]).verifies(leaf, root: root))
        #expect(!InclusionProof(leaf: 41, size: 100, path: Array(proof.path.dropLast())).verifies(leaf, root: root))
        #expect(!InclusionProof(leaf: -1, size: 100, path: proof.path).verifies(leaf, root: root))
        #expect(!InclusionProof(leaf: 100, size: 100, path: proof.path).verifies(leaf, root: root))

        let growth = ConsistencyProof(from: 37, to: 100, node: tree.hash)
        let old = tree.root(37)
        for at in growth.path.indices {
            var path = growth.path
            path[at] = .ofNothing
            #expect(!ConsistencyProof(from: 37, to: 100, path: path).verifies(old, root))
        }
        #expect(!ConsistencyProof(from: 37, to: 100, path: growth.path + [root]).verifies(old, root))
        #expect(!ConsistencyProof(from: 37, to: 100, path: []).verifies(old, root))
        #expect(!ConsistencyProof(from: 100, to: 37, path: growth.path).verifies(root, old))
    }

    @Test("the frontier has the root of every size, and tells of every perfect subtree once")
    func frontier() {
        let leaves = Self.leaves(300)
        let tree = MemoryTree(leaves)
        var frontier = Frontier()
        var told: [Subtree: TreeHash] = [:]
        for (offset, leaf) in leaves.enumerated() {
            frontier.append(leaf) { subtree, hash in
                #expect(told.updateValue(hash, forKey: subtree) == nil)
            }
            #expect(frontier.root == Self.root(leaves[...offset]))
        }
        #expect(told.count == (0...8).reduce(0) { $0 + 300 >> $1 })
        #expect(told.allSatisfy { tree.hash($0.key) == $0.value })
    }

    @Test("a tree of 70,000 leaves has the root that another program computed")
    func large() {
        var frontier = Frontier()
        for number in 0..<70_000 as Range<UInt64> {
            frontier.append(.leaf(Opening(leaf: nil, salt: [], body: [UInt8](bigEndian: number)).entry)) { _, _ in }
        }
        #expect(frontier.root.description == "b435473d0f4b6e116c11ac94bf7f9ddc67b5249b3b33b4ad23b3d4b6959a1778")
    }
}

/// A tree in memory that remembers the hashes it has made.
private final class MemoryTree {
    let leaves: [TreeHash]
    private var known: [Subtree: TreeHash] = [:]

    init(_ leaves: [TreeHash]) { self.leaves = leaves }

    func root(_ size: Int64) -> TreeHash { ProofTests.root(leaves[..<Int(size)]) }

    func hash(_ subtree: Subtree) -> TreeHash {
        if let hash = known[subtree] { return hash }
        let start = Int(subtree.index) << subtree.height
        let hash = ProofTests.root(leaves[start..<start + 1 << subtree.height])
        known[subtree] = hash
        return hash
    }
}

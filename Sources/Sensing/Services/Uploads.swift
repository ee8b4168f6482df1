import Record

/// Files between their dry run and their import: a few, bounded in size, each for its sender alone.
actor Uploads {
    private struct Kept {
        let bytes: [UInt8]
        let name: String
        let owner: Author
    }

    /// At most so many wait; the oldest goes first.
    private static let most = 8

    private var kept: [(id: String, file: Kept)] = []

    /// Keeps a file.
    /// - Returns: the number to ask for it by.
    func keep(_ bytes: [UInt8], name: String, owner: Author) -> String {
        let id = Identifier().description
        kept.append((id, Kept(bytes: bytes, name: name, owner: owner)))
        if kept.count > Self.most { kept.removeFirst() }
        return id
    }

    /// Hands a file back to who sent it, once.
    func take(_ id: String, owner: Author) -> (bytes: [UInt8], name: String)? {
        guard let index = kept.firstIndex(where: { $0.id == id && $0.file.owner == owner }) else { return nil }
        let file = kept.remove(at: index).file
        return (file.bytes, file.name)
    }
}

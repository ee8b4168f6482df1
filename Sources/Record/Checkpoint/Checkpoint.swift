/// What a log says of itself at one moment: its name, its size and its root (C2SP tlog-checkpoint).
public struct Checkpoint: Sendable, Hashable {
    /// The log's name.
    public let origin: String
    /// How many leaves the tree has.
    public let size: Int64
    /// The root over them.
    public let root: TreeHash

    init(origin: String, size: Int64, root: TreeHash) {
        self.origin = origin
        self.size = size
        self.root = root
    }

    /// Reads a note's text; lines after the third are passed over.
    init(text: String) throws(RecordError) {
        let lines = text.split(separator: "\n" as Character, omittingEmptySubsequences: false)
        guard lines.count >= 4, lines.last == "", !lines.dropLast().contains("") else {
            throw RecordError(.note, "a checkpoint has three lines or more, none of them empty")
        }
        guard let size = Int64(lines[1]), size >= 0, String(size) == lines[1] else {
            throw RecordError(.note, "\(lines[1]) is no tree size")
        }
        guard let root = [UInt8](base64: lines[2]).flatMap({ TreeHash(bytes: $0) }) else {
            throw RecordError(.note, "\(lines[2]) is no root hash")
        }
        self.init(origin: String(lines[0]), size: size, root: root)
    }

    /// The text that is signed.
    public var text: String { "\(origin)\n\(size)\n\(root.bytes.base64)\n" }
}

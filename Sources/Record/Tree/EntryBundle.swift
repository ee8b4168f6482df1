/// The entries of a level-0 tile, each led by its length in two bytes, big-endian (C2SP tlog-tiles).
public enum EntryBundle {
    /// The bytes of a bundle; an entry is at most 65,535 bytes long.
    public static func bytes(_ entries: [[UInt8]]) -> [UInt8] {
        entries.reduce(into: []) { $0 += [UInt8](bigEndian: UInt16($1.count)) + $1 }
    }

    /// The entries of a bundle; nil where it ends within one.
    public static func entries(_ bytes: [UInt8]) -> [[UInt8]]? {
        var entries: [[UInt8]] = []
        var at = 0
        while at < bytes.count {
            guard at + 2 <= bytes.count else { return nil }
            let end = at + 2 + Int(bytes[at]) << 8 + Int(bytes[at + 1])
            guard end <= bytes.count else { return nil }
            entries.append(Array(bytes[(at + 2)..<end]))
            at = end
        }
        return entries
    }
}

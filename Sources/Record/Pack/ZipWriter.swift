/// Writes a ZIP archive whose files are stored as they are (APPNOTE.TXT, method 0): any tool opens it, the same content
/// gives the same bytes, and nothing hides in a decompressor.
struct ZipWriter: Sendable {
    /// What a name in the archive stands for.
    private struct Entry: Sendable {
        let name: [UInt8]
        let checksum: UInt32
        let size: UInt32
        let offset: UInt32
    }

    private var entries: [Entry] = []
    private var offset: Int64 = 0
    private let stamp: [UInt8]

    /// - Parameter made: the date of every file in it.
    init(made: Timestamp) {
        // ZIP knows no time zone and tools show what stands there: Korean time (UTC+9).
        let civil = made.civil(offsetSeconds: 9 * 3600)
        func field(_ value: Int64) -> UInt16 { UInt16(clamping: max(0, value)) }
        let date = field(civil.year - 1980) << 9 | field(civil.month) << 5 | field(civil.day)
        let time = field(civil.hour) << 11 | field(civil.minute) << 5 | field(civil.second / 2)
        stamp = Self.bytes(time) + Self.bytes(date)
    }

    /// What stands before a file's bytes.
    /// - Throws: ``RecordError`` with code `pack` where the archive would pass 4 GB or 65,534 files.
    mutating func header(_ name: String, _ content: [UInt8]) throws(RecordError) -> [UInt8] {
        let limit = Int64(UInt32.max) - 1
        guard offset + Int64(content.count) < limit - (64 << 20), entries.count < 65_534 else {
            throw RecordError(.pack, "a pack holds at most 4 GB")
        }
        let entry = Entry(
            name: Array(name.utf8), checksum: CRC32.checksum(content), size: UInt32(content.count),
            offset: UInt32(offset))
        entries.append(entry)
        let header = [0x50, 0x4B, 0x03, 0x04] + common(entry) + Self.bytes(UInt16(0)) + entry.name
        offset += Int64(header.count + content.count)
        return header
    }

    /// The list of all files, which ends the archive.
    func end() -> [UInt8] {
        var list: [UInt8] = []
        for entry in entries {
            // Made on Unix, so that the mode (a file, 0644) counts.
            list += [0x50, 0x4B, 0x01, 0x02, 20, 3] + common(entry) + Self.bytes(UInt16(0)) + Self.bytes(UInt16(0))
            list += Self.bytes(UInt16(0)) + Self.bytes(UInt16(0)) + Self.bytes(UInt32(0o100644) << 16)
            list += Self.bytes(entry.offset) + entry.name
        }
        let count = Self.bytes(UInt16(entries.count))
        return list + [0x50, 0x4B, 0x05, 0x06, 0, 0, 0, 0] + count + count + Self.bytes(UInt32(list.count))
            + Self.bytes(UInt32(offset)) + [0, 0]
    }

    /// What both a file's header and its line in the list say: version 2.0, names in UTF-8, stored.
    private func common(_ entry: Entry) -> [UInt8] {
        Self.bytes(UInt16(20)) + Self.bytes(UInt16(1 << 11)) + Self.bytes(UInt16(0)) + stamp
            + Self.bytes(entry.checksum) + Self.bytes(entry.size) + Self.bytes(entry.size)
            + Self.bytes(UInt16(entry.name.count))
    }

    private static func bytes(_ value: some FixedWidthInteger) -> [UInt8] {
        withUnsafeBytes(of: value.littleEndian) { Array($0) }
    }
}

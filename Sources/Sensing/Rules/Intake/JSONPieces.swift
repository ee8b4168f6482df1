/// Cuts a JSON text into what can be read by itself, so that one that is broken takes no other with it. Only brackets,
/// commas and quotation marks are looked at; the parser judges the rest.
enum JSONPieces {
    /// A piece, and its number from 1.
    typealias Piece = (number: Int, bytes: Range<Int>)

    /// The elements of the array that the text is; nil where it is none. A closing bracket that is missing, or followed
    /// by something, makes one more piece, which no parser will take.
    static func elements(_ bytes: [UInt8]) -> [Piece]? {
        guard let open = bytes.firstIndex(where: { !isBlank($0) }), bytes[open] == UInt8(ascii: "[") else { return nil }
        var pieces: [Piece] = []
        var start = open + 1
        var depth = 0
        var isQuoted = false
        var at = start
        while at < bytes.count, depth >= 0 {
            switch bytes[at] {
            case UInt8(ascii: "\\") where isQuoted: at += 1
            case UInt8(ascii: "\""): isQuoted.toggle()
            case _ where isQuoted: break
            case UInt8(ascii: "["), UInt8(ascii: "{"): depth += 1
            case UInt8(ascii: "]"), UInt8(ascii: "}"): depth -= 1
            case UInt8(ascii: ",") where depth == 0:
                pieces.append((pieces.count + 1, start..<at))
                start = at + 1
            default: break
            }
            at += 1
        }
        let isClosed = depth < 0
        let last = start..<(isClosed ? at - 1 : bytes.count)
        if !pieces.isEmpty || !bytes[last].allSatisfy(isBlank) { pieces.append((pieces.count + 1, last)) }
        let rest = min(at, bytes.count)..<bytes.count
        if !isClosed || !bytes[rest].allSatisfy(isBlank) { pieces.append((pieces.count + 1, 0..<0)) }
        return pieces
    }

    /// The lines that hold something (JSON Lines).
    static func lines(_ bytes: [UInt8]) -> [Piece] {
        var pieces: [Piece] = []
        var number = 0
        var start = 0
        for at in 0...bytes.count where at == bytes.count || bytes[at] == 10 {
            number += 1
            if !bytes[start..<at].allSatisfy(isBlank) { pieces.append((number, start..<at)) }
            start = at + 1
        }
        return pieces
    }

    private static func isBlank(_ byte: UInt8) -> Bool { byte == 32 || byte == 9 || byte == 10 || byte == 13 }
}

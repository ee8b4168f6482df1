import District
import Record

/// The number that a badge says of itself, on its way to its hash.
struct BadgeNumber {
    /// What is kept of it: SHA-256 over the firm and the number, in hexadecimal digits.
    let hash: String

    /// As readers and people write it: spaces, hyphens, colons and capitals do not count.
    /// - Throws: ``Refusal`` naming the field `badge` where it is too short to be a secret.
    init(_ text: String, of firm: FirmID) throws(Refusal) {
        let plain = text.lowercased().filter { !$0.isWhitespace && $0 != "-" && $0 != ":" }
        guard plain.count >= 8 else {
            let words = Words("직원증 번호는 여덟 자 이상이어야 합니다.", "The number of a badge has eight characters or more.")
            throw Refusal(.invalid, "badge.short", of: "badge", "length", words)
        }
        hash = TreeHash.leaf(Array("badge\n\(firm)\n\(plain)".utf8)).description
    }
}

import Record

/// Rules that several kinds of input share.
enum Checks {
    /// 1…64 of `a-z 0-9 -`: an identifier stands inside scopes, streams and addresses, where other signs have a meaning.
    static func identifier(_ text: String, field: String) throws(AccessError) {
        let allowed = text.utf8.allSatisfy { (97...122).contains($0) || (48...57).contains($0) || $0 == 45 }
        guard allowed, (1...64).contains(text.utf8.count) else {
            throw AccessError(
                .invalid, field: field, rule: "identifier",
                Words(
                    "식별자는 영문 소문자, 숫자, 붙임표(-)로 64자까지 입력해 주십시오.",
                    "An identifier has 1 to 64 lower-case letters, digits or hyphens."))
        }
    }

    /// A text without control characters, of bounded length in characters.
    static func text(_ text: String, field: String, _ length: ClosedRange<Int>) throws(AccessError) {
        let clean = text.unicodeScalars.allSatisfy { $0.value >= 32 && $0.value != 127 }
        // The bytes are bounded too: one character may carry any number of combining marks.
        guard clean, length.contains(text.count), text.utf8.count <= length.upperBound * 8 else {
            throw AccessError(
                .invalid, field: field, rule: "length",
                Words(
                    "\(length.lowerBound)자 이상 \(length.upperBound)자 이하로 입력해 주십시오.",
                    "Please enter \(length.lowerBound) to \(length.upperBound) characters."))
        }
    }
}

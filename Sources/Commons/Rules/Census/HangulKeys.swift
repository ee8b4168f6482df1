/// What would stand there had the keyboard not been in Hangul: the two-set layout (KS X 5002), key by key.
enum HangulKeys {
    private static let lead = [
        "r", "R", "s", "e", "E", "f", "a", "q", "Q", "t", "T", "d", "w", "W", "c", "z", "x", "v", "g",
    ]
    private static let vowel = [
        "k", "o", "i", "O", "j", "p", "u", "P", "h", "hk", "ho", "hl", "y", "n", "nj", "np", "nl", "b", "m", "ml", "l",
    ]
    private static let tail = [
        "", "r", "R", "rt", "s", "sw", "sg", "e", "f", "fr", "fa", "fq", "ft", "fx", "fv", "fg", "a", "q", "qt", "t",
        "T", "d", "w", "c", "z", "x", "v", "g",
    ]
    /// Letters that stand alone, U+3131 … U+3163.
    private static let alone = [
        "r", "R", "rt", "s", "sw", "sg", "e", "E", "f", "fr", "fa", "fq", "ft", "fx", "fv", "fg", "a", "q", "Q", "qt",
        "t", "T", "d", "w", "W", "c", "z", "x", "v", "g", "k", "o", "i", "O", "j", "p", "u", "P", "h", "hk", "ho", "hl",
        "y", "n", "nj", "np", "nl", "b", "m", "ml", "l",
    ]

    /// A text with its Hangul put as the keys that make it; everything else stays.
    static func latin(_ text: String) -> String {
        var keys = ""
        for scalar in text.unicodeScalars {
            let value = Int(scalar.value)
            switch value {
            case 0xAC00...0xD7A3:
                let place = value - 0xAC00
                keys += lead[place / 588] + vowel[place % 588 / 28] + tail[place % 28]
            case 0x3131...0x3163: keys += alone[value - 0x3131]
            default: keys.unicodeScalars.append(scalar)
            }
        }
        return keys
    }
}

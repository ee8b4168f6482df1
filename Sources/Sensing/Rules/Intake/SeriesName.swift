import Series

/// Names that series may bear: letters, digits and a few signs, so that they read well in addresses and topics.
enum SeriesName {
    static func isSound(_ name: some StringProtocol) -> Bool {
        (1...100).contains(name.utf8.count)
            && name.unicodeScalars.allSatisfy { scalar in
                scalar.value >= 128 ? scalar.properties.isAlphabetic : allowed.contains(scalar)
            }
    }

    private static let allowed = Set(
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.:".unicodeScalars)

    /// A heading or field key as a property: lower case, with underscores for what cannot stand in a name.
    static func property(_ text: some StringProtocol) -> String {
        var out = ""
        var previousIsLower = false
        for character in text {
            if character.isLetter || character.isNumber {
                if character.isUppercase, previousIsLower { out.append("_") }
                out += character.lowercased()
                previousIsLower = character.isLowercase || character.isNumber
            } else {
                if !out.isEmpty, out.last != "_" { out.append("_") }
                previousIsLower = false
            }
        }
        while out.last == "_" { out.removeLast() }
        return out
    }
}

extension Quality {
    /// From the word a source uses. One that we do not know is bad: unknown is never good.
    init(word: some StringProtocol) {
        switch word.lowercased() {
        case "good": self = .good
        case "uncertain": self = .uncertain
        default: self = .bad
        }
    }
}

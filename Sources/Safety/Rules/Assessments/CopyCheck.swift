/// Finds assessments whose hazards were written down elsewhere: by the shingles of their texts, hashed.
enum CopyCheck {
    /// From which share of the shingles on an assessment counts as a copy.
    static let threshold = 0.9
    /// Characters of a shingle.
    private static let length = 5
    /// Fewer hazards than this say nothing: two sites may well share two.
    static let fewest = 3

    /// The share of these hazards' shingles that stand in the other's hazards too; 0 where there is too little to tell.
    static func share(of hazards: [String], in others: [String]) -> Double {
        let own = shingles(hazards)
        guard hazards.count >= fewest, !own.isEmpty else { return 0 }
        return Double(own.intersection(shingles(others)).count) / Double(own.count)
    }

    /// Whether they are so alike that nobody can have looked for themselves.
    static func isCopy(_ hazards: [String], of others: [String]) -> Bool { share(of: hazards, in: others) >= threshold }

    /// The hashed shingles of some texts: letters and digits only, so that spaces and commas hide nothing.
    static func shingles(_ texts: [String]) -> Set<UInt64> {
        var found: Set<UInt64> = []
        for text in texts {
            let letters = Array(text.lowercased().filter { $0.isLetter || $0.isNumber })
            guard letters.count > length else {
                if !letters.isEmpty { found.insert(hash(letters[...])) }
                continue
            }
            for start in 0...(letters.count - length) { found.insert(hash(letters[start..<start + length])) }
        }
        return found
    }

    /// FNV-1a.
    private static func hash(_ letters: ArraySlice<Character>) -> UInt64 {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for letter in letters {
            for byte in String(letter).utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
        }
        return hash
    }
}

/// The number printed on a sheet of paper, as it is kept: the same however a clerk types it.
enum SheetNumber {
    /// `２`, `02` and `2` are one sheet, as are `a-07` and `Ａ－7`: signs of full width become narrow, letters capital, and a number
    /// loses its leading zeros. Nil where nothing is left.
    static func plain(_ text: String) -> String? {
        let narrow = text.unicodeScalars.compactMap { scalar -> Character? in
            let wide = (0xFF01...0xFF5E).contains(scalar.value)
            return Unicode.Scalar(wide ? scalar.value - 0xFEE0 : scalar.value).map(Character.init)
        }
        var kept = ""
        for character in String(narrow).uppercased() where character.isLetter || character.isNumber || character == "-"
        {
            // A zero that begins a number counts for nothing once another digit follows.
            if character.isNumber, kept.last == "0", !(kept.dropLast().last?.isNumber ?? false) { kept.removeLast() }
            kept.append(character)
        }
        return kept.contains { $0 != "-" } ? kept : nil
    }
}

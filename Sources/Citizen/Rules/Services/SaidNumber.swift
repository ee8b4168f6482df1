import Record

/// A receipt's number as people write it where it is looked for: `T100003`, `t 100003`, `100003`, `T에 십만삼`.
enum SaidNumber {
    /// The numbers that may be meant, as receipts carry them. Figures alone may be either kind of number.
    static func candidates(_ said: String) -> [String] {
        var found = [CityRequest.bare(said)]
        let heard = ReceiptReader.find(in: Script(plain: String(said.prefix(200))), isAsked: true)
        found += heard.flatMap { $0.options.compactMap(\.value.text) }
        for number in found where number.allSatisfy(\.isASCIIDigit) && (4...9).contains(number.count) {
            found.append("T-\(number)")
        }
        return found.enumerated().filter { !$1.isEmpty && found.firstIndex(of: $1) == $0 }.map(\.element)
    }
}

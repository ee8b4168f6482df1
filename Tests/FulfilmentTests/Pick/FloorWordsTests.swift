import District
import Record
import Testing

@testable import Fulfilment

/// The floor's few words in the workers' languages.
@Suite struct FloorWordsTests {
    private static let file = "floor-words.json"

    private static func shipped() throws -> JSON { try Handbook(shipped: Fulfilment.shippedData).read(file).json }

    /// The script that each language is written in.
    private static let scripts: [String: [ClosedRange<UInt32>]] = {
        let latin: [ClosedRange<UInt32>] = [0x41...0x5A, 0x61...0x7A, 0xC0...0x24F, 0x2BB...0x2BC, 0x1E00...0x1EFF]
        return [
            "ko": [0xAC00...0xD7A3], "zh": [0x4E00...0x9FFF], "ne": [0x0900...0x097F], "km": [0x1780...0x17FF],
            "th": [0x0E00...0x0E7F], "my": [0x1000...0x109F], "mn": [0x0400...0x04FF], "en": latin, "vi": latin,
            "id": latin, "uz": latin, "fil": latin,
        ]
    }()

    @Test("every word stands in every language, in its own script")
    func whole() throws {
        let words = try FloorWords(Self.shipped(), file: Self.file)
        #expect(words.languages.map(\.code) == FloorWords.required && words.keys.count >= 25)
        for language in words.languages {
            let script = try #require(Self.scripts[language.code])
            for key in words.keys {
                let letters = words.text(key, language).unicodeScalars.filter { $0.properties.isAlphabetic }
                #expect(!letters.isEmpty, "\(key).\(language.code)")
                #expect(
                    letters.allSatisfy { letter in script.contains { $0.contains(letter.value) } },
                    "\(key).\(language.code)")
            }
        }
        for code in ["pick.place", "pick.item", "pick.quantity", "pick.done"] {
            #expect(words.keys.contains(FloorWords.word(for: code) ?? ""))
        }
    }

    @Test("a word that is missing in one language, or too long for a button, is refused by name")
    func refused() throws {
        func changed(_ text: JSON?) throws -> JSON {
            var file = try Self.shipped().members ?? [:]
            var words = file["words"]?.members ?? [:]
            var next = words["next"]?.members ?? [:]
            next["vi"] = text
            words["next"] = .object(next)
            file["words"] = .object(words)
            return .object(file)
        }
        #expect(throws: HandbookError(file: Self.file, place: "next.vi", rule: "is missing")) {
            try FloorWords(changed(nil), file: Self.file)
        }
        #expect(throws: HandbookError(file: Self.file, place: "next.vi", rule: "at most 60 characters")) {
            try FloorWords(changed(.string(String(repeating: "a", count: 61))), file: Self.file)
        }
    }
}

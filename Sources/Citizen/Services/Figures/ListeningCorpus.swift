import Foundation
import Record

/// The sentences against which listening is judged, read from a folder: `variants.json`, `unseen.json`, `outside.json`,
/// `emergency.txt`, `everyday.txt`.
struct ListeningCorpus: Sendable {
    /// A sentence, and the intents any of which is right.
    struct Sentence: Sendable {
        let utterance: Utterance
        let intent: String
    }
    /// Polite, casual and dialect forms of what the phrasings say.
    let variants: [Sentence]
    /// Sentences written before the phrasings were there to be read, from which the lexicon was made.
    let tuned: [Sentence]
    /// The same, never looked at while the lexicon was made.
    let held: [Sentence]
    /// What cannot be done here.
    let outside: [Utterance]
    /// The same, written later and never tuned on.
    let outsideHeld: [Utterance]
    /// Emergencies.
    let emergencies: [Utterance]
    /// Everyday sentences with words that are near an emergency's.
    let everyday: [Utterance]

    /// Every intent that a sentence means.
    var intents: Set<String> { Set((variants + tuned + held).map(\.intent)) }

    init(folder: String) throws {
        func json(_ file: String) throws -> JSON { try JSON(parsing: [UInt8](Self.data(folder, file))) }
        func sentences(_ json: JSON?, _ part: String?) -> [Sentence] {
            (json?.members ?? [:]).sorted { $0.key < $1.key }.flatMap { intent, list in
                ((part.map { list[$0] } ?? list)?.elements ?? []).compactMap(\.text).map {
                    Sentence(utterance: Self.utterance($0), intent: intent)
                }
            }
        }
        variants = sentences(try json("variants.json")["topics"], nil)
        let unseen = try json("unseen.json")["topics"]
        tuned = sentences(unseen, "tuned")
        held = sentences(unseen, "held")
        let outside = try json("outside.json")
        self.outside = ["ko", "en"].flatMap { outside[$0]?.elements?.compactMap(\.text) ?? [] }.map(Self.utterance)
        outsideHeld = (outside["held"]?.elements?.compactMap(\.text) ?? []).map(Self.utterance)
        emergencies = try Self.lines(folder, "emergency.txt")
        everyday = try Self.lines(folder, "everyday.txt")
    }

    private static func data(_ folder: String, _ file: String) throws -> Data {
        try Data(contentsOf: URL(fileURLWithPath: "\(folder)/\(file)"))
    }

    private static func lines(_ folder: String, _ file: String) throws -> [Utterance] {
        String(decoding: try data(folder, file), as: UTF8.self).split(separator: "\n").map { utterance(String($0)) }
    }

    /// A sentence without one Hangul sign is English.
    private static func utterance(_ text: String) -> Utterance {
        Utterance(text, text.unicodeScalars.contains { (0x3130...0xD7A3).contains($0.value) } ? .ko : .en)
    }
}

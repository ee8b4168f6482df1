import District
import Record

/// The sentences that a model of accident types learns from before a district has any of its own.
struct TypeTexts: Sendable {
    /// Learnt from.
    let examples: [TypeExample]
    /// Never learnt from.
    let heldOut: [TypeExample]
    /// Of no accident at all: a model should keep silent.
    let foreign: [String]
    /// The SHA-256 of the file.
    let edition: String

    /// How many sentences are composed for each type.
    static let composed = 60

    init(examples: [TypeExample], heldOut: [TypeExample], foreign: [String], edition: String) {
        self.examples = examples
        self.heldOut = heldOut
        self.foreign = foreign
        self.edition = edition
    }

    init(_ book: Handbook, seed: UInt64 = 1) throws(HandbookError) {
        let file = "proposals-texts.json"
        let (json, edition) = try book.read(file)
        var examples: [TypeExample] = []
        var heldOut: [TypeExample] = []
        let templates = json.texts("templates")
        let common = ["place", "time", "person"].map { ($0, json.texts($0)) }
        for entry in json["types"]?.elements ?? [] {
            guard let type = entry["type"]?.text.flatMap({ AccidentType(rawValue: $0) }), TypeModel.types.contains(type)
            else {
                throw HandbookError(file: file, place: entry["type"]?.text ?? "types", rule: "is no accident type")
            }
            examples += (entry.texts("written") + entry.texts("english")).map {
                TypeExample(text: $0, type: type, source: .written)
            }
            heldOut += entry.texts("heldOut").map { TypeExample(text: $0, type: type, source: .written) }
            let own = ["act", "cause", "result", "hazard"].map { ($0, entry.texts($0)) }
            let place = UInt64(TypeModel.types.firstIndex(of: type) ?? 0)
            examples += Self.compose(templates, common + own, seed: seed &+ place &* 7919).map {
                TypeExample(text: $0, type: type, source: .composed)
            }
        }
        for type in TypeModel.types where !examples.contains(where: { $0.type == type }) {
            throw HandbookError(file: file, place: type.rawValue, rule: "has no sentences")
        }
        self.init(examples: examples, heldOut: heldOut, foreign: json.texts("none"), edition: edition)
    }

    /// Different sentences out of templates; `{slot}` stands for one of the slot's words.
    private static func compose(_ templates: [String], _ slots: [(String, [String])], seed: UInt64) -> [String] {
        var draw = SeededDraw(seed: seed)
        var made: Set<String> = []
        var sentences: [String] = []
        for _ in 0..<composed * 4 where sentences.count < composed {
            var sentence = draw.pick(templates) ?? ""
            for (slot, words) in slots where sentence.contains("{\(slot)}") {
                sentence = sentence.replacing("{\(slot)}", with: draw.pick(words) ?? "")
            }
            if made.insert(sentence).inserted { sentences.append(sentence) }
        }
        return sentences
    }
}

extension JSON {
    /// The texts of a list; empty where there is none.
    func texts(_ key: String) -> [String] { self[key]?.elements?.compactMap(\.text) ?? [] }
}

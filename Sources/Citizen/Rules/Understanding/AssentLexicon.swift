import District
import Record

/// Hears whether somebody answered yes or no. It takes nothing for a yes that is not said as one: every word of the
/// answer must belong to it.
struct AssentLexicon: Sendable {
    private let yes: Set<String>
    private let no: Set<String>
    /// Words that may stand beside a yes or a no and change nothing: `그렇게`, `해 주세요`.
    private let beside: Set<String>
    /// Words that leave it open: `글쎄`, `근데`.
    private let open: [String]

    init(_ json: JSON, file: String) throws(HandbookError) {
        func words(_ key: String) throws(HandbookError) -> [String] {
            guard let list = json[key]?.elements?.compactMap(\.text), !list.isEmpty else {
                throw HandbookError(file: file, place: "assent.\(key)", rule: "is no list")
            }
            return list.map { Normaliser.plain.read(Utterance($0), keepsFillers: true).text.filter { $0 != " " } }
        }
        yes = Set(try words("yes"))
        no = Set(try words("no"))
        beside = Set(try words("beside"))
        open = try words("open")
    }

    /// What was answered.
    func hear(_ utterance: Utterance) -> Assent {
        let said = Normaliser.plain.read(utterance, keepsFillers: true)
        guard !said.asks, !said.letters.isEmpty, said.letters.count <= 40 else { return .unclear }
        let text = said.text.filter { $0 != " " }
        guard !open.contains(where: { text.contains($0) }) else { return .unclear }
        let words = said.words.indices.map(said.word)
        var heard: Set<Assent> = []
        var index = 0
        // The longest run of words that is one answer: `응 그렇게 해 줘`, `그렇게 하지 마`.
        while index < words.count {
            var taken = 0
            for length in stride(from: min(4, words.count - index), through: 1, by: -1) {
                let run = words[index..<index + length].joined()
                if no.contains(run) {
                    heard.insert(.no)
                } else if yes.contains(run) {
                    heard.insert(.yes)
                } else if !beside.contains(run) {
                    continue
                }
                taken = length
                break
            }
            guard taken > 0 else { return .unclear }
            index += taken
        }
        return heard.count == 1 ? heard.first ?? .unclear : .unclear
    }
}

import Record

/// What makes a text hard to read, found by counting and by a table of words: the same text always gives the same answer. It
/// warns whoever writes and never stands in their way.
struct PlainCheck: Sendable {
    /// A hard word, what to write instead, and words that only begin alike.
    struct Entry: Sendable, Hashable {
        let word: String, easier: String
        let except: [String]
    }

    enum Finding: Sendable, Hashable {
        /// A sentence, and how many words it has.
        case long(sentence: String, words: Int)
        /// A hard word as it stands in the table, and an easier one.
        case hard(word: String, easier: String)
    }

    /// The table and the most words of a sentence, by language.
    let entries: [Language: [Entry]]
    let most: [Language: Int]

    /// What is hard in a text, in the order in which it stands there; each word once.
    func findings(_ text: String, _ language: Language) -> [Finding] {
        var (found, told): ([Finding], Set<String>) = ([], [])
        let table = entries[language] ?? []
        for sentence in Self.sentences(text) {
            let words = sentence.split(whereSeparator: \.isWhitespace)
            if let most = most[language], words.count > most {
                found.append(.long(sentence: sentence, words: words.count))
            }
            let plain = Self.beginnings(words)
            for entry in table where !told.contains(entry.word) && Self.holds(plain, entry) {
                told.insert(entry.word)
                found.append(.hard(word: entry.word, easier: entry.easier))
            }
        }
        return found
    }

    /// Sentences end with a mark before a blank, or with a line: a point within a number is none.
    static func sentences(_ text: String) -> [String] {
        var (sentences, now): ([String], String) = ([], "")
        func end() {
            let trimmed = now.drop(while: \.isWhitespace)
            if !trimmed.isEmpty { sentences.append(String(trimmed)) }
            now = ""
        }
        var last: Character?
        for character in text {
            if character.isNewline || character.isWhitespace && last.map({ ".!?。".contains($0) }) == true {
                end()
            } else {
                now.append(character)
            }
            last = character
        }
        end()
        return sentences
    }

    /// A blank before each word, marks and numbers before it away: Korean words end in particles, so only beginnings are compared.
    private static func beginnings(_ words: [Substring]) -> String {
        words.map { " " + $0.lowercased().drop { !$0.isLetter } }.joined() + " "
    }

    private static func holds(_ text: String, _ entry: Entry) -> Bool {
        text.ranges(of: " " + entry.word).contains { place in
            let rest = text[place.lowerBound...].dropFirst()
            return !entry.except.contains { rest.hasPrefix($0) }
        }
    }
}

extension PlainCheck.Finding {
    /// What the writer is told.
    var words: Words {
        switch self {
        case .long(let sentence, let words):
            Words(
                "문장이 깁니다(\(words)어절). 둘로 나누면 읽기 쉽습니다: “\(Self.begin(sentence))”",
                "This sentence has \(words) words. Two shorter ones are easier to read: “\(Self.begin(sentence))”")
        case .hard(let word, let easier):
            Words("‘\(word)’ 대신 ‘\(easier)’처럼 쉬운 말을 써 보세요.", "Instead of “\(word)”, try “\(easier)”.")
        }
    }

    private static func begin(_ sentence: String) -> String {
        sentence.count <= 40 ? sentence : sentence.prefix(40) + "…"
    }
}

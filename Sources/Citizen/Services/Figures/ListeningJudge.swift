import Record

/// Judges how well a book understands a corpus.
struct ListeningJudge: Sendable {
    let book: IntentBook

    /// How many sentences were understood.
    struct Verdict: Sendable {
        /// How many were judged.
        var total = 0
        /// Taken for what was meant.
        var right = 0
        /// Asked about, what was meant among at most three.
        var asked = 0
        /// Taken for something else.
        var wrong = 0
        /// What went wrong: the sentence, what was meant, what it was taken for.
        var failures: [String] = []

        /// The share that reaches what was meant, with at most one question more.
        var reached: Double { total == 0 ? 0 : Double(right + asked) / Double(total) }
    }

    /// Holds sentences against what they mean.
    func judge(_ sentences: [ListeningCorpus.Sentence]) -> Verdict {
        var verdict = Verdict()
        for sentence in sentences where book.intents[sentence.intent] != nil {
            verdict.total += 1
            switch Understanding.read(sentence.utterance, book: book) {
            case .one(let match) where match.intent == sentence.intent: verdict.right += 1
            case .several(let matches) where matches.contains { $0.intent == sentence.intent }: verdict.asked += 1
            case .one(let match):
                verdict.wrong += 1
                verdict.failures.append(
                    "\(sentence.utterance.text) [\(sentence.intent)] → \(match.intent) \(match.score)")
            case .several(let matches):
                verdict.failures.append(
                    "\(sentence.utterance.text) [\(sentence.intent)] → ? \(matches.map(\.intent).joined(separator: " "))"
                )
            case .none:
                let best = book.matches(sentence.utterance).first
                verdict.failures.append(
                    "\(sentence.utterance.text) [\(sentence.intent)] → none (\(best?.intent ?? "–") \(best?.score ?? 0))"
                )
            }
        }
        return verdict
    }

    /// The same sentences over a bad line: between 10 and 23 in a hundred signs wrong.
    func judge(_ sentences: [ListeningCorpus.Sentence], seed: UInt64) -> Verdict {
        var noise = Noise(seed: seed)
        return judge(
            sentences.map { sentence in
                let share = Double.random(in: 0.10...0.23, using: &noise)
                return ListeningCorpus.Sentence(
                    utterance: Utterance(
                        noise.disturb(sentence.utterance.text, share: share), sentence.utterance.language),
                    intent: sentence.intent)
            })
    }

    /// What cannot be done here and was taken for something, or asked about.
    func judge(outside utterances: [Utterance]) -> (taken: [String], asked: [String]) {
        var taken: [String] = []
        var asked: [String] = []
        for utterance in utterances {
            switch Understanding.read(utterance, book: book) {
            case .one(let match): taken.append("\(utterance.text) → \(match.intent) \(match.score)")
            case .several(let matches): asked.append("\(utterance.text) → \(matches.map(\.intent))")
            case .none: break
            }
        }
        return (taken, asked)
    }

    /// Emergencies that were not heard.
    func missed(_ emergencies: [Utterance]) -> [String] {
        emergencies.filter { book.lexicon.always.detect($0) != .emergency }.map(\.text)
    }

    /// Everyday sentences that were taken for an emergency.
    func alarmed(_ everyday: [Utterance]) -> [String] {
        everyday.filter { book.lexicon.always.detect($0) == .emergency }.map(\.text)
    }
}

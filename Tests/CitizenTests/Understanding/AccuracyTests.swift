import Record
import Testing

@testable import Citizen

/// The targets of understanding, on the project's own sentences.
struct AccuracyTests {
    private var judge: ListeningJudge { get throws { ListeningJudge(book: try Listening.book.get()) } }

    private func shown(_ failures: [String]) -> Comment {
        Comment(rawValue: failures.prefix(30).joined(separator: "\n"))
    }

    @Test("at least forty things can be asked for by voice")
    func intents() throws {
        let book = try Listening.book.get()
        #expect(book.intents.count >= 80)
        // Whatever stands in the corpus can be asked for: no sentence is left out of the figures.
        let corpus = try Listening.corpus.get()
        let absent = Set((corpus.variants + corpus.held + corpus.tuned).map(\.intent)).filter {
            book.intents[$0] == nil
        }
        #expect(absent.isEmpty)
    }

    @Test("polite, casual and dialect variants of every intent: 98 of 100")
    func variants() throws {
        let corpus = try Listening.corpus.get()
        let verdict = try judge.judge(corpus.variants)
        #expect(verdict.total >= 500)
        #expect(verdict.reached >= 0.98, shown(verdict.failures))
    }

    @Test("sentences nobody had tuned for: 85 of 100, and over a bad line 70")
    func unseen() throws {
        let corpus = try Listening.corpus.get()
        let verdict = try judge.judge(corpus.held)
        #expect(verdict.total >= 200)
        #expect(verdict.reached >= 0.85, "\(verdict.right) \(verdict.asked) of \(verdict.total)")
        let noisy = try judge.judge(corpus.held, seed: 119)
        #expect(noisy.reached >= 0.70, "\(noisy.right) \(noisy.asked) of \(noisy.total)")
    }

    @Test("the sentences the lexicon was made from: 85 of 100, and over a bad line 70")
    func tuned() throws {
        let corpus = try Listening.corpus.get()
        let verdict = try judge.judge(corpus.tuned)
        #expect(verdict.reached >= 0.85, shown(verdict.failures))
        #expect(try judge.judge(corpus.tuned, seed: 7).reached >= 0.70)
    }

    @Test("what cannot be done here is taken for nothing: at most 3 of 100")
    func outside() throws {
        let corpus = try Listening.corpus.get()
        let verdict = try judge.judge(outside: corpus.outside)
        #expect(corpus.outside.count >= 120)
        #expect(Double(verdict.taken.count) <= 0.03 * Double(corpus.outside.count), shown(verdict.taken))
        #expect(Double(verdict.asked.count) <= 0.03 * Double(corpus.outside.count), shown(verdict.asked))
    }

    @Test("every emergency is heard")
    func emergencies() throws {
        let corpus = try Listening.corpus.get()
        #expect(corpus.emergencies.count >= 300)
        let missed = try judge.missed(corpus.emergencies)
        #expect(missed.isEmpty, shown(missed))
    }

    @Test("everyday sentences raise no alarm: at most 1 of 100")
    func alarms() throws {
        let corpus = try Listening.corpus.get()
        let ordinary =
            corpus.everyday + corpus.outside + (corpus.held + corpus.tuned + corpus.variants).map(\.utterance)
        #expect(corpus.everyday.count >= 300 && ordinary.count >= 500)
        let alarmed = try judge.alarmed(ordinary)
        #expect(Double(alarmed.count) <= 0.01 * Double(ordinary.count), shown(alarmed))
    }
}

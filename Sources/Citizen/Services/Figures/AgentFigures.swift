public import District
import Foundation
import Record

/// How well the agent understands, as figures for the benchmark.
public struct AgentFigures: Sendable {
    /// What it is.
    public let name: String
    /// Its value.
    public let value: Double
    /// Its unit.
    public let unit: String
    /// How it was found.
    public let how: String
    /// The sentences that went wrong, and how.
    public let failures: [String]

    /// Measures the listener on a corpus of the project's own sentences.
    /// - Parameters:
    ///   - forms: the commands of the house by name.
    ///   - phrasings: how people ask for them.
    ///   - inquiries: the questions that rooms answer.
    ///   - corpus: the folder with the sentences.
    /// - Throws: where the handbook or the corpus cannot be read.
    public static func measure(
        forms: [String: Form], phrasings: [Phrasing], inquiries: [Inquiry] = [], corpus: String
    ) throws -> [AgentFigures] {
        let handbook = Handbook(shipped: Bundle.module.resourcePath.map { "\($0)/Data" } ?? "Data")
        let services = try CityServices(handbook)
        let book = IntentBook(
            forms: forms, phrasings: phrasings, lookups: services.lookups, inquiries: inquiries,
            launches: services.launches, lexicon: try Lexicon.read(handbook))
        let judge = ListeningJudge(book: book)
        let corpus = try ListeningCorpus(folder: corpus)
        return judge.figures(corpus)
    }
}

extension ListeningJudge {
    /// All figures on a corpus.
    func figures(_ corpus: ListeningCorpus) -> [AgentFigures] {
        var figures: [AgentFigures] = []
        func add(_ name: String, _ value: Double, _ unit: String, _ how: String, _ failures: [String] = []) {
            figures.append(
                AgentFigures(name: "agent: " + name, value: value, unit: unit, how: how, failures: failures))
        }
        func add(_ name: String, _ verdict: Verdict, _ how: String) {
            add(
                name, verdict.reached * 100, "%",
                "\(verdict.total) sentences of ours, \(how); at once \(verdict.right), with one question \(verdict.asked), "
                    + "taken for something else \(verdict.wrong)",
                verdict.failures)
        }
        add("intents", Double(book.intents.count), "", "commands, look-ups and apps that can be asked for by voice")
        add("variants understood", judge(corpus.variants), "polite, casual, dialect, with fillers")
        add("unseen understood", judge(corpus.held), "written before the phrasings were read, never tuned on")
        add("unseen understood, noise", judge(corpus.held, seed: 119), "10–23 % of their signs wrong, seed 119")
        let absent = corpus.intents.subtracting(book.intents.keys).sorted()
        add("intents of the corpus that cannot be said", Double(absent.count), "", "must be none", absent)
        let outside = judge(outside: corpus.outside)
        let strangers = "\(corpus.outside.count) requests that cannot be done here"
        add(
            "outside taken for something", share(outside.taken.count, corpus.outside.count), "%", strangers,
            outside.taken)
        add("outside asked about", share(outside.asked.count, corpus.outside.count), "%", "the same", outside.asked)
        let strange = judge(outside: corpus.outsideHeld)
        add(
            "outside never tuned on, taken for something", share(strange.taken.count, corpus.outsideHeld.count), "%",
            "\(corpus.outsideHeld.count) requests, none of which is done without a read-back and a yes", strange.taken)
        let missed = missed(corpus.emergencies)
        add(
            "emergencies heard", 100 - share(missed.count, corpus.emergencies.count), "%",
            "\(corpus.emergencies.count) phrasings of ours", missed)
        let ordinary = corpus.everyday + corpus.outside + (corpus.held + corpus.tuned).map(\.utterance)
        let alarmed = alarmed(ordinary)
        add(
            "false alarms", share(alarmed.count, ordinary.count), "%",
            "\(ordinary.count) everyday sentences, a third with words near an emergency's", alarmed)
        let times = times(ordinary)
        add("CPU per utterance, p50", times.half, "ms", "always-on words and all intents, one thread")
        add("CPU per utterance, p95", times.most, "ms", "the same")
        return figures
    }

    private func share(_ part: Int, _ whole: Int) -> Double { whole == 0 ? 0 : Double(part) / Double(whole) * 100 }

    /// Milliseconds of this thread's processor for half, and for nineteen of twenty, utterances.
    func times(_ utterances: [Utterance]) -> (half: Double, most: Double) {
        let times = utterances.map { utterance in
            let begin = Self.processor()
            _ = book.lexicon.always.detect(utterance)
            _ = Understanding.read(utterance, book: book)
            return Self.processor() - begin
        }.sorted()
        guard !times.isEmpty else { return (0, 0) }
        return (times[times.count / 2], times[times.count * 19 / 20])
    }

    /// Milliseconds that this thread has had of its processor.
    private static func processor() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return Double(time.tv_sec) * 1e3 + Double(time.tv_nsec) / 1e6
    }
}

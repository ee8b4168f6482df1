import Access
import District
import Record
import Store
import Synchronization

/// The engines of the house: none is needed, each may be missing, off, ill or hostile, and nothing is ever done because
/// of what one says. They propose which request may be meant; a dialogue asks, reads back, and takes a person's yes.
final class Engines: Sendable {
    let engines: [Engine.Task: Engine]
    let uses: [Engine.Task: AIUse]
    /// Masks what a person said before it leaves, where an engine may not have it as it was said.
    let mask: @Sendable (String) -> String
    private let breakers = Mutex<[Engine.Task: EngineBreaker]>([:])
    private let vectors = Mutex<[Language: Nearness]>([:])
    private let preparing = Mutex<Set<Language>>([])

    /// - Throws: ``HandbookError`` where `engines.json` cannot be used.
    convenience init(_ book: Handbook, mask: @escaping @Sendable (String) -> String) throws(HandbookError) {
        self.init(try Engine.configured(book), mask: mask)
    }

    init(_ engines: [Engine.Task: Engine], mask: @escaping @Sendable (String) -> String) {
        self.engines = engines
        self.mask = mask
        uses = Dictionary(
            Engine.Task.allCases.map { ($0, EngineUses.use($0, engines[$0])) }, uniquingKeysWith: { first, _ in first })
    }

    /// Why an engine does not help now, in words; nil where it does.
    func obstacle(_ task: Engine.Task, in district: District) async throws -> Refusal? {
        guard engines[task] != nil, let use = uses[task] else {
            return Refusal(
                .unavailable, "engine.none",
                Words(
                    "이 기능을 맡은 엔진이 없습니다. 글자로 쓰거나 브라우저의 음성 기능을 쓰시면 됩니다.",
                    "No engine does this here. Type, or use your browser's own speech."))
        }
        let standing = try await district.standing(of: use)
        guard standing == .runs else { return Refusal(.unavailable, "engine.stopped", standing.words) }
        return nil
    }

    /// Which known requests may be meant by what was not understood, at most three: to be asked, never to be done.
    func hints(
        _ utterance: Utterance, _ intents: [Intent], for caller: Caller, in district: District
    ) async -> [Hint] {
        guard engines[.rewriting] != nil || engines[.nearness] != nil, !utterance.text.isEmpty else { return [] }
        let open = intents.filter { $0.permission.allows(caller) }
        async let rewritten = rewrite(utterance, open, in: district)
        async let near = suggest(utterance, open, of: intents, in: district)
        var hints: [Hint] = []
        for hint in [await rewritten].compactMap({ $0 }) + (await near)
        where !hints.contains(where: { $0.intent == hint.intent }) {
            hints.append(hint)
        }
        return Array(hints.prefix(Nearness.most))
    }

    /// What was said, as one of the known requests with words that were said; nil where the model knows none.
    func rewrite(_ utterance: Utterance, _ intents: [Intent], in district: District) async -> Hint? {
        guard let engine = engines[.rewriting], await mayAsk(.rewriting, in: district) else { return nil }
        let rewriting = Rewriting(engine, intents)
        let text = engine.mayTakePersonal ? utterance.text : mask(utterance.text)
        guard let answer = await json(engine, rewriting.question(text, utterance.language), in: district),
            let hint = rewriting.hint(from: answer, utterance)
        else { return nil }
        return await stood(.rewriting, [hint.intent], in: district) ? hint : nil
    }

    /// The requests nearest to what was said, at most three.
    /// - Parameters:
    ///   - open: those that whoever speaks may ask for.
    ///   - intents: all that there are; their vectors are made once, for everybody.
    func suggest(
        _ utterance: Utterance, _ open: [Intent], of intents: [Intent], in district: District
    ) async -> [Hint] {
        guard let engine = engines[.nearness], await mayAsk(.nearness, in: district) else { return [] }
        guard let nearness = vectors.withLock({ $0[utterance.language] }) else {
            // The first who is not understood does not wait until all sentences have their vectors.
            Task.detached(priority: .utility) { await self.prepare(intents, utterance.language, in: district) }
            return []
        }
        let text = engine.mayTakePersonal ? utterance.text : mask(utterance.text)
        guard let vector = await embed(engine, [text], in: district)?.first else { return [] }
        let near = nearness.nearest(to: vector, floor: engine.floor, among: Set(open.map(\.name)))
        guard !near.isEmpty, await stood(.nearness, near.map(\.intent), in: district) else { return [] }
        return near.map { Hint(intent: $0.intent, spans: [:]) }
    }

    /// Has the sentences of all intents turned into vectors; once a language.
    func prepare(_ intents: [Intent], _ language: Language, in district: District) async {
        guard let engine = engines[.nearness], await mayAsk(.nearness, in: district),
            preparing.withLock({ $0.insert(language).inserted })
        else { return }
        defer { preparing.withLock { _ = $0.remove(language) } }
        let sentences = intents.sorted { $0.name < $1.name }.flatMap { intent in
            Nearness.sentences(of: intent, language).map { (intent.name, $0) }
        }
        var known: [Nearness.Known] = []
        for start in stride(from: 0, to: sentences.count, by: 64) {
            let part = Array(sentences[start..<min(start + 64, sentences.count)])
            guard let vectors = await embed(engine, part.map(\.1), in: district) else { return }
            known += zip(part, vectors).map { Nearness.Known(intent: $0.0, vector: $1) }
        }
        let nearness = Nearness(known: known)
        vectors.withLock { $0[language] = nearness }
    }

    private func embed(_ engine: Engine, _ texts: [String], in district: District) async -> [[Double]]? {
        let question: JSON = ["model": .string(engine.model), "input": .array(texts.map { .string($0) })]
        guard let answer = await json(engine, question, in: district) else { return nil }
        return Nearness.vectors(from: answer, count: texts.count)
    }

    private func json(_ engine: Engine, _ question: JSON, in district: District) async -> JSON? {
        let answer = await call(
            engine, question.canonical, type: "application/json", accept: "application/json", in: district)
        return answer.flatMap { try? JSON(parsing: $0.body) }
    }

    func mayAsk(_ task: Engine.Task, in district: District) async -> Bool {
        do {
            return try await obstacle(task, in: district) == nil
        } catch {
            // Whether it may run cannot be read: then it does not.
            district.report("the standing of an engine could not be read", error)
            return false
        }
    }

    /// Calls an engine, unless it is being left alone.
    func call(
        _ engine: Engine, _ body: [UInt8], type: String, accept: String, in district: District
    ) async -> EngineExchange.Answer? {
        let clock = district.clock
        guard breakers.withLock({ $0[engine.task, default: EngineBreaker()].enter(at: clock()) }) else { return nil }
        do {
            let answer = try await EngineExchange.post(engine, body, type: type, accept: accept)
            breakers.withLock { $0[engine.task, default: EngineBreaker()].leave(true, at: clock()) }
            return answer
        } catch {
            // Whoever sends junk must not silence the engine for everybody else.
            breakers.withLock { $0[engine.task, default: EngineBreaker()].leave(!error.isIllness, at: clock()) }
            district.note("an engine did not help", "\(engine.task.rawValue): \(error)")
            return nil
        }
    }

    /// Writes down which requests an engine proposed in a turn, never by which words; of hearing and speaking, which
    /// propose nothing, each call is only counted. What does not stand any more is refused: then it did not help.
    func stood(_ task: Engine.Task, _ intents: [String], in district: District) async -> Bool {
        let engine = engines[task]
        do {
            guard !intents.isEmpty else {
                guard let use = uses[task] else { return false }
                return try await district.call(use) == .runs
            }
            try await district.record(
                [
                    Draft(
                        "citizen.engine.helped", stream: "engine/\(task.rawValue)", scope: .zone,
                        payload: [
                            "task": .string(task.rawValue), "engine": .string(engine?.name ?? ""),
                            "model": .string(engine?.model ?? ""), "intents": .array(intents.map { .string($0) }),
                        ])
                ], origin: Origin(author: .model(task.use)))
            return true
        } catch {
            district.note("what an engine proposed was dropped", "\(task.rawValue): \(error)")
            return false
        }
    }
}

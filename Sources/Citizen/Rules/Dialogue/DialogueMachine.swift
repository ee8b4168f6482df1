import District
import Record

/// The dialogue machine: pure. The same dialogue, the same input and the same world give the same step, so that a
/// conversation can be replayed.
struct DialogueMachine: Sendable {
    /// What it hears with.
    let ear: Ear
    /// What it can say.
    let replies: Replies

    /// One turn.
    func step(_ dialogue: Dialogue, _ input: Input, _ world: World) -> Step {
        var exchange = Exchange(dialogue, ear: ear, replies: replies, world: world)
        switch input {
        case .start: exchange.greet()
        case .said(let utterance): exchange.hear(utterance)
        case .silence: exchange.silence()
        case .noise: exchange.noise()
        case .came(let result): exchange.came(result)
        }
        return exchange.step
    }
}

/// One turn under way: the dialogue as it becomes, and what is said and wanted meanwhile.
struct Exchange {
    var d: Dialogue
    var said = Said()
    var effects: [Effect] = []
    var trace = Trace()
    let ear: Ear
    let replies: Replies
    let world: World

    /// So many times in a row nobody is left alone with a machine.
    static let patience = 2
    /// From this score on something else that is said in the middle is taken for another wish.
    static let topic = 0.6

    init(_ dialogue: Dialogue, ear: Ear, replies: Replies, world: World) {
        d = dialogue
        self.ear = ear
        self.replies = replies
        self.world = world
    }

    /// What the turn came to.
    var step: Step {
        var dialogue = d
        if !said.lines.isEmpty { dialogue.last = said }
        return Step(dialogue: dialogue, said: said, effects: effects, trace: trace)
    }

    /// The intent in hand.
    var intent: Intent? { d.intent.flatMap { ear.intents[$0] } }

    /// Says a sentence.
    mutating func say(_ key: Replies.Key, _ fields: [String: String] = [:]) {
        said.lines.append(replies.text(key, fields, d.language))
        said.keys.append(key.rawValue)
    }

    /// Says what a service, a form or a rule has words for.
    mutating func say(_ words: Words) {
        said.lines.append(words[d.language])
        said.keys.append("words")
    }

    /// Buttons for a yes and a no.
    mutating func offerYesNo() {
        said.choices = [Replies.Key.yes, .no].map { replies.text($0, [:], d.language) }
    }

    mutating func greet() {
        guard d.phase == .idle, d.last.lines.isEmpty else { return again() }
        say(.greeting)
    }

    /// Nothing is in hand any more.
    mutating func drop() {
        d.intent = nil
        d.answers = [:]
        d.asking = nil
        d.options = []
        d.choices = []
        d.heard = nil
        d.hints = []
        d.back = nil
        d.readBack = [:]
        settle()
    }

    /// What was sent has come to its end, or nothing was taken of it.
    mutating func settle() { (d.pending, d.isNotTaken) = (nil, nil) }

    /// Something came to an end: what else?
    mutating func finish(_ how: Dialogue.Closed.How?) {
        if let how, let intent = d.intent { d.closed.append(Dialogue.Closed(intent: intent, how: how)) }
        drop()
        (d.failures, d.silences) = (0, 0)
        d.phase = .finished
    }

    /// Nothing was understood; the second time in a row a person takes over.
    /// - Returns: whether one did.
    mutating func fail() -> Bool {
        d.failures += 1
        guard d.failures >= Self.patience else { return false }
        say(.failuresPerson)
        toPerson(.failures)
        return true
    }

    /// Something was understood.
    mutating func progress() { (d.failures, d.silences) = (0, 0) }
}

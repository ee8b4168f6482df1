import Access
import District
import Record
import Store
import Synchronization

/// Holds conversations: takes a turn, lets the machine decide, does what it wants done, keeps the turn. What must not
/// happen twice is written down before it is done, so that a crash in between is looked into, never repeated.
final class Conversations: Sendable {
    let replies: Replies
    let desk: DeskHours
    let use: AIUse
    let lookups: [String: Lookup]
    let launches: [String: Launch]
    /// Reads the service's own answer to what was recorded.
    let receipt: @Sendable (Outcome, Spine) async -> Receipt
    /// Makes what it hears with out of the house's forms, once it stands.
    private let listener: @Sendable (Spine) throws -> Ear
    /// Masks what a person said before it is kept for long.
    let mask: @Sendable (String) -> String
    /// What may propose a request where none was understood; nil where there is nothing.
    let engines: Engines?
    private let machine = Mutex<DialogueMachine?>(nil)
    private let throttle = TurnThrottle()
    /// Conversations that are kept nowhere else.
    let privates = PrivateLines()

    /// After so much silence a conversation is over, in seconds.
    static let silence = 1800.0
    /// So long one node may be at a turn before another looks after it, in seconds.
    static let lease = 10.0
    /// How long what was said is kept for staff to look into, in seconds: seven days.
    static let memory = 604_800.0

    init(
        replies: Replies, desk: DeskHours, use: AIUse, lookups: [Lookup], launches: [Launch],
        receipt: @escaping @Sendable (Outcome, Spine) async -> Receipt,
        mask: @escaping @Sendable (String) -> String, engines: Engines? = nil,
        listener: @escaping @Sendable (Spine) throws -> Ear
    ) {
        self.replies = replies
        self.desk = desk
        self.use = use
        self.lookups = Dictionary(lookups.map { ($0.intent.name, $0) }, uniquingKeysWith: { first, _ in first })
        self.launches = Dictionary(launches.map { ($0.intent.name, $0) }, uniquingKeysWith: { first, _ in first })
        self.receipt = receipt
        self.mask = mask
        self.engines = engines
        self.listener = listener
    }

    /// The machine, made of the house's forms when it is first spoken to.
    func machine(in spine: Spine) throws -> DialogueMachine {
        if let machine = machine.withLock({ $0 }) { return machine }
        let made = DialogueMachine(ear: try listener(spine), replies: replies)
        machine.withLock { $0 = made }
        return made
    }

    /// One turn.
    /// - Throws: ``Refusal`` where the conversation is unknown, over, or the turn comes out of order or too often.
    func turn(_ request: TurnRequest, by caller: Caller, from address: String, in spine: Spine) async throws -> JSON {
        let district = spine.district
        let bounds = TurnThrottle.bounds(
            address: address, dialogue: request.dialogue, isKnown: caller.person != nil)
        guard throttle.admit(bounds, at: district.clock()) else { throw TurnThrottle.refusal }
        if let code = request.dialogue, let answer = try await confided(code, request, by: caller, in: spine) {
            return answer
        }
        let (code, first) = (request.dialogue ?? Secret.code(), request.dialogue == nil)
        if first { try await begin(request, code, caller, in: district) }
        // Another node, or the same turn sent twice, may be at it: then its answer is awaited, or it is looked after.
        for _ in 0..<120 {
            let now = district.clock()
            guard let kept = try await district.store.read({ try DialogueTable.find(code: code, in: $0) }),
                kept.caller == caller.author.text, now.seconds(since: kept.last) < Self.silence
            else { throw Self.unknown }
            let number = request.turn ?? kept.turn + 1
            if number <= kept.turn {
                let before = try await district.store.read { try DialogueTable.turn(number, of: kept.id, in: $0) }
                guard let before else { throw Self.unknown }
                // The code opens the conversation and is kept nowhere: whoever sent it gets it back.
                var members = try JSON(parsing: before.answer).members ?? [:]
                members["dialogue"] = .string(code)
                return .object(members)
            }
            guard number == kept.turn + 1 else { throw Self.outOfOrder }
            if try beginsAnew(request.input, kept.state, by: caller, in: spine) {
                var anew = request
                (anew.dialogue, anew.turn) = (nil, nil)
                return try await turn(anew, by: caller, from: address, in: spine)
            }
            if kept.busy <= now {
                let taken = Taken(code: code, kept: kept, number: number, caller: caller, now: now)
                if let answer = try await take(request, taken, in: spine) { return answer }
            }
            try await Task.sleep(for: .milliseconds(100))
        }
        throw Self.busy
    }

    /// Whether something is asked for after a call was promised, or they begin anew: what was handed over stands, and this is another conversation.
    private func beginsAnew(
        _ input: Input, _ dialogue: Dialogue, by caller: Caller, in spine: Spine
    ) throws -> Bool {
        guard dialogue.phase == .handedOver, case .said(let utterance) = input else { return false }
        let ear = try machine(in: spine).ear
        switch ear.always(utterance, { [] }) {
        case .restart: return true
        case nil where dialogue.isCallBack == true: break
        default: return false
        }
        guard case .one(let match) = ear.understand(utterance, { $0.allows(caller) }) else { return false }
        return match.score >= Exchange.topic
    }

    /// A turn that was taken up.
    struct Taken: Sendable {
        let code: String
        let kept: DialogueTable.Kept
        let number: Int64
        let caller: Caller
        let now: Timestamp
    }

    private func begin(_ request: TurnRequest, _ code: String, _ caller: Caller, in district: District) async throws {
        let now = district.clock()
        var state = Dialogue(request.language)
        state.slowness = request.slowness ?? 0
        let kept = DialogueTable.Kept(
            id: Identifier(at: now), version: 0, turn: 0, state: state, caller: caller.author.text,
            roles: caller.roles.map(\.rawValue).sorted().joined(separator: " "), isKnown: caller.isKnown,
            // Somebody known is forgotten under their own name, somebody unknown under one made for this alone.
            subject: caller.person ?? PersonID("caller-\(Secret.code())"), channel: request.channel,
            ageGroup: request.ageGroup, started: now, last: now, busy: now, isReported: false)
        try await district.store.write { try DialogueTable.begin(kept, code: code, in: $0) }
    }

    /// Takes a turn up and sees it through.
    /// - Returns: the answer; nil where somebody else took it up first.
    private func take(_ request: TurnRequest, _ taken: Taken, in spine: Spine) async throws -> JSON? {
        let (district, machine) = (spine.district, try machine(in: spine))
        var (kept, version) = (taken.kept, taken.kept.version)
        if let slowness = request.slowness { kept.state.slowness = slowness }
        kept.state.tongue = request.language.rawValue
        let standing = try await district.standing(of: use)
        let isOpen = desk.isOpen(at: taken.now)
        func world(_ names: [String: [Named]], _ missing: @escaping (String) -> Void) -> World {
            World(
                now: taken.now, isKnown: taken.caller.isKnown, allows: { $0.allows(taken.caller) },
                isDeskOpen: isOpen, deskPhone: desk.phone, standing: standing,
                names: { kind in
                    if names[kind] == nil { missing(kind) }
                    return names[kind] ?? []
                })
        }
        var names: [String: [Named]] = [:]
        func step(_ dialogue: Dialogue, _ input: Input) async throws -> Step {
            // The machine is pure: where it asks for names that are not at hand yet, they are fetched and it runs again.
            while true {
                var wanted: Set<String> = []
                let step = machine.step(dialogue, input, world(names) { wanted.insert($0) })
                if wanted.isEmpty { return step }
                for kind in wanted { names[kind] = try await district.named(kind, for: taken.caller) }
            }
        }
        let input = await hinted(request.input, kept.state, machine.ear, standing, taken.caller, in: district)
        var step1 = try await step(kept.state, input)
        var (results, said, trace) = ([Input.Result](), step1.said, step1.trace)
        var effects = step1.effects
        var rounds = 0
        for case .confide(let intent, let values) in effects {
            switch try await confide(intent, values, request, taken.caller, after: step1, in: spine) {
            // From here on nothing is written down, not even that it came to this.
            case .opened(let answer):
                let id = kept.id
                try await district.store.write { try DialogueTable.forget(id, in: $0) }
                return answer
            case .closed(let result):
                results.append(result)
                step1 = try await step(step1.dialogue, .came(result))
                (said, trace) = (said.joined(step1.said), trace.joined(step1.trace))
                effects = step1.effects
            }
        }
        while let doing = effects.first(where: \.hasResult), rounds < 3 {
            rounds += 1
            // Written down before it is done: whoever comes after a crash finds that it was begun, and looks it up.
            var begun = kept
            begun.state = step1.dialogue
            begun.version = version + 1
            begun.busy = taken.now.advanced(bySeconds: Self.lease)
            let (from, held) = (version, begun)
            guard try await district.store.write({ try DialogueTable.advance(held, from: from, turn: nil, in: $0) })
            else { return nil }
            version += 1
            let result = await run(doing, taken, step1.dialogue.language, in: spine)
            results.append(result)
            let next = try await step(step1.dialogue, .came(result))
            said = said.joined(next.said)
            if let link = try await link(to: result, step1.dialogue.language, in: district) { said.links.append(link) }
            trace = trace.joined(next.trace)
            step1 = next
            effects = effects.filter { !$0.hasResult } + next.effects
        }
        kept.state = step1.dialogue
        said = try await doubt(said, kept, in: district)
        if !said.lines.isEmpty { kept.state.last = said }
        kept.turn = taken.number
        kept.last = taken.now
        kept.busy = taken.now
        kept.version = version + 1
        let notice = try await notice(in: district)
        let answer = TurnAnswer.json(code: taken.code, taken.number, kept.state, said, notice: notice)
        let stored = JSON.object((answer.members ?? [:]).filter { $0.key != "dialogue" })
        let turn = DialogueTable.Turn(
            number: taken.number, at: taken.now, input: input.json,
            results: .array(results.map(\.json)), isOpen: isOpen, standing: Standing.text(standing), said: said.text,
            trace: try Coded.text(trace), phase: kept.state.phase.rawValue, answer: stored.canonicalText)
        // What the desk must hear is told before the turn counts as taken; told twice, it is one event.
        for effect in effects {
            guard case .handOver(let reason) = effect else { continue }
            try await handOver(kept, reason, turn, isOpen: isOpen, in: spine)
        }
        if Ending.isServed(kept.state), !Ending.isServed(taken.kept.state) {
            try await serve(kept, turn, in: district)
        }
        try await tellDanger(kept, effects, in: spine)
        if effects.contains(.end), !kept.isReported {
            try await report(kept, turn, in: district)
            kept.isReported = true
        }
        if effects.contains(.emergency) { spine.gauges.add("slipway_citizen_emergencies_total", labels: "") }
        let (from, final) = (version, kept)
        guard try await district.store.write({ try DialogueTable.advance(final, from: from, turn: turn, in: $0) })
        else { return nil }
        return answer
    }

    /// What somebody who speaks with the machine is told, as the register has it.
    func notice(in district: District) async throws -> Words {
        let use = use
        return try await district.store.read { try use.notice(in: $0) }
    }

    static let unknown = Refusal(
        .notFound, "dialogue.unknown",
        Words("그런 대화가 없거나 끝났습니다. 새로 시작해 주세요.", "There is no such conversation, or it is over."))
    static let outOfOrder = Refusal(
        .conflict, "turn.out-of-order", Words("대화의 순서가 맞지 않습니다.", "This turn does not follow the last one."))
}

extension Effect {
    /// Whether something comes back of it that is to be said.
    var hasResult: Bool {
        switch self {
        case .commit, .check, .ask, .launch: true
        case .confide, .handOver, .emergency, .end: false
        }
    }
}

extension Said {
    /// This, and what was said after it in the same turn; what is shown beside the words is the latter's.
    func joined(_ next: Said) -> Said {
        guard !next.lines.isEmpty else { return self }
        var joined = next
        joined.lines = lines + next.lines
        joined.keys = keys + next.keys
        return joined
    }
}

extension Trace {
    func joined(_ next: Trace) -> Trace {
        Trace(heard: heard + next.heard, matched: matched + next.matched, filled: filled + next.filled)
    }
}

/// A standing as a turn keeps it, so that the turn can be replayed.
enum Standing {
    private static let all: [(String, AIStanding)] = [
        ("runs", .runs), ("off", .off), ("unregistered", .unregistered), ("expired", .expired),
        ("changed", .changed), ("capped", .capped), ("absent", .absent),
    ]
    static func text(_ standing: AIStanding) -> String { all.first { $0.1 == standing }?.0 ?? "off" }
    static func value(_ text: String) -> AIStanding { all.first { $0.0 == text }?.1 ?? .off }
}

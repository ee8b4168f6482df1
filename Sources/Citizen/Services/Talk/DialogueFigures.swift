import District
public import Record
import Web

/// What the dialogue machine's proof counts, for `slipway bench --only dialogues`.
public struct DialogueFigures: Sendable {
    /// Name, value, unit and how it was measured.
    public let rows: [(name: String, value: Double, unit: String, how: String)]
    /// Whether nothing happened that must never happen.
    public let isClean: Bool

    /// Plays so many conversations from a seed against the shipped forms, words and parsers.
    /// - Throws: ``HandbookError`` where the handbook cannot be read.
    public init(count: Int, seed: UInt64, now: Timestamp) throws {
        let book = Citizen.book()
        let room = try Citizen()
        let forms = Dictionary(room.commands.map { ($0.form.name, $0.form) }, uniquingKeysWith: { first, _ in first })
        let ear = try Conversations.ear(
            try Lexicon.read(book), try CityServices(book), LunarCalendar(), forms: forms, phrasings: room.phrasings)
        let fuzz = DialogueFuzz(machine: DialogueMachine(ear: ear, replies: try Replies(book)), now: now)
        let report = fuzz.run(count, seed: seed)
        let how = "\(report.dialogues) conversations, seed \(seed), \(report.turns) turns"
        rows = [
            ("dialogues: commits", Double(report.commits), "", how),
            ("dialogues: commits without an explicit yes", Double(report.unasked), "", how),
            ("dialogues: commits of other values", Double(report.otherValues), "", how),
            ("dialogues: duplicates", Double(report.duplicates), "", how),
            ("dialogues: states without a person in one utterance", Double(report.unreachable), "", how),
            ("dialogues: emergencies without 119 at once", Double(report.missedEmergencies), "", how),
            ("dialogues: states visited", Double(report.phases.count), "", how),
            ("dialogues: CPU of a turn, p95", report.p95, "ms", how),
            ("dialogues: CPU of a turn, longest", report.longest, "ms", how),
        ]
        isClean = report.isClean
    }
}

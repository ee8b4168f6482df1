import District
import Record
import Store

extension EnrolmentTable {
    static let projection = Projection(
        tables: [
            "alliance_training_enrolments", "alliance_training_marks", "alliance_training_passes",
            "alliance_training_statements",
        ],
        types: TrainingEvents.enrolments
    ) { event, payload, writer in
        let enrolment = payload["enrolment"]?.text ?? ""
        switch event.type {
        case TrainingEvents.opened:
            try writer.execute(
                "INSERT INTO alliance_training_passes (programme, pass) VALUES (?, ?)",
                [.text(payload["programme"]?.text ?? ""), .integer(payload["pass"]?.integer ?? 100)])
        case TrainingEvents.cancelled:
            try writer.execute(
                """
                UPDATE alliance_training_enrolments SET state = 'cancelled'
                WHERE session = ? AND state IN ('placed', 'waiting')
                """, [.text(payload["session"]?.text ?? "")])
        case TrainingEvents.enrolled: try enrol(enrolment, event, payload, writer)
        case TrainingEvents.placed:
            try set("placed", enrolment, writer)
            try say(.registered, enrolment, event, in: writer)
        case TrainingEvents.withdrawn: try set("withdrawn", enrolment, writer)
        case TrainingEvents.forgotten:
            try writer.execute(
                "UPDATE alliance_training_enrolments SET email = NULL WHERE person = ?",
                [.text(payload["person"]?.text ?? "")])
        case TrainingEvents.marked: try mark(enrolment, event, payload, writer)
        default:
            let isCompleted = event.type == TrainingEvents.completed
            let score = payload["score"]?.integer
            try writer.execute(
                "UPDATE alliance_training_enrolments SET state = ?, share = ?, score = ? WHERE id = ?",
                [
                    .text(isCompleted ? "completed" : "failed"), .optional(payload["share"]?.integer), .optional(score),
                    .text(enrolment),
                ])
            try say(isCompleted ? .completed : .failed, enrolment, event, score: score, in: writer)
        }
    }

    private static func enrol(
        _ id: String, _ event: Event, _ payload: [String: JSON], _ writer: any Writer
    ) throws {
        let state = payload["state"]?.text ?? "waiting"
        try writer.execute(
            """
            INSERT INTO alliance_training_enrolments
                (id, session, programme, person, firm, scope, state, asked, is_renewal, email)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                .text(id), .text(payload["session"]?.text ?? ""), .text(payload["programme"]?.text ?? ""),
                .text(payload["person"]?.text ?? ""), .optional(payload["firm"]?.text), .text(event.scope.text),
                .text(state), .integer(event.observed.microseconds), .flag(payload["renewal"]?.bool ?? false),
                .optional(payload["email"]?.text),
            ])
        if state == "placed" { try say(.registered, id, event, in: writer) }
    }

    private static func set(_ state: String, _ enrolment: String, _ writer: any Writer) throws {
        try writer.execute(
            "UPDATE alliance_training_enrolments SET state = ? WHERE id = ?", [.text(state), .text(enrolment)])
    }

    /// Takes a mark in. What a store was told before and is no longer so is taken back, as xAPI has it: by a statement.
    private static func mark(
        _ enrolment: String, _ event: Event, _ payload: [String: JSON], _ writer: any Writer
    ) throws {
        let module = payload["module"]?.text ?? ""
        let before = try writer.first(
            "SELECT present, score FROM alliance_training_marks WHERE enrolment = ? AND module = ?",
            [.text(enrolment), .text(module)])
        let was = (
            present: try before?.optionalInteger("present").map { $0 == 1 }, score: try before?.optionalInteger("score")
        )
        let (present, score) = (payload["present"]?.bool, payload["score"]?.integer)
        try writer.execute(
            """
            INSERT INTO alliance_training_marks (enrolment, module, present, score) VALUES (?, ?, ?, ?)
            ON CONFLICT (enrolment, module) DO UPDATE SET present = excluded.present, score = excluded.score
            """,
            [.text(enrolment), .text(module), .optional(present.map { $0 ? 1 : 0 as Int64 }), .optional(score)])
        if was.present == true, present != true { try void([.attended], enrolment, module, event, writer) }
        if present == true, was.present != true {
            try say(.attended, enrolment, event, module: module, in: writer)
        }
        guard was.score != score else { return }
        if was.score != nil { try void([.passed, .failed], enrolment, module, event, writer) }
        guard let score else { return }
        let pass = try writer.first(
            """
            SELECT p.pass FROM alliance_training_passes p JOIN alliance_training_enrolments e
            ON e.programme = p.programme WHERE e.id = ?
            """, [.text(enrolment)])?.integer("pass")
        try say(score >= pass ?? 100 ? .passed : .failed, enrolment, event, module: module, score: score, in: writer)
    }

    private static func void(
        _ verbs: [TrainingStatement.Verb], _ enrolment: String, _ module: String, _ event: Event, _ writer: any Writer
    ) throws {
        for verb in verbs {
            for row in try writer.query(
                """
                SELECT id FROM alliance_training_statements
                WHERE enrolment = ? AND module = ? AND verb = ? AND is_voided = 0
                """, [.text(enrolment), .text(module), .text(verb.rawValue)])
            {
                let id = try row.text("id")
                try writer.execute(
                    "UPDATE alliance_training_statements SET is_voided = 1 WHERE id = ?", [.text(id)])
                try say(.voided, enrolment, event, module: module, voids: id, in: writer)
            }
        }
    }

    private static func say(
        _ verb: TrainingStatement.Verb, _ enrolment: String, _ event: Event, module: String? = nil, score: Int64? = nil,
        voids: String? = nil, in writer: any Writer
    ) throws {
        // One event may take back two statements: what it takes back is a part of the name then.
        let name = event.id.description + (voids.map { "/\($0)" } ?? "")
        try writer.execute(
            """
            INSERT INTO alliance_training_statements
                (id, event, verb, scope, person, enrolment, session, programme, module, score, voids, is_voided, at, stored)
            SELECT ?, ?, ?, scope, person, id, session, programme, ?, ?, ?, 0, ?, ?
            FROM alliance_training_enrolments WHERE id = ? ON CONFLICT (id) DO NOTHING
            """,
            [
                .text(TrainingStatement.id(name, verb)), .text(name), .text(verb.rawValue), .optional(module),
                .optional(score), .optional(voids), .integer(event.observed.microseconds),
                .integer(event.recorded.microseconds), .text(enrolment),
            ])
    }
}

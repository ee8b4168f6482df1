import Record
import Store

/// What one event writes into the register.
struct AssessmentEntry {
    let event: Event
    let payload: [String: JSON]
    let transaction: any Writer

    private var id: SQLValue { .text(String(event.stream.dropFirst("assessment/".count))) }
    private var scope: SQLValue { .text(event.scope.text) }
    /// Where it stands among what was added: moments may coincide, versions do not.
    private var place: SQLValue { .integer(event.streamVersion) }
    private var at: SQLValue { .integer(event.observed.microseconds) }

    private func text(_ key: String) -> SQLValue { .text(payload[key]?.text ?? "") }
    private func optional(_ key: String) -> SQLValue { .optional(payload[key]?.text) }
    private func integer(_ key: String) -> SQLValue { .integer(payload[key]?.integer ?? 0) }
    private func moment(_ key: String) -> SQLValue {
        .optional(payload[key]?.text.flatMap { Timestamp(iso8601: $0) }?.microseconds)
    }

    func open() throws {
        let scale = payload["scale"]
        let process = payload["process"]?.text ?? ""
        func step(_ key: String) -> SQLValue { .optional(scale?[key]?.integer) }
        try transaction.execute(
            """
            INSERT INTO safety_assessments (id, scope, thing, site, method, kind, process, words, state, likelihoods,
            severities, medium, high, severe, opened, planned, work_starts, copied_from)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, 'open', ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                id, scope, text("thing"), text("site"), text("method"), text("kind"), .text(process),
                .text(process.lowercased()), .integer(scale?["likelihoods"]?.integer ?? 3),
                .integer(scale?["severities"]?.integer ?? 2), step("medium"), step("high"), step("severe"), at,
                moment("planned"), moment("work_starts"), optional("copied_from"),
            ])
    }

    func walk() throws {
        try transaction.execute(
            """
            INSERT INTO safety_assessment_rounds (id, assessment, scope, site, at, day, way, participants, workers,
            seen, photo) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                text("round"), id, scope, text("site"), at, .integer(KoreanDay(event.observed).number), text("way"),
                .text((payload["participants"] ?? []).canonicalText), integer("workers"), optional("seen"),
                optional("photo"),
            ])
    }

    func addHazard() throws {
        try transaction.execute(
            """
            INSERT INTO safety_assessment_hazards (id, assessment, scope, place, thing, description, accident,
            likelihood, severity, copied_from, confirmed, removed, rejections, inherent_band, residual_band)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, '', 0, '{}', 3, 3)
            """,
            [
                text("hazard"), id, scope, place, text("thing"), text("description"), text("accident"),
                integer("likelihood"), integer("severity"), optional("copied_from"),
            ])
        try judge()
    }

    func confirmHazard() throws {
        let isThere = payload["is_there"]?.bool ?? false
        try transaction.execute(
            "UPDATE safety_assessment_hazards SET confirmed = ?, removed = ? WHERE id = ?",
            [text("round"), .flag(!isThere), text("hazard")])
    }

    func reject() throws {
        try transaction.execute(
            "UPDATE safety_assessment_hazards SET rejections = ? WHERE id = ?",
            [.text((payload["reasons"] ?? [:]).canonicalText), text("hazard")])
    }

    func addControl() throws {
        try transaction.execute(
            """
            INSERT INTO safety_assessment_controls (id, hazard, assessment, scope, place, step, description, owner,
            due, likelihood_steps, severity_steps, reused) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0)
            """,
            [
                text("control"), text("hazard"), id, scope, place, text("step"), text("description"), text("owner"),
                moment("due"), integer("likelihood_steps"), integer("severity_steps"),
            ])
        try judge()
    }

    func verifyControl() throws {
        try transaction.execute(
            """
            UPDATE safety_assessment_controls SET is_good = ?, valid_until = ?, verified = ?, verifier = ?,
            evidence = ?, reused = ? WHERE id = ?
            """,
            [
                .flag(payload["result"]?.text == "ok"), moment("valid_until"), at, .text(event.author.text),
                optional("evidence"), .flag(payload["reused"]?.bool ?? false), text("control"),
            ])
        try judge()
    }

    /// Keeps the bands of a hazard beside it, with the moment from which the residual one may no longer be relied on.
    private func judge() throws {
        guard let hazard = payload["hazard"]?.text,
            let row = try transaction.first(
                """
                SELECT h.*, a.likelihoods, a.severities, a.medium, a.high, a.severe
                FROM safety_assessment_hazards h JOIN safety_assessments a ON a.id = h.assessment WHERE h.id = ?
                """, [.text(hazard)])
        else { return }
        let scale = try AssessmentRegister.scale(row)
        let controls = try transaction.query(
            "SELECT * FROM safety_assessment_controls WHERE hazard = ? ORDER BY place", [.text(hazard)]
        ).map(AssessmentRegister.control)
        let judged = try AssessmentRegister.hazard(row, controls: controls)
        let residual = judged.residual(on: scale, at: event.observed)
        try transaction.execute(
            """
            UPDATE safety_assessment_hazards SET inherent_band = ?, residual_band = ?, residual_until = ? WHERE id = ?
            """,
            [
                .integer(Int64(Residual.inherent(judged.inherent, on: scale).rank)),
                .integer(Int64(residual.band.rank)), .optional(residual.until?.microseconds), .text(hazard),
            ])
    }

    func advance(_ state: AssessmentState) throws {
        try transaction.execute(
            "UPDATE safety_assessments SET state = ?, \(state.rawValue) = ? WHERE id = ?",
            [.text(state.rawValue), at, id])
    }

    func share() throws {
        try advance(.shared)
        for reader in payload["readers"]?.elements ?? [] {
            try transaction.execute(
                """
                INSERT INTO safety_assessment_readers (assessment, person, scope, shared) VALUES (?, ?, ?, ?)
                ON CONFLICT (assessment, person) DO NOTHING
                """, [id, .text(reader.text ?? ""), scope, at])
        }
    }

    func read() throws {
        try transaction.execute(
            """
            INSERT INTO safety_assessment_readers (assessment, person, scope, shared, read, language)
            VALUES (?, ?, ?, ?, ?, ?)
            ON CONFLICT (assessment, person) DO UPDATE SET read = excluded.read, language = excluded.language
            """, [id, text("person"), scope, at, at, text("language")])
    }
}

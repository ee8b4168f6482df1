import District
import Record
import Store

/// What was proposed and confirmed about the types of reported dangers, and the editions of the model.
enum TypeTable {
    static let migration = Migration(
        "safety.proposals.001",
        [
            """
            CREATE TABLE safety_type_proposals (
                id TEXT PRIMARY KEY, hazard TEXT NOT NULL, report TEXT NOT NULL, scope TEXT NOT NULL,
                author TEXT NOT NULL, candidates TEXT NOT NULL, abstained BIGINT NOT NULL, evidence TEXT NOT NULL,
                edition TEXT NOT NULL, at BIGINT NOT NULL)
            """,
            "CREATE INDEX safety_type_proposals_hazard ON safety_type_proposals (hazard)",
            "CREATE INDEX safety_type_proposals_scope ON safety_type_proposals (scope, at)",
            """
            CREATE TABLE safety_type_confirmed (
                hazard TEXT PRIMARY KEY, report TEXT NOT NULL, scope TEXT NOT NULL, accident TEXT NOT NULL,
                proposed TEXT, person TEXT NOT NULL, at BIGINT NOT NULL)
            """,
            "CREATE INDEX safety_type_confirmed_at ON safety_type_confirmed (at)",
            """
            CREATE TABLE safety_type_models (
                version BIGINT PRIMARY KEY, scope TEXT NOT NULL, asked BIGINT NOT NULL, through BIGINT NOT NULL,
                trained BIGINT, examples BIGINT, confirmed BIGINT, calibration TEXT)
            """,
        ])

    static let projection = Projection(
        tables: ["safety_type_proposals", "safety_type_confirmed", "safety_type_models"],
        types: [
            "safety.type.proposed", "safety.type.confirmed", "safety.type.retrain-asked", "safety.type.trained",
        ]
    ) { event, payload, transaction in
        switch event.type {
        case "safety.type.proposed":
            try transaction.execute(
                """
                INSERT INTO safety_type_proposals (id, hazard, report, scope, author, candidates, abstained, evidence,
                    edition, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
                [
                    .text(event.id.description), .text(payload["hazard"]?.text ?? ""),
                    .text(payload["report"]?.text ?? ""), .text(event.scope.text), .text(event.author.text),
                    .text((payload["candidates"] ?? []).canonicalText), .flag(payload["abstained"]?.bool ?? true),
                    .text((payload["evidence"] ?? []).canonicalText), .text(payload["edition"]?.text ?? ""),
                    .integer(event.recorded.microseconds),
                ])
        case "safety.type.confirmed":
            try transaction.execute(
                """
                INSERT INTO safety_type_confirmed (hazard, report, scope, accident, proposed, person, at)
                VALUES (?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT (hazard) DO UPDATE SET accident = excluded.accident, person = excluded.person,
                    at = excluded.at
                """,
                [
                    .text(payload["hazard"]?.text ?? ""), .text(payload["report"]?.text ?? ""),
                    .text(event.scope.text), .text(payload["accident"]?.text ?? ""),
                    .optional(payload["proposed"]?.text), .text(event.author.text),
                    .integer(event.recorded.microseconds),
                ])
        case "safety.type.retrain-asked":
            try transaction.execute(
                "INSERT INTO safety_type_models (version, scope, asked, through) VALUES (?, ?, ?, ?)",
                [
                    .integer(payload["version"]?.integer ?? 0), .text(event.scope.text),
                    .integer(event.recorded.microseconds), .integer(event.recorded.microseconds),
                ])
        default:
            try transaction.execute(
                """
                UPDATE safety_type_models SET trained = ?, examples = ?, confirmed = ?, calibration = ?
                WHERE version = ?
                """,
                [
                    .integer(event.recorded.microseconds), .integer(payload["examples"]?.integer ?? 0),
                    .integer(payload["confirmed"]?.integer ?? 0),
                    .text((payload["calibration"] ?? .null).canonicalText),
                    .integer(payload["version"]?.integer ?? 0),
                ])
        }
    }
}

/// A proposal as it stands on the Record.
struct KeptProposal: Sendable, Hashable {
    let id: String
    let hazard: String
    let report: String
    let author: Author
    let proposal: TypeProposal
    /// Which model: its edition, or who was asked outside.
    let edition: String
    let at: Timestamp
}

/// The type that a person confirmed.
struct ConfirmedType: Sendable, Hashable {
    let hazard: String
    /// The event that brought the report, under which its text is found.
    let report: String
    let accident: AccidentType
    /// The type that stood first among those proposed; nil where none was.
    let proposed: AccidentType?
    let at: Timestamp
}

/// An edition of the model that somebody asked for.
struct ModelEdition: Sendable, Hashable {
    let version: Int64
    let asked: Timestamp
    /// Confirmed reports up to here are learnt from.
    let through: Timestamp
    let trained: Timestamp?
    let examples: Int64, confirmed: Int64
    let calibration: TypeCalibration?
}

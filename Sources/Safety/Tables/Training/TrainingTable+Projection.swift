import District
import Record
import Store

extension TrainingTable {
    static let projection = Projection(
        tables: [
            "safety_training_sessions", "safety_training_attendance", "safety_training_certificates",
            "safety_training_needs", "safety_training_reviews",
        ],
        types: [
            "safety.training.held", "safety.training.signed", "safety.training.certified", "safety.training.required",
            "safety.training.reviewed",
        ]
    ) { event, payload, transaction in
        switch event.type {
        case "safety.training.held": try hold(event, payload, transaction)
        case "safety.training.signed":
            try transaction.execute(
                "UPDATE safety_training_attendance SET is_signed = 1 WHERE session = ? AND person = ?",
                [.text(event.stream.id), .text(payload["person"]?.text ?? "")])
        case "safety.training.certified": try certify(event, payload, transaction)
        case "safety.training.required":
            try transaction.execute(
                """
                INSERT INTO safety_training_needs (person, course, scope, is_needed) VALUES (?, ?, ?, ?)
                ON CONFLICT (person, course) DO UPDATE SET scope = excluded.scope, is_needed = excluded.is_needed
                """,
                [
                    .text(payload["person"]?.text ?? ""), .text(payload["course"]?.text ?? ""), .text(event.scope.text),
                    .flag(payload["needed"]?.bool ?? true),
                ])
        default:
            try transaction.execute(
                "INSERT INTO safety_training_reviews (id, scope, half, at, author, missing) VALUES (?, ?, ?, ?, ?, ?)",
                [
                    .text(event.stream.id), .text(event.scope.text), .text(payload["half"]?.text ?? ""),
                    .integer(event.recorded.microseconds), .text(event.author.text),
                    .text((payload["missing"] ?? []).canonicalText),
                ])
        }
    }

    private static func hold(_ event: Event, _ payload: [String: JSON], _ writer: any Writer) throws {
        let (course, file) = (payload["course"]?.text ?? "", payload["file"]?.text)
        let (day, hours) = ((payload["day"]?.text).flatMap { KoreanDay($0) }, payload["hours"]?.double ?? 0)
        let number = (day ?? KoreanDay(event.observed)).number
        try writer.execute(
            """
            INSERT INTO safety_training_sessions (id, scope, course, day, hours, instructor, language, file)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                .text(event.stream.id), .text(event.scope.text), .text(course), .integer(number), .real(hours),
                .optional(payload["instructor"]?.text), .text(payload["language"]?.text ?? "ko"), .optional(file),
            ])
        for person in (payload["participants"]?.elements ?? []).compactMap(\.text) {
            try writer.execute(
                """
                INSERT INTO safety_training_attendance (session, person, scope, course, day, hours, is_signed)
                VALUES (?, ?, ?, ?, ?, ?, ?)
                """,
                [
                    .text(event.stream.id), .text(person), .text(event.scope.text), .text(course), .integer(number),
                    .real(hours),
                    // The sheet with everyone's signature on it is as good as each one's own.
                    .flag(file != nil),
                ])
        }
    }

    private static func certify(_ event: Event, _ payload: [String: JSON], _ writer: any Writer) throws {
        func day(_ field: String) -> Int64? { (payload[field]?.text).flatMap { KoreanDay($0)?.number } }
        try writer.execute(
            """
            INSERT INTO safety_training_certificates (id, scope, person, course, number, issuer, issued, through, file)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                .text(event.stream.id), .text(event.scope.text), .text(payload["person"]?.text ?? ""),
                .text(payload["course"]?.text ?? ""), .optional(payload["number"]?.text),
                .text(payload["issuer"]?.text ?? ""),
                .integer(day("issued") ?? KoreanDay(event.observed).number), .optional(day("through")),
                .optional(payload["file"]?.text),
            ])
    }
}

extension String {
    /// What follows the slash of a stream's name: `training/01…` gives `01…`.
    fileprivate var id: String { String(split(separator: "/", maxSplits: 1).last ?? "") }
}

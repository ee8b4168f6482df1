import District
import Record
import Store

extension HazardTable {
    static let migration = Migration(
        "safety.hazards.001",
        [
            """
            CREATE TABLE safety_hazards (
                id TEXT PRIMARY KEY, scope TEXT NOT NULL, thing TEXT NOT NULL, state TEXT NOT NULL,
                origin TEXT NOT NULL, accident TEXT, band BIGINT, frequency BIGINT, severity BIGINT, text TEXT,
                why TEXT, reason TEXT, joined TEXT, photo TEXT, photo_as_taken BIGINT, photo_reused BIGINT NOT NULL,
                reporter TEXT, code TEXT, alarm TEXT, property TEXT, priority TEXT, raised BIGINT NOT NULL,
                event TEXT NOT NULL)
            """,
            "CREATE INDEX safety_hazards_scope ON safety_hazards (scope, state, raised)",
            "CREATE INDEX safety_hazards_thing ON safety_hazards (thing, state)",
            "CREATE INDEX safety_hazards_reporter ON safety_hazards (reporter)",
        ])

    static let types = [
        "safety.hazard.raised", HazardProposal.type, HazardAccepted.type, "safety.hazard.rejected",
        "safety.hazard.joined", "safety.hazard.controlled", "safety.hazard.reopened", "safety.hazard.closed",
        "safety.type.confirmed",
    ]

    static let projection = Projection(tables: ["safety_hazards"], types: types) { event, payload, transaction in
        switch event.type {
        case "safety.hazard.raised", HazardProposal.type: try insert(event, payload, transaction)
        case "safety.type.confirmed":
            try transaction.execute(
                "UPDATE safety_hazards SET accident = ? WHERE id = ?",
                [.optional(payload["accident"]?.text), .text(payload["hazard"]?.text ?? "")])
        default: try change(event, payload, transaction)
        }
    }

    private static func insert(_ event: Event, _ payload: [String: JSON], _ transaction: any Writer) throws {
        let isProposal = event.type == HazardProposal.type
        var (origin, reporter): (Hazard.Origin, String?) = (.code, nil)
        switch event.author {
        case .person(let person): (origin, reporter) = (.person, person.rawValue)
        case .machine: origin = .program
        default: origin = isProposal ? .alarm : .code
        }
        try transaction.insert(
            into: "safety_hazards",
            columns: [
                "id", "scope", "thing", "state", "origin", "accident", "text", "why", "photo", "photo_as_taken",
                "photo_reused", "reporter", "code", "alarm", "property", "priority", "raised", "event",
            ],
            rows: [
                [
                    .text(id(event)), .text(event.scope.text), .text(payload["thing"]?.text ?? ""),
                    .text(isProposal ? "proposed" : "raised"), .text(origin.rawValue),
                    .optional(payload["accident"]?.text), .optional(payload["text"]?.text),
                    .optional(payload["why"]?.members == nil ? nil : payload["why"]?.canonicalText),
                    .optional(payload["photo"]?.text),
                    .optional(payload["as_taken"]?.bool.map { $0 ? 1 : 0 } as Int64?),
                    .flag(payload["reused"] != nil), .optional(reporter), .optional(payload["code"]?.text),
                    .optional(payload["alarm"]?.text), .optional(payload["property"]?.text),
                    .optional(payload["priority"]?.text), .integer(event.recorded.microseconds),
                    .text(event.id.description),
                ]
            ])
    }

    private static func change(_ event: Event, _ payload: [String: JSON], _ transaction: any Writer) throws {
        let (state, mark, key): (Hazard.State, SQLValue, SQLValue) = (
            state(event.type), .text(event.id.description), .text(id(event))
        )
        try transaction.execute(
            "UPDATE safety_hazards SET state = ?, event = ? WHERE id = ?", [.text(state.rawValue), mark, key])
        switch event.type {
        case HazardAccepted.type:
            let band = payload["band"]?.text.flatMap { RiskBand(rawValue: $0) } ?? .severe
            try transaction.execute(
                """
                UPDATE safety_hazards SET band = ?, frequency = ?, severity = ?, accident = COALESCE(?, accident)
                WHERE id = ?
                """,
                [
                    .integer(Int64(band.rank)), .optional(payload["frequency"]?.integer),
                    .optional(payload["severity"]?.integer), .optional(payload["accident"]?.text), key,
                ])
        case "safety.hazard.joined":
            try transaction.execute(
                "UPDATE safety_hazards SET joined = ? WHERE id = ?", [.optional(payload["into"]?.text), key])
        default: break
        }
        if let reason = payload["reason"] {
            try transaction.execute(
                "UPDATE safety_hazards SET reason = ? WHERE id = ?", [.optional(reason.text), key])
        }
    }

    /// What a hazard is after an event of a type.
    private static func state(_ type: String) -> Hazard.State {
        switch type {
        case HazardAccepted.type, "safety.hazard.reopened": .accepted
        case "safety.hazard.rejected": .rejected
        case "safety.hazard.joined": .joined
        case "safety.hazard.controlled": .controlled
        default: .closed
        }
    }

    private static func id(_ event: Event) -> String { String(event.stream.dropFirst("hazard/".count)) }
}

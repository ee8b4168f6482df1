import District
import Record

/// What other subjects do is evidence by itself: the duty table says of which types.
struct EvidenceReactions {
    let book: DutyBook

    /// One reaction for each type of event that the table names.
    var all: [Reaction] {
        book.sourceTypes.map { type in
            Reaction("safety.evidence-of.\(type)", to: type, yields: ["safety.duty.evidenced"]) { [book] event, _ in
                Self.firms(of: event).flatMap { firm in
                    book.proved(by: event).map { Self.evidence(event, $0.duty, $0.kind, firm, edition: book.edition) }
                }
            }
        }
            + book.triggerTypes.map { type in
                Reaction("safety.due-by.\(type)", to: type, yields: ["safety.duty.triggered"]) { [book] event, _ in
                    Self.firms(of: event).flatMap { firm in
                        book.triggered(by: type).map { Self.trigger(event, $0, firm, edition: book.edition) }
                    }
                }
            }
    }

    /// What was due and is not after all: an accident that needs no form, a second report of the same one. Nobody must
    /// invent evidence for it.
    var releases: [Reaction] {
        [
            ("safety.incident.updated", book.triggered(by: "safety.form30.due")),
            ("safety.incident.folded", book.duties.filter { !$0.triggers.isEmpty }),
        ].map { type, duties in
            Reaction("safety.not-due-by.\(type)", to: type, yields: ["safety.duty.released"]) { [book] event, _ in
                guard
                    type != "safety.incident.updated"
                        || event.payload["form30"]?.text == Form30.Need.notNeeded.rawValue,
                    let subject = Self.subject(of: event)
                else { return [] }
                return Self.firms(of: event).flatMap { firm in
                    duties.map { duty in
                        Draft(
                            "safety.duty.released", stream: "duty/\(firm)/\(duty.id)", scope: .firm(firm),
                            observed: event.observed,
                            payload: [
                                "duty": .string(duty.id), "edition": .string(book.edition), "subject": .string(subject),
                            ])
                    }
                }
            }
        }
    }

    /// Whose duty an event concerns: a firm's own; of a contract, the firm that gives the work; of an accident, the firm
    /// whose place it is and the one that employs whoever came to harm.
    private static func firms(of event: Event) -> [FirmID] {
        switch event.scope {
        case .firm(let firm): [firm]
        case .contract:
            if let client = event.payload["client"]?.text {
                [FirmID(client)]
            } else {
                Set(["firm", "employer"].compactMap { event.payload[$0]?.text }).sorted().map { FirmID($0) }
            }
        default: event.payload["firm"]?.text.map { [FirmID($0)] } ?? []
        }
    }

    private static func evidence(
        _ event: Event, _ duty: Duty, _ kind: String, _ firm: FirmID, edition: String
    ) -> Draft {
        // What was done on a day and recorded later is evidence for its own day.
        let day = event.payload["day"]?.text.flatMap { KoreanDay($0) } ?? KoreanDay(event.observed)
        var payload = GiveEvidence.payload(duty, HalfYear(day), day: day, kind: kind, edition: edition)
        payload.merge(GiveEvidence.reference(event)) { $1 }
        if let subject = subject(of: event) { payload["subject"] = .string(subject) }
        return Draft(
            "safety.duty.evidenced", stream: "evidence/\(Identifier(at: event.recorded))", scope: .firm(firm),
            observed: event.observed, payload: payload)
    }

    private static func trigger(_ event: Event, _ duty: Duty, _ firm: FirmID, edition: String) -> Draft {
        Draft(
            "safety.duty.triggered", stream: "duty/\(firm)/\(duty.id)", scope: .firm(firm), observed: event.observed,
            payload: [
                "duty": .string(duty.id), "edition": .string(edition),
                "subject": .string(subject(of: event) ?? event.stream),
            ])
    }

    /// What an event is about, where answers name it again: the incident, the stop, the order, by its stream or by what
    /// it says.
    private static func subject(of event: Event) -> String? {
        let kinds = ["incident", "stop", "order"]
        let parts = event.stream.split(separator: "/", maxSplits: 1).map(String.init)
        if parts.count == 2, kinds.contains(parts[0]) { return parts[1] }
        return kinds.lazy.compactMap { event.payload[$0]?.text }.first
    }
}

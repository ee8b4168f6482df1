import District
import Record
import Series

/// Everything that one beginning led to, with times.
struct Trace: Sendable {
    struct Step: Sendable {
        let event: Event
        let payload: [String: JSON]
        /// Who did it, as whoever asks may know.
        let author: String
    }

    /// The reading that began it.
    struct Evidence: Sendable {
        let key: SeriesKey
        let observed: Timestamp
        let arrived: Timestamp?
        let value: Double
        let unit: String?
    }

    let correlation: Identifier
    let steps: [Step]
    let checkpoint: SignedCheckpoint?
    let proof: InclusionProof?
    let proofVerifies: Bool
    /// The event that anchors the chunk in which the reading lies; nil while that chunk is open.
    var anchor: Identifier?

    /// The reading on which the first event rests, where it rests on one.
    var evidence: Evidence? {
        guard let reading = steps.lazy.compactMap({ $0.payload["evidence"] }).first,
            let thing = reading["thing"]?.text, let property = reading["property"]?.text,
            let observed = reading["observed"]?.text.flatMap({ Timestamp(iso8601: $0) }),
            let value = reading["value"]?.double
        else { return nil }
        return Evidence(
            key: SeriesKey(ThingID(thing), property), observed: observed,
            arrived: reading["arrived"]?.text.flatMap { Timestamp(iso8601: $0) }, value: value,
            unit: reading["unit"]?.text)
    }

    /// As `GET /api/v1/trace/{id}` answers.
    var json: JSON {
        var members: [String: JSON] = [
            "correlation": .string(correlation.description),
            "steps": .array(
                steps.map { step in
                    var members: [String: JSON] = [
                        "id": .string(step.event.id.description), "type": .string(step.event.type),
                        "stream": .string(step.event.stream), "author": .string(step.author),
                        "observed": .string(step.event.observed.description),
                        "recorded": .string(step.event.recorded.description), "payload": .object(step.payload),
                    ]
                    if let cause = step.event.cause { members["cause"] = .string(cause.description) }
                    if let leaf = step.event.leaf { members["leaf"] = .decimal(leaf) }
                    return .object(members)
                }),
        ]
        if let evidence {
            var reading: [String: JSON] = [
                "series": .string(evidence.key.description), "observed": .string(evidence.observed.description),
                "value": .number(evidence.value),
            ]
            if let arrived = evidence.arrived { reading["arrived"] = .string(arrived.description) }
            if let anchor { reading["anchor"] = .string(anchor.description) }
            members["reading"] = .object(reading)
        }
        if let checkpoint {
            members["checkpoint"] = [
                "size": .decimal(checkpoint.checkpoint.size),
                "root": .string(checkpoint.checkpoint.root.description), "note": .string(checkpoint.description),
                "included": .bool(proofVerifies),
            ]
        }
        return .object(members)
    }
}

import Access
import District
import Record
import Series

/// Brings a table of past readings in. It yields findings, never live alarms: nothing of it reaches the watch.
struct Importer: Sendable {
    /// Something in the past that the detector would have spoken of.
    struct Finding: Sendable, Hashable {
        let property: String
        let time: Timestamp
        let reason: Reason
        let value: Double
    }

    /// What an import did, or would do.
    struct Report: Sendable {
        let rows: Int
        let rejections: [Rejection]
        let properties: [String]
        let readings: Int
        let span: (from: Timestamp, to: Timestamp)?
        var stored = 0
        var duplicates = 0
        var findings: [Finding] = []
        /// The event that tells of it; nil for a dry run.
        var correlation: Identifier?
    }

    /// At most so many findings are kept.
    static let mostFindings = 200

    let desk: Desk

    /// What a table would bring, without storing anything.
    func rehearse(_ table: CSVReadings) -> Report {
        let times = table.rows.map(\.time)
        var report = Report(
            rows: table.count, rejections: table.rejections, properties: table.layout.properties.compactMap { $0 },
            readings: table.rows.reduce(0) { $0 + $1.values.count },
            span: times.min().flatMap { from in times.max().map { (from, $0) } })
        report.findings = findings(in: table)
        return report
    }

    /// Stores a table's readings as a thing's past, and records that it was done and what was found.
    func store(_ table: CSVReadings, of thing: ThingID, name: String, by caller: Caller) async throws -> Report {
        var report = rehearse(table)
        let scopes = try await desk.ingest.placing.scopes(of: [thing], for: Sender(caller))
        guard let scope = scopes[thing] else {
            throw Refusal(
                .forbidden, "thing.not-yours",
                Words("이 설비에 값을 넣을 권한이 없습니다.", "Values for this thing may not be imported by you."))
        }
        for start in stride(from: 0, to: table.rows.count, by: 2000) {
            let samples = (start..<min(start + 2000, table.rows.count)).flatMap {
                table.samples(ofRow: $0, thing: thing)
            }
            let appended = try await desk.spine.series.append(samples)
            report.stored += appended.stored + appended.corrected
            report.duplicates += appended.duplicates
        }
        let id = Identifier(at: desk.spine.district.clock())
        let events = try await desk.spine.district.record(
            [
                Draft(
                    "sensing.import.completed", stream: "import/\(id)", scope: scope,
                    payload: [
                        "thing": .string(thing.rawValue), "file": .string(String(name.prefix(200))),
                        "rows": .number(Double(report.rows)), "stored": .number(Double(report.stored)),
                        "rejected": .number(Double(report.rejections.count)),
                        "findings": .array(
                            report.findings.map { finding in
                                [
                                    "property": .string(finding.property), "time": .string(finding.time.description),
                                    "reason": .string(finding.reason.rawValue), "value": .number(finding.value),
                                ]
                            }),
                    ])
            ], origin: Origin(author: caller.author))
        report.correlation = events.first?.correlation
        return report
    }

    /// Runs a detector of its own over each column, from calibration on.
    private func findings(in table: CSVReadings) -> [Finding] {
        var detectors: [String: Detector] = [:]
        var anomalous: Set<String> = []
        var findings: [Finding] = []
        for row in table.rows {
            for (property, value) in row.values {
                let verdict = detectors[property, default: Detector()].observe(Reading(time: row.time, value: value))
                if verdict.kind != .anomalous {
                    anomalous.remove(property)
                } else if anomalous.insert(property).inserted, let reason = verdict.reason {
                    findings.append(Finding(property: property, time: row.time, reason: reason, value: value))
                    if findings.count >= Self.mostFindings { return findings }
                }
            }
        }
        return findings
    }
}

extension Importer.Report {
    /// As the JSON call answers.
    func json(_ language: Language) -> JSON {
        var members: [String: JSON] = [
            "rows": .number(Double(rows)), "readings": .number(Double(readings)), "stored": .number(Double(stored)),
            "duplicates": .number(Double(duplicates)), "properties": .array(properties.map { .string($0) }),
            "rejected": .number(Double(rejections.count)),
            "errors": .array(
                rejections.prefix(1000).map { rejection in
                    [
                        "line": .number(Double(rejection.line)), "field": .string(rejection.field),
                        "rule": .string(rejection.rule.rawValue), "text": .string(rejection.text),
                        "detail": .string(rejection.words[language]),
                    ]
                }),
            "findings": .array(
                findings.map { finding in
                    [
                        "property": .string(finding.property), "time": .string(finding.time.description),
                        "reason": .string(finding.reason.rawValue), "detail": .string(finding.reason.words[language]),
                        "value": .number(finding.value),
                    ]
                }),
        ]
        if let span {
            members["from"] = .string(span.from.description)
            members["to"] = .string(span.to.description)
        }
        if let correlation { members["correlation"] = .string(correlation.description) }
        return .object(members)
    }
}

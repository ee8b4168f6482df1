import Access
import District
import HTTPTypes
import Record
import Series
import Web

/// Readings over HTTP: InfluxDB's line protocol as its own clients send it, and JSON.
struct IntakeRoutes {
    let desks: Desks

    /// The largest body taken, in bytes.
    private static let largest = 16 << 20

    var routes: [Route] {
        [
            Route(.post, "/api/v2/write", .tokenScope("readings:write"), bodyLimit: Self.largest) { visit in
                let precision = visit.query["precision"].map { LineProtocol.Precision(rawValue: $0) } ?? .nanoseconds
                guard let precision else {
                    throw Refusal(
                        .invalid, "precision.unknown",
                        Words("precision은 ns, us, ms, s 가운데 하나입니다.", "precision is ns, us, ms or s."),
                        faults: [
                            .init(field: "precision", rule: "choice", words: Words("ns, us, ms, s", "ns, us, ms, s"))
                        ])
                }
                let parsed = LineProtocol.parse(visit.body, precision: precision, now: visit.now)
                let receipt = try await desks.desk(visit.spine).ingest.take(parsed, by: visit.caller, source: "influx")
                return Self.influx(receipt, visit)
            },
            Route(.post, "/api/v1/readings", .tokenScope("readings:write"), bodyLimit: Self.largest) { visit in
                let parsed = JSONReadings.parse(visit.body, now: visit.now)
                let receipt = try await desks.desk(visit.spine).ingest.take(parsed, by: visit.caller, source: "json")
                return .json(receipt.json(visit.language), status: receipt.rejections.isEmpty ? .ok : .init(code: 207))
            },
            // Influx clients ask whether somebody is there before they send.
            .get("/ping", .anyone) { _ in .done },
        ]
    }

    /// As an Influx client expects it: 204, or 400 with `code` and `message`; what was good is stored either way.
    private static func influx(_ receipt: Ingest.Receipt, _ visit: Visit) -> Reply {
        guard let first = receipt.rejections.first else { return .done }
        var answer = receipt.json(visit.language).members ?? [:]
        answer["code"] = "invalid"
        answer["message"] = .string(
            "partial write: line \(first.line), field \(first.field), rule \(first.rule.rawValue): "
                + "\(receipt.rejected) rejected, \(receipt.appended.stored) readings stored")
        return .json(.object(answer), status: .badRequest)
    }
}

extension Ingest.Receipt {
    /// As the JSON call answers: counts, and each rejection with its line, field and rule.
    func json(_ language: Language) -> JSON {
        [
            "stored": .number(Double(appended.stored)), "duplicates": .number(Double(appended.duplicates)),
            "corrected": .number(Double(appended.corrected)), "late": .number(Double(appended.late)),
            "skewed": .number(Double(skewed)), "backfilled": .number(Double(backfilled)),
            "rejected": .number(Double(rejected)),
            "errors": .array(
                rejections.prefix(1000).map { rejection in
                    [
                        "line": .number(Double(rejection.line)), "field": .string(rejection.field),
                        "rule": .string(rejection.rule.rawValue), "text": .string(rejection.text),
                        "detail": .string(rejection.words[language]),
                    ]
                }),
        ]
    }
}

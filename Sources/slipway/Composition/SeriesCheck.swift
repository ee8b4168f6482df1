import District
import Foundation
import Logging
import Record
import Series
import Store

/// Sealed readings held against the Record, for whoever verifies a house from the command line.
enum SeriesCheck {
    static func report(
        record: Store, location: StoreLocation, folder: DataFolder, logger: Logger
    ) async throws -> SeriesAudit.Report {
        let log = RecordLog(clock: { Timestamp.now() })
        let audit = try await record.read { try SeriesAudit(of: log, in: $0) }
        if case .postgresql = location { return try await record.read { try audit.report(in: $0) } }
        guard FileManager.default.fileExists(atPath: folder.seriesLocation) else {
            return audit.reportOfNothing
        }
        let readings = try await Store.open(.sqlite(folder.seriesLocation), logger: logger)
        let report = try await readings.read { try audit.report(in: $0) }
        await readings.close()
        return report
    }
}

extension SeriesAudit.Report {
    var json: JSON {
        [
            "sound": .number(Double(sound)), "unanchored": .number(Double(unanchored)),
            "findings": .array(
                findings.prefix(200).map {
                    [
                        "kind": .string($0.kind.rawValue), "chunk": .decimal($0.chunk), "detail": .string($0.detail),
                    ]
                }),
        ]
    }

    func show() {
        print("측정값 묶음 chunks of readings \(sound)   아직 기록부에 없음 not yet anchored \(unanchored)")
        for finding in findings.prefix(50) { print("✗ \(finding.kind.rawValue) #\(finding.chunk)  \(finding.detail)") }
        print(
            findings.isEmpty
                ? "✓ 측정값 검증됨 / readings verified" : "✗ 측정값 검증 실패 / readings NOT verified: \(findings.count)")
    }
}

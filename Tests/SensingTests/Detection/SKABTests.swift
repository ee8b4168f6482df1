import Foundation
import Record
import Series
import Testing

@testable import Sensing

/// The valve experiments of the Skoltech Anomaly Benchmark, where a copy is at hand.
struct SKABTests {
    /// One file: its columns of measurements, and whether each row is labelled anomalous.
    private struct Experiment {
        let name: String
        let columns: [[Double]]
        let labels: [Bool]

        init?(_ url: URL) throws {
            let lines = try String(contentsOf: url, encoding: .utf8).split(whereSeparator: \.isNewline)
            let rows = lines.dropFirst().map { $0.split(separator: ";") }.filter { $0.count == 11 }
            guard rows.count > 600 else { return nil }
            name = url.lastPathComponent
            columns = (1...8).map { column in rows.compactMap { Double($0[column]) } }
            labels = rows.map { $0[9] == "1.0" }
        }
    }

    private var folder: URL {
        let shared =
            ProcessInfo.processInfo.environment["SLIPWAY_SHARED"]
            ?? FileManager.default.currentDirectoryPath + "/../shared"
        return URL(fileURLWithPath: shared + "/data/sensing/skab/valve1")
    }

    @Test("closing a valve is noticed by at least one sensor in most of the experiments")
    func valve() throws {
        guard FileManager.default.fileExists(atPath: folder.path) else {
            return print("no copy of SKAB at \(folder.path): skipped")
        }
        let files = try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
        let experiments = try files.filter { $0.pathExtension == "csv" }.compactMap { try Experiment($0) }
        var settings = DetectorSettings.standard
        settings.calibration = 400
        var noticed: [String] = []
        var early: [String] = []
        for experiment in experiments {
            var during = false
            var before = false
            for column in experiment.columns {
                var detector = Detector(settings: settings)
                var wasAnomalous = false
                for (row, value) in column.enumerated() {
                    let isAnomalous = detector.observe(.second(row, value)).kind == .anomalous
                    // Only an alarm's beginning counts: one that merely goes on from before is no find.
                    if isAnomalous, !wasAnomalous {
                        if experiment.labels[row] {
                            during = true
                        } else if experiment.labels[row...].contains(true) {
                            before = true
                        }
                    }
                    wasAnomalous = isAnomalous
                }
            }
            if during { noticed.append(experiment.name) }
            if before { early.append(experiment.name) }
        }
        print(
            "SKAB valve1: noticed in \(noticed.count) of \(experiments.count), alarms before it in \(early.count) \(early)"
        )
        #expect(noticed.count * 4 >= experiments.count * 3)
        #expect(early.count * 4 <= experiments.count)
    }
}

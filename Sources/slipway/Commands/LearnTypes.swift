import ArgumentParser
import Foundation
import Record
import Safety

/// Learns the model of accident types from the shipped sentences anew: after these or the method were changed, its
/// calibration goes into `Sources/Safety/Data/proposals-model.json`.
struct LearnTypes: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "learn-types", abstract: "Judge the model of accident types. 재해유형 모델을 평가합니다.",
        shouldDisplay: false)

    @Option(help: "Where to write the calibration.")
    var write: String?

    func run() throws {
        let judged = try TypeLearning.judge()
        if let write, let calibration = judged["calibration"] {
            try Data((calibration.canonicalText + "\n").utf8).write(to: URL(fileURLWithPath: write))
        }
        Output.json(judged)
    }
}

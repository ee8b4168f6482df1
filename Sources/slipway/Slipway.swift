import ArgumentParser

/// Slipway, from the command line.
@main
struct Slipway: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "slipway",
        abstract: "The open platform of an industrial district. 산업 구역을 위한 열린 플랫폼.",
        version: Release.version,
        subcommands: [
            Serve.self, Import.self, Do.self, Verify.self, Rebuild.self, Backup.self, Restore.self, Sandbox.self,
            Witness.self,
            Simulate.self,
            LearnTypes.self, Bench.self, Doctor.self, Talk.self,
        ])
}

/// This release.
enum Release {
    static let version = "0.1.0"
}

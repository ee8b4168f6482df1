import ArgumentParser

/// Brings files into the running house: readings, where nothing else is said, or statistics.
struct Import: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Import a file: readings, or statistics of an economy. 측정값이나 산업 통계 파일을 가져옵니다.",
        subcommands: [ImportReadings.self, ImportEconomyFile.self], defaultSubcommand: ImportReadings.self)
}

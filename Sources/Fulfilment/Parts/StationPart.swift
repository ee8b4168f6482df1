import District
import Record
import Web

extension Part {
    /// Packing stations: how much each takes, and which orders go to which.
    static func stations(_ book: Handbook) throws(HandbookError) -> Part {
        let rule = try PackRule(book)
        var part = Part()
        part.migrations = [StationTable.migration]
        part.projections = [StationTable.projection]
        part.commands = [SetStation.command]
        part.reactions = StationsAgain.all
        part.topics = [("fulfilment.station.", "fulfilment-orders")]
        part.sample = { spine, _ in try await FloorSample(district: spine.district, rule: rule).found() }
        return part
    }
}

import District
import Record
import Web

extension Part {
    /// The register of uses of AI: what runs, under whose responsibility, approved by whom.
    static func register(_ book: Handbook) throws(HandbookError) -> Part {
        var part = Part()
        part.migrations = [RegisterTable.migration]
        part.projections = [RegisterTable.projection, RegisterTable.verdicts]
        part.prepare = { try await RegisterService.adopt($0.district) }
        part.services = { [RegisterService(district: $0.district)] }
        return part
    }
}

import Access
import District
import Record
import Web

extension Part {
    /// Who may vote: the list, what is missing from it, codes for letters, and the roll.
    static func census(_ book: Handbook) throws(HandbookError) -> Part {
        var part = Part()
        part.migrations = [CensusTable.migration, RollTable.migration]
        part.projections = [CensusTable.projection]
        part.commands = [CensusCommands.importing, CensusCommands.asking, CensusCommands.deciding]
        part.names = [
            "census-gap": { caller, reader in
                guard caller.roles.contains(.zoneOfficer) else { return [] }
                return try VoteTable.list(limit: 20, in: reader).flatMap { found in
                    try CensusTable.gaps(found.vote.id, state: "open", in: reader).map { Named($0.id, [$0.name]) }
                }
            }
        ]
        part.routes = CensusRoutes(contact: try VoteContact(book)).routes
        part.topics = [("commons.census.", "commons-census")]
        return part
    }
}

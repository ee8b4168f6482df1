import District
import Web

extension Part {
    /// The room's subjects, one line each; a later one may read the tables of an earlier one.
    static func all(_ book: Handbook, _ fleet: Fleet) throws(HandbookError) -> [Part] {
        let floor = FloorSource(vehicles: { try await fleet.floor($0, $1, $2) }, marks: FloorSource.standing)
        return [
            try .sites(book, floor: floor), .civic(),
            try .fleet(book, fleet, sites: SampleSites.plans(book)),
            try .missions(book, places: .published, floor: floor, carries: { fleet.doings.of($0)?.load }),
            try .readiness(book, places: .published),
            try .testSites(book),
            .holds(book, places: .published, floor: floor),
            try .whatIf(book),
            .conductor(fleet, sites: try SampleSites.plans(book)),
        ]
    }
}

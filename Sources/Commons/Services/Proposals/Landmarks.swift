import Access
import District
import Record
import Store
import Twin

/// What people of the district know by its name: sites, buildings and streets that have a place on the earth.
enum Landmarks {
    static func all(in reader: any Reader) throws -> [PlaceMap.Landmark] {
        // The names of sites and streets stand on their gates; asked on the house's own behalf, for pages that everybody reads.
        try Things.list(
            ThingFilter(kinds: [.site, .building, .zone]), for: try Caller.system("commons").tenant, limit: 200,
            in: reader
        ).rows.compactMap { thing in
            guard thing.parent != nil, let geometry = thing.geometry, geometry.frame == .wgs84,
                let middle = geometry.positions.first
            else { return nil }
            return PlaceMap.Landmark(
                name: thing.name, place: Proposal.Place(latitude: middle.y, longitude: middle.x))
        }
    }
}

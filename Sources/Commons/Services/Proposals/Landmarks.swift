import Access
import District
import Record
import Store
import Twin

/// What people of the district know by its name: buildings and streets that have a place on the earth. Where a firm has its
/// plants is the firm's to tell.
enum Landmarks {
    static func all(in reader: any Reader) throws -> [PlaceMap.Landmark] {
        // The names of buildings and streets stand on them; asked on the house's own behalf, for pages that everybody reads.
        try Things.list(
            ThingFilter(kinds: [.building, .zone]), for: try Caller.system("commons").tenant, limit: 200,
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

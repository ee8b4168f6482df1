import District
import Record
import Web

extension Part {
    /// Who is sent where: matching, planning, releasing; lifts and doors.
    static func conductor(_ fleet: Fleet, sites: [SitePlan]) -> Part {
        var part = Part()
        let gates = Dictionary(
            sites.map { site in
                let lifts = site.lifts.map { ($0.id, $0.stops) }
                return (
                    site.id,
                    Dictionary(lifts + site.doors.map { ($0.id, [$0.id]) }, uniquingKeysWith: { one, _ in one })
                )
            }, uniquingKeysWith: { one, _ in one })
        part.services = { spine in
            [ConductorService(spine: spine, fleet: fleet)]
                + (spine.isSample && spine.mqtt != nil ? [SampleBuilding(spine: spine, gates: gates)] : [])
        }
        part.topics = [("robots.gate.", "robots-sites")]
        return part
    }
}

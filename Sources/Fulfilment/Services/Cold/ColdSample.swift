import Access
import District
import Record
import Store
import Twin
import Web

/// The sample's centre has one cool room; its sensor is one of the district's.
enum ColdSample {
    static let centre = "haesol-center"
    static let sensor = "coolroom-1"

    /// Founds the watch where the centre and its sensor are known; nothing twice.
    static func found(_ spine: Spine) async throws {
        let house = try Caller.system("fulfilment.sample").tenant
        let (firm, known) = try await spine.district.store.read { reader in
            let centre = try Things.find(ThingID(centre), for: house, in: reader)
            let sensor = try Things.find(ThingID(sensor), for: house, in: reader)
            return (sensor == nil ? nil : centre?.firm, try ColdTable.list(for: house, in: reader))
        }
        guard let firm, known.isEmpty else { return }
        let draft = WatchCold.draft(
            centre: centre, climate: "chilled", sensor: sensor, property: "temperature", scope: .firm(firm))
        try await spine.district.record([draft], origin: Origin(author: .system("fulfilment.sample")))
    }
}

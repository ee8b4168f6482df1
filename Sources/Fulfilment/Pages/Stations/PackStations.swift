import Record
import Web

/// The packing stations as the packer's page shows them: the one whoever packs stands at, and whose order is whose.
struct PackStations {
    private let stations: [PackStation]
    private let whose: [String: String]
    /// The station that this device said it stands at; nil where it said none.
    let here: PackStation?
    /// The stations to choose from.
    let tabs: JSON

    init(_ stations: [PackStation], _ visit: Visit) {
        self.stations = stations
        let here = Kept.station.read(visit).flatMap { said in stations.first { $0.place.id == said } }
        self.here = here
        whose = stations.reduce(into: [:]) { found, station in
            for order in station.waiting + station.coming { found[order] = station.place.id }
        }
        guard !stations.isEmpty else {
            tabs = []
            return
        }
        func tab(_ label: String, _ id: String, _ isHere: Bool) -> JSON {
            var members: [String: JSON] = [
                "label": .string(label), "href": .string("/fulfilment/pack?station=\(Table.encoded(id))"),
            ]
            if isHere { members["current"] = true }
            return .object(members)
        }
        tabs = .array(
            [tab(visit.word("pack_all_stations"), "", here == nil)]
                + stations.map {
                    tab("\($0.place.name) (\($0.waiting.count))", $0.place.id, $0.place.id == here?.place.id)
                })
    }

    /// Whether an order belongs to whoever packs: their station's, or nobody's; all of them where they named no station.
    func isMine(_ order: String) -> Bool {
        guard let here else { return true }
        return whose[order].map { $0 == here.place.id } ?? true
    }

    /// The station of an order.
    func name(of order: String) -> String? {
        whose[order].flatMap { id in stations.first { $0.place.id == id }?.place.name }
    }
}

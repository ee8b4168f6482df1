import Record

extension FloorVehicle {
    /// A vehicle as its last report has it.
    /// - Parameters:
    ///   - report: what it said last; nil where nothing was heard.
    ///   - presence: whether it still speaks.
    ///   - faults: those that are open, with their levels.
    init(
        thing: ThingID, name: Words, report: VehicleReport?, presence: VehicleReport.Presence,
        faults: [String: String]
    ) {
        let ranks = ["FATAL": 0, "CRITICAL": 1, "URGENT": 2]
        let ordered = faults.sorted { (ranks[$0.value] ?? 3, $0.key) < (ranks[$1.value] ?? 3, $1.key) }
        self.init(
            thing: thing, name: name,
            state: Self.state(report, presence, isStopped: (ordered.first.map { ranks[$0.value] ?? 3 } ?? 3) < 2),
            faults: ordered.map(\.key))
        guard let report else { return }
        if let position = report.position {
            place = Place(map: position.map, x: position.x, y: position.y, heading: position.heading)
        }
        node = report.lastNode
        charge = report.charge
        order = report.order
        seen = report.came
    }

    /// What it does, by what it says; what is not known is never shown as well.
    private static func state(
        _ report: VehicleReport?, _ presence: VehicleReport.Presence, isStopped: Bool
    ) -> State {
        guard let report, presence == .here else { return .lost }
        if report.emergencyStop || isStopped { return .fault }
        if !["AUTOMATIC", "SEMIAUTOMATIC"].contains(report.mode) { return .manual }
        if report.isCharging { return .charging }
        if report.isDriving { return .driving }
        return report.actions.values.contains { ["RUNNING", "INITIALIZING"].contains($0) } ? .working : .waiting
    }
}

public import District
public import Record

/// Simulated vehicles at a broker, for `slipway simulate vehicle`: what a maker's vehicles would be to any fleet control.
public struct VehicleSimulator: Sendable {
    /// The site whose places the vehicles stand on.
    public let site: String
    /// How many.
    public let count: Int
    /// `2.1` or `3.0`.
    public let version: String
    /// Who made them, and how their serial numbers begin.
    public let manufacturer: String, serial: String
    /// The same seed gives the same vehicles, delays and faults.
    public let seed: UInt64
    /// The chance that something is in the way at an edge.
    public let delays: Double
    /// Faults in an hour of driving, on average.
    public let faults: Double

    /// Simulated vehicles.
    public init(
        site: String, count: Int, version: String, manufacturer: String, serial: String, seed: UInt64, delays: Double,
        faults: Double
    ) {
        self.site = site
        self.count = count
        self.version = version
        self.manufacturer = manufacturer
        self.serial = serial
        self.seed = seed
        self.delays = delays
        self.faults = faults
    }

    /// Runs until the task is cancelled.
    /// - Throws: ``HandbookError`` where there is no such site or version, or it has not so many places.
    public func run(at account: MQTTAccount, clock: @escaping TimeSource, tell: @Sendable (String) -> Void) async throws
    {
        let book = Handbook(shipped: Robots.shippedData)
        let desk = try VDADesk(from: book)
        guard let spoken = VDAVersion.allCases.first(where: { $0.rawValue.hasPrefix(version) }) else {
            throw HandbookError(file: "vda5050", place: version, rule: "is 2.1 or 3.0")
        }
        var build = VehicleBuild()
        (build.delays, build.faults) = (delays, faults)
        let members = (1...count).map { number in
            let name = "\(serial)-\(number < 10 ? "0" : "")\(number)"
            return SampleFleet.Member(
                vehicle: VehicleID(manufacturer: manufacturer, serial: name), version: spoken, name: Words(name, name),
                site: site)
        }
        let vehicles = SampleFleet.vehicles(members, on: try SampleSites.plans(book), build: build, seed: seed)
        guard vehicles.count == count else {
            throw HandbookError(file: site, place: "nodes", rule: "has places for \(vehicles.count) vehicles")
        }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for vehicle in vehicles {
                tell(
                    "\(vehicle.vehicle.manufacturer)/\(vehicle.vehicle.serial) \(spoken.rawValue) @ \(vehicle.state.lastNode)"
                )
                group.addTask {
                    try await VehicleRun(vehicle: vehicle, desk: desk, account: account, clock: clock).run()
                }
            }
            try await group.waitForAll()
        }
    }
}

import Record

/// A simulated vehicle with its topics: what it says and when, and what it hears. Pure.
struct VehicleVoice: Sendable {
    private(set) var vehicle: SimulatedVehicle
    let address: VDAAddress
    private var headers: [VDATopic: Int64] = [:]
    /// Seconds since it last told its state.
    private var quiet = Double.infinity

    /// As long it drives, and as long it stands, without a word, in seconds.
    private static let pause = (driving: 0.5, standing: 5.0)

    init(_ vehicle: SimulatedVehicle) {
        self.vehicle = vehicle
        address = VDAAddress(vehicle.vehicle, version: vehicle.version)
    }

    struct Saying: Sendable {
        let topic: VDATopic
        let payload: [UInt8]
    }

    private mutating func header(_ topic: VDATopic, _ now: Timestamp) -> VDAHeader {
        let id = headers[topic, default: -1] + 1
        headers[topic] = id
        return VDAHeader(id: id, said: now)
    }

    mutating func connection(_ state: VDAConnection, at now: Timestamp) -> Saying {
        Saying(topic: .connection, payload: state.json(header(.connection, now), address).canonical)
    }

    /// Lets time go by; what it says then.
    mutating func live(_ seconds: Double, at now: Timestamp) -> [Saying] {
        var said: [Saying] = []
        vehicle.expire(at: now)
        let hasChanged = vehicle.advance(by: seconds)
        quiet += seconds
        if vehicle.wantsFactsheet {
            vehicle.wantsFactsheet = false
            said.append(
                Saying(
                    topic: .factsheet,
                    payload: vehicle.build.factsheet(header(.factsheet, now), address).canonical))
        }
        if hasChanged || quiet >= (vehicle.velocity > 0 ? Self.pause.driving : Self.pause.standing) {
            quiet = 0
            said.append(
                Saying(topic: .state, payload: vehicle.state.json(header(.state, now), address).canonical))
        }
        return said
    }

    /// Hears a message; one that breaks the rules is refused by an error.
    mutating func hear(_ topic: VDATopic, _ payload: [UInt8], _ desk: VDADesk) {
        quiet = .infinity
        switch (topic, desk.read(topic, address, payload)) {
        case (.order, .success(let json)): vehicle.take(VDAOrder(json))
        case (.instantActions, .success(let json)):
            for action in json["actions"]?.elements ?? [] { vehicle.act(VDAAction(action)) }
        case (.zoneSet, .success(let json)): vehicle.take(VDAZoneSet(json))
        case (.responses, .success(let json)): vehicle.hear(VDAAnswer.read(json))
        case (_, .failure(let refusal)):
            vehicle.state.errors.append(
                .init(
                    type: address.version == .v30 ? "VALIDATION_FAILURE" : "validationError", level: "WARNING",
                    text: refusal.faults.first?.description))
        default: break
        }
    }
}

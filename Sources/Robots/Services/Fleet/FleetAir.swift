import District

/// Between gateway and simulated vehicles in a house without a broker: what is said to vehicles.
final class FleetAir: Sendable {
    struct Message: Sendable {
        let topic: String
        let payload: [UInt8]
    }

    let down = Hub<Message>(capacity: 4096)
}

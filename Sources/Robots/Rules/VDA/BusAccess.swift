/// What may be said and heard at the district's broker by those who are not the house: for the broker's accounts.
public enum BusAccess {
    /// Vehicles say how they stand and hear what they are to do: none can give another one orders, or speak for the house.
    public static let vehicles = (
        reads: topics([.order, .instantActions, .zoneSet, .responses]),
        writes: topics([.state, .connection, .factsheet, .visualization])
    )

    /// Lifts and doors say where they stand and hear where they are called; see ``BuildingMessage``.
    public static let buildings = (
        reads: [BuildingMessage.callTopic("+", "+")], writes: [BuildingMessage.stateTopic("+", "+")]
    )

    private static func topics(_ kinds: [VDATopic]) -> [String] {
        VDAAddress.interfaces.flatMap { interface in
            VDAVersion.allCases.flatMap { version in
                kinds.map { "\(interface)/\(version.level)/+/+/\($0.rawValue)" }
            }
        }
    }
}

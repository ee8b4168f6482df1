extension VehicleReport {
    /// Whether it can go on and take orders: it is heard, drives by itself, knows where it is, nobody pressed its stop, and it
    /// reports no fault that needs a person first.
    var isReadyToDrive: Bool {
        presence == .here && drivesItself && !emergencyStop && position?.isLocalised != false && !isDisabled
    }

    /// Whether it reports a fault with which it takes no order (FATAL in both versions); refusals of orders are none.
    var isDisabled: Bool { errors.contains { $0.level == "FATAL" && OrderError($0.type) == nil } }

    /// Whether somebody steers it: then its last node says nothing of where it is going.
    var isSteered: Bool { presence == .here && !drivesItself && isDriving }

    /// How far it is from a place, in metres; nil where it does not say where it is, does not know it, or is on another floor.
    func distance(toX x: Double, y: Double, map: String) -> Double? {
        guard let position, position.isLocalised, position.map == map else { return nil }
        let (east, north) = (position.x - x, position.y - y)
        return (east * east + north * north).squareRoot()
    }
}

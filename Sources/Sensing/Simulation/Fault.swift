import Record
import Series

/// Something that goes wrong with a machine for a while.
struct Fault: Sendable, Hashable {
    /// What goes wrong.
    enum Kind: String, Sendable, CaseIterable {
        case bearingWear, coolingLoss, stuckSensor, dropOut, unitMistake, pressureLoss

        /// What it is called on the shop floor.
        var words: Words {
            switch self {
            case .bearingWear: Words("베어링 마모", "Bearing wear")
            case .coolingLoss: Words("냉각 상실", "Loss of cooling")
            case .stuckSensor: Words("센서 고착", "Stuck sensor")
            case .dropOut: Words("통신 두절", "Lost connection")
            case .unitMistake: Words("단위 착오", "Wrong unit")
            case .pressureLoss: Words("압력 저하", "Loss of pressure")
            }
        }
    }

    var kind: Kind
    /// The machine it befalls.
    var thing: ThingID
    var start: Timestamp
    /// When it is repaired; nil while nobody has.
    var end: Timestamp?

    /// Whether it is there at a moment.
    func isActive(at time: Timestamp) -> Bool {
        guard let end else { return time >= start }
        return time >= start && time < end
    }

    /// What it makes of a sensor's healthy value so many seconds after its start.
    func changed(_ value: Double, of sensor: SampleSensor, after seconds: Double) -> Double {
        switch (kind, sensor.series.property) {
        case (.bearingWear, "vibration"): value + sensor.nominal * min(1.6, 0.2 * (seconds + 1))
        case (.bearingWear, "temperature"): value + min(9, 0.05 * seconds)
        case (.bearingWear, "current"): value + 0.06 * sensor.nominal * min(1, seconds / 20)
        case (.coolingLoss, "temperature"): value + max(0.06 * sensor.nominal.magnitude, 6) * min(1, seconds / 90)
        case (.coolingLoss, "pressure"): value + 0.12 * sensor.nominal * min(1, seconds / 60)
        case (.pressureLoss, "pressure"): value - 0.35 * sensor.nominal * min(1, (seconds + 1) / 15)
        // A controller set to Fahrenheit after maintenance, whose gateway goes on saying Celsius.
        case (.unitMistake, "temperature"): value * 1.8 + 32
        case (.unitMistake, "pressure"): value * 0.1
        default: value
        }
    }
}

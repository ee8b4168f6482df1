import Record
import Series

/// A district that does not exist, by which Slipway can be seen at work: firms, places, machines, sensors and their
/// values at any moment.
struct SampleDistrict: Sendable {
    /// The firms.
    var firms: [SampleFirm]
    /// Places and machines; parents stand before what they hold.
    var things: [SampleThing]
    /// The sensors.
    var sensors: [SampleSensor]
    private let seed: UInt64

    /// The district; the same seed gives the same values in every run.
    init(seed: UInt64) {
        self.seed = seed
        firms = Self.sampleFirms
        things = Self.samplePlaces + Self.sampleMachines
        sensors = Self.sampleSensors
    }

    /// What the sensors read in the second of a moment, each by a function of seed, sensor and second alone, so that
    /// history and live values join without a seam. A sensor whose connection is lost gives no sample.
    func samples(at time: Timestamp, faults: [Fault]) -> [Sample] {
        let second = Self.second(of: time)
        let moment = Timestamp(microseconds: second * 1_000_000)
        let current = faults.filter { $0.isActive(at: moment) }
        return sensors.enumerated().compactMap { index, sensor in
            let here = current.filter { $0.thing == sensor.series.thing }
            guard !here.contains(where: { $0.kind == .dropOut }) else { return nil }
            let noise = HashedNoise(seed: seed, stream: UInt64(index))
            // Of a machine's sensors the first is the one that sticks.
            let sticks = here.first {
                $0.kind == .stuckSensor && sensors.first { $0.series.thing == sensor.series.thing } == sensor
            }
            let read = sticks.map { Self.second(of: $0.start) } ?? second
            var value = sensor.healthy(second: read, noise: noise)
            for fault in here { value = fault.changed(value, of: sensor, after: moment.seconds(since: fault.start)) }
            let reading = Reading(time: moment, value: sensor.shown(value), quality: .good)
            return Sample(sensor.series, unit: sensor.unit, reading)
        }
    }

    /// Three quarters of an hour of a district's life: the bearing of press 2 goes first, then something every few
    /// minutes, each repaired before the next.
    static func script(startingAt start: Timestamp) -> [Fault] {
        let story: [(kind: Fault.Kind, thing: ThingID, begins: Double, lasts: Double)] = [
            (.bearingWear, "press-2", 20, 90),
            (.coolingLoss, "chiller-2", 300, 180),
            (.stuckSensor, "press-3", 600, 150),
            (.pressureLoss, "oxygen-1", 900, 120),
            (.dropOut, "conveyor-2", 1140, 90),
            (.unitMistake, "fridge-1", 1380, 120),
            (.bearingWear, "sorter-1", 1680, 120),
            (.coolingLoss, "furnace-1", 1980, 180),
            (.pressureLoss, "press-4", 2280, 120),
            (.stuckSensor, "mixer-1", 2520, 150),
        ]
        return story.map { chapter in
            Fault(
                kind: chapter.kind, thing: chapter.thing, start: start.advanced(bySeconds: chapter.begins),
                end: start.advanced(bySeconds: chapter.begins + chapter.lasts))
        }
    }

    /// The whole second a moment lies in.
    private static func second(of time: Timestamp) -> Int64 {
        let (quotient, remainder) = time.microseconds.quotientAndRemainder(dividingBy: 1_000_000)
        return remainder < 0 ? quotient - 1 : quotient
    }
}

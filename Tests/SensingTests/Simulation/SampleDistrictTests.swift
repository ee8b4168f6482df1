import Record
import Series
import Testing

@testable import Sensing

struct SampleDistrictTests {
    private let district = SampleDistrict(seed: 1)
    private let start = Timestamp(microseconds: 1_795_219_200_000_000)

    private func values(of series: SeriesKey, seconds: Range<Int>, faults: [Fault] = []) -> [Double] {
        seconds.compactMap { second in
            district.samples(at: start.advanced(bySeconds: Double(second)), faults: faults)
                .first { $0.series == series }?.reading.value
        }
    }

    @Test("every thing's parent and every firm stands before it, and no name is given twice")
    func tree() {
        var known: Set<ThingID> = []
        let firms = Set(district.firms.map(\.id))
        for thing in district.things {
            if let parent = thing.parent { #expect(known.contains(parent), "\(thing.id)") }
            if let firm = thing.firm { #expect(firms.contains(firm), "\(thing.id)") }
            #expect(known.insert(thing.id).inserted, "\(thing.id)")
        }
        #expect(district.sensors.allSatisfy { known.contains($0.series.thing) })
        #expect(Set(district.sensors.map(\.series)).count == district.sensors.count)
        #expect(
            district.firms.allSatisfy { $0.registration.hasPrefix("000-00-0000") && $0.id.rawValue.hasPrefix("firm-") })
        #expect((35...60).contains(district.sensors.count))
    }

    @Test("a second comes out the same however it is reached, and differs with the seed")
    func deterministic() {
        let one = district.samples(at: start.advanced(bySeconds: 100), faults: [])
        _ = district.samples(at: start, faults: [])
        #expect(SampleDistrict(seed: 1).samples(at: start.advanced(bySeconds: 100.4), faults: []) == one)
        #expect(SampleDistrict(seed: 2).samples(at: start.advanced(bySeconds: 100), faults: []) != one)
        #expect(one.count == district.sensors.count)
    }

    @Test("no sensor repeats itself for long, and each stays about its usual value")
    func lively() {
        var last: [SeriesKey: (value: Double, run: Int)] = [:]
        var longest = 0
        for second in 0..<600 {
            for sample in district.samples(at: start.advanced(bySeconds: Double(second)), faults: []) {
                let before = last[sample.series]
                let run = before?.value == sample.reading.value ? (before?.run ?? 0) + 1 : 0
                longest = max(longest, run)
                last[sample.series] = (sample.reading.value, run)
            }
        }
        #expect(longest <= 5)
        for sensor in district.sensors {
            let far = abs((last[sensor.series]?.value ?? .infinity) - sensor.nominal)
            #expect(far < 6 * sensor.scatter + sensor.daily, "\(sensor.series)")
        }
    }

    @Test("the bearing of press 2 is noticed within ten seconds and over within a minute of its repair")
    func bearing() throws {
        let series = SeriesKey("press-2", "vibration")
        let faults = SampleDistrict.script(startingAt: start)
        let first = try #require(faults.first)
        #expect(first.thing == series.thing && first.start == start.advanced(bySeconds: 20))
        var detector = Detector()
        var anomalous: [Int] = []
        for (offset, value) in values(of: series, seconds: -3600..<300, faults: faults).enumerated()
        where detector.observe(.second(offset, value)).kind == .anomalous { anomalous.append(offset - 3600) }
        print("press 2: anomalous from second \(anomalous.first ?? -1) to \(anomalous.last ?? -1)")
        let begins = try #require(anomalous.first)
        let ends = try #require(anomalous.last)
        #expect((20...30).contains(begins))
        #expect((105...170).contains(ends))
    }

    @Test("a lost connection gives no sample, a stuck sensor one number, a wrong unit another scale")
    func faults() {
        let end = start.advanced(bySeconds: 60)
        func at(_ kind: Fault.Kind, _ thing: ThingID) -> [Fault] {
            [Fault(kind: kind, thing: thing, start: start, end: end)]
        }
        #expect(
            values(of: SeriesKey("conveyor-2", "current"), seconds: 0..<60, faults: at(.dropOut, "conveyor-2")).isEmpty)
        let stuck = values(of: SeriesKey("press-3", "vibration"), seconds: 0..<60, faults: at(.stuckSensor, "press-3"))
        #expect(stuck.count == 60 && Set(stuck).count == 1)
        let fridge = SeriesKey("fridge-1", "temperature")
        let wrong = values(of: fridge, seconds: 0..<60, faults: at(.unitMistake, "fridge-1"))
        #expect(wrong.allSatisfy { $0 > 35 && $0 < 45 })
        #expect(values(of: fridge, seconds: 60..<70, faults: at(.unitMistake, "fridge-1")).allSatisfy { $0 < 10 })
    }

    @Test("the faults of the script follow one another, each on a machine that exists and changes what it measures")
    func script() {
        let faults = SampleDistrict.script(startingAt: start)
        let machines = Set(district.things.filter { $0.kind == "machine" }.map(\.id))
        #expect(faults.allSatisfy { machines.contains($0.thing) && ($0.end ?? $0.start) > $0.start })
        #expect(zip(faults, faults.dropFirst()).allSatisfy { ($0.end ?? $1.start) <= $1.start })
        for fault in faults {
            let moment = fault.start.advanced(bySeconds: 30)
            #expect(district.samples(at: moment, faults: [fault]) != district.samples(at: moment, faults: []))
        }
    }
}

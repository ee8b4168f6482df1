import Foundation
import Record

/// What is asked of a site's robots, as its own past missions have it: which ways, how urgent, how often.
struct WhatIfDemand: Sendable, Hashable {
    /// What was asked for, each as often as it was.
    var samples: [Sample]
    /// Missions in the busiest hour of the days looked at.
    var busiest: Double
    /// How many missions it was made of; 0 where the site has none yet and ways between its stations stand in.
    var counted: Int

    /// A mission without its time.
    struct Sample: Sendable, Hashable {
        var kind: Mission.Kind
        var stops: [Mission.Stop]
        var priority: Mission.Priority
        var load: Double?
        var sender: String
        /// How long after it was asked for it was wanted, in seconds.
        var wanted: Double?
    }

    /// Missions an hour where a site has none of its own.
    static let assumed = 6.0

    /// From the missions of the past days. Those over nodes that the site no longer has do not count.
    init(_ missions: [MissionCase], at site: CompiledSite) {
        let usable = missions.filter { kept in
            !kept.mission.stops.isEmpty && kept.mission.stops.allSatisfy { site.number($0.node) != nil }
        }.sorted { ($0.mission.asked, $0.id) < ($1.mission.asked, $1.id) }
        counted = usable.count
        guard !usable.isEmpty else {
            let stations = site.spots.filter { $0.kind == .station }.map(\.name)
            samples = stations.indices.compactMap { index in
                let other = stations[(index + max(1, stations.count / 2)) % stations.count]
                guard other != stations[index] else { return nil }
                return Sample(
                    kind: .deliver,
                    stops: [.init(node: stations[index], task: .pick), .init(node: other, task: .drop)],
                    priority: .normal, load: nil, sender: "what-if", wanted: nil)
            }
            busiest = Self.assumed
            return
        }
        samples = usable.map { kept in
            Sample(
                kind: kept.mission.kind, stops: Self.loading(kept.mission.stops), priority: kept.mission.priority,
                load: kept.mission.load, sender: kept.sender,
                wanted: kept.mission.deadline.map { max(0, $0.seconds(since: kept.mission.asked)) })
        }
        let hours = Dictionary(grouping: usable) { Int64($0.mission.asked.seconds / 3600) }
        busiest = Double(hours.values.map(\.count).max() ?? 1)
    }

    /// Loading takes as long as a robot's own: who loads how fast nobody has measured.
    private static func loading(_ stops: [Mission.Stop]) -> [Mission.Stop] {
        stops.map { stop in
            var stop = stop
            stop.loading = .automatic
            return stop
        }
    }

    /// What is asked for in a simulated day, in order of time: a Poisson stream from a seed. A greater rate adds missions
    /// to those of a smaller one, so that days of two rates can be held against each other.
    /// - Parameters:
    ///   - rate: missions an hour.
    ///   - highest: the greater of the rates that are compared.
    func day(_ seed: UInt64, rate: Double, highest: Double, seconds: Double) -> [(at: Double, number: Int, Sample)] {
        guard !samples.isEmpty, highest > 0 else { return [] }
        var chance = Dice(seed: seed)
        var day: [(Double, Int, Sample)] = []
        var (at, number) = (0.0, 0)
        while true {
            at += -log(max(1e-12, 1 - chance.fraction())) * 3600 / highest
            guard at < seconds else { return day }
            let (mark, drawn) = (chance.fraction(), chance.fraction())
            number += 1
            guard mark < rate / highest else { continue }
            day.append((at, number, samples[min(samples.count - 1, Int(drawn * Double(samples.count)))]))
        }
    }
}

import Access
import District
import Foundation
import Record
import Series
import ServiceLifecycle

/// The one asset that is real from the first second: this very machine, its processor, memory, disk, network and
/// temperature, read once a second from the kernel.
struct HostSensors: Service {
    let desk: Desk

    static let thing: ThingID = "this-machine"

    func run() async throws {
        let meter = Meter()
        await beat(every: .seconds(1)) {
            let now = desk.spine.district.clock()
            let samples = await meter.read(at: now)
            guard !samples.isEmpty else { return }
            do {
                _ = try await desk.ingest.take(Parsed(samples: samples), by: .system("host"), source: "host")
            } catch {
                desk.spine.district.report("this machine's own readings were not stored", error)
            }
        }
    }

    /// Turns the kernel's counters into rates between two looks.
    private actor Meter {
        private var last: (counters: HostCounters, time: Timestamp)?

        func read(at now: Timestamp) -> [Sample] {
            let counters = HostCounters.read()
            defer { last = (counters, now) }
            guard let last, now > last.time else { return [] }
            let seconds = now.seconds(since: last.time)
            return counters.values(since: last.counters, seconds: seconds).map { value in
                Sample(
                    SeriesKey(HostSensors.thing, value.property), unit: value.unit,
                    Reading(time: now, value: value.value))
            }
        }
    }
}

/// What the kernel counts (`proc(5)`).
struct HostCounters: Sendable, Hashable {
    var busy: Double = 0
    var idle: Double = 0
    var memoryUsed: Double?
    var load: Double?
    var sectorsRead: Double = 0
    var sectorsWritten: Double = 0
    var received: Double = 0
    var sent: Double = 0
    var temperature: Double?

    static func read() -> HostCounters {
        HostCounters(
            stat: text("/proc/stat"), meminfo: text("/proc/meminfo"), loadavg: text("/proc/loadavg"),
            diskstats: text("/proc/diskstats"), network: text("/proc/net/dev"),
            thermal: text("/sys/class/thermal/thermal_zone0/temp"))
    }

    init(stat: String, meminfo: String, loadavg: String, diskstats: String, network: String, thermal: String) {
        if let line = stat.split(separator: "\n").first(where: { $0.hasPrefix("cpu ") }) {
            let ticks = line.split(separator: " ").dropFirst().compactMap { Double($0) }
            // user nice system idle iowait irq softirq steal: idle and iowait are rest.
            idle = ticks.count > 4 ? ticks[3] + ticks[4] : 0
            busy = ticks.prefix(8).reduce(0, +) - idle
        }
        let memory = Dictionary(
            meminfo.split(separator: "\n").compactMap { line -> (Substring, Double)? in
                let words = line.split(separator: " ")
                guard words.count >= 2, let value = Double(words[1]) else { return nil }
                return (words[0], value)
            }, uniquingKeysWith: { first, _ in first })
        if let total = memory["MemTotal:"], let free = memory["MemAvailable:"], total > 0 {
            memoryUsed = 100 * (1 - free / total)
        }
        load = loadavg.split(separator: " ").first.flatMap { Double($0) }
        for line in diskstats.split(separator: "\n") {
            let words = line.split(separator: " ")
            // Whole disks only: a partition's sectors are its disk's as well.
            guard words.count > 9, ["sd", "vd", "nvme", "xvd"].contains(where: { words[2].hasPrefix($0) }),
                words[2].last?.isLetter == true || words[2].hasPrefix("nvme") && !words[2].contains("p")
            else { continue }
            sectorsRead += Double(words[5]) ?? 0
            sectorsWritten += Double(words[9]) ?? 0
        }
        for line in network.split(separator: "\n").dropFirst(2) {
            let halves = line.split(separator: ":")
            guard halves.count == 2, halves[0].filter({ $0 != " " }) != "lo" else { continue }
            let words = halves[1].split(separator: " ")
            received += words.first.flatMap { Double($0) } ?? 0
            sent += words.count > 8 ? Double(words[8]) ?? 0 : 0
        }
        temperature = Double(thermal.filter { !$0.isWhitespace }).map { $0 / 1000 }
    }

    /// Percentages, rates in kB/s, °C.
    func values(since last: HostCounters, seconds: Double) -> [(property: String, unit: String, value: Double)] {
        var values: [(property: String, unit: String, value: Double)] = []
        let (work, rest) = (busy - last.busy, idle - last.idle)
        if work >= 0, rest >= 0, work + rest > 0 { values.append(("cpu", "%", 100 * work / (work + rest))) }
        if let memoryUsed { values.append(("memory", "%", memoryUsed)) }
        if let load { values.append(("load", "1", load)) }
        // The kernel counts sectors of 512 bytes whatever the disk's own are.
        values.append(("disk_read", "kBy/s", max(0, sectorsRead - last.sectorsRead) * 0.512 / seconds))
        values.append(("disk_write", "kBy/s", max(0, sectorsWritten - last.sectorsWritten) * 0.512 / seconds))
        values.append(("network_in", "kBy/s", max(0, received - last.received) / 1000 / seconds))
        values.append(("network_out", "kBy/s", max(0, sent - last.sent) / 1000 / seconds))
        if let temperature { values.append(("temperature", "Cel", temperature)) }
        return values
    }

    private static func text(_ path: String) -> String {
        FileManager.default.contents(atPath: path).map { String(decoding: $0, as: UTF8.self) } ?? ""
    }
}

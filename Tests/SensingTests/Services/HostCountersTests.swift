import Testing

@testable import Sensing

@Suite("This machine's own counters")
struct HostCountersTests {
    private static func counters(busy: Int = 100, idle: Int = 800, sectors: Int = 2000, received: Int = 10_000)
        -> HostCounters
    {
        HostCounters(
            stat: "cpu  \(busy) 0 0 \(idle) 100 0 0 0 50 0\ncpu0 1 1 1 1\n",
            meminfo: "MemTotal:       8000 kB\nMemFree:        1000 kB\nMemAvailable:   2000 kB\n",
            loadavg: "0.52 0.58 0.59 1/467 12345\n",
            diskstats: "   8 0 sda 10 0 \(sectors) 5 20 0 4000 6 0 0 0\n   8 1 sda1 10 0 9999 5 20 0 9999 6 0 0 0\n"
                + " 259 0 nvme0n1 1 0 10 1 1 0 20 1 0 0 0\n 259 1 nvme0n1p1 1 0 10 1 1 0 20 1 0 0 0\n   7 0 loop0 1 0 999 1 1 0 999 1\n",
            network: "Inter-|   Receive |  Transmit\n face |bytes packets|bytes\n    lo: 999 1 0 0 0 0 0 0 999 1\n"
                + "  eth0: \(received) 5 0 0 0 0 0 0 700 2 0 0 0 0 0 0\n",
            thermal: "45500\n")
    }

    @Test("proc's texts are read as proc(5) describes them")
    func reading() {
        let counters = Self.counters()
        #expect(counters.busy == 100)
        #expect(counters.idle == 900)
        #expect(counters.memoryUsed == 75)
        #expect(counters.load == 0.52)
        #expect(counters.sectorsRead == 2010)
        #expect(counters.sectorsWritten == 4020)
        #expect(counters.received == 10_000)
        #expect(counters.sent == 700)
        #expect(counters.temperature == 45.5)
    }

    @Test("rates are what was counted between two looks")
    func rates() {
        let values = Self.counters(busy: 150, idle: 850, sectors: 4000, received: 30_000).values(
            since: Self.counters(), seconds: 2)
        func value(_ property: String) -> Double? { values.first { $0.property == property }?.value }
        #expect(value("cpu") == 50)
        #expect(value("disk_read") == 512)
        #expect(value("network_in") == 10)
        #expect(value("temperature") == 45.5)
    }

    @Test("a counter that jumped back gives no negative rate and no load of its own making")
    func wrapped() {
        let values = Self.counters(busy: 10, idle: 10, sectors: 1, received: 1).values(
            since: Self.counters(), seconds: 1)
        #expect(values.allSatisfy { $0.value >= 0 })
        #expect(!values.contains { $0.property == "cpu" })
    }

    @Test("what a machine lacks is left out, not taken for zero")
    func nothing() {
        let none = HostCounters(stat: "", meminfo: "", loadavg: "", diskstats: "", network: "", thermal: "")
        let properties = none.values(since: none, seconds: 1).map(\.property)
        #expect(!properties.contains("memory") && !properties.contains("temperature") && !properties.contains("cpu"))
    }

    @Test(
        "texts that are cut short trap nothing",
        arguments: ["", "cpu ", "cpu  1 2", "a b c", "\n\n\nx:\n", "   8 0 sd"])
    func short(_ text: String) {
        let counters = HostCounters(
            stat: text, meminfo: text, loadavg: text, diskstats: text, network: text, thermal: text)
        #expect(counters.sectorsRead == 0)
    }
}

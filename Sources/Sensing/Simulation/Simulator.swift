public import Record
import Series

/// The sample district's readings as text, for the command line.
public enum Simulator {
    /// The readings of one second in InfluxDB's line protocol.
    /// - Parameters:
    ///   - begin: when the scripted faults are counted from.
    ///   - healthy: without them.
    public static func lines(seed: UInt64, at moment: Timestamp, from begin: Timestamp, healthy: Bool) -> String {
        let faults = healthy ? [] : SampleDistrict.script(startingAt: begin)
        return SampleDistrict(seed: seed).samples(at: moment, faults: faults).map { sample in
            let unit = sample.unit.map { ",unit=\(escaped($0))" } ?? ""
            return "\(sample.series.thing)\(unit) \(sample.series.property)=\(sample.reading.value) "
                + "\(sample.reading.time.microseconds * 1000)"
        }.joined(separator: "\n")
    }

    private static func escaped(_ text: String) -> String {
        text.map { [",", " ", "="].contains($0) ? "\\\($0)" : String($0) }.joined()
    }
}

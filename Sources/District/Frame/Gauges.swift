import Synchronization

/// Counters and gauges, by Prometheus name and labels.
public final class Gauges: Sendable {
    private struct Key: Hashable {
        let name: String
        let labels: String
    }
    private let values = Mutex<[Key: Double]>([:])

    /// None yet.
    public init() {}

    /// Adds to a counter (`slipway_readings_total`); labels as Prometheus writes them: `room="sensing"`.
    public func add(_ name: String, _ amount: Double = 1, labels: String = "") {
        values.withLock { $0[Key(name: name, labels: labels), default: 0] += amount }
    }

    /// Sets a gauge.
    public func set(_ name: String, _ value: Double, labels: String = "") {
        values.withLock { $0[Key(name: name, labels: labels)] = value }
    }

    /// What a counter or gauge stands at; 0 where it was never touched.
    public func value(_ name: String, labels: String = "") -> Double {
        values.withLock { $0[Key(name: name, labels: labels)] ?? 0 }
    }

    /// All of them in Prometheus' text format, version 0.0.4; names that end in `_total` are counters.
    public var exposition: String {
        let snapshot = values.withLock { $0 }
        var lines: [String] = []
        var last = ""
        for (key, value) in snapshot.sorted(by: { ($0.key.name, $0.key.labels) < ($1.key.name, $1.key.labels) }) {
            if key.name != last {
                lines.append("# TYPE \(key.name) \(key.name.hasSuffix("_total") ? "counter" : "gauge")")
                last = key.name
            }
            lines.append(key.labels.isEmpty ? "\(key.name) \(value)" : "\(key.name){\(key.labels)} \(value)")
        }
        return lines.joined(separator: "\n") + "\n"
    }
}

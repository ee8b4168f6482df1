import Record
import Series

/// How many alarms a detector with the standard settings raises on a healthy stream, at one reading a second.
func falseAlarms(stream kind: HealthyStream.Kind, days: Double, seed: UInt64) -> Int {
    var stream = HealthyStream(kind, seed: seed)
    var detector = Detector()
    var alarms = 0
    var was = Verdict.Kind.calibrating
    for second in 0..<Int64(days * 86_400) {
        let reading = Reading(time: Timestamp(microseconds: second * 1_000_000), value: stream.next())
        let kind = detector.observe(reading).kind
        if kind == .anomalous, was != .anomalous { alarms += 1 }
        was = kind
    }
    return alarms
}

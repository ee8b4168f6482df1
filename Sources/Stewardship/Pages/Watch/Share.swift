import District
import Record

/// A share as pages show it: a percentage with the exact interval that holds it at 95 %.
enum Share {
    /// `92.1 %`; a dash where nothing was counted.
    static func percent(_ times: Int64, of seen: Int64) -> String {
        seen > 0 ? "\(rounded(Double(times) / Double(seen))) %" : "–"
    }

    /// `88.0–95.2 %`; a dash where nothing was counted.
    static func interval(_ times: Int64, of seen: Int64) -> String {
        guard let interval = Interval.share(times, of: seen) else { return "–" }
        return "\(rounded(interval.low))–\(rounded(interval.high)) %"
    }

    private static func rounded(_ share: Double) -> String {
        let tenths = Int64((share * 1000).rounded())
        return "\(tenths / 10).\(tenths % 10)"
    }
}

extension [AIUseJudged.Verdict: Int64] {
    /// All judgements.
    var seen: Int64 { values.reduce(0, +) }

    /// Those of a kind.
    func times(_ verdict: AIUseJudged.Verdict) -> Int64 { self[verdict] ?? 0 }
}

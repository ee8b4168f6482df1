import District
import Record

/// A lagging figure: what is counted, over what, times what. Formulas as the law's statistics and ISO 45001 users have
/// them; each is shown with the count behind it, for one death among 57,972 people is 0.17 in 10,000.
enum Indicator: String, Sendable, CaseIterable {
    case ltifr, trir, injuryRate, fatalityRate, severityRate

    /// What a count is held against.
    enum Base: String, Sendable {
        /// Hours worked.
        case hours
        /// Workers insured against accidents at work, as an annual average.
        case insured
    }

    var base: Base {
        switch self {
        case .ltifr, .trir, .severityRate: .hours
        case .injuryRate, .fatalityRate: .insured
        }
    }

    /// The count for this much of the base.
    var scale: Double {
        switch self {
        case .ltifr: 1_000_000
        case .trir: 200_000
        case .injuryRate: 100
        case .fatalityRate: 10_000
        case .severityRate: 1_000
        }
    }

    /// Whether single events are counted, so that Poisson's interval holds; the days of one accident come together.
    var countsEvents: Bool { self != .severityRate }

    var title: Words {
        switch self {
        case .ltifr: Words("휴업재해율(LTIFR)", "Lost-time injury frequency (LTIFR)")
        case .trir: Words("기록재해율(TRIR)", "Total recordable incident rate (TRIR)")
        case .injuryRate: Words("재해율", "Injury rate")
        case .fatalityRate: Words("사고사망만인율", "Fatal accidents per 10,000")
        case .severityRate: Words("강도율", "Severity rate")
        }
    }

    /// What it means, in a sentence.
    var definition: Words {
        switch self {
        case .ltifr:
            Words(
                "휴업재해 건수 × 1,000,000 ÷ 연근로시간. 하루 이상 쉰 재해를 셉니다.",
                "Lost-time injuries × 1,000,000 ÷ hours worked. Counts injuries with at least one day off.")
        case .trir:
            Words(
                "기록대상 재해 건수 × 200,000 ÷ 연근로시간. 응급처치를 넘는 재해를 셉니다.",
                "Recordable injuries × 200,000 ÷ hours worked. Counts injuries that needed more than first aid.")
        case .injuryRate:
            Words("재해자 수 × 100 ÷ 산재보험 가입 근로자 수.", "People injured × 100 ÷ insured workers.")
        case .fatalityRate:
            Words("사고사망자 수 × 10,000 ÷ 산재보험 가입 근로자 수.", "Deaths by accident × 10,000 ÷ insured workers.")
        case .severityRate:
            Words(
                "근로손실일수 × 1,000 ÷ 연근로시간. 한 사고의 일수는 함께 생기므로 구간을 내지 않습니다.",
                "Days lost × 1,000 ÷ hours worked. Days of one accident come together, so no interval is given.")
        }
    }
}

/// A figure with what it rests on. Where the base is not known there is a count and no value: never zero.
struct MeasuredRate: Sendable, Hashable {
    let indicator: Indicator
    /// What was counted.
    let count: Int64
    /// What it is held against; nil where nobody reported it.
    let base: Double?

    /// The figure.
    var value: Double? { factor.map { Double(count) * $0 } }
    /// Where the true rate lies with 95 % confidence.
    var interval: Interval? {
        guard indicator.countsEvents, let factor else { return nil }
        return Interval.poisson(count).scaled(by: factor)
    }

    private var factor: Double? {
        guard let base, base > 0 else { return nil }
        return indicator.scale / base
    }
}

/// A share of things done as they should, with what it rests on; without any such things there is no share.
struct MeasuredShare: Sendable, Hashable {
    let count: Int64
    let total: Int64

    var value: Double? { total > 0 ? Double(count) / Double(total) : nil }
    var interval: Interval? { Interval.share(count, of: total) }
}

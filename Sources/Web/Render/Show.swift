public import Record

/// How numbers, times and states are shown: the small objects that templates share.
public enum Show {
    /// Korean standard time, in which the house's pages speak.
    static let offsetSeconds: Int64 = 32_400

    /// A time as `when` takes it; with `now` it also says how long ago that was.
    public static func time(_ moment: Timestamp, _ language: Language, now: Timestamp? = nil) -> JSON {
        let civil = moment.civil(offsetSeconds: offsetSeconds)
        let clock = civil.text.dropFirst(11)
        var members: [String: JSON] = [
            "iso": .string("\(civil.text)+09:00"),
            "text": .string(
                language == .ko
                    ? "\(civil.month)월 \(civil.day)일 \(clock)"
                    : "\(civil.day) \(months[Int(civil.month) - 1]) \(clock)"),
        ]
        if let now { members["ago"] = .string(age(now.seconds(since: moment), language)) }
        return .object(members)
    }

    /// `방금`, `12초 전`, `3분 전`, … in the language.
    public static func age(_ seconds: Double, _ language: Language) -> String {
        guard seconds >= 1 else { return language == .ko ? "방금" : "just now" }
        let span = span(seconds, language)
        return language == .ko ? "\(span) 전" : "\(span) ago"
    }

    /// `350 ms`, `12초`, `3분`, … in the language.
    public static func span(_ seconds: Double, _ language: Language) -> String {
        let ko = language == .ko
        return switch abs(seconds) {
        case ..<1: "\(Int(seconds * 1000)) ms"
        case ..<10: number((seconds * 10).rounded() / 10) + (ko ? "초" : " s")
        case ..<120: "\(Int(seconds))" + (ko ? "초" : " s")
        case ..<7200: "\(Int(seconds / 60))" + (ko ? "분" : " min")
        case ..<172_800: "\(Int(seconds / 3600))" + (ko ? "시간" : " h")
        default: "\(Int(seconds / 86_400))" + (ko ? "일" : " days")
        }
    }

    /// A whole number with separators: `57,972`.
    public static func count(_ value: some BinaryInteger) -> String {
        let digits = String(value.magnitude)
        var out = ""
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index) % 3 == 0 { out.append(",") }
            out.append(digit)
        }
        return (value < 0 ? "-" : "") + out
    }

    /// A measured number, with as many decimals as its size makes worth reading.
    public static func number(_ value: Double) -> String {
        guard value.isFinite else { return "–" }
        guard abs(value) < 1e12 else { return "\(value)" }
        let decimals = abs(value) >= 1000 ? 1.0 : abs(value) >= 100 ? 10.0 : abs(value) >= 10 ? 100.0 : 1000.0
        let rounded = (value * decimals).rounded() / decimals
        return rounded == rounded.rounded() ? "\(Int64(rounded))" : "\(rounded)"
    }

    /// A badge: what kind of state, and its word.
    public static func badge(_ kind: String, _ label: String) -> JSON {
        ["kind": .string(kind), "label": .string(label)]
    }

    /// An error summary over a form, where something is wrong.
    static func errors(_ faults: [(field: String, text: String)]) -> JSON {
        guard !faults.isEmpty else { return .null }
        return [
            "items": .array(faults.map { ["href": .string("#f-\($0.field)"), "text": .string($0.text)] })
        ]
    }

    /// Hidden inputs of a form.
    public static func hidden(_ pairs: [(String, String)]) -> JSON {
        .array(pairs.map { ["name": .string($0.0), "value": .string($0.1)] })
    }

    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]
}

import Foundation
import Record

/// What the practice city answers to look-ups: made up, always the same for the same question.
enum SandboxAnswers {
    /// Questions about a person's own account.
    static let personal: Set<String> = ["water-bill", "local-tax"]

    static func answer(_ name: String, _ query: [String: String]) -> (status: Int, body: JSON) {
        guard var fields = fields(name, query) else { return (404, ["sandbox": true]) }
        fields["sandbox"] = true
        return (200, .object(fields))
    }

    private static func fields(_ name: String, _ query: [String: String]) -> [String: JSON]? {
        let seed = draw(query.filter { $0.key != "language" }.sorted { $0.key < $1.key }.map { "\($0)=\($1)" }.joined())
        switch name {
        case "bus":
            // Lines that begin with 9 do not run here.
            guard let line = query["line"], let stop = query["stop"], !line.isEmpty, !line.hasPrefix("9") else {
                return nil
            }
            let away = seed % 5 + 1
            return [
                "line": .string(line), "stop": .string(stop), "minutes": .number(Double(away * 2 + 1)),
                "away": .number(Double(away)),
            ]
        case "weather":
            let isTomorrow = query["when"] == "tomorrow"
            return [
                "day": isTomorrow ? ["ko": "내일", "en": "Tomorrow"] : ["ko": "오늘", "en": "Today"],
                "sky": isTomorrow ? ["ko": "흐리고 비", "en": "cloudy with rain"] : ["ko": "맑음", "en": "clear"],
                "low": isTomorrow ? 4 : 2, "high": isTomorrow ? 9 : 12, "rain": isTomorrow ? 70 : 10,
            ]
        case "air": return ["pm10": 38, "pm25": 17, "grade": ["ko": "보통", "en": "moderate"]]
        case "water-bill":
            guard let account = query["account"], isNumber(account), isHolder(query["holder"]) else { return nil }
            return [
                "month": ["ko": "이번 달", "en": "this month"], "amount": .number(Double(8000 + seed % 300 * 100)),
                "due": ["ko": "이달 말일", "en": "the last day of the month"],
            ]
        case "local-tax":
            guard let number = query["number"], isNumber(number), isHolder(query["holder"]) else { return nil }
            return [
                "tax": ["ko": "자동차세", "en": "Car tax"], "amount": .number(Double(50_000 + seed % 900 * 100)),
                "due": ["ko": "이달 말일", "en": "the last day of the month"],
            ]
        case "facility": return facilities[query["facility"] ?? ""]
        case "pharmacy":
            guard let area = query["area"], !area.isEmpty else { return nil }
            return [
                "area": .string(area), "name": ["ko": "연습약국", "en": "Practice Pharmacy"], "closes": "22:00",
                "phone": "02-0000-0000",
            ]
        default: return nil
        }
    }

    private static let facilities: [String: [String: JSON]] = [
        "office": hours("구청 민원실", "District office", "09:00", "18:00", "주말과 공휴일", "weekends and holidays"),
        "centre": hours("행정복지센터", "Community centre", "09:00", "18:00", "주말과 공휴일", "weekends and holidays"),
        "health": hours("보건소", "Health centre", "09:00", "18:00", "주말과 공휴일", "weekends and holidays"),
        "library": hours("도서관", "Library", "09:00", "22:00", "월요일", "Mondays"),
        "pool": hours("수영장", "Swimming pool", "06:00", "21:00", "일요일", "Sundays"),
        "recycling": hours("재활용 센터", "Recycling centre", "10:00", "18:00", "일요일", "Sundays"),
    ]

    private static func hours(
        _ ko: String, _ en: String, _ opens: String, _ closes: String, _ closedKo: String, _ closedEn: String
    ) -> [String: JSON] {
        [
            "facility": ["ko": .string(ko), "en": .string(en)], "opens": .string(opens), "closes": .string(closes),
            "closed": ["ko": .string(closedKo), "en": .string(closedEn)],
        ]
    }

    /// A name that could stand on a bill. Of nobody's bill here: whoever is called 다른 사람 is not who it is made out to.
    private static func isHolder(_ name: String?) -> Bool {
        let name = (name ?? "").filter { !$0.isWhitespace }
        return name.count >= 2 && name != "다른사람"
    }

    /// Six digits or more; blanks and hyphens do not matter.
    private static func isNumber(_ text: String) -> Bool {
        let digits = text.filter { $0 != "-" && $0 != " " }
        return digits.count >= 6 && digits.allSatisfy(\.isASCIIDigit)
    }

    /// A number for a question (FNV-1a), the same on every machine.
    private static func draw(_ text: String) -> Int {
        Int(text.utf8.reduce(UInt64(0xcbf2_9ce4_8422_2325)) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 } >> 33)
    }
}

import District
import Record

/// What the handbook says of stops and of what must not follow from them.
struct StopWorkBook: Sendable {
    /// So many days after somebody spoke up, a measure against them is marked.
    let retaliationDays: Int64
    /// So many minutes after a stop it should be answered.
    let answerMinutes: Int64
    let citation: Words
    let edition: String

    init(_ book: Handbook) throws(HandbookError) {
        let file = "stopwork.json"
        let (json, edition) = try book.read(file)
        func number(_ key: String) throws(HandbookError) -> Int64 {
            guard let value = json[key]?.integer, (1...3660).contains(value) else {
                throw HandbookError(file: file, place: key, rule: "is a whole number from 1")
            }
            return value
        }
        retaliationDays = try number("retaliation_days")
        answerMinutes = try number("answer_minutes")
        guard let ko = json["citation"]?["ko"]?.text, let en = json["citation"]?["en"]?.text else {
            throw HandbookError(file: file, place: "citation", rule: "ko and en")
        }
        citation = Words(ko, en)
        self.edition = edition
    }
}

/// Somebody spoke up: stopped work, reported a danger, gave an opinion.
struct Voice: Sendable, Hashable {
    let kind: Kind
    let at: Timestamp

    /// How.
    enum Kind: String, Sendable, Hashable, CaseIterable {
        case stop, hazard, opinion

        /// What people call it.
        var words: Words {
            switch self {
            case .stop: Words("작업중지", "Stop of work")
            case .hazard: Words("위험 신고", "Report of a danger")
            case .opinion: Words("안전 의견", "Opinion on safety")
            }
        }
    }
}

/// A measure of personnel about somebody.
enum PersonnelMeasure: String, Sendable, Hashable, CaseIterable {
    case warning, penalty, payCut = "pay-cut", transfer, exclusion, notRenewed = "not-renewed", dismissal, other

    /// What people call it.
    var words: Words {
        switch self {
        case .warning: Words("경고", "Warning")
        case .penalty: Words("징계", "Disciplinary penalty")
        case .payCut: Words("감봉·수당 축소", "Cut of pay")
        case .transfer: Words("전보·직무 변경", "Transfer")
        case .exclusion: Words("업무 배제", "Exclusion from work")
        case .notRenewed: Words("계약 미갱신", "Contract not renewed")
        case .dismissal: Words("해고", "Dismissal")
        case .other: Words("그 밖의 조치", "Other")
        }
    }

    static let choices = allCases.map { Field.Choice($0.rawValue, $0.words) }
}

/// When a measure may be retaliation: it is made visible, and judged by people.
enum RetaliationRule {
    /// The latest time somebody spoke up within so many days before a measure, and how many days lie between; nil
    /// where there is none. The day itself counts, what came after the measure does not.
    static func flag(
        _ measured: Timestamp, after voices: [Voice], within days: Int64
    ) -> (voice: Voice, days: Int64)? {
        let day = KoreanDay(measured)
        return voices.filter { $0.at <= measured }.max { $0.at < $1.at }.flatMap { voice in
            let between = day.number - KoreanDay(voice.at).number
            return between <= days ? (voice, between) : nil
        }
    }
}

import District
import Record
import Web

/// Places that start-ups may book to try robots, from `testsites.json`.
struct TestSites: Sendable {
    let all: [TestSite]
    /// Hours of the Korean day between which a trial may be, and how many at a time.
    let open: Int, close: Int, longest: Int
    /// How many days ahead may be booked.
    let ahead: Int64
    /// What whoever books agrees to.
    let terms: Words
    let edition: String

    struct TestSite: Sendable, Hashable {
        let id: String
        /// The site it lies in.
        let site: String
        let words: Words
        /// What else holds there.
        let note: Words
        /// The heaviest robot with its load, kg, and the fastest, km/h.
        let weight: Double, speed: Double

        /// What may be tried there.
        var limit: Words {
            let bounds = Words(
                "\(Show.number(weight)) kg, 시속 \(Show.number(speed)) km까지.",
                "Up to \(Show.number(weight)) kg and \(Show.number(speed)) km/h.")
            return Words("\(bounds.ko) \(note.ko)", "\(bounds.en) \(note.en)")
        }

        /// Why a robot may not be tried there.
        func faults(weight: Double, speed: Double) -> [(field: String, words: Words)] {
            var faults: [(String, Words)] = []
            if weight > self.weight {
                faults.append(
                    (
                        "weight",
                        Words(
                            "이 장소는 \(Show.number(self.weight)) kg까지입니다.",
                            "This place takes up to \(Show.number(self.weight)) kg.")
                    ))
            }
            if speed > self.speed {
                faults.append(
                    (
                        "speed",
                        Words(
                            "이 장소는 시속 \(Show.number(self.speed)) km까지입니다.",
                            "This place allows up to \(Show.number(self.speed)) km/h.")
                    ))
            }
            return faults
        }
    }

    init(_ book: Handbook) throws(HandbookError) {
        let file = "testsites.json"
        let (json, edition) = try book.read(file)
        self.edition = edition
        func words(_ json: JSON?, _ ko: String = "ko", _ en: String = "en") -> Words? {
            json?[ko]?.text.flatMap { text in json?[en]?.text.map { Words(text, $0) } }
        }
        guard let open = json["open"]?.integer, let close = json["close"]?.integer, (0...24).contains(open),
            (0...24).contains(close), open < close, let longest = json["longest_hours"]?.integer, longest > 0,
            let ahead = json["ahead_days"]?.integer, let terms = words(json["terms"])
        else { throw HandbookError(file: file, place: "", rule: "open, close, longest_hours, ahead_days, terms") }
        (self.open, self.close, self.longest, self.ahead) = (Int(open), Int(close), Int(longest), ahead)
        self.terms = terms
        var all: [TestSite] = []
        for (index, entry) in (json["sites"]?.elements ?? []).enumerated() {
            guard let id = entry["id"]?.text, let site = entry["site"]?.text, let name = words(entry),
                let note = words(entry, "limit_ko", "limit_en"), let weight = entry["weight_kg"]?.double,
                let speed = entry["speed_kmh"]?.double, weight > 0, speed > 0
            else {
                throw HandbookError(
                    file: file, place: "sites[\(index)]",
                    rule: "id, site, ko, en, limit_ko, limit_en, weight_kg, speed_kmh")
            }
            all.append(TestSite(id: id, site: site, words: name, note: note, weight: weight, speed: speed))
        }
        self.all = all
    }

    /// What may be tried at each place.
    var limits: Words {
        Words(
            all.map { "\($0.words.ko): \($0.limit.ko)" }.joined(separator: " "),
            all.map { "\($0.words.en): \($0.limit.en)" }.joined(separator: " "))
    }

    /// Why a time cannot be booked; nil where it can, as far as others do not stand in the way.
    func fault(start: Timestamp, hours: Int, at now: Timestamp) -> (field: String, words: Words)? {
        let civil = start.civil(offsetSeconds: 32_400)
        let clock = civil.text.dropFirst(11).split(separator: ":").compactMap { Int($0) }
        guard clock.count >= 2, clock[1] == 0 else {
            return ("start", Words("정각부터 예약할 수 있습니다.", "A booking begins on the hour."))
        }
        guard start > now else { return ("start", Words("이미 지난 시각입니다.", "This time has passed.")) }
        guard KoreanDay(start) <= KoreanDay(now) + ahead else {
            return ("start", Words("\(ahead)일 안에서 예약할 수 있습니다.", "At most \(ahead) days ahead."))
        }
        guard (1...longest).contains(hours) else {
            return ("hours", Words("한 번에 \(longest)시간까지입니다.", "At most \(longest) hours at a time."))
        }
        guard clock[0] >= open, clock[0] + hours <= close else {
            return (
                "start",
                Words("\(open)시부터 \(close)시까지 쓸 수 있습니다.", "Trials are between \(open):00 and \(close):00.")
            )
        }
        return nil
    }
}

/// A booking of a test site.
struct Booking: Sendable, Hashable {
    var id: String
    var testSite: String
    var start: Timestamp, end: Timestamp
    var firm: FirmID?
    var state: State
    /// What is tried, and with what.
    var purpose: String
    var robots: String
    /// Insurer and policy, as stated.
    var insurance: String
    var reason: String?
    /// Who booked: an author's text.
    var author: String?
    /// The robot with its load, kg, and how fast it is tried, km/h.
    var weight: Double?
    var speed: Double?

    enum State: String, Sendable, Hashable, CaseIterable {
        case asked, approved, refused, cancelled

        var words: Words {
            switch self {
            case .asked: Words("승인을 기다림", "waiting for approval")
            case .approved: Words("승인됨", "approved")
            case .refused: Words("승인하지 않음", "refused")
            case .cancelled: Words("취소됨", "cancelled")
            }
        }

        var badge: String {
            switch self {
            case .asked: "warn"
            case .approved: "ok"
            case .refused: "danger"
            case .cancelled: "off"
            }
        }
    }

    /// Whether two times overlap; one that ends when the other begins does not.
    static func overlaps(_ one: (Timestamp, Timestamp), _ other: (Timestamp, Timestamp)) -> Bool {
        one.0 < other.1 && other.0 < one.1
    }
}

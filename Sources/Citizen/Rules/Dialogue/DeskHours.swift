import District
import Record

/// When people sit at the desk: `desk.json`. Korean time.
struct DeskHours: Sendable, Hashable {
    /// Days of the week on which it is open, Monday 0 … Sunday 6.
    let days: Set<Int>
    /// From and until when, in minutes of the day.
    let hours: Range<Int>
    /// Days on which it is closed all the same: `2026-12-25`.
    let closed: Set<String>
    /// The number that people may call themselves.
    let phone: String

    static let names = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]

    /// Reads `desk.json`.
    /// - Throws: ``HandbookError`` naming what is wrong in it.
    init(_ book: Handbook) throws(HandbookError) {
        let file = "desk.json"
        let json = try book.read(file).json
        let named = json["days"]?.elements?.compactMap(\.text) ?? []
        days = Set(named.compactMap { Self.names.firstIndex(of: $0) })
        guard days.count == named.count else { throw HandbookError(file: file, place: "days", rule: "mon … sun") }
        guard let from = Self.minutes(json["from"]?.text), let to = Self.minutes(json["to"]?.text), from < to else {
            throw HandbookError(file: file, place: "from, to", rule: "two times of day, the earlier first")
        }
        hours = from..<to
        closed = Set(json["closed"]?.elements?.compactMap(\.text) ?? [])
        guard closed.allSatisfy({ Timestamp(iso8601: "\($0)T00:00:00+09:00") != nil }) else {
            throw HandbookError(file: file, place: "closed", rule: "days such as 2026-12-25")
        }
        phone = json["phone"]?.text ?? ""
        guard !phone.isEmpty else { throw HandbookError(file: file, place: "phone", rule: "is missing") }
    }

    /// Whether somebody sits there at a moment.
    func isOpen(at moment: Timestamp) -> Bool {
        let time = moment.civil(offsetSeconds: 32_400)
        guard hours.contains(Int(time.hour * 60 + time.minute)) else { return false }
        guard days.contains(Int((time.weekday + 6) % 7)) else { return false }
        return !closed.contains(String(time.text.prefix(10)))
    }

    /// Minutes of the day: `09:00`; nil where it is no time.
    static func minutes(_ text: String?) -> Int? {
        let parts = (text ?? "").split(separator: ":").map { Int($0) }
        guard parts.count == 2, let hour = parts[0], let minute = parts[1], (0...24).contains(hour),
            (0..<60).contains(minute), hour * 60 + minute <= 1440
        else { return nil }
        return hour * 60 + minute
    }
}

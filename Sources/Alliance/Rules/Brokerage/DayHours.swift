import Record

/// When and where a brokerage day is held: its hours, how long a meeting is, and at how many tables.
struct DayHours: Sendable, Hashable {
    /// Minutes after midnight.
    let begins: Int64, ends: Int64
    /// The length of a meeting, in minutes.
    let minutes: Int64
    let tables: Int64
    let place: String

    /// The beginnings of its meetings, in minutes after midnight; the last one ends within the day.
    var slots: [Int64] {
        guard minutes > 0, begins + minutes <= ends else { return [] }
        return Array(stride(from: begins, through: ends - minutes, by: Int64.Stride(minutes)))
    }

    /// As many meetings as there are tables and times for.
    var capacity: Int64 { Int64(slots.count) * tables }

    /// A meeting that has its hour and table.
    struct Seat: Sendable, Hashable {
        let hour: Int64, table: Int64
    }

    /// Who meets whom, and where they sit; nil where they have no seat yet.
    struct Sitting: Sendable, Hashable {
        let id: String
        let firm: FirmID, supplier: FirmID
        let seat: Seat?
    }

    /// The first hour at which both are free and a table is; nil where there is none.
    func seat(_ firm: FirmID, _ supplier: FirmID, beside others: [Sitting]) -> Seat? {
        for hour in slots {
            let held = others.filter { $0.seat?.hour == hour }
            guard !held.contains(where: { !Set([$0.firm, $0.supplier]).isDisjoint(with: [firm, supplier]) }) else {
                continue
            }
            let tables = Set(held.compactMap { $0.seat?.table })
            if let table = (1...max(1, self.tables)).first(where: { !tables.contains($0) }) {
                return Seat(hour: hour, table: table)
            }
        }
        return nil
    }

    /// Everybody seated anew, in the order given; whoever finds no place has no seat.
    func seated(_ all: [Sitting]) -> [Sitting] {
        all.reduce(into: []) { seated, one in
            let seat = seat(one.firm, one.supplier, beside: seated)
            seated.append(Sitting(id: one.id, firm: one.firm, supplier: one.supplier, seat: seat))
        }
    }

    /// `14:30` as minutes after midnight; nil where it names no time of day.
    static func minutes(_ text: String) -> Int64? {
        guard let found = text.wholeMatch(of: /([0-9]{1,2}):([0-9]{2})/), let hour = Int64(found.1),
            let minute = Int64(found.2), hour < 24, minute < 60
        else { return nil }
        return hour * 60 + minute
    }

    /// Minutes after midnight as `14:30`.
    static func clock(_ minutes: Int64) -> String {
        func two(_ number: Int64) -> String { number < 10 ? "0\(number)" : "\(number)" }
        return "\(two(minutes / 60)):\(two(minutes % 60))"
    }

    /// `10:00–17:00`.
    var span: String { "\(Self.clock(begins))–\(Self.clock(ends))" }

    /// As events carry it.
    var json: [String: JSON] {
        [
            "begins": .string(Self.clock(begins)), "ends": .string(Self.clock(ends)), "minutes": .decimal(minutes),
            "tables": .decimal(tables), "place": .string(place),
        ]
    }

    init(begins: Int64, ends: Int64, minutes: Int64, tables: Int64, place: String) {
        (self.begins, self.ends, self.minutes, self.tables, self.place) = (begins, ends, minutes, tables, place)
    }

    /// From an event; nil where it says no hours.
    init?(_ payload: [String: JSON]) {
        guard let begins = payload["begins"]?.text.flatMap(Self.minutes),
            let ends = payload["ends"]?.text.flatMap(Self.minutes), let minutes = payload["minutes"]?.integer,
            let tables = payload["tables"]?.integer
        else { return nil }
        self.init(
            begins: begins, ends: ends, minutes: minutes, tables: tables, place: payload["place"]?.text ?? "")
    }
}

import Access
import District
import Record
import Web

/// What the room's pages share: addresses, numbers as they are read, and what is said of what is unknown.
struct EconomyView {
    let visit: Visit

    /// Anybody may look, where the licence of the statistics allows it: predictions are scored in public. What its
    /// licence keeps for the district asks whoever looks to sign in (``book(_:_:)``).
    static let readers = Permission.anyone

    static let unknown = Refusal(.notFound, "economy.unknown", Words("그런 통계가 없습니다.", "There are no such statistics."))

    /// The economy that the address names.
    static func book(_ visit: Visit, _ desk: EconomyDesk) async throws -> EconomyBook {
        let name = visit.parameters["economy"] ?? ""
        let onlooker = visit.onlooker
        guard let book = try await desk.book(name, for: onlooker, in: visit.spine) else { throw unknown }
        if onlooker == nil, !book.isOpen {
            // Whoever is signed in and belongs to nobody here is told so; a stranger is led to the sign-in.
            _ = try visit.tenant
        }
        return book
    }

    /// The year that the address names, else the last one.
    static func year(_ visit: Visit, _ book: EconomyBook) throws -> EconomyBook.Year {
        guard let year = book.year(visit.query["year"].flatMap { Int($0) }) else { throw unknown }
        return year
    }

    static func path(_ economy: String) -> String { "/transition/e/\(economy)" }

    static func region(_ economy: String, _ region: String, _ year: Int? = nil) -> String {
        "\(path(economy))/region?region=\(Table.encoded(region))\(year.map { "&year=\($0)" } ?? "")"
    }

    /// A share as percent, with as many decimals as its size makes worth reading.
    static func percent(_ share: Double) -> String {
        let percent = share * 100
        let decimals = abs(percent) < 1 ? 100.0 : abs(percent) < 10 ? 10 : 1
        return "\(Show.number((percent * decimals).rounded() / decimals)) %"
    }

    /// A number to some decimals, with a sign where it is a change.
    static func number(_ value: Double?, decimals: Int = 2, isSigned: Bool = false) -> String {
        guard let value, value.isFinite else { return "–" }
        var factor = 1.0
        for _ in 0..<decimals { factor *= 10 }
        let rounded = (value * factor).rounded() / factor
        let text = Show.number(rounded == 0 ? 0 : rounded)
        return isSigned && rounded > 0 ? "+\(text)" : text
    }

    /// A count with separators.
    static func count(_ value: Double, isSigned: Bool = false) -> String {
        let whole = Int64(max(-9e15, min(9e15, value.rounded())))
        return (isSigned && whole > 0 ? "+" : "") + Show.count(whole)
    }

    /// A coordinate in a picture.
    static func at(_ value: Double) -> JSON { .string("\((value * 10).rounded() / 10)") }

    /// What the pages of an economy say of their data: source, licence, version, what is unknown, whether it is
    /// synthetic.
    func data(_ year: EconomyBook.Year, _ book: EconomyBook) -> JSON {
        let version = year.version
        let cells = Int64(year.matrix.regions.count * year.matrix.industries.count)
        var members: [String: JSON] = [
            "title": .string(version.title), "measure": .string(version.measure), "source": .string(version.source),
            "licence": .string(version.licence), "published": .string(version.published),
            "suppression": .string(version.suppression),
            "shown": .string(visit.word(book.isOpen ? "data_shown_everyone" : "data_shown_members")),
            "year": .string("\(year.year)"),
            "known": .string(
                "\(Show.count(Int64(year.matrix.knownCells))) / \(Show.count(cells)) (\(Self.percent(Double(year.matrix.knownCells) / Double(max(cells, 1)))))"
            ),
        ]
        if year.matrix.isFilled { members["filled"] = true }
        if version.isSynthetic { members["synthetic"] = true }
        members.merge(recorded(version)) { $1 }
        return .object(members)
    }

    /// Where a version stands on the Record, for whomever the Record shows it to.
    func recorded(_ version: EconomyTable.Version) -> [String: JSON] {
        guard visit.sees(version.scope) else { return [:] }
        return [
            "recorded": ["trace": .string("/trace/\(version.id)"), "version": .string(String(version.file.prefix(12)))]
        ]
    }

    /// The years as links, the present one marked.
    func years(_ book: EconomyBook, _ now: EconomyBook.Year, _ address: (Int) -> String) -> JSON {
        .array(
            book.years.map { year in
                var members: [String: JSON] = [
                    "year": .string("\(year.year)"), "href": .string(address(year.year)),
                ]
                if year.year == now.year { members["current"] = true }
                return .object(members)
            })
    }

    /// The figures of each predictor where it had not looked.
    func figures(_ forecast: ForecastTable.Forecast) -> JSON {
        let firsts = RankScore.places
        return [
            "held": .string(visit.word("openings_held_\(forecast.held)")),
            "base": .string(base(forecast)),
            "rows": .array(
                forecast.figures.map { figure in
                    var members: [String: JSON] = [
                        "name": .string(visit.word("openings_predictor_\(figure["predictor"]?.text ?? "")")),
                        "precision": .string(Self.number(figure["precision"]?.double, decimals: 3)),
                        "first": .array(
                            firsts.map { place in
                                ["label": .string("P@\(place)"), "text": .string(first(place, figure))]
                            }),
                    ]
                    if let lift = figure["lift"]?.double {
                        members["lift"] = .string(
                            "\(Self.number(lift)) (\(Self.number(figure["low"]?.double))–\(Self.number(figure["high"]?.double)))"
                        )
                    }
                    if figure["predictor"]?.text == "trees" { members["used"] = true }
                    return .object(members)
                }),
        ]
    }

    private func base(_ forecast: ForecastTable.Forecast) -> String {
        guard let (entered, count) = forecast.judged, let rate = forecast.baseRate else { return "–" }
        return "\(Show.count(entered)) / \(Show.count(count)) (\(Self.percent(rate)))"
    }

    private func first(_ place: Int, _ figure: JSON) -> String {
        let found = figure["first"]?.elements?.first { $0["count"]?.integer == Int64(place) }
        guard let entered = found?["entered"]?.integer else { return "–" }
        let range = Interval.share(entered, of: Int64(place))
        let share = Double(entered) / Double(place)
        guard let range else { return Self.percent(share) }
        return "\(Self.percent(share)) (\(Self.percent(range.low))–\(Self.percent(range.high)))"
    }

    /// How often odds such as these came true where the model had not looked.
    func past(_ odds: Double, _ forecast: ForecastTable.Forecast) -> String {
        let row = forecast.past.last { ($0["from"]?.double ?? 1) <= odds }
        guard let row, let count = row["count"]?.integer, count > 0, let entered = row["entered"]?.integer,
            let range = Interval.share(entered, of: count)
        else { return visit.word("openings_no_past") }
        let came =
            "\(Self.percent(Double(entered) / Double(count))) (\(Self.percent(range.low))–\(Self.percent(range.high)), n = \(Show.count(count)))"
        // What is no likelier than any cell is said to be: it is scored like the others, and is no advice.
        let isBelow = forecast.baseRate.map { odds <= $0 } ?? false
        return isBelow ? "\(came) · \(visit.word("openings_below"))" : came
    }
}

import District
import Record
import Web

/// Figures in words: number, count, interval, meaning.
struct FiguresView {
    let visit: Visit

    /// A figure and what it rests on.
    func lagging(_ reading: Exposure.Reading) -> JSON {
        let (rate, language) = (reading.rate, visit.language)
        var members: [String: JSON] = [
            "id": .string(rate.indicator.rawValue), "title": .string(rate.indicator.title[language]),
            "definition": .string(rate.indicator.definition[language]),
        ]
        let basis =
            "\(visit.word("figures_months")) \(Show.count(Int64(reading.known)))/\(Show.count(Int64(reading.of)))"
        // Where some of it is not known, that stands beside the figure and not behind a tap.
        members[reading.known < reading.of ? "partly" : "basis"] = .string(basis)
        if let value = rate.value, let base = rate.base {
            members["value"] = .string(Self.short(value))
            members["count"] = .string(
                "\(Show.count(rate.count)) / \(Show.count(Int64(base.rounded()))) \(visit.word("figures_base_\(rate.indicator.base.rawValue)"))"
            )
            if let interval = rate.interval {
                members["interval"] = .string("\(Self.short(interval.low)) – \(Self.short(interval.high))")
            }
        } else {
            members["unknown"] = .string(visit.word("figures_unknown_\(rate.indicator.base.rawValue)"))
        }
        if reading.leftOut > 0 {
            members["left_out"] = .string("\(visit.word("figures_left_out")) \(Show.count(reading.leftOut))")
        }
        return .object(members)
    }

    /// The leading figures, in the order of the domain.
    func leading(_ leading: Leading, _ exposure: Exposure) -> [JSON] {
        var figures = RiskBand.allCases.reversed().map { band in
            share(
                "on-time-\(band.rawValue)", "\(visit.word("figures_on_time")) – \(band.words[visit.language])",
                leading.inTime[band] ?? MeasuredShare(count: 0, total: 0), "figures_on_time_about")
        }
        figures.append(
            share("verified", visit.word("figures_verified"), leading.verified, "figures_verified_about"))
        figures.append(
            share("engineered", visit.word("figures_engineered"), leading.engineered, "figures_engineered_about"))
        let injuries = exposure.months.reduce(Int64(0)) { $0 + $1.injuries.recordable }
        figures.append(
            figure(
                "reports", visit.word("figures_reports"), value: leading.reportsPerInjury(injuries).map(Self.short),
                count: "\(Show.count(leading.reports)) : \(Show.count(injuries))", interval: nil,
                "figures_reports_about",
                unknown: "figures_no_injury"))
        figures.append(
            minutes("stop", "figures_stop", leading.answers, leading.unanswered, "figures_stop_about"))
        figures.append(
            minutes("drill", "figures_drill", leading.accounted, leading.unaccounted, "figures_drill_about"))
        return figures
    }

    private func share(_ id: String, _ title: String, _ share: MeasuredShare, _ about: String) -> JSON {
        figure(
            id, title, value: share.value.map(Self.percent),
            count: "\(Show.count(share.count))/\(Show.count(share.total))",
            interval: share.interval.map { "\(Self.percent($0.low)) – \(Self.percent($0.high))" }, about,
            unknown: "figures_nothing_counted")
    }

    private func minutes(_ id: String, _ title: String, _ values: [Double], _ open: Int64, _ about: String) -> JSON {
        let unit = visit.word("figures_minutes")
        return figure(
            id, visit.word(title), value: Leading.median(values).map { "\(Self.short($0)) \(unit)" },
            count: "\(Show.count(Int64(values.count)))/\(Show.count(Int64(values.count) + open))",
            interval: Leading.medianInterval(values).map { "\(Self.short($0.low)) – \(Self.short($0.high)) \(unit)" },
            about, unknown: "figures_nothing_counted")
    }

    private func figure(
        _ id: String, _ title: String, value: String?, count: String, interval: String?, _ about: String,
        unknown: String
    ) -> JSON {
        var members: [String: JSON] = [
            "id": .string(id), "title": .string(title), "definition": .string(visit.word(about)),
            "count": .string(count),
        ]
        if let value { members["value"] = .string(value) } else { members["unknown"] = .string(visit.word(unknown)) }
        if let interval, value != nil { members["interval"] = .string(interval) }
        return .object(members)
    }

    /// Two digits after the point, three where it is small, none where it is whole.
    static func short(_ value: Double) -> String {
        let digits = abs(value) < 1 ? 1000.0 : 100
        let rounded = (value * digits).rounded() / digits
        return rounded == rounded.rounded() && abs(rounded) < 1e15 ? "\(Int64(rounded))" : "\(rounded)"
    }

    static func percent(_ share: Double) -> String { "\(Int((share * 100).rounded())) %" }
}

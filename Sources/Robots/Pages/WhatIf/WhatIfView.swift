import District
import Record
import Web

/// Questions and answers of the simulation as pages show them.
struct WhatIfView {
    let visit: Visit
    let settings: WhatIfSettings

    private var language: Language { visit.language }

    private func fill(_ key: String, _ values: [String: String]) -> String {
        values.reduce(visit.word(key)) { $0.replacing("{\($1.key)}", with: $1.value) }
    }

    // MARK: - The form

    func form(
        _ site: SiteTable.Site, _ compiled: CompiledSite, _ demand: WhatIfDemand, robots: Int, fault: Refusal?
    ) -> JSON {
        let entered = visit.form
        func value(_ name: String, _ usual: String) -> JSON { .string(String((entered[name] ?? usual).prefix(40))) }
        let most = min(WhatIfWorld.places(of: compiled).count, settings.mostRobots)
        var context: [String: JSON] = [
            "site": .string(site.id), "more": value("more", "2"), "rate": value("rate", Show.number(demand.busiest)),
            "demand": value("demand", "100"), "speed": value("speed", ""), "seed": value("seed", "1"),
            "today": .string(
                fill(
                    demand.counted > 0 ? "whatif_today" : "whatif_today_none",
                    [
                        "robots": "\(robots)", "most": "\(most)", "days": "\(settings.days)",
                        "many": Show.count(demand.counted), "busiest": Show.number(demand.busiest),
                    ])),
            "speed_hint": .string(fill("whatif_speed_help", ["speed": Show.number(settings.speed)])),
            "how": .string(how), "places": .array(places(compiled.plan, chosen: entered["closed"] ?? "")),
        ]
        if let fault {
            let field = fault.faults.first?.field ?? ""
            context["fault"] = .string(fault.words[language])
            context["fault_\(["more", "rate", "demand", "speed", "closed", "seed"].contains(field) ? field : "site")"] =
                true
        }
        return .object(context)
    }

    /// How many days of how many hours, and how long that may take.
    private var how: String {
        fill(
            "whatif_how",
            [
                "seeds": "\(settings.seeds)", "hours": Show.number(settings.counted / 3600),
                "limit": Show.span(settings.limit, language),
            ])
    }

    private func places(_ plan: SitePlan, chosen: String) -> [JSON] {
        let zones = plan.zones.filter { !$0.isCivic }.map {
            ($0.id, "\($0.name[language]) (\(visit.word("whatif_zone")))")
        }
        let stations = plan.nodes.filter { $0.name != nil && $0.kind != .charger }.map { node in
            (node.id, node.name?[language] ?? node.id)
        }
        return (zones + stations).map { id, label in
            var option: [String: JSON] = ["value": .string(id), "label": .string(label)]
            if id == chosen { option["selected"] = true }
            return .object(option)
        }
    }

    // MARK: - A question

    /// `로봇 2대 더, 미션 150 %`.
    func title(_ question: WhatIfQuestion, _ plan: SitePlan?) -> String {
        var parts: [String] = []
        if question.more != 0 {
            parts.append(
                fill(question.more > 0 ? "whatif_q_more" : "whatif_q_fewer", ["n": "\(abs(question.more))"]))
        }
        if let speed = question.speed { parts.append(fill("whatif_q_speed", ["n": Show.number(speed)])) }
        if let closed = question.closed {
            let name = plan?.zones.first { $0.id == closed }?.name ?? plan?.nodes.first { $0.id == closed }?.name
            parts.append(fill("whatif_q_closed", ["n": name?[language] ?? closed]))
        }
        if question.demand != 1 {
            parts.append(fill("whatif_q_demand", ["n": Show.number((question.demand * 100).rounded())]))
        }
        return parts.joined(separator: ", ")
    }

    /// A question of the list.
    func card(_ row: WhatIfTable.Entry, _ plan: SitePlan) -> JSON {
        [
            "title": .string(title(row.question, plan)), "href": .string("/robots/what-if/\(row.id)"),
            "state": state(row), "asked": Show.time(row.asked, language, now: visit.now),
            "basis": .string(basis(row)),
        ]
    }

    private func basis(_ row: WhatIfTable.Entry) -> String {
        fill(
            "whatif_basis",
            [
                "robots": "\(row.question.robots)", "rate": Show.number(row.question.rate),
                "seed": "\(row.question.seed)",
            ])
    }

    private func state(_ row: WhatIfTable.Entry) -> JSON {
        let kind =
            switch row.state {
            case .waiting: "neutral"
            case .running: "info"
            case .done: "ok"
            case .stopped: "off"
            case .late, .failed: "warn"
            }
        return Show.badge(kind, visit.word("whatif_state_\(row.state.rawValue)"))
    }

    // MARK: - An answer

    func answer(_ row: WhatIfTable.Entry, _ plan: SitePlan?) -> JSON {
        var context: [String: JSON] = [
            "question": .string(title(row.question, plan)), "site": .string(plan?.name[language] ?? row.site),
            "state": state(row), "basis": .string(basis(row)), "how": .string(how),
            "back": .string("/robots/what-if?site=\(Table.encoded(row.site))"),
            "stop": .string("/robots/what-if/\(row.id)/stop"),
            "demand": .string(
                row.counted > 0
                    ? fill("whatif_demand_own", ["many": Show.count(row.counted), "days": "\(settings.days)"])
                    : visit.word("whatif_demand_none")),
        ]
        if row.state.isOpen {
            context["open"] = [
                "done": .string("\(row.done)"), "days": .string("\(row.days)"),
                "text": .string(fill("whatif_progress", ["done": "\(row.done)", "days": "\(row.days)"])),
            ]
        } else if row.answer == nil {
            context["ended"] = .string(visit.word("whatif_ended_\(row.state.rawValue)"))
        }
        guard let answer = row.answer else { return .object(context) }
        let lines = answer.lines
        let left = (answer.today + answer.other).reduce(0) { $0 + $1.open }
        let failed = (answer.today + answer.other).reduce(0) { $0 + $1.failed }
        var notes: [JSON] = []
        if left > 0 { notes.append(.string(fill("whatif_left", ["n": Show.count(left)]))) }
        if failed > 0 { notes.append(.string(fill("whatif_failed", ["n": Show.count(failed)]))) }
        context["result"] = [
            "headline": headline(lines), "table": table(lines), "notes": .array(notes),
            "figures": .array(lines.map { figure($0, answer) }), "edition": .string(String(answer.edition.prefix(12))),
        ]
        return .object(context)
    }

    private func headline(_ lines: [WhatIfAnswer.Line]) -> JSON {
        guard let wait = lines.first(where: { $0.measure == .deliveryMedian }), let difference = wait.difference,
            let before = wait.today, let after = wait.other
        else { return ["kind": "unknown", "text": .string(visit.word("whatif_no_missions"))] }
        let key = !wait.isClear ? "same" : difference.mean < 0 ? "quicker" : "slower"
        return [
            "kind": .string(key == "quicker" ? "ok" : key == "slower" ? "warn" : "info"),
            "text": .string(
                fill(
                    "whatif_head_\(key)",
                    [
                        "n": text(abs(difference.mean), .deliveryMedian), "before": text(before.mean, .deliveryMedian),
                        "after": text(after.mean, .deliveryMedian),
                    ])),
        ]
    }

    /// A value with its unit: minutes, per cent, missions an hour.
    func text(_ value: Double, _ measure: WhatIfMeasure, signed: Bool = false) -> String {
        let scaled =
            measure.isShare ? value * 100 : measure == .done ? value : value / 60
        let rounded = (scaled * 10).rounded() / 10
        let number = Show.number(rounded == 0 ? 0 : rounded)
        let unit =
            measure.isShare
            ? visit.word(signed ? "whatif_unit_points" : "whatif_unit_percent")
            : visit.word(measure == .done ? "whatif_unit_an_hour" : "whatif_unit_minutes")
        return (signed && rounded > 0 ? "+" : "") + number + unit
    }

    private func mean(_ mean: WhatIfMean?, _ measure: WhatIfMeasure, signed: Bool = false) -> String {
        guard let mean else { return visit.word("whatif_unknown") }
        return text(mean.mean, measure, signed: signed)
    }

    private func range(_ mean: WhatIfMean?, _ measure: WhatIfMeasure, signed: Bool = false) -> String {
        guard let mean else { return "" }
        return "\(text(mean.low, measure, signed: signed)) ~ \(text(mean.high, measure, signed: signed))"
    }

    private func verdict(_ line: WhatIfAnswer.Line) -> JSON {
        guard let difference = line.difference else { return Show.badge("unknown", visit.word("whatif_unknown")) }
        guard line.isClear else { return Show.badge("neutral", visit.word("whatif_unclear")) }
        guard let isMoreBetter = line.measure.isMoreBetter else {
            return Show.badge("info", visit.word(difference.mean > 0 ? "whatif_more" : "whatif_less"))
        }
        let isBetter = (difference.mean > 0) == isMoreBetter
        return Show.badge(isBetter ? "ok" : "danger", visit.word(isBetter ? "whatif_better" : "whatif_worse"))
    }

    private func table(_ lines: [WhatIfAnswer.Line]) -> JSON {
        let columns = [
            "whatif_measure", "whatif_col_today", "whatif_col_other", "whatif_col_difference", "whatif_col_verdict",
        ]
        let rows: [JSON] = lines.map { line in
            let m = line.measure
            func cell(_ column: Int, _ mean: WhatIfMean?, signed: Bool = false) -> JSON {
                [
                    "label": .string(visit.word(columns[column])), "text": .string(self.mean(mean, m, signed: signed)),
                    "note": .string(range(mean, m, signed: signed)), "number": true,
                ]
            }
            return [
                "cells": [
                    [
                        "label": .string(visit.word(columns[0])), "text": .string(name(m)), "head": true,
                        "href": .string("#figure-\(m.rawValue)"),
                    ],
                    cell(1, line.today), cell(2, line.other), cell(3, line.difference, signed: true),
                    ["label": .string(visit.word(columns[4])), "badge": verdict(line)],
                ]
            ]
        }
        return [
            "id": "what-if", "caption": .string(visit.word("whatif_table")),
            "columns": .array(
                columns.enumerated().map { number, key in
                    var column: [String: JSON] = ["label": .string(visit.word(key)), "sort": "none"]
                    if (1...3).contains(number) { column["number"] = true }
                    return .object(column)
                }), "rows": .array(rows), "empty": "",
        ]
    }

    func name(_ measure: WhatIfMeasure) -> String { visit.word("whatif_m_\(measure.rawValue.lowercased())") }

    // MARK: - Figures

    /// Where the drawing's scale begins and how long it is, of 360 units of the drawing.
    private static let scale = (from: 80.0, length: 264.0)

    /// A measure: both means with their intervals on one scale, and every day behind them.
    private func figure(_ line: WhatIfAnswer.Line, _ answer: WhatIfAnswer) -> JSON {
        let m = line.measure
        let most = max(line.today?.high ?? 0, line.other?.high ?? 0, line.today?.mean ?? 0, line.other?.mean ?? 0)
        let top = m.isShare ? 1 : max(most, 0.001)
        func at(_ value: Double) -> JSON {
            .string(
                Show.number(((Self.scale.from + Self.scale.length * min(1, max(0, value / top))) * 10).rounded() / 10))
        }
        let rows: [(String, WhatIfMean?, Int)] = [("today", line.today, 24), ("other", line.other, 56)]
        let marks: [JSON] = rows.compactMap { key, mean, y in
            guard let mean else { return nil }
            return [
                "class": .string("whatif-\(key)"), "label": .string(visit.word("whatif_col_\(key)")),
                "y": .string("\(y)"), "text_y": .string("\(y + 5)"), "top": .string("\(y - 7)"),
                "bottom": .string("\(y + 7)"), "low": at(mean.low), "high": at(mean.high), "mean": at(mean.mean),
            ]
        }
        return [
            "id": .string(m.rawValue), "title": .string(name(m)),
            "about": .string(visit.word("whatif_d_\(m.rawValue.lowercased())")), "verdict": verdict(line),
            "marks": .array(marks), "zero": .string(text(0, m)), "top": .string(text(top, m)),
            "alt": .string(
                fill(
                    "whatif_alt",
                    [
                        "today": "\(mean(line.today, m)) (\(range(line.today, m)))",
                        "other": "\(mean(line.other, m)) (\(range(line.other, m)))",
                    ])), "table": days(m, answer),
        ]
    }

    private func days(_ measure: WhatIfMeasure, _ answer: WhatIfAnswer) -> JSON {
        let columns = ["whatif_day", "whatif_col_today", "whatif_col_other", "whatif_asked"]
        func value(_ day: WhatIfDay) -> String {
            day.values[measure].map { text($0, measure) } ?? visit.word("whatif_unknown")
        }
        let rows: [JSON] = zip(answer.today, answer.other).enumerated().map { number, pair in
            let texts = ["\(number + 1)", value(pair.0), value(pair.1), "\(pair.0.asked) / \(pair.1.asked)"]
            return [
                "cells": .array(
                    texts.enumerated().map { column, text in
                        var cell: [String: JSON] = [
                            "label": .string(visit.word(columns[column])), "text": .string(text), "number": true,
                        ]
                        if column == 0 { cell["head"] = true }
                        return .object(cell)
                    })
            ]
        }
        return [
            "id": .string("days-\(measure.rawValue)"),
            "caption": .string("\(name(measure)) – \(visit.word("whatif_days"))"),
            "columns": .array(columns.map { ["label": .string(visit.word($0)), "sort": "none", "number": true] }),
            "rows": .array(rows), "empty": "",
        ]
    }
}

import Access
import District
import Record
import Store
import Web

/// What is read back before a day is published, moved or cancelled: which day it is, how many meet, who is told.
struct DayActRoutes {
    var routes: [Web.Route] {
        [
            .get("/alliance/brokerage/{day}/publish", .roles(DayAsk.officers)) { try await publish($0) },
            .get("/alliance/brokerage/{day}/move", .roles(DayAsk.officers)) { visit in
                let (day, told) = try await found(visit)
                var entered = ["date": day.day.description]
                if let hours = day.hours {
                    entered["begins"] = DayHours.clock(hours.begins)
                    entered["ends"] = DayHours.clock(hours.ends)
                    entered["place"] = hours.place
                }
                return try form(MoveDay.move, day, told, entered, visit)
            },
            .get("/alliance/brokerage/{day}/cancel", .roles(DayAsk.officers)) { visit in
                let (day, told) = try await found(visit)
                return try form(MoveDay.cancel, day, told, [:], visit)
            },
        ]
    }

    /// Who would be told: the introductions that are still awaited, and how many firms they join.
    private struct Told: Sendable {
        let introductions: Int, firms: Int
    }

    private func found(_ visit: Visit) async throws -> (DayTable.Day, Told) {
        let (tenant, id) = (try visit.tenant, visit.parameters["day"] ?? "")
        let found = try await visit.spine.district.store.read { reader -> (DayTable.Day, Told)? in
            guard let day = try DayTable.find(id, for: tenant, in: reader) else { return nil }
            let awaited = try IntroductionTable.awaited(of: id, in: reader)
            return (
                day, Told(introductions: awaited.count, firms: Set(awaited.flatMap { [$0.firm, $0.supplier] }).count)
            )
        }
        guard let found else {
            throw Refusal(.notFound, "brokerage.unknown", Words("그런 상담회가 없습니다.", "There is no such day."))
        }
        return found
    }

    private func form(
        _ command: Command, _ day: DayTable.Day, _ told: Told, _ entered: [String: String], _ visit: Visit
    ) throws -> Reply {
        let more = ["day": day.id, "next": "/alliance/brokerage/\(day.id)"]
        let about = Words(
            "\(day.title) · \(Self.when(day)) · 소개 \(told.introductions)건의 두 기업(모두 \(told.firms)곳)에 알립니다.",
            "\(day.title) · \(Self.when(day)) · both firms of \(told.introductions) introductions (\(told.firms) firms) are told."
        )
        return try visit.form(command.form.name, entered: entered.merging(more) { $1 })
            .about(about[visit.language], visit)
    }

    private static func when(_ day: DayTable.Day) -> String {
        [day.day.description, day.hours?.span, day.hours?.place].compactMap(\.self).joined(separator: " ")
    }

    /// Who will be introduced, before it is done: a publication cannot be taken back.
    private func publish(_ visit: Visit) async throws -> Reply {
        let (tenant, id, today) = (try visit.tenant, visit.parameters["day"] ?? "", KoreanDay(visit.now))
        let (day, _) = try await found(visit)
        let held = try await visit.spine.district.store.read { reader in
            let pairs = try DayTable.pairs(of: id, for: tenant, in: reader)
            let held = try PublishDay.held(pairs, day, on: today, reader)
            var names: [FirmID: String] = [:]
            for firm in Set(held.passing.flatMap { [$0.pair.firm, $0.pair.supplier] }) {
                names[firm] = try Directory.firm(firm, for: tenant, in: reader)?.name
            }
            return (pairs: held.passing.map(\.pair), missing: held.missing.count, names: names)
        }
        func listed(_ firms: Set<FirmID>) -> String {
            let names = firms.map { held.names[$0] ?? $0.rawValue }.sorted()
            let more = names.count > 12 ? Words(" 등", " and others")[visit.language] : ""
            return Words("\(names.count)곳", "\(names.count)")[visit.language]
                + (names.isEmpty ? "" : " – \(names.prefix(12).joined(separator: ", "))\(more)")
        }
        func item(_ word: String, _ text: String) -> JSON {
            ["label": .string(visit.word(word)), "text": .string(text)]
        }
        var items = [
            item("brokerage_day", day.title), item("brokerage_date", day.day.description),
            item("brokerage_hours", day.hours.map { "\($0.span) · \($0.place)" } ?? "–"),
            item("brokerage_pairs", Words("\(held.pairs.count)건", "\(held.pairs.count)")[visit.language]),
            item("firms_firm", listed(Set(held.pairs.map(\.firm)))),
            item("firms_supplier", listed(Set(held.pairs.map(\.supplier)))),
        ]
        if held.missing > 0 {
            items.append(
                item("brokerage_left_out", Words("\(held.missing)건", "\(held.missing)")[visit.language]))
        }
        return .page(
            "confirm", title: PublishDay.command.form.title[visit.language],
            [
                "action": .string("/do/\(PublishDay.name)"), "back_href": .string("/alliance/brokerage/\(id)"),
                "sentence": .string(PublishDay.command.form.title[visit.language] + visit.word("confirm_sentence")),
                "submit": .string(visit.word("confirm_submit")), "items": .array(items),
                "warning": .string(visit.word("brokerage_publish_warning")),
                "hidden": Show.hidden([
                    ("day", id), ("idempotency", "\(Identifier(at: visit.now))"),
                    ("next", "/alliance/brokerage/\(id)"),
                ]),
            ])
    }
}

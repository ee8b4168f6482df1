import Access
import District
import Record
import Store

/// The zone's officer opens a brokerage day.
struct OpenDay {
    let lists: SolutionKinds
    static let name = "alliance.brokerage.open"

    var command: Command {
        Command(
            Form(
                Self.name, title: Words("상담회 열기", "Open a brokerage day"),
                help: Words(
                    "날짜와 시간, 장소, 한 기업이 만날 수 있는 횟수를 정합니다. 이어서 매칭 결과를 살펴본 뒤 공개합니다.",
                    "Says day, hours, place and how many meetings each may have. Then pairs are matched, looked at and published."
                ),
                fields: [
                    Field("title", Words("상담회 이름", "Title"), .text(maximum: 120)),
                    Field(
                        "day", Words("날짜", "Day"), .text(maximum: 10),
                        help: Words("2026-12-31처럼 적습니다.", "Written like 2026-12-31."), spoken: .day),
                    DayAsk.time("begins", Words("시작 시각", "Begins")), DayAsk.time("ends", Words("끝 시각", "Ends")),
                    Field("place", Words("장소", "Place"), .text(maximum: 200)),
                    Field("tables", Words("상담 테이블 수", "Tables"), .integer(1...200, unit: nil)),
                    Field("minutes", Words("만남 한 번의 길이", "Length of a meeting"), .integer(5...240, unit: "분")),
                    Field(
                        "firm_slots", Words("기업 한 곳이 만날 횟수", "Meetings of a firm"), .integer(1...20, unit: nil)),
                    Field(
                        "supplier_slots", Words("공급기업 한 곳이 만날 횟수", "Meetings of a supplier"),
                        .integer(1...100, unit: nil)),
                    Field(
                        "kinds", Words("다룰 분야", "Kinds of solution"),
                        .list([Field("kind", Words("분야", "Kind"), SolutionKinds.choices(lists.kinds))], maximum: 14),
                        required: false, help: Words("비우면 모두 다룹니다.", "Left empty: all.")),
                    FirmAsk.regions(
                        lists, Words("참가 기업의 지역", "Regions of firms"), help: Words("비우면 어디나.", "Left empty: all.")),
                ],
                permission: DayAsk.permission(Self.name), after: "/alliance/brokerage/{it}")
        ) { ask, _ in
            guard let day = ask.values.day("day"), day > KoreanDay(ask.now) else {
                throw FirmAsk.wrong(
                    "day", "day", Words("오늘 뒤의 날을 2026-12-31처럼 적어 주세요.", "A day after today, like 2026-12-31."))
            }
            let hours = try DayAsk.hours(ask)
            let slots = Int64(hours.slots.count)
            for field in ["firm_slots", "supplier_slots"] where ask.values.integer(field) ?? 0 > slots {
                throw FirmAsk.wrong(
                    field, "slots",
                    Words("그 시간에 한 기업이 만날 수 있는 횟수는 \(slots)번입니다.", "In those hours a firm can meet \(slots) times."))
            }
            return [
                Draft(
                    DayTable.opened, stream: "brokerage/\(Identifier(at: ask.now))", scope: .zone,
                    payload: [
                        "title": .string(ask.values.text("title")), "day": .string(day.description),
                        "firm_slots": .decimal(ask.values.integer("firm_slots") ?? 3),
                        "supplier_slots": .decimal(ask.values.integer("supplier_slots") ?? 8),
                        "kinds": Lists.json(ask.values.chosen("kinds", "kind")),
                        "regions": Lists.json(ask.values.chosen("regions", "region")),
                    ].merging(hours.json) { $1 })
            ]
        }
    }
}

/// What the commands about a day share.
enum DayAsk {
    static let officers: Set<Role> = [.zoneOfficer]
    static let field = Field("day", Words("상담회", "Brokerage day"), .reference(kind: "alliance-day", source: nil))

    static func time(_ name: String, _ label: Words, required: Bool = true) -> Field {
        Field(
            name, label, .text(maximum: 5), required: required,
            help: required
                ? Words("14:00처럼 적습니다.", "Written like 14:00.")
                : Words("14:00처럼 적습니다. 비우면 그대로입니다.", "Written like 14:00; left empty it stays."), spoken: .time)
    }

    /// The hours that were entered; what was left empty as it was before.
    static func hours(_ ask: Ask, before: DayHours? = nil) throws -> DayHours {
        func minutes(_ field: String, _ known: Int64?) throws -> Int64 {
            let text = ask.values.text(field)
            guard let found = text.isEmpty ? known : DayHours.minutes(text) else {
                throw FirmAsk.wrong(field, "time", Words("시각을 14:00처럼 적어 주세요.", "Write the time like 14:00."))
            }
            return found
        }
        let place = ask.values.text("place")
        let hours = DayHours(
            begins: try minutes("begins", before?.begins), ends: try minutes("ends", before?.ends),
            minutes: ask.values.integer("minutes") ?? before?.minutes ?? 30,
            tables: ask.values.integer("tables") ?? before?.tables ?? 1,
            place: place.isEmpty ? before?.place ?? "" : place)
        guard !hours.slots.isEmpty else {
            throw FirmAsk.wrong(
                "ends", "hours", Words("그 시간 안에는 만남 한 번도 할 수 없습니다.", "Not one meeting fits into those hours."))
        }
        return hours
    }

    static func permission(_ name: String) -> Permission { .roles(officers).orToken("command:\(name)") }

    /// The day that is meant, not cancelled.
    static func held(_ ask: Ask, _ tables: any Reader) throws -> DayTable.Day {
        guard let day = try DayTable.find(ask.values.text("day"), for: try ask.tenant, in: tables) else {
            throw Refusal(.notFound, "brokerage.unknown", Words("그런 상담회가 없습니다.", "There is no such day."))
        }
        guard day.state != .cancelled else {
            throw Refusal(.conflict, "brokerage.cancelled", Words("취소한 상담회입니다.", "It was cancelled."))
        }
        return day
    }

    /// The day that is meant, not yet published.
    static func find(_ ask: Ask, _ tables: any Reader) throws -> DayTable.Day {
        let day = try held(ask, tables)
        guard day.state != .published else {
            throw Refusal(
                .conflict, "brokerage.published", Words("이미 공개한 상담회입니다.", "It is published already."))
        }
        return day
    }
}

import Access
import District
import Record
import Store

/// A brokerage day is moved, or cancelled, with a reason that both sides of each introduction read.
enum MoveDay {
    static let reason = Field(
        "reason", Words("사유", "Why"), .text(maximum: 300),
        help: Words("소개받은 기업들이 봅니다.", "The firms that were introduced read it."))

    static let move = Command(
        Form(
            "alliance.brokerage.move", title: Words("상담회 일정 바꾸기", "Move the day"),
            help: Words(
                "날짜·시간·장소를 바꿉니다. 소개받은 두 기업에 사유와 함께 알리고, 이미 정해진 만남의 시각과 테이블을 새로 정합니다.",
                "Changes day, hours or place. Both firms of each introduction are told why, and meetings get new hours and tables."
            ),
            fields: [
                DayAsk.field,
                Field(
                    "date", Words("새 날짜", "New day"), .text(maximum: 10),
                    help: Words(
                        "2026-12-31처럼 적습니다. 날짜가 그대로면 같은 날을 적습니다.",
                        "Written like 2026-12-31; the same day where it stays."),
                    spoken: .day),
                DayAsk.time("begins", Words("시작 시각", "Begins"), required: false),
                DayAsk.time("ends", Words("끝 시각", "Ends"), required: false),
                Field(
                    "place", Words("장소", "Place"), .text(maximum: 200), required: false,
                    help: Words("비우면 그대로입니다.", "Left empty it stays.")),
                reason,
            ], permission: DayAsk.permission("alliance.brokerage.move"), confirmation: .readBack,
            after: "/alliance/brokerage/{day}")
    ) { ask, tables in
        let (day, today) = (try coming(ask, tables), KoreanDay(ask.now))
        guard let date = ask.values.day("date"), date > today else {
            throw FirmAsk.wrong(
                "date", "day", Words("오늘 뒤의 날을 2026-12-31처럼 적어 주세요.", "A day after today, like 2026-12-31."))
        }
        let hours = try hours(ask, day)
        guard date != day.day || hours != day.hours else {
            throw FirmAsk.wrong("date", "same", Words("바뀐 것이 없습니다.", "Nothing was changed."))
        }
        let why = ask.values.text("reason")
        var payload: [String: JSON] = [
            "day": .string(date.description), "before": .string(day.day.description), "reason": .string(why),
        ]
        payload.merge(hours?.json ?? [:]) { $1 }
        let awaited = try IntroductionTable.awaited(of: day.id, in: tables)
        let agreed = awaited.filter { $0.stage == .agreed }.map(\.sitting)
        let seats = Dictionary(
            (hours?.seated(agreed) ?? []).map { ($0.id, $0.seat) }, uniquingKeysWith: { first, _ in first })
        return [Draft(DayTable.moved, stream: "brokerage/\(day.id)", scope: .zone, payload: payload)]
            + awaited.map { one in
                var told: [String: JSON] = [
                    "date": .string(date.description), "before": .string(one.date.description),
                    "reason": .string(why),
                ]
                told.merge(hours?.told ?? [:]) { $1 }
                if let seat = seats[one.id] ?? nil { told.merge(seat.json) { $1 } }
                return Draft(
                    IntroductionTable.moved, stream: "introduction/\(one.id)", scope: one.scope, payload: told)
            }
    }

    static let cancel = Command(
        Form(
            "alliance.brokerage.cancel", title: Words("상담회 취소", "Cancel the day"),
            help: Words(
                "소개받은 두 기업에 사유와 함께 알리고 소개를 끝냅니다. 이미 만났거나 협의 중인 소개는 그대로입니다. 되돌릴 수 없으며, 다시 소개하려면 새 상담회를 엽니다.",
                "Both firms of each introduction are told why, and it ends; those that met already go on. It cannot be undone: open a new day to introduce them again."
            ),
            fields: [DayAsk.field, reason], permission: DayAsk.permission("alliance.brokerage.cancel"),
            confirmation: .readBack, after: "/alliance/brokerage/{day}")
    ) { ask, tables in
        let (day, why) = (try coming(ask, tables), JSON.string(ask.values.text("reason")))
        return [Draft(DayTable.cancelled, stream: "brokerage/\(day.id)", scope: .zone, payload: ["reason": why])]
            + (try IntroductionTable.awaited(of: day.id, in: tables)).map { one in
                Draft(
                    IntroductionTable.cancelled, stream: "introduction/\(one.id)", scope: one.scope,
                    payload: ["reason": why])
            }
    }

    /// The day that is meant, while it lies ahead.
    private static func coming(_ ask: Ask, _ tables: any Reader) throws -> DayTable.Day {
        let day = try DayAsk.held(ask, tables)
        guard day.day >= KoreanDay(ask.now) else {
            throw Refusal(.conflict, "brokerage.past", Words("이미 지난 상담회입니다.", "That day has passed."))
        }
        return day
    }

    /// Hours as they will be: nil where the day has none and none were entered.
    private static func hours(_ ask: Ask, _ day: DayTable.Day) throws -> DayHours? {
        if day.hours == nil, ["begins", "ends", "place"].allSatisfy({ ask.values.text($0).isEmpty }) { return nil }
        return try DayAsk.hours(ask, before: day.hours)
    }
}

extension DayHours {
    /// What both firms are told of it.
    var told: [String: JSON] {
        ["begins": .string(Self.clock(begins)), "ends": .string(Self.clock(ends)), "place": .string(place)]
    }
}

extension DayHours.Seat {
    /// As events carry it.
    var json: [String: JSON] { ["hour": .string(DayHours.clock(hour)), "table": .decimal(table)] }
}

extension Introduction {
    /// Where the two sit, among the others of the day.
    var sitting: DayHours.Sitting { .init(id: id, firm: firm, supplier: supplier, seat: seat) }
}

import Access
import District
import Record
import Store

/// A firm that was introduced says whether it will meet.
enum AnswerIntroduction {
    static let name = "alliance.introduction.answer"

    static let command = Command(
        Form(
            name, title: Words("소개에 답하기", "Answer an introduction"),
            help: Words(
                "두 기업이 모두 받아들이면 만날 시각과 테이블이 정해지고, 두 기업만 서로의 상담 연락처를 봅니다. 상담회 날까지, 또는 상대 기업이 답하기 전까지 사유와 함께 답을 바꿀 수 있습니다.",
                "Once both accept, hour and table are set and the two firms alone see each other's contact. An answer can be changed, with a reason, until the day or until the other has answered."
            ),
            fields: [
                IntroductionAsk.field,
                Field(
                    "answer", Words("답", "Answer"),
                    .choice([
                        .init("accept", Words("받아들임", "Accept")), .init("decline", Words("거절함", "Decline")),
                    ])),
                Field(
                    "reason", Words("사유", "Why"), .text(maximum: 300), required: false,
                    help: Words(
                        "거절하거나 답을 바꿀 때 꼭 적어 주세요. 상대 기업이 봅니다.",
                        "Needed to decline or to change an answer. The other firm reads it.")),
            ],
            permission: .roles([.executive]).orToken("command:\(name)"),
            after: "/alliance/introductions/{introduction}")
    ) { ask, tables in
        let introduction = try IntroductionAsk.find(ask, tables)
        guard let firm = try ask.tenant.firm, let side = introduction.side(of: firm) else {
            throw Refusal(
                .forbidden, "introduction.side", Words("소개받은 기업만 답할 수 있습니다.", "Only the firms introduced answer."))
        }
        let answer: Introduction.Answer = ask.values.text("answer") == "accept" ? .accepted : .declined
        let reason = ask.values.text("reason")
        do throws(Introduction.Fault) {
            try introduction.check(answer, of: side, reason: reason, on: KoreanDay(ask.now))
        } catch {
            throw IntroductionAsk.refusal(error)
        }
        var payload: [String: JSON] = ["side": .string(side.rawValue), "reason": .string(reason)]
        if let before = introduction.answers[side] { payload["before"] = .string(before.rawValue) }
        if answer == .accepted, let seat = try seat(introduction, answered: side, tables) {
            payload.merge(seat.json) { $1 }
        }
        return [
            Draft(
                answer == .accepted ? IntroductionTable.accepted : IntroductionTable.declined,
                stream: "introduction/\(introduction.id)", scope: introduction.scope, payload: payload)
        ]
    }

    /// Where the two will sit, once the other side has accepted as well and the day has hours; nil where no time is left.
    private static func seat(
        _ one: Introduction, answered side: Introduction.Side, _ tables: any Reader
    ) throws -> DayHours.Seat? {
        guard one.answers[side == .firm ? .supplier : .firm] == .accepted,
            let hours = try DayTable.hours(of: one.day, in: tables)
        else { return nil }
        let others = try IntroductionTable.awaited(of: one.day, in: tables).filter { $0.seat != nil && $0.id != one.id }
        return hours.seat(one.firm, one.supplier, beside: others.map(\.sitting))
    }
}

/// What came of an introduction is noted, with the day on which somebody looks again.
enum NoteOutcome {
    static let name = "alliance.introduction.note"

    static let command = Command(
        Form(
            name, title: Words("소개 결과 적기", "Note what came of it"),
            help: Words(
                "만난 뒤의 일을 적습니다. 끝나지 않은 일은 다시 살펴볼 날을 정하며, 그날이 지나면 할 일로 알려 드립니다.",
                "Says what came of it. What goes on has a day to look again; once it passes it is a task."),
            fields: [
                IntroductionAsk.field,
                Field(
                    "outcome", Words("결과", "Outcome"),
                    .choice(Introduction.Outcome.allCases.map { .init($0.rawValue, $0.words) })),
                Field(
                    "follow_up", Words("다시 살펴볼 날", "Look again on"), .text(maximum: 10), required: false,
                    help: Words("2026-12-31처럼 적습니다.", "Written like 2026-12-31."), spoken: .day),
                Field(
                    "note", Words("내용·사유", "What happened, or why"), .text(maximum: 500), required: false,
                    help: Words("성사되지 않았으면 꼭 적어 주세요.", "Needed where it came to nothing.")),
            ],
            permission: .roles([.executive, .zoneOfficer]).orToken("command:\(name)"),
            after: "/alliance/introductions/{introduction}")
    ) { ask, tables in
        let introduction = try IntroductionAsk.find(ask, tables)
        let outcome = Introduction.Outcome(rawValue: ask.values.text("outcome")) ?? .none
        let (day, today) = (ask.values.day("follow_up"), KoreanDay(ask.now))
        guard ask.values["follow_up"] == nil || day != nil else {
            throw FirmAsk.wrong("follow_up", "day", Words("2026-12-31처럼 적어 주세요.", "Write it like 2026-12-31."))
        }
        let note = ask.values.text("note")
        do throws(Introduction.Fault) {
            try introduction.check(outcome, followUp: day, reason: note, on: today)
        } catch {
            throw IntroductionAsk.refusal(error)
        }
        var payload: [String: JSON] = [
            "outcome": .string(outcome.rawValue), "note": .string(note),
            "owner": .string(try ask.tenant.firm?.rawValue ?? ""),
        ]
        if let day, !outcome.isLast { payload["follow_up"] = .string(day.description) }
        return [
            Draft(
                IntroductionTable.noted, stream: "introduction/\(introduction.id)", scope: introduction.scope,
                payload: payload)
        ]
    }
}

/// What the commands about introductions share.
enum IntroductionAsk {
    static let field = Field(
        "introduction", Words("소개", "Introduction"), .reference(kind: "alliance-introduction", source: nil))

    static func find(_ ask: Ask, _ tables: any Reader) throws -> Introduction {
        guard
            let found = try IntroductionTable.find(ask.values.text("introduction"), for: try ask.tenant, in: tables)
        else {
            throw Refusal(.notFound, "introduction.unknown", Words("그런 소개가 없습니다.", "There is no such introduction."))
        }
        return found
    }

    static func refusal(_ fault: Introduction.Fault) -> Refusal {
        let (field, words) = fault.told
        return Refusal(
            [.ended, .answered, .early, .back, .late].contains(fault) ? .conflict : .invalid,
            "introduction.\(fault.rawValue)",
            of: field, fault.rawValue, words)
    }
}

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
            help: Words("두 기업이 모두 받아들이면 만남이 정해집니다.", "The meeting stands once both firms accept."),
            fields: [
                IntroductionAsk.field,
                Field(
                    "answer", Words("답", "Answer"),
                    .choice([
                        .init("accept", Words("받아들임", "Accept")), .init("decline", Words("거절함", "Decline")),
                    ])),
                Field(
                    "reason", Words("거절하는 사유", "Why not"), .text(maximum: 300),
                    condition: .init("answer", is: "decline")),
            ],
            permission: .roles([.executive]).orToken("command:\(name)"),
            after: "/alliance/introductions/{introduction}")
    ) { ask, tables in
        let introduction = try IntroductionAsk.find(ask, tables)
        guard let firm = try ask.tenant.firm, let side = introduction.side(of: firm) else {
            throw Refusal(
                .forbidden, "introduction.side", Words("소개받은 기업만 답할 수 있습니다.", "Only the firms introduced answer."))
        }
        do throws(Introduction.Fault) { try introduction.check(answer: side) } catch {
            throw IntroductionAsk.refusal(error)
        }
        let accepts = ask.values.text("answer") == "accept"
        return [
            Draft(
                accepts ? IntroductionTable.accepted : IntroductionTable.declined,
                stream: "introduction/\(introduction.id)", scope: introduction.scope,
                payload: ["side": .string(side.rawValue), "reason": .string(ask.values.text("reason"))])
        ]
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
            [.ended, .answered, .early, .back].contains(fault) ? .conflict : .invalid, "introduction.\(fault.rawValue)",
            of: field, fault.rawValue, words)
    }
}

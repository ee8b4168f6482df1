import Access
import District
import Record
import Store

/// Sets a milestone of an undertaking; its owner moves it with a reason, reaches it, or gives it up.
enum AccordMilestones {
    static let set = Command(
        Form(
            "transition.accord.milestone.set", title: Words("이정표 등록", "Set a milestone"),
            help: Words(
                "기한이 지나면 담당자의 할 일에 오르고, 공개 화면에 지연으로 나타납니다.",
                "Once its day has passed it stands among its owner's tasks, and on the public page as late."),
            fields: [
                AccordAsk.undertakingField,
                Field("title_ko", Words("이름(한국어)", "Title (Korean)"), .text(maximum: 120)),
                Field("title_en", Words("이름(영어)", "Title (English)"), .text(maximum: 160)),
                AccordAsk.day("due", Words("기한", "Due")),
                Field("owner", Words("담당자", "Owner"), .reference(kind: "person", source: nil)),
            ],
            permission: .roles(AccordAsk.keepers).orToken("command:transition.accord.milestone.set"))
    ) { ask, tables in
        let undertaking = try AccordAsk.undertaking(ask, in: tables)
        let owner = PersonID(ask.values.text("owner"))
        guard try Directory.caller(owner, in: tables) != nil else {
            throw AccordAsk.fault("owner", "person", Words("그런 사람이 없습니다.", "There is no such person."), .notFound)
        }
        let id = Identifier(at: ask.now).description
        return [
            Draft(
                AccordEvents.set, stream: "accord-milestone/\(id)", scope: .everyone,
                payload: [
                    "milestone": .string(id), "undertaking": .string(undertaking.id),
                    "accord": .string(undertaking.accord),
                    "title": Words(ask.values.text("title_ko"), ask.values.text("title_en")).json,
                    "due": .string(try AccordAsk.day("due", ask).description),
                ],
                // Everybody reads the milestone; whose task it is is the house's own matter.
                personal: ["owner": PersonalContent(of: owner, .string(owner.rawValue))])
        ]
    }

    static let move = Command(
        Form(
            "transition.accord.milestone.move", title: Words("이정표 기한 옮기기", "Move a milestone"),
            help: Words("사유와 함께 공개됩니다.", "Everybody can read the reason."),
            fields: [
                AccordAsk.milestoneField, AccordAsk.day("due", Words("새 기한", "New day")),
                Field("reason", Words("사유", "Reason"), .text(maximum: 200)),
            ],
            permission: .signedIn.orToken("command:transition.accord.milestone.move"))
    ) { ask, tables in
        let milestone = try AccordAsk.milestone(ask, in: tables)
        let due = try AccordAsk.day("due", ask)
        guard due != milestone.due, due >= KoreanDay(ask.now) else {
            throw AccordAsk.fault(
                "due", "past", Words("오늘이나 그 뒤의 다른 날이어야 합니다.", "Another day is needed, today or later."))
        }
        return [
            draft(
                AccordEvents.moved, milestone,
                ["due": .string(due.description), "reason": .string(ask.values.text("reason"))])
        ]
    }

    static let reach = Command(
        Form(
            "transition.accord.milestone.reach", title: Words("이정표 마침", "A milestone is reached"),
            help: Words("마친 날을 남깁니다.", "Says on which day it was reached."),
            fields: [AccordAsk.milestoneField, AccordAsk.day("day", Words("마친 날", "Reached on"))],
            permission: .signedIn.orToken("command:transition.accord.milestone.reach"))
    ) { ask, tables in
        let milestone = try AccordAsk.milestone(ask, in: tables)
        let day = try AccordAsk.day("day", ask)
        guard day <= KoreanDay(ask.now) else {
            throw AccordAsk.fault("day", "future", Words("아직 오지 않은 날입니다.", "That day has not come yet."))
        }
        return [draft(AccordEvents.reached, milestone, ["day": .string(day.description)])]
    }

    static let drop = Command(
        Form(
            "transition.accord.milestone.drop", title: Words("이정표 그만두기", "Give a milestone up"),
            help: Words("사유와 함께 공개되며 되돌릴 수 없습니다.", "Everybody can read the reason; it cannot be undone."),
            fields: [AccordAsk.milestoneField, Field("reason", Words("사유", "Reason"), .text(maximum: 200))],
            permission: .signedIn.orToken("command:transition.accord.milestone.drop"), confirmation: .readBack)
    ) { ask, tables in
        let milestone = try AccordAsk.milestone(ask, in: tables)
        return [draft(AccordEvents.dropped, milestone, ["reason": .string(ask.values.text("reason"))])]
    }

    private static func draft(_ type: String, _ milestone: AccordMilestone, _ more: [String: JSON]) -> Draft {
        Draft(
            type, stream: "accord-milestone/\(milestone.id)", scope: .everyone,
            payload: ["milestone": .string(milestone.id), "accord": .string(milestone.accord)].merging(more) { $1 })
    }
}

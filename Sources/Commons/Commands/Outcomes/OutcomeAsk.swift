import Access
import District
import Record
import Store

/// What the commands on promises ask, find and refuse in the same way.
enum OutcomeAsk {
    static let item = Field("item", Words("약속", "Promise"), .reference(kind: "outcome", source: nil))
    static let won: ClosedRange<Int64> = 0...9_000_000_000_000
    static let after = "/commons/outcomes/{item}"

    /// Where the votes and proposals are that a form offers; groups are named by whoever keeps them.
    static let choices = "/api/v1/commons/outcomes/choices"
    static let groupChoices = "/api/v1/alliance/groups/choices/group"

    static func group(required: Bool) -> Field {
        Field(
            "group", Words("맡을 분과", "Working group that does it"),
            .reference(kind: "working-group", source: groupChoices), required: required,
            help: Words(
                "고르면 분과의 로드맵에 이정표로 올라갑니다. 그 뒤로는 날짜를 로드맵에서 바꿉니다.",
                "It becomes a milestone on the group's roadmap, where its day is changed from then on."))
    }

    static func due(_ label: Words, required: Bool, help: Words? = nil) -> Field {
        Field(
            "due", label, .text(maximum: 10), required: required,
            help: help ?? Words("예: 2027-05-31", "Such as 2027-05-31"), spoken: .day)
    }

    /// A promise that is going on.
    static func going(_ ask: Ask, in tables: any Reader) throws -> Promise {
        guard let item = try OutcomeTable.item(ask.values.text("item"), in: tables) else {
            throw Refusal(.notFound, "outcome.unknown", Words("그런 약속이 없습니다.", "There is no such promise."))
        }
        guard item.isGoing else {
            throw Refusal(.conflict, "outcome.over", Words("이미 끝난 약속입니다.", "It is over already."))
        }
        return item
    }

    /// A promise whose day and end are this room's to say: while a milestone is open they are changed on the roadmap alone.
    static func own(_ ask: Ask, in tables: any Reader) throws -> Promise {
        let item = try going(ask, in: tables)
        guard !item.isGroups else {
            throw Refusal(
                .conflict, "outcome.milestone",
                Words(
                    "분과 로드맵의 이정표로 진행하는 약속입니다. 날짜를 바꾸거나 마치는 일은 그 이정표에서 해 주세요.",
                    "A milestone on a working group's roadmap keeps this promise: please change its day, or end it, there."
                ))
        }
        return item
    }

    /// A day out of a field that has not passed; nil where it was left out.
    static func day(_ ask: Ask, _ field: String = "due") throws(Refusal) -> KoreanDay? {
        guard ask.values[field] != nil else { return nil }
        guard let day = ask.values.day(field) else {
            let words = Words("날짜를 2027-05-31처럼 적어 주세요.", "Please give a day such as 2027-05-31.")
            throw Refusal(.invalid, "outcome.day", of: field, "day", words)
        }
        guard day >= KoreanDay(ask.now) else {
            throw Refusal(.invalid, of: field, "past", Words("오늘이나 그 뒤의 날이어야 합니다.", "It must be today or later."))
        }
        return day
    }

    static func draft(_ type: String, _ id: String, _ payload: [String: JSON]) -> Draft {
        Draft(type, stream: "outcome/\(id)", scope: .everyone, payload: payload)
    }
}

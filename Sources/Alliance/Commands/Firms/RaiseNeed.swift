import Access
import District
import Record
import Store

/// A firm says what it looks for, by hand.
struct RaiseNeed {
    let lists: SolutionKinds
    static let name = "alliance.need.raise"

    var command: Command {
        Command(
            Form(
                Self.name, title: Words("도입 수요 등록", "Say what you look for"),
                help: Words(
                    "무엇을 해결하고 싶은지 적으면 맞는 공급기업을 찾아 상담회에서 연결합니다.",
                    "Says what is to be solved; suppliers that suit are found and introduced."),
                fields: [FirmAsk.firm] + NeedAsk.fields(lists),
                permission: .roles(FirmAsk.keepers).orToken("command:\(Self.name)"), after: "/alliance/needs")
        ) { ask, tables in
            let firm = try FirmAsk.firm(ask, tables)
            var payload = try NeedAsk.payload(ask)
            payload["firm"] = .string(firm.rawValue)
            return [
                Draft(
                    NeedTable.raised, stream: "need/\(Identifier(at: ask.now))", scope: .firm(firm), payload: payload)
            ]
        }
    }
}

/// A firm takes up what the Record showed, as it is or as it says itself.
struct AcceptNeed {
    let lists: SolutionKinds
    static let name = "alliance.need.accept"

    var command: Command {
        Command(
            Form(
                Self.name, title: Words("제안된 수요 받아들이기", "Take up a proposed need"),
                help: Words(
                    "비워 둔 항목은 제안된 그대로 둡니다. 받아들인 뒤에는 관리기관 담당자가 내용을 볼 수 있고, 상담회에서 소개받은 공급기업이 예산을 뺀 내용을 봅니다.",
                    "What is left empty stays as proposed. From then on the zone's officers read it, and suppliers it is introduced to read it without the budget."
                ),
                fields: [NeedAsk.need] + NeedAsk.fields(lists, required: false),
                permission: .roles([.executive]).orToken("command:\(Self.name)"), after: "/alliance/needs")
        ) { ask, tables in
            let need = try NeedAsk.find(ask, tables, in: [.proposed])
            var payload = NeedAsk.payload(need)
            for (key, value) in try NeedAsk.payload(ask) where value != "" && value != [] {
                payload[key] = value
            }
            // What was proposed long ago may have run out: it would stand open and never be matched.
            if let day = payload["deadline"]?.text.flatMap({ KoreanDay($0) }), day <= KoreanDay(ask.now) {
                throw FirmAsk.wrong(
                    "deadline", "past",
                    Words("제안된 기한이 지났습니다. 오늘 뒤의 날을 적어 주세요.", "The proposed day has passed; please give a later one."))
            }
            return [
                Draft(NeedTable.accepted, stream: "need/\(need.id)", scope: .firm(need.firm), payload: payload)
            ]
        }
    }
}

/// A firm does not want what was proposed, or looks for something no more.
enum EndNeed {
    static let decline = Command(
        Form(
            "alliance.need.decline", title: Words("제안된 수요 거절", "Decline a proposed need"),
            help: Words(
                "다른 기업에 알리지 않으며, 한동안 다시 제안하지 않습니다. 거절한 사실은 기록에 남지만 사유는 공개되지 않습니다.",
                "No firm is told, and it is not proposed again for a while. That it was declined stands on the Record; why is kept closed."
            ),
            fields: [NeedAsk.need, Field("reason", Words("사유", "Why"), .text(maximum: 200))],
            permission: .roles([.executive]).orToken("command:alliance.need.decline"), after: "/alliance/needs")
    ) { ask, tables in [try draft(NeedTable.declined, ask, tables, in: [.proposed])] }

    static let close = Command(
        Form(
            "alliance.need.close", title: Words("도입 수요 마감", "Close a need"),
            help: Words("더 이상 매칭하지 않습니다.", "It is matched no more."),
            fields: [NeedAsk.need, Field("reason", Words("사유", "Why"), .text(maximum: 200))],
            permission: .roles(FirmAsk.keepers).orToken("command:alliance.need.close"), after: "/alliance/needs")
    ) { ask, tables in [try draft(NeedTable.closed, ask, tables, in: [.open])] }

    private static func draft(
        _ type: String, _ ask: Ask, _ tables: any Reader, in states: Set<FirmNeed.State>
    ) throws -> Draft {
        let need = try NeedAsk.find(ask, tables, in: states)
        let reason = JSON.string(ask.values.text("reason"))
        // Nobody but the firm has read what was proposed: why it does not want it is not told either.
        let isTold = need.state != .proposed
        return Draft(
            type, stream: "need/\(need.id)", scope: .firm(need.firm), payload: isTold ? ["reason": reason] : [:],
            personal: isTold ? [:] : ["reason": PersonalContent(of: NeedTable.vault(of: need.id), reason)])
    }
}

/// What the commands about needs share.
enum NeedAsk {
    static let need = Field("need", Words("도입 수요", "Need"), .reference(kind: "alliance-need", source: nil))

    static func fields(_ lists: SolutionKinds, required: Bool = true) -> [Field] {
        [
            Field("title", Words("제목", "Title"), .text(maximum: 120), required: required),
            Field("about", Words("설명", "What is to be solved"), .longText(maximum: 2000), required: false),
            Field(
                "kinds", Words("찾는 분야", "Kinds of solution"),
                .list([Field("kind", Words("분야", "Kind"), SolutionKinds.choices(lists.kinds))], maximum: 8),
                required: required),
            FirmAsk.money("budget_low", Words("예산 아래(백만원)", "Budget from (million won)"), required: false),
            FirmAsk.money("budget_high", Words("예산 위(백만원)", "Budget to (million won)"), required: false),
            Field(
                "deadline", Words("언제까지", "Wanted by"), .text(maximum: 10), required: false,
                help: Words("2026-12-31처럼 적습니다.", "Written like 2026-12-31."), spoken: .day),
            Field("musts", Words("꼭 갖출 조건", "What it must have"), .text(maximum: 500), required: false),
            Field(
                "meetings", Words("하루에 만날 공급기업 수", "Suppliers to meet on a day"), .integer(1...10, unit: nil),
                required: false, help: Words("비우면 3곳입니다.", "Left empty: 3.")),
            FirmAsk.avoided,
        ]
    }

    /// What was entered, as an event carries it.
    static func payload(_ ask: Ask) throws -> [String: JSON] {
        var payload: [String: JSON] = [
            "title": .string(ask.values.text("title")), "about": .string(ask.values.text("about")),
            "musts": .string(ask.values.text("musts")), "kinds": Lists.json(ask.values.chosen("kinds", "kind")),
            "avoided": Lists.json(ask.values.chosen("avoided", "firm")),
        ]
        if payload["kinds"] == [], ask.values["kinds"] != nil {
            throw FirmAsk.wrong("kinds", "kinds", Words("분야를 하나 이상 골라 주세요.", "Please choose a kind."))
        }
        if let budget = try FirmAsk.range(ask, "budget_low", "budget_high") {
            payload["budget_low"] = .decimal(budget.lowerBound)
            payload["budget_high"] = .decimal(budget.upperBound)
        }
        if let meetings = ask.values.integer("meetings") { payload["meetings"] = .decimal(meetings) }
        if ask.values["deadline"] != nil {
            guard let day = ask.values.day("deadline"), day > KoreanDay(ask.now) else {
                throw FirmAsk.wrong(
                    "deadline", "day", Words("오늘 뒤의 날을 2026-12-31처럼 적어 주세요.", "A day after today, like 2026-12-31."))
            }
            payload["deadline"] = .string(day.description)
        }
        return payload
    }

    /// What stands, as an event carries it.
    static func payload(_ need: FirmNeed) -> [String: JSON] {
        var payload: [String: JSON] = [
            "firm": .string(need.firm.rawValue), "title": .string(need.title), "about": .string(need.about),
            "musts": .string(need.musts), "kinds": Lists.json(need.kinds), "avoided": Lists.json(need.excluded),
            "meetings": .decimal(need.meetings),
        ]
        if let budget = need.budget {
            payload["budget_low"] = .decimal(budget.lowerBound)
            payload["budget_high"] = .decimal(budget.upperBound)
        }
        if let deadline = need.deadline { payload["deadline"] = .string(deadline.description) }
        return payload
    }

    /// The need that is meant, in one of some states.
    static func find(_ ask: Ask, _ tables: any Reader, in states: Set<FirmNeed.State>) throws -> FirmNeed {
        guard let need = try NeedTable.find(ask.values.text("need"), for: try ask.tenant, in: tables) else {
            throw Refusal(.notFound, "need.unknown", Words("그런 수요가 없습니다.", "There is no such need."))
        }
        guard states.contains(need.state) else {
            throw Refusal(.conflict, "need.state", Words("지금은 할 수 없습니다. 상태를 확인해 주세요.", "Its state does not allow it."))
        }
        return need
    }
}

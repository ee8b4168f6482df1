import Access
import District
import Record
import Store

/// Puts a department's idea on the page.
struct ProposeIdea {
    let departments: [Department]

    static let roles: Set<Role> = [.zoneOfficer, .administrator]

    var command: Command {
        Command(
            Form(
                "stewardship.idea.propose", title: Words("인공지능 아이디어 내기", "Propose an idea for AI"),
                help: Words(
                    "아이디어와 계획은 모두 공개됩니다. 사람의 이름은 쓰지 마세요.", "Ideas and plans are public; please name nobody."),
                fields: [
                    Field(
                        "department", Words("부서", "Department"),
                        .choice(departments.map { Field.Choice($0.id, $0.name) })),
                    Field("title", Words("이름", "Name"), .text(maximum: 100)),
                    Field("summary", Words("무엇을 하나", "What it does"), .longText(maximum: 1000)),
                    Field("benefit", Words("누구에게 무엇이 좋아지나", "For whom, and what it brings"), .longText(maximum: 500)),
                ],
                permission: .roles(Self.roles).orToken("command:stewardship.idea.propose"),
                surfaces: [.web, .http, .cli, .mcp, .voice])
        ) { ask, _ in
            [
                Draft(
                    Idea.proposedEvent, stream: "idea/\(Identifier(at: ask.now))", scope: .everyone,
                    payload: [
                        "department": .string(ask.values.text("department")),
                        "title": .string(ask.values.text("title")), "summary": .string(ask.values.text("summary")),
                        "benefit": .string(ask.values.text("benefit")),
                    ], expectedVersion: 0)
            ]
        }
    }
}

/// Takes an idea one step further; the register's entry must exist before it can be called registered, and run before
/// it can be called live.
enum AdvanceIdea {
    static let command = Command(
        Form(
            "stewardship.idea.advance", title: Words("다음 단계로", "Take an idea further"),
            help: Words(
                "아이디어 → 검토함 → 계획 → 등록부에 등록 → 운영 중. 등록 단계에서는 등록부의 항목을 고릅니다.",
                "Idea → reviewed → planned → registered → live. To be registered it names an entry of the register."),
            fields: [
                IdeaAsk.field,
                Field(
                    "state", Words("다음 단계", "Next"),
                    .choice(
                        Idea.State.allCases.filter { $0 != .idea && $0 != .dropped }.map {
                            Field.Choice($0.rawValue, $0.words)
                        })),
                Field(
                    "use", Words("등록부 항목", "Entry of the register"), .reference(kind: "ai-use", source: nil),
                    required: false, help: Words("‘등록부에 등록’일 때 고릅니다.", "Needed to be registered.")),
            ],
            permission: .roles(ProposeIdea.roles).orToken("command:stewardship.idea.advance"))
    ) { ask, tables in
        let idea = try IdeaAsk.find(ask, in: tables)
        let state = Idea.State(rawValue: ask.values.text("state"))
        guard let next = idea.state.next, state == next else {
            throw IdeaAsk.refusal(
                .conflict, "state", "step",
                Words(
                    idea.state.next.map { "‘\(idea.state.words.ko)’ 다음은 ‘\($0.words.ko)’입니다." }
                        ?? "‘\(idea.state.words.ko)’에서는 더 나아갈 단계가 없습니다.",
                    idea.state.next.map { "After “\(idea.state.words.en)” comes “\($0.words.en)”." }
                        ?? "Nothing comes after “\(idea.state.words.en)”."))
        }
        var payload: [String: JSON] = ["state": .string(next.rawValue), "department": .string(idea.department)]
        switch next {
        case .registered:
            let use = ask.values.text("use")
            guard try RegisterTable.find(use, in: tables) != nil else {
                throw IdeaAsk.refusal(
                    .invalid, "use", "use",
                    Words("등록부에 있는 항목을 골라 주세요.", "Please choose an entry of the register."))
            }
            payload["use"] = .string(use)
        case .live:
            let entry = try idea.use.flatMap { try RegisterTable.find($0, in: tables) }
            guard entry?.state == .live || entry?.state == .pilot else {
                throw IdeaAsk.refusal(
                    .conflict, "state", "not-live",
                    Words(
                        "등록부에서 아직 시범 운영이나 정식 운영을 시작하지 않았습니다.",
                        "In the register neither its pilot nor its operation has begun."))
            }
        case .idea, .reviewed, .planned, .dropped: break
        }
        return [
            Draft(Idea.advancedEvent, stream: "idea/\(idea.id)", scope: .everyone, payload: payload)
        ]
    }
}

/// Drops an idea, and says why.
enum DropIdea {
    static let command = Command(
        Form(
            "stewardship.idea.drop", title: Words("아이디어 접기", "Drop an idea"),
            help: Words("왜 접는지 남깁니다. 사유는 공개됩니다.", "Says why; the reason is public."),
            fields: [IdeaAsk.field, Field("reason", Words("사유", "Reason"), .text(maximum: 300))],
            permission: .roles(ProposeIdea.roles).orToken("command:stewardship.idea.drop"))
    ) { ask, tables in
        let idea = try IdeaAsk.find(ask, in: tables)
        guard idea.state != .dropped else {
            throw IdeaAsk.refusal(
                .conflict, "idea", "dropped", Words("이미 접은 아이디어입니다.", "It was dropped already."))
        }
        return [
            Draft(
                Idea.droppedEvent, stream: "idea/\(idea.id)", scope: .everyone,
                payload: ["reason": .string(ask.values.text("reason")), "department": .string(idea.department)])
        ]
    }
}

/// What the commands on an idea ask in the same way.
enum IdeaAsk {
    static let field = Field("idea", Words("아이디어", "Idea"), .reference(kind: "ai-idea", source: nil))

    static func find(_ ask: Ask, in tables: any Reader) throws -> Idea {
        guard let idea = try IdeaTable.find(ask.values.text("idea"), in: tables) else {
            throw refusal(.notFound, "idea", "unknown", Words("그런 아이디어가 없습니다.", "There is no such idea."))
        }
        return idea
    }

    static func refusal(_ kind: Refusal.Kind, _ field: String, _ rule: String, _ words: Words) -> Refusal {
        Refusal(kind, "idea.\(rule)", of: field, rule, words)
    }
}

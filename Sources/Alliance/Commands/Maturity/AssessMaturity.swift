import Access
import District
import Record
import Store

/// The events of maturity.
enum MaturityEvents {
    static let started = "alliance.maturity.started"
    static let answered = "alliance.maturity.answered"
    static let attached = "alliance.maturity.attached"
    static let submitted = "alliance.maturity.submitted"
    static let confirmed = "alliance.maturity.confirmed"
    static let verified = "alliance.maturity.verified"
    static let named = "alliance.maturity.named"
    static let all = [started, answered, attached, submitted, confirmed, verified, named]

    /// An event of an assessment. Its substance stands in the vault: whoever reads the Record sees that a firm assessed itself,
    /// and on which days, but not what it answered.
    static func draft(
        _ type: String, _ id: String, _ firm: FirmID, observed: Timestamp? = nil, payload: [String: JSON] = [:],
        substance: [String: JSON] = [:]
    ) -> Draft {
        Draft(
            type, stream: "maturity/\(id)", scope: .firm(firm), observed: observed, payload: payload,
            personal: substance.mapValues { PersonalContent(of: PersonID("maturity-\(id)"), $0) })
    }

    /// What the answers come to, as events carry it: so it stays what it was, whatever later editions ask.
    static func result(_ result: MaturityResult) -> [String: JSON] {
        func level(_ level: Int?) -> JSON { level.map { .number(Double($0)) } ?? .null }
        return [
            "overall": level(result.overall), "overall_verified": level(result.verified),
            "lines": .array(
                result.lines.map { line in
                    [
                        "dimension": .string(line.dimension), "level": level(line.level),
                        "verified": level(line.verified), "items": .number(Double(line.items)),
                        "known": .number(Double(line.known)), "verified_items": .number(Double(line.verifiedItems)),
                    ]
                }),
        ]
    }
}

/// The commands by which a firm assesses itself.
struct AssessMaturity {
    let items: MaturityItems

    var commands: [Command] { [start, answer, attach, submit, confirm, name] }

    static let assessment = Field(
        "assessment", Words("진단", "Assessment"), .reference(kind: "maturity-assessment", source: nil))
    static let item = Field("item", Words("문항", "Item"), .reference(kind: "maturity-item", source: nil))
    private static let page = "/alliance/maturity/one/{it}"

    private static func permission(_ name: String) -> Permission {
        .roles(GrowthAsk.speakers).orToken("command:\(name)")
    }

    /// A firm's own assessment.
    private static func own(_ ask: Ask, _ tables: any Reader, isOpen: Bool? = nil) throws -> MaturityAssessment {
        let firm = try GrowthAsk.firm(ask)
        guard
            let found = try MaturityTable.find(ask.values.text("assessment"), for: ask.tenant, in: tables),
            found.firm == firm
        else {
            throw GrowthAsk.fault(
                "assessment", "maturity.unknown", Words("그런 진단이 없습니다.", "There is no such assessment."), kind: .notFound
            )
        }
        if isOpen == true, found.submitted != nil {
            throw GrowthAsk.fault(
                "assessment", "maturity.closed",
                Words("이미 제출한 진단입니다. 다시 진단하려면 새로 시작해 주세요.", "It was handed in. Please start a new one."),
                kind: .conflict)
        }
        if isOpen == false, found.submitted == nil {
            throw GrowthAsk.fault(
                "assessment", "maturity.not-submitted",
                Words("아직 제출하지 않은 진단입니다.", "It has not been handed in yet."), kind: .conflict)
        }
        return found
    }

    private func known(_ item: String, _ field: String) throws -> MaturityItems.Item {
        guard let known = items.items.first(where: { $0.id == item }) else {
            throw GrowthAsk.fault(field, "maturity.item", Words("그런 문항이 없습니다.", "There is no such item."))
        }
        return known
    }

    private var start: Command {
        let name = "alliance.maturity.start"
        return Command(
            Form(
                name, title: Words("스마트공장 수준 진단 시작", "Start the self-assessment"),
                help: Words(
                    "\(items.items.count)문항, 20분쯤 걸립니다. 답한 만큼 저장되고 나중에 이어서 할 수 있습니다.",
                    "\(items.items.count) items, about 20 minutes. What you answer is kept; go on whenever you like."),
                fields: [], permission: Self.permission(name), surfaces: [.web, .http, .cli, .voice], after: Self.page)
        ) { [items] ask, tables in
            let firm = try GrowthAsk.firm(ask)
            if try MaturityTable.list(for: ask.tenant, in: tables).contains(where: {
                $0.firm == firm && $0.submitted == nil
            }) {
                throw Refusal(
                    .conflict, "maturity.open",
                    Words("아직 끝내지 않은 진단이 있습니다. 이어서 해 주세요.", "An assessment is not finished yet: please go on with it."))
            }
            return [
                Draft(
                    MaturityEvents.started, stream: "maturity/\(Identifier(at: ask.now))", scope: .firm(firm),
                    payload: ["firm": .string(firm.rawValue), "edition": .string(items.edition)])
            ]
        }
    }

    private var answer: Command {
        let name = "alliance.maturity.answer"
        let levels = (1...5).map { Field.Choice("\($0)", Words("\($0)단계", "Level \($0)")) }
        return Command(
            Form(
                name, title: Words("진단 답변 저장", "Keep answers"),
                help: Words(
                    "모르는 문항은 ‘모름’을 고르세요. 모름은 0점이 아닙니다.", "Choose “don't know” where you do not: it is never zero."),
                fields: [
                    Self.assessment,
                    Field(
                        "answers", Words("답변", "Answers"),
                        .list(
                            [
                                Self.item,
                                Field(
                                    "level", Words("단계", "Level"),
                                    .choice(levels + [.init("unknown", Words("모름", "Don't know"))]), required: false),
                            ], maximum: 40)),
                ], permission: Self.permission(name), surfaces: [.web, .http, .cli])
        ) { ask, tables in
            let found = try Self.own(ask, tables, isOpen: true)
            var given: [JSON] = []
            for entry in ask.values["answers"]?.elements ?? [] {
                let item = try known(entry["item"]?.text ?? "", "answers")
                // A question that was left for later is no answer.
                guard let level = entry["level"]?.text, !level.isEmpty else { continue }
                given.append(["item": .string(item.id), "level": Int(level).map { .number(Double($0)) } ?? .null])
            }
            // A screen of which every question was left for later is gone past: nothing is kept, and nothing is wrong.
            if given.isEmpty, ask.values["answers"]?.elements?.isEmpty == false { return [] }
            guard !given.isEmpty else {
                throw GrowthAsk.fault(
                    "answers", "maturity.nothing",
                    Words(
                        "고른 답이 없습니다. 모르면 ‘모름’을 골라 주세요.",
                        "Nothing was chosen. Choose “don't know” where you do not know."))
            }
            return [
                MaturityEvents.draft(
                    MaturityEvents.answered, found.id, found.firm, substance: ["answers": .array(given)])
            ]
        }
    }

    private var attach: Command {
        let name = "alliance.maturity.attach"
        return Command(
            Form(
                name, title: Words("문항에 증빙 올리기", "Attach evidence to an item"),
                help: Words(
                    "화면 사진, 점검표, 계약서처럼 그 단계임을 보여 주는 파일 하나를 올립니다.",
                    "One file that shows the level: a screenshot, a checklist, a contract."),
                fields: [
                    Self.assessment, Self.item,
                    Field("file", Words("증빙 파일", "File"), .attachment(maximumBytes: 20 << 20)),
                ], permission: Self.permission(name))
        ) { ask, tables in
            let found = try Self.own(ask, tables)
            let item = try known(ask.values.text("item"), "item")
            let answers = try MaturityTable.answers(of: found.id, for: ask.tenant, in: tables)
            // What the zone found rests on the file that was there.
            guard answers[item.id]?.verified == nil else {
                throw GrowthAsk.fault(
                    "item", "maturity.verified",
                    Words(
                        "관리기관이 확인한 문항이라 증빙을 바꿀 수 없습니다. 달라졌으면 새로 진단해 주세요.",
                        "The item was verified: its evidence stays. Where things changed, start a new assessment."),
                    kind: .conflict)
            }
            try GrowthAsk.file(ask, "file", in: tables)
            return [
                MaturityEvents.draft(
                    MaturityEvents.attached, found.id, found.firm, payload: ["item": .string(item.id)],
                    substance: ["file": .string(ask.values.text("file"))])
            ]
        }
    }

    private var submit: Command {
        let name = "alliance.maturity.submit"
        return Command(
            Form(
                name, title: Words("진단 제출", "Hand in the assessment"),
                help: Words(
                    "제출하면 결과와 다음 할 일이 나옵니다. 동의하지 않으면 관리기관은 답변과 결과를 보지 못하고 5곳 이상 모인 분포만 봅니다. "
                        + "진단한 사실과 날짜는 기록에 남아 관리기관도 볼 수 있고, 열람은 기록됩니다.",
                    "You get the result and the next step. Unless you agree, the zone sees neither answers nor result, "
                        + "only counts of five firms or more. That you assessed yourselves, and when, stands on the Record: "
                        + "officers can see that, and their looking is logged."
                ),
                fields: [
                    Self.assessment,
                    Field(
                        "named", Words("관리기관이 우리 기업의 이름과 결과를 보아도 됩니다", "The zone may see our name and result"), .flag,
                        required: false,
                        help: Words(
                            "동의해야 관리기관의 확인(검증)을 받을 수 있습니다. 언제든 바꿀 수 있습니다.",
                            "Needed to have it verified. Can be changed at any time.")),
                ], permission: Self.permission(name))
        ) { [items] ask, tables in
            let found = try Self.own(ask, tables, isOpen: true)
            let answers = try MaturityTable.answers(of: found.id, for: ask.tenant, in: tables)
            let left = items.items.filter { answers[$0.id] == nil }.count
            guard left == 0 else {
                throw GrowthAsk.fault(
                    "assessment", "maturity.unanswered",
                    Words(
                        "답하지 않은 문항이 \(left)개 있습니다. 모르면 ‘모름’을 골라 주세요.",
                        "\(left) items have no answer. Choose “don't know” where you do not know."),
                    kind: .conflict)
            }
            var payload: [String: JSON] = ["named": .bool(ask.values.flag("named"))]
            if let maker = try ask.maker(in: tables) { payload["by"] = .string(maker.text) }
            return [
                MaturityEvents.draft(
                    MaturityEvents.submitted, found.id, found.firm,
                    payload: payload, substance: MaturityEvents.result(MaturityResult(answers, of: items)))
            ]
        }
    }

    private var confirm: Command {
        let name = "alliance.maturity.confirm"
        return Command(
            Form(
                name, title: Words("진단 결과 함께 확인", "Confirm as another person"),
                help: Words(
                    "제출한 사람이 아닌 다른 사람이 답변을 살펴보고 맞다고 확인합니다.",
                    "Somebody else than who handed it in has looked at the answers and agrees."),
                fields: [Self.assessment], permission: .roles(GrowthAsk.readers).orToken("command:\(name)"),
                confirmation: .readBack)
        ) { ask, tables in
            let found = try Self.own(ask, tables, isOpen: false)
            let maker = try ask.maker(in: tables) ?? ask.caller.author
            guard found.submittedBy != maker.text else {
                throw GrowthAsk.fault(
                    "assessment", "maturity.same-person",
                    Words("제출한 사람이 아닌 다른 사람이 확인해야 합니다.", "Somebody else than who handed it in must confirm."),
                    kind: .conflict)
            }
            guard found.confirmed == nil else {
                throw GrowthAsk.fault(
                    "assessment", "maturity.confirmed", Words("이미 확인한 진단입니다.", "It was confirmed before."),
                    kind: .conflict)
            }
            return [Draft(MaturityEvents.confirmed, stream: "maturity/\(found.id)", scope: .firm(found.firm))]
        }
    }

    private var name: Command {
        let name = "alliance.maturity.name"
        return Command(
            Form(
                name, title: Words("관리기관 공개 동의 바꾸기", "Change what the zone may see"),
                help: Words(
                    "동의하면 관리기관이 기업 이름과 답변, 결과를 보고 열람은 기록됩니다. 거두면 더는 보지 못합니다.",
                    "With consent the zone sees name, answers and result, and its looking is logged; taken back, it no longer does."
                ),
                fields: [
                    Self.assessment,
                    Field("named", Words("이름과 결과를 보아도 됩니다", "Name and result may be seen"), .flag),
                ], permission: Self.permission(name))
        ) { ask, tables in
            let found = try Self.own(ask, tables, isOpen: false)
            return [
                Draft(
                    MaturityEvents.named, stream: "maturity/\(found.id)", scope: .firm(found.firm),
                    payload: ["named": .bool(ask.values.flag("named"))])
            ]
        }
    }
}

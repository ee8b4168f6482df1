import Access
import District
import HTTPTypes
import Record
import Store
import TestKit
import Testing

@testable import Citizen
@testable import Web

/// Questions that rooms of the house answer: by turns of text and by MCP, by the rights of whoever asks.
struct RoomQuestionTests {
    /// A conversation with a house that has a canteen.
    private final class Guest {
        let yard: Yard
        let conversations: Conversations
        let caller: Caller
        let language: Language
        private var code: String?
        private(set) var phase = ""

        init(_ yard: Yard, by caller: Caller, _ language: Language = .ko) throws {
            self.yard = yard
            self.caller = caller
            self.language = language
            conversations = try Conversations(Citizen.book())
        }

        func say(_ text: String) async throws -> String {
            let answer = try await conversations.turn(
                TurnRequest(dialogue: code, turn: nil, .said(Utterance(text, language)), language), by: caller,
                from: "127.0.0.1", in: yard.spine)
            code = answer["dialogue"]?.text
            phase = answer["state"]?.text ?? ""
            return answer["reply"]?["text"]?.text ?? ""
        }

        var replay: Replay? {
            get async throws {
                guard let code else { return nil }
                let id = try await yard.district.store.read { try DialogueTable.find(code: code, in: $0)?.id }
                return try await conversations.replay("\(id?.description ?? "")", by: .officer, in: yard.spine)?.1
            }
        }
    }

    private func with(_ body: (Yard) async throws -> Void) async throws {
        try await Yard.with(rooms: [Canteen()]) { try await body($0) }
    }

    @Test(
        "a question is answered at once, in either language, and nothing goes on the Record but that there was a talk",
        arguments: [
            (Language.ko, "오늘 점심 뭐예요", "비빔밥"), (.ko, "점심 메뉴 알려 줘", "비빔밥"), (.en, "what is for lunch", "bibimbap"),
        ])
    func answered(_ language: Language, _ said: String, _ told: String) async throws {
        try await with { yard in
            let guest = try Guest(yard, by: .anonymous(), language)
            let before = try await yard.types()
            let answer = try await guest.say(said)
            #expect(answer.contains(told), "\(answer)")
            #expect(guest.phase == "finished")
            let types = try await yard.types()
            #expect(Array(types.dropFirst(before.count)) == [DeskEvents.served, AIUseJudged.type])
            #expect(try await guest.replay?.isSame == true)
        }
    }

    @Test("what must be known is asked for, what is no code is asked again, and one that nobody has is said to be so")
    func code() async throws {
        try await with { yard in
            let guest = try Guest(yard, by: .anonymous())
            let asked = try await guest.say("내 짐가방 어디 있어요")
            #expect(asked.contains("몇 번"), "\(asked)")
            #expect(guest.phase == "filling")
            #expect(try await guest.say("글쎄 잘 모르겠는데").contains("숫자로"))
            #expect(guest.phase == "filling")
            #expect(try await guest.say("99").contains("없습니다"))
            #expect(guest.phase == "finished")
            _ = try await guest.say("내 짐가방 어디 있어요")
            #expect(try await guest.say("12").contains("창가"))
            #expect(try await guest.replay?.isSame == true)
            // The sentence may have it at once.
            let quick = try Guest(yard, by: .anonymous())
            let told = try await quick.say("번호표 12 짐가방 어디 있어요")
            #expect(told.contains("창가"), "\(told)")
        }
    }

    @Test("whoever may not ask is told who may, and a room's no is said with its reason")
    func rights() async throws {
        try await with { yard in
            for (caller, phase) in [(Caller.worker("alfa"), "idle"), (.anonymous(), "idle")] {
                let guest = try Guest(yard, by: caller)
                let answer = try await guest.say("금고에 얼마 있어")
                #expect(!answer.contains("오만") && guest.phase == phase, "\(answer)")
            }
            let answer = try await Guest(yard, by: .manager("alfa")).say("금고에 얼마 있어")
            #expect(answer.contains("alfa 오만"), "\(answer)")
            // Another firm's is another answer, by the same question.
            let other = try await Guest(yard, by: .manager("bravo")).say("금고에 얼마 있어")
            #expect(other.contains("bravo 오만"), "\(other)")
            let officer = try Guest(yard, by: .officer)
            let refused = try await officer.say("금고에 얼마 있어")
            #expect(refused.contains("기업의 금고") && officer.phase == "finished", "\(refused)")
        }
    }

    @Test("programs find them as tools that only read, by their rights, and hear the same answers")
    func tools() async throws {
        try await with { yard in
            let pages = try Pages(folders: [yard.citizen.templates ?? ""])
            let desk = MCPDesk(try CityServices(Citizen.book()))
            func ask(_ method: String, _ params: [String: JSON], _ caller: Caller) async throws -> JSON {
                let visit = Visit(
                    route: "/mcp", authority: "", method: .post, path: "/mcp", queryText: "", query: [:],
                    parameters: [:], headers: [:], body: [], caller: caller, address: "", csrf: "", language: .en,
                    spine: yard.spine, pages: pages, site: "https://house.example")
                return try await desk.answer(
                    MCPMessage(id: 1, method: method, params: params, capabilities: [:]), visit)
            }
            func tools(_ caller: Caller) async throws -> [String: JSON] {
                var (tools, cursor): ([String: JSON], String?) = ([:], nil)
                repeat {
                    let page = try await ask("tools/list", cursor.map { ["cursor": .string($0)] } ?? [:], caller)
                    for tool in page["tools"]?.elements ?? [] { tools[tool["name"]?.text ?? ""] = tool }
                    cursor = page["nextCursor"]?.text
                } while cursor != nil
                return tools
            }
            let token = APITokenRequest(name: "t", scopes: ["read"], firm: "alfa", roles: [.safetyManager])
            let now = yard.clock.read()
            let program = try await yard.store.write {
                try APITokens.issue(token, by: .manager("alfa"), at: now, in: $0).token.caller
            }
            let (known, unknown) = (try await tools(program), try await tools(.anonymous()))
            #expect(known["canteen_till_open"]?["annotations"]?["readOnlyHint"] == true)
            #expect(known["canteen_till_open"]?["annotations"]?["openWorldHint"] == false)
            #expect(unknown["canteen_till_open"] == nil && unknown["canteen_lunch_today"] != nil)
            #expect(unknown["canteen_order_where"]?["inputSchema"]?["properties"]?["code"] != nil)
            func call(_ name: String, _ arguments: JSON = [:], _ caller: Caller) async throws -> JSON {
                try await ask("tools/call", ["name": .string(name), "arguments": arguments], caller)
            }
            let till = try await call("canteen_till_open", [:], program)
            #expect(till["isError"] == false && till.canonicalText.contains("alfa 50,000"))
            await #expect(throws: MCPFault.self) { _ = try await call("canteen_till_open", [:], .anonymous()) }
            let lacks = try await call("canteen_order_where", [:], .anonymous())
            #expect(lacks["isError"] == true && lacks["structuredContent"]?["field"] == "code")
            let missing = try await call("canteen_order_where", ["code": "99"], .anonymous())
            #expect(missing["isError"] == true && missing["structuredContent"]?["code"] == "lookup.unknown")
            let found = try await call("canteen_order_where", ["code": "12"], .anonymous())
            #expect(found["isError"] == false && found.canonicalText.contains("window"))
        }
    }

    @Test("two of one name, one of a foreign name, and one that is also a command make no house")
    func plan() async throws {
        for (name, more) in [("canteen.lunch.today", []), ("kitchen.pot.hot", []), ("canteen.pan.heat", [Canteen.pan])]
        {
            let inquiry = Inquiry(name, title: Words("", ""), help: Words("", ""), permission: .anyone) { _, _ in
                Words("", "")
            }
            await #expect(throws: PlanError.self, "\(name)") {
                try await Yard.with(rooms: [Canteen(more: [inquiry], commands: more)]) { _ in }
            }
        }
    }
}

/// A room that answers questions.
private struct Canteen: Capability {
    let name = "canteen"
    let title = Words("식당", "Canteen")
    var more: [Inquiry] = []
    var commands: [Command] = []

    static let pan = Command(
        Form("canteen.pan.heat", title: Words("", ""), help: Words("", ""), fields: [], permission: .anyone)
    ) { _, _ in [] }

    var answers: [Inquiry] {
        [
            Inquiry(
                "canteen.lunch.today", title: Words("오늘 점심", "Today's lunch"), help: Words("점심.", "Lunch."),
                permission: .anyone
            ) { _, _ in Words("오늘 점심은 비빔밥입니다.", "It is bibimbap.") },
            Inquiry(
                "canteen.order.where", title: Words("내 짐가방 찾기", "Where my suitcase is"),
                help: Words("주문이 어디 있는지.", "Where an order is."),
                fields: [
                    Field("code", Words("주문 번호", "Number"), .text(maximum: 40), required: false, isPersonal: true)
                ], permission: .anyone
            ) { ask, _ in
                let code = ask.values.text("code")
                guard Int(code) != nil else {
                    let words =
                        code.isEmpty ? Words("번호가 필요합니다.", "A number is needed.") : Words("숫자로 말씀해 주세요.", "In figures.")
                    throw Refusal(
                        .invalid, "order.code", words, faults: [.init(field: "code", rule: "code", words: words)])
                }
                guard code == "12" else {
                    throw Refusal(.notFound, "order.unknown", Words("그런 주문이 없습니다.", "There is no such order."))
                }
                return Words("창가 자리에 있습니다.", "It is by the window.")
            },
            Inquiry(
                "canteen.till.open", title: Words("금고 잔액", "What is in the till"), help: Words("금고.", "The till."),
                permission: .roles([.safetyManager, .zoneOfficer]).orToken("read")
            ) { ask, _ in
                guard let firm = try ask.tenant.firm else {
                    throw Refusal(
                        .conflict, "till.firm", Words("기업의 금고만 있습니다.", "There are only tills of firms."))
                }
                return Words("\(firm) 오만 원입니다.", "\(firm) 50,000.")
            },
        ] + more
    }

    var phrasings: [Phrasing] {
        [
            Phrasing("canteen.lunch.today", ko: ["오늘 점심 뭐예요", "점심 메뉴 알려 줘"], en: ["what is for lunch"]),
            Phrasing(
                "canteen.order.where", ko: ["번호표 {code} 짐가방 어디 있어요", "내 짐가방 어디 있어요"], en: ["where is my suitcase"],
                questions: ["code": Words("몇 번인가요?", "Which number?")]),
            Phrasing("canteen.till.open", ko: ["금고에 얼마 있어"], en: ["how much is in the till"]),
        ]
    }
}

import District
import HTTPTypes
import Record
import Store
import TestKit
import Testing

@testable import Access
@testable import Citizen
@testable import Web

/// The desk with a house behind it: who is asked for a yes, by which way, and what is done how often.
struct MCPDeskTests {
    /// A yard, its pages, and a token made by one of its people.
    struct Counter: Sendable {
        let yard: Yard
        let pages: Pages

        func token(_ name: String, of maker: Caller, scopes: Set<String> = ["command:*"]) async throws -> Caller {
            let now = yard.clock.read()
            let request = APITokenRequest(
                name: name, scopes: scopes, firm: maker.firm, roles: maker.roles)
            return try await yard.store.write {
                try APITokens.issue(request, by: maker, at: now, in: $0).token.caller
            }
        }

        func call(
            _ tool: String, _ arguments: JSON, by caller: Caller, state: JSON? = nil, responses: JSON? = nil,
            capabilities: JSON = ["elicitation": ["form": [:], "url": [:]]]
        ) async throws -> JSON {
            var params: [String: JSON] = ["name": .string(tool), "arguments": arguments]
            if let state { params["requestState"] = state }
            if let responses { params["inputResponses"] = responses }
            let message = MCPMessage(
                id: 1, method: "tools/call", params: params, capabilities: capabilities.members ?? [:])
            return try await desk.answer(message, visit(caller))
        }

        var desk: MCPDesk {
            get throws { MCPDesk(try CityServices(Handbook(shipped: Self.data))) }
        }

        func visit(_ caller: Caller) -> Visit {
            Visit(
                route: "/mcp", authority: "", method: .post, path: "/mcp", queryText: "", query: [:], parameters: [:],
                headers: [:], body: [], caller: caller, address: "", csrf: "", language: .ko, spine: yard.spine,
                pages: pages, site: "https://house.example")
        }

        /// The consent that a question asked for.
        func consent(_ asked: JSON) throws -> String {
            let url = try #require(asked["inputRequests"]?["consent"]?["params"]?["url"]?.text)
            #expect(url.hasPrefix("https://house.example/citizen/consents/"))
            return String(url.split(separator: "/").last ?? "")
        }

        /// What the page of a consent would have shown.
        func shown(_ id: String) async throws -> JSON {
            .string(try await yard.store.read { try ConsentTable.find(id, in: $0)?.arguments } ?? "")
        }

        static let data = #filePath.replacing("Tests/CitizenTests/MCP/MCPDeskTests.swift", with: "Sources/Citizen/Data")
    }

    private func with(_ kind: StoreUnderTest = .sqlite, _ body: (Counter) async throws -> Void) async throws {
        try await Yard.with(kind, rooms: [Workshop()]) { yard in
            try await body(Counter(yard: yard, pages: try Pages(folders: [yard.citizen.templates ?? ""])))
        }
    }

    private static let tool = "citizen_pothole_report"
    private static let hole: JSON = ["where": "중앙로 12 편의점 앞", "what": "깊이 파임"]

    @Test(
        "a city service waits for the yes of the person whose program it is, is then theirs, and rebuilds alike",
        arguments: StoreUnderTest.all)
    func service(_ kind: StoreUnderTest) async throws {
        try await with(kind) { counter in
            let yard = counter.yard
            // Not even a program that may confirm for itself speaks for a person to the city.
            let agent = try await counter.token(
                "agent", of: .manager("alfa"), scopes: ["command:*", MCPCheck.own])
            let asked = try await counter.call(Self.tool, Self.hole, by: agent)
            #expect(asked["resultType"] == "input_required")
            let (state, consent) = (asked["requestState"], try counter.consent(asked))
            #expect(try await yard.last("citizen.request.submitted") == nil)
            let impatient = try await counter.call(
                Self.tool, Self.hole, by: agent, state: state,
                responses: ["consent": ["action": "accept"], "confirm": ["action": "accept"]])
            #expect(impatient["resultType"] == "input_required")
            #expect(try await yard.last("citizen.request.submitted") == nil)
            for other in [Caller.officer, .manager("bravo"), .worker("alfa"), agent] {
                let refusal = try await yard.refusal(
                    "citizen.consent.answer", ["consent": .string(consent), "answer": "yes"], by: other)
                #expect(refusal != nil, "\(other.name ?? "")")
            }
            try await yard.perform(
                "citizen.consent.answer",
                ["consent": .string(consent), "answer": "yes", "shown": try await counter.shown(consent)],
                by: .manager("alfa"))
            #expect(try await yard.last("citizen.request.submitted") == nil, "a yes alone does nothing")
            let done = try await counter.call(Self.tool, Self.hole, by: agent, state: state)
            let again = try await counter.call(Self.tool, Self.hole, by: agent, state: state)
            #expect(done["isError"] == false && done["structuredContent"]?["number"] != nil)
            #expect(again["structuredContent"]?["repeated"] == true)
            let types = try await yard.types()
            #expect(types.count { $0 == "citizen.request.submitted" } == 1)
            let request = try #require(try await yard.last("citizen.request.submitted"))
            let began = try #require(try await yard.last("citizen.consent.asked"))
            #expect(request.author == .person(PersonID("alfa-manager")))
            #expect(request.correlation == began.correlation && began.author == agent.author)
            // What is asked for stands in the vault, not on the Record.
            #expect(!began.payload.values.contains { $0.canonicalText.contains("중앙로") })
            #expect(try await yard.rebuildsAlike())
        }
    }

    @Test("a yes is to what was shown and to nothing else, and is not said on the page of forms")
    func shown() async throws {
        try await with { counter in
            let yard = counter.yard
            let agent = try await counter.token("agent", of: .manager("alfa"))
            let id = try counter.consent(try await counter.call(Self.tool, Self.hole, by: agent))
            for shown: JSON in ["", "no", .string(ContentHash.sha256("x".utf8))] {
                let values: [String: JSON] = ["consent": .string(id), "answer": "yes", "shown": shown]
                let refusal = try await yard.refusal("citizen.consent.answer", values, by: .manager("alfa"))
                #expect(refusal?.code == "consent.not-shown", "\(shown)")
            }
            #expect(try await yard.last(ConsentTable.given) == nil)
            let manager = try await yard.signIn(.manager("alfa"))
            try await yard.serve { client in
                #expect(try await client.send("GET", "/do/citizen.consent.answer?consent=\(id)", manager).status == 404)
                let page = try await client.send("GET", "/citizen/consents/\(id)", manager)
                let hash = try await counter.shown(id).text ?? "-"
                #expect(page.text.contains("name=\"shown\" value=\"\(hash)\"") && page.text.contains("중앙로 12"))
                // Said on its own page it is taken.
                let csrf = try #require(page.text.firstMatch(of: /name="csrf" value="([^"]+)"/)?.1)
                let body = "csrf=\(csrf)&shown=\(hash)&answer=yes&idempotency=i-1"
                let type = [("Content-Type", "application/x-www-form-urlencoded")]
                let done = try await client.send(
                    "POST", "/citizen/consents/\(id)", manager + type, body: Array(body.utf8))
                #expect(done.status == 303 && done["location"] == "/citizen/consents", "\(done.text)")
            }
            #expect(try await yard.last(ConsentTable.given) != nil)
        }
    }

    @Test("what is read back has weekdays and names, not numbers")
    func readBackWords() {
        let form = Form(
            "x.y.z", title: Words("예약", "Booking"), help: Words("", ""),
            fields: [
                Field("day", Words("날짜", "Day"), .text(maximum: 10), spoken: .day),
                Field("at", Words("시각", "At"), .moment),
                Field("thing", Words("장비", "Thing"), .reference(kind: "thing", source: nil)),
            ], permission: .anyone)
        let values: [String: JSON] = ["day": "2026-12-03", "at": "2026-12-03T05:00:00Z", "thing": "t-1"]
        let back = ReadBack(form, values, .ko, names: ["thing": ["t-1": "1번 압축기"]])
        #expect(
            back.lines.allSatisfy { $0.label == "장비" || $0.text.contains("목요일") && $0.text.contains("2026") }, "\(back)"
        )
        #expect(back.lines.contains { $0.text == "1번 압축기 (t-1)" } && back.lines.contains { $0.text.contains("14:00") })
        // What nobody has a name for keeps its own.
        #expect(ReadBack(form, values, .ko).lines.contains { $0.text == "t-1" })
    }

    @Test("a second answer, a late one, and one after the program lost interest are refused")
    func answers() async throws {
        try await with { counter in
            let yard = counter.yard
            let agent = try await counter.token("agent", of: .manager("alfa"))
            func answer(_ id: String, _ text: JSON = "yes") async throws -> Refusal? {
                try await yard.refusal(
                    "citizen.consent.answer", ["consent": .string(id), "answer": text], by: .manager("alfa"))
            }
            let refused = try await counter.call(Self.tool, Self.hole, by: agent)
            #expect(try await answer(try counter.consent(refused), "no") == nil)
            #expect(try await answer(try counter.consent(refused))?.code == "consent.answered")
            let told = try await counter.call(Self.tool, Self.hole, by: agent, state: refused["requestState"])
            #expect(told["isError"] == true && told["structuredContent"]?["code"] == "consent.declined")
            let late = try await counter.call(Self.tool, Self.hole, by: agent)
            yard.clock.advance(by: 601)
            #expect(try await answer(try counter.consent(late))?.code == "consent.expired")
            await #expect(throws: MCPState.broken) {
                try await counter.call(Self.tool, Self.hole, by: agent, state: late["requestState"])
            }
            let unwanted = try await counter.call(Self.tool, Self.hole, by: agent)
            _ = try await counter.call(
                Self.tool, Self.hole, by: agent, state: unwanted["requestState"],
                responses: ["consent": ["action": "cancel"]])
            #expect(try await answer(try counter.consent(unwanted))?.code == "consent.answered")
            #expect(try await answer("no-such-consent")?.code == "consent.unknown")
            #expect(try await yard.last("citizen.request.submitted") == nil)
        }
    }

    @Test("a state is good for its own tool, arguments and token alone, and a key of yesterday still opens it")
    func states() async throws {
        try await with { counter in
            let yard = counter.yard
            let (agent, other) = (
                try await counter.token("agent", of: .manager("alfa")),
                try await counter.token("other", of: .manager("alfa"))
            )
            // A key that is almost a day old seals; a minute later another one does.
            _ = try await counter.call(Self.tool, Self.hole, by: agent)
            yard.clock.advance(by: MCPKeyTable.life - 30)
            let asked = try await counter.call(Self.tool, Self.hole, by: agent)
            let state = try #require(asked["requestState"])
            yard.clock.advance(by: 60)
            let next = try await counter.call(Self.tool, Self.hole, by: agent)
            #expect(next["requestState"]?.text?.prefix { $0 != "." } != state.text?.prefix { $0 != "." })
            for (tool, arguments, caller) in [
                (Self.tool, .object(["where": "다른 곳"]), agent), ("citizen_noise_report", Self.hole, agent),
                (Self.tool, Self.hole, other),
            ] as [(String, JSON, Caller)] {
                let answer = await Result { try await counter.call(tool, arguments, by: caller, state: state) }
                switch answer {
                case .success(let json): #expect(json["isError"] == true, "\(tool)")
                case .failure(let fault): #expect((fault as? MCPFault)?.code == -32602)
                }
            }
            try await yard.perform(
                "citizen.consent.answer",
                [
                    "consent": .string(try counter.consent(asked)), "answer": "yes",
                    "shown": try await counter.shown(try counter.consent(asked)),
                ], by: .manager("alfa"))
            let done = try await counter.call(Self.tool, Self.hole, by: agent, state: state)
            #expect(done["isError"] == false)
            #expect(try await yard.types().count { $0 == "citizen.request.submitted" } == 1)
        }
    }

    @Test("read-back: a firm's own program confirms it, anybody else's person does; a client that cannot ask is told")
    func readBack() async throws {
        try await with { counter in
            let yard = counter.yard
            let machine = try await counter.token(
                "machine", of: .manager("alfa"), scopes: ["command:*", MCPCheck.own])
            let agent = try await counter.token("agent", of: .manager("alfa"))
            let asked = try await counter.call("workshop_lamp_light", ["lamp": "L1"], by: machine)
            #expect(asked["inputRequests"]?["confirm"]?["params"]?["message"]?.text?.contains("L1") == true)
            let unticked = try await counter.call(
                "workshop_lamp_light", ["lamp": "L1"], by: machine, state: asked["requestState"],
                responses: ["confirm": ["action": "accept", "content": [:]]])
            #expect(unticked["isError"] == true)
            #expect(try await yard.last("workshop.lamp.lit") == nil)
            let yes: JSON = ["confirm": ["action": "accept", "content": ["confirmed": true]]]
            let done = try await counter.call(
                "workshop_lamp_light", ["lamp": "L1"], by: machine, state: asked["requestState"], responses: yes)
            #expect(done["isError"] == false)
            #expect(try await yard.last("workshop.lamp.lit")?.author == machine.author)
            // The same yes in the hands of a program without the scope is worth nothing.
            let mine = try await counter.call("workshop_lamp_light", ["lamp": "L2"], by: agent)
            #expect(mine["inputRequests"]?["consent"] != nil)
            let still = try await counter.call(
                "workshop_lamp_light", ["lamp": "L2"], by: agent, state: mine["requestState"], responses: yes)
            #expect(still["resultType"] == "input_required")
            #expect(try await yard.types().count { $0 == "workshop.lamp.lit" } == 1)
            let fault = await Result {
                try await counter.call("workshop_lamp_light", ["lamp": "L1"], by: machine, capabilities: [:])
            }
            #expect(throws: MCPFault.capability(["elicitation": ["form": [:]]])) { try fault.get() }
            // One that only shows forms is shown the address in words.
            let plain = try await counter.call(
                "workshop_lamp_light", ["lamp": "L3"], by: agent, capabilities: ["elicitation": [:]])
            let params = plain["inputRequests"]?["consent"]?["params"]
            #expect(params?["mode"] == "form" && params?["message"]?.text?.contains("/citizen/consents/") == true)
        }
    }

    @Test("what two people sign is asked for in the person's name, and waits")
    func secondPerson() async throws {
        try await with { counter in
            let yard = counter.yard
            let agent = try await counter.token("agent", of: .manager("alfa"), scopes: ["command:*", MCPCheck.own])
            let asked = try await counter.call("workshop_lamp_break", ["lamp": "L1"], by: agent)
            try await yard.perform(
                "citizen.consent.answer",
                [
                    "consent": .string(try counter.consent(asked)), "answer": "yes",
                    "shown": try await counter.shown(try counter.consent(asked)),
                ], by: .manager("alfa"))
            let waits = try await counter.call(
                "workshop_lamp_break", ["lamp": "L1"], by: agent, state: asked["requestState"])
            #expect(waits["structuredContent"]?["state"] == "waiting" && waits["isError"] == false)
            #expect(try await yard.last("workshop.lamp.broken") == nil)
            #expect(try await yard.last("district.request.opened")?.author == .person(PersonID("alfa-manager")))
        }
    }

    @Test("a token sees the tools it may use, refusals are answers, and a person is not buried in questions")
    func bounds() async throws {
        try await with { counter in
            let agent = try await counter.token("agent", of: .manager("alfa"))
            let reader = try await counter.token("reader", of: .manager("alfa"), scopes: ["read"])
            let desk = try counter.desk
            func names(_ caller: Caller) async throws -> [String] {
                var (names, cursor): ([String], JSON?) = ([], nil)
                repeat {
                    let message = MCPMessage(
                        id: 1, method: "tools/list", params: cursor.map { ["cursor": $0] } ?? [:], capabilities: [:])
                    let page = try await desk.answer(message, counter.visit(caller))
                    names += page["tools"]?.elements?.compactMap { $0["name"]?.text } ?? []
                    cursor = page["nextCursor"]
                } while cursor != nil
                return names
            }
            let (all, few) = (try await names(agent), try await names(reader))
            #expect(all.contains("workshop_lamp_light") && !few.contains("workshop_lamp_light"))
            #expect(few.contains("lookup_weather") && few.contains(Self.tool))
            // Whoever must stay off the Record is not asked for a yes that would stand there.
            #expect(!all.contains("workshop_lamp_blame"))
            await #expect(throws: MCPFault.self) {
                try await counter.call("workshop_lamp_light", ["lamp": "L1"], by: reader)
            }
            let wrong = try await counter.call(Self.tool, ["where": "", "colour": "red"], by: agent)
            let faults = wrong["structuredContent"]?["faults"]?.elements?.compactMap { $0["field"]?.text }
            #expect(wrong["isError"] == true && faults == ["where", "colour"])
            let down = try await counter.call("lookup_air", [:], by: reader)
            #expect(down["isError"] == true, "no city is reached here")
            for _ in 0..<Consent.most { _ = try await counter.call(Self.tool, Self.hole, by: agent) }
            let tooMany = try await counter.call(Self.tool, Self.hole, by: agent)
            #expect(tooMany["structuredContent"]?["code"] == "consent.many")
        }
    }
}

extension Result where Failure == any Error {
    /// What became of something that may throw.
    fileprivate init(_ body: () async throws -> Success) async {
        do { self = .success(try await body()) } catch { self = .failure(error) }
    }
}

/// A room with a command of each kind of confirmation.
private struct Workshop: Capability {
    let name = "workshop"
    let title = Words("작업실", "Workshop")

    var commands: [Command] {
        [
            lamp("light", "lit", .readBack), lamp("break", "broken", .secondPerson([.zoneOfficer])),
            lamp("blame", "blamed", .readBack, isConfidential: true),
        ]
    }

    private func lamp(
        _ verb: String, _ done: String, _ confirmation: Form.Confirmation, isConfidential: Bool = false
    ) -> Command {
        let name = "workshop.lamp.\(verb)"
        return Command(
            Form(
                name, title: Words("등", "Lamp"), help: Words("등", "A lamp."),
                fields: [Field("lamp", Words("등 이름", "Lamp"), .text(maximum: 20))],
                permission: .roles([.safetyManager]).orToken("command:\(name)"), confirmation: confirmation,
                surfaces: [.mcp], isConfidential: isConfidential)
        ) { ask, _ in
            [Draft("workshop.lamp.\(done)", stream: "lamp/\(ask.values.text("lamp"))", scope: .zone)]
        }
    }
}

import Access
import District
import Foundation
import Record
import TestKit
import Testing

@testable import Citizen

struct EngineRuleTests {
    static func engine(
        _ task: Engine.Task, _ address: String = "http://127.0.0.1:9", timeout: Double = 0.4, floor: Double = 0.5,
        personal: Bool = true
    ) -> Engine {
        Engine(
            task: task, url: URL(string: address + task.path) ?? URL(fileURLWithPath: "/"), name: "double",
            model: "m1", voice: "v1", timeout: timeout, floor: floor, mayTakePersonal: personal,
            key: EngineKey("secret-key"))
    }

    static func intent(_ name: String, _ title: String, slots: [String] = []) -> Intent {
        Intent(
            name: name, title: Words(title, title), kind: .command,
            slots: slots.map {
                Slot(
                    name: $0, label: Words($0, $0), question: Words("?", "?"), kind: .text(maximum: 100),
                    required: true, condition: nil, isPersonal: false)
            }, permission: .anyone, sentences: [.ko: ["\(title) 해 주세요"]])
    }

    private static let intents = [intent("citizen.pothole.report", "포트홀 신고", slots: ["where", "what"])]

    private func hint(_ answer: JSON, said: String = "중앙로 12 앞 길이 푹 파였어요") -> Hint? {
        Rewriting(Self.engine(.rewriting), Self.intents).hint(from: answer, Utterance(said))
    }

    static func call(_ name: String, _ arguments: String, times: Int = 1) -> JSON {
        let call: JSON = ["function": ["name": .string(name), "arguments": .string(arguments)]]
        return ["choices": [["message": ["tool_calls": .array(Array(repeating: call, count: times))]]]]
    }

    @Test("a rewriting keeps the words that were said, where they were said, and nothing else")
    func evidence() {
        let good = hint(Self.call("citizen_pothole_report", #"{"where":"중앙로 12 앞","what":"길이 푹 파였어요"}"#))
        #expect(good == Hint(intent: "citizen.pothole.report", spans: ["where": 0..<8, "what": 9..<18]))
        // A place nobody named, a slot nobody has, values that are no words: dropped one by one.
        for invented in [
            #"{"where":"중앙로 13 앞"}"#, #"{"where":""}"#, #"{"where":" "}"#, #"{"where":12}"#, #"{"phone":"중앙로"}"#,
            #"{"where":["중앙로"]}"#, #"["중앙로"]"#, "null", "{", #"{"confirmed":true,"answer":"yes"}"#,
        ] {
            let found = hint(Self.call("citizen_pothole_report", invented))
            #expect(found == Hint(intent: "citizen.pothole.report", spans: [:]), "\(invented)")
        }
    }

    @Test("an answer that calls what was not offered, several things, or nothing proposes nothing")
    func invented() {
        for name in ["citizen_pothole_close", "citizen.pothole.report", "delete_everything", "", "lookup_bus"] {
            #expect(hint(Self.call(name, "{}")) == nil, "\(name)")
        }
        #expect(hint(Self.call("citizen_pothole_report", "{}", times: 2)) == nil)
        for answer: JSON in [
            .null, [], "확인했습니다", ["choices": []], ["choices": [["message": ["content": "citizen_pothole_report"]]]],
            ["choices": [["message": ["tool_calls": ["function": "citizen_pothole_report"]]]]],
        ] { #expect(hint(answer) == nil) }
    }

    @Test("likeness: three at most, none below the floor, no vectors of another kind")
    func nearness() {
        let nearness = Nearness(
            known: [
                ("a", [1, 0]), ("a", [0.9, 0.1]), ("b", [0.8, 0.6]), ("c", [0.6, 0.8]), ("d", [0.7, 0.7]),
                ("e", [-1, 0]),
            ].map {
                Nearness.Known(intent: $0.0, vector: $0.1)
            })
        #expect(nearness.nearest(to: [1, 0], floor: 0.5).map(\.intent) == ["a", "b", "d"])
        #expect(nearness.nearest(to: [1, 0], floor: 0.79).map(\.intent) == ["a", "b"])
        // What may not be offered takes nobody's place.
        #expect(nearness.nearest(to: [1, 0], floor: 0.5, among: ["c", "d"]).map(\.intent) == ["d", "c"])
        #expect(nearness.nearest(to: [1, 0, 0], floor: 0).isEmpty && nearness.nearest(to: [0, 0], floor: 0).isEmpty)
        func vectors(_ data: JSON, _ count: Int = 1) -> [[Double]]? {
            Nearness.vectors(from: ["data": data], count: count)
        }
        #expect(vectors([["index": 1, "embedding": [2]], ["index": 0, "embedding": [1]]], 2) == [[1], [2]])
        for broken: JSON in [
            [], [["embedding": []]], [["embedding": ["1"]]], [["index": 5, "embedding": [1]]],
            [["embedding": [1]], ["embedding": [1]]], "x",
        ] { #expect(vectors(broken) == nil) }
        #expect(vectors([["embedding": [1]], ["embedding": [1, 2]]], 2) == nil)
    }

    @Test("an engine that fails is left alone, tried once, and trusted again")
    func breaker() {
        var breaker = EngineBreaker()
        var now = Timestamp(microseconds: 0)
        func enters() -> Bool { breaker.enter(at: now) }
        for _ in 0..<EngineBreaker.patience {
            #expect(enters())
            breaker.leave(false, at: now)
        }
        #expect(!enters())
        now = now.advanced(bySeconds: EngineBreaker.rest)
        let (one, two) = (enters(), enters())
        #expect(one && !two, "one tries")
        breaker.leave(false, at: now)
        now = now.advanced(bySeconds: 1)
        #expect(!enters())
        now = now.advanced(bySeconds: EngineBreaker.rest)
        #expect(enters())
        breaker.leave(true, at: now)
        for _ in 0..<EngineBreaker.crowd { #expect(enters()) }
        #expect(!enters(), "a crowd")
    }

    @Test("what a recogniser took down is one line of bounded length without signs that deceive")
    func transcript() {
        #expect(Transcript.words(from: ["text": " 등본\n하나\u{202E} 뽑아\u{0} 줘 "]) == "등본 하나 뽑아 줘")
        #expect(
            Transcript.words(from: ["text": .string(String(repeating: "네 ", count: 9000))])?.count == Utterance.longest)
        for broken: JSON in [[:], ["text": 5], ["text": "\u{0}\n"], "네", .null] {
            #expect(Transcript.words(from: broken) == nil)
        }
    }

    @Test(
        "configuration: only what is switched on, only safe addresses, bounded patience; a key shows itself to nobody")
    func configuration() async throws {
        try await withTemporaryFolder { folder in
            let folder = folder.path
            func read(_ text: String) throws -> [Engine.Task: Engine] {
                try Data(text.utf8).write(to: URL(fileURLWithPath: "\(folder)/engines.json"))
                return try Engine.configured(
                    Handbook(shipped: folder), environment: ["SLIPWAY_REWRITING_KEY": "k-1"])
            }
            #expect(try read(#"{"rewriting":{"on":false,"url":"http://evil"}}"#).isEmpty)
            let good = try read(
                #"{"rewriting":{"on":true,"url":"https://llm.example/","model":"m","timeout_seconds":1}}"#)
            let engine = try #require(good[.rewriting])
            #expect(engine.url.absoluteString == "https://llm.example/v1/chat/completions")
            #expect(engine.key?.text == "k-1" && !"\(engine)".contains("k-1") && !engine.mayTakePersonal)
            for wrong in [
                #"{"rewriting":{"on":true,"url":"http://llm.example","model":"m","timeout_seconds":1}}"#,
                #"{"rewriting":{"on":true,"url":"https://u:p@llm.example","model":"m","timeout_seconds":1}}"#,
                #"{"rewriting":{"on":true,"url":"https://llm.example","model":"","timeout_seconds":1}}"#,
                #"{"rewriting":{"on":true,"url":"https://llm.example","model":"m","timeout_seconds":9}}"#,
                #"{"nearness":{"on":true,"url":"https://llm.example","model":"m","timeout_seconds":1,"floor":2}}"#,
            ] { #expect(throws: HandbookError.self, "\(wrong)") { try read(wrong) } }
        }
        // As it is shipped nothing is on, and every use is declared all the same.
        #expect(try Engine.configured(Handbook(shipped: MCPDeskTests.Counter.data)).isEmpty)
        let uses = Engines([:], mask: { $0 }).uses
        #expect(
            Set(uses.values.map(\.id)) == [
                "citizen.hearing", "citizen.speaking", "citizen.nearness", "citizen.rewriting",
            ])
        #expect(uses.values.allSatisfy { !$0.callsOutside })
        let on = EngineUses.use(.rewriting, Self.engine(.rewriting))
        #expect(on.callsOutside && on.hash != uses[.rewriting]?.hash)
    }

    @Test("whatever decides what an engine is sent or believed makes it another use")
    func editions() async throws {
        try await withTemporaryFolder { folder in
            let folder = folder.path
            func hash(_ task: Engine.Task, _ more: [String: JSON]) throws -> String {
                let entry: [String: JSON] = [
                    "on": true, "name": "n", "url": "https://llm.example", "model": "m", "timeout_seconds": 1,
                ].merging(more) { $1 }
                let file: JSON = .object([task.rawValue: .object(entry)])
                try Data(file.canonical).write(to: URL(fileURLWithPath: "\(folder)/engines.json"))
                let engines = try Engine.configured(Handbook(shipped: folder), environment: [:])
                return EngineUses.use(task, engines[task]).hash
            }
            let plain = try hash(.nearness, [:])
            #expect(try hash(.nearness, [:]) == plain)
            for more: [String: JSON] in [
                ["send_personal": true], ["url": "https://llm.example/other"], ["floor": 0.7], ["model": "m2"],
            ] { #expect(try hash(.nearness, more) != plain, "\(more)") }
            let (voice, other) = (try hash(.speaking, ["voice": "v"]), try hash(.speaking, [:]))
            #expect(voice != other)
            let model = EngineUses.use(.rewriting, Self.engine(.rewriting)).model
            let prompt = ContentHash.sha256("\(Rewriting.instruction.ko)\n\(Rewriting.instruction.en)".utf8)
            #expect(model.contains(prompt))
        }
    }

    @Test("who gets the sound is told by name and place, and what is here is told apart from what is not")
    func told() async throws {
        try await withTemporaryFolder { folder in
            let folder = folder.path
            func told(_ task: Engine.Task, _ url: String, personal: Bool = false) throws -> Words? {
                let file: JSON = .object([
                    task.rawValue: [
                        "on": true, "name": "Ferne Stimme", "url": .string(url), "model": "m", "timeout_seconds": 1,
                        "send_personal": .bool(personal),
                    ]
                ])
                try Data(file.canonical).write(to: URL(fileURLWithPath: "\(folder)/engines.json"))
                return try Engine.configured(Handbook(shipped: folder), environment: [:])[task]?.told
            }
            let far = try #require(try told(.hearing, "https://speech.example"))
            #expect(far.ko.contains("Ferne Stimme(speech.example)") && !far.ko.contains("이 기관의 서버"))
            #expect(far.en.contains("speech.example") && !far.en.contains("own server"))
            let here = try #require(try told(.hearing, "http://127.0.0.1:9000"))
            #expect(here.ko.contains("이 기관의 서버(Ferne Stimme)"))
            let (plain, whole) = (
                try told(.speaking, "https://speech.example"),
                try told(.speaking, "https://speech.example", personal: true)
            )
            #expect(plain != whole && plain?.ko.contains("개인정보가 없는") == true)
            #expect(try told(.nearness, "https://speech.example") == nil)
        }
    }
}

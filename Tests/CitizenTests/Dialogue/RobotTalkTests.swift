import Access
import District
import Record
import Testing
import Web

@testable import Citizen

/// Errands of robots, as far as the read-back: the places that were said, and who may have them carried.
struct RobotTalkTests {
    private static let places = [
        Named("onyu-main/pharmacy", ["약제실"]), Named("onyu-main/nurses-3b", ["3B병동 간호사실", "3B병동"]),
        Named("solmaru/cafe-light", ["카페 등대"]), Named("solmaru/cafe-wave", ["카페 물결"]),
        Named("solmaru/centre", ["주민센터 앞", "주민센터"]), Named("solmaru/door-12", ["솔마루길 12 가정집", "솔마루길 12"]),
        Named("solmaru/door-11", ["솔마루길 11 가정집", "솔마루길 11"]),
    ]

    /// A conversation of somebody who may, or may not, have things delivered.
    private func talk(may: Bool = true, isOpen: Bool = false) throws -> Talk {
        func place(_ name: String) -> Field { Field(name, Words(name, name), .reference(kind: "place", source: "/")) }
        func form(_ name: String, _ title: Words) -> Form {
            Form(
                name, title: title, help: Words("", ""),
                fields: [place("from"), place("to"), Field("what", Words("무엇을", "What"), .text(maximum: 100))],
                permission: .roles([.worker]), confirmation: .readBack, surfaces: [.web, .voice])
        }
        let forms = [
            form("robots.mission.deliver", Words("로봇 배달 부탁하기", "Ask for a delivery")),
            form("robots.mission.fetch", Words("로봇으로 가져오기", "Have something fetched")),
        ]
        let said = try Handbook(shipped: "\(Listening.repository)/Sources/Robots/Data").phrasings()
        var talk = try Talk(isOpen: isOpen, more: forms, said: said)
        talk.world = World(
            now: Hearing.now, isKnown: may, allows: { may || $0.audience == .anyone }, isDeskOpen: isOpen,
            deskPhone: "120", standing: .runs, names: { $0 == "place" ? Self.places : [] })
        return talk
    }

    private func answer(_ talk: Talk, _ slot: String) -> String { talk.dialogue.answers[slot]?.json.text ?? "" }

    @Test(
        "whence, whither and what are filled as they were said, and only what was not said is asked",
        arguments: [
            ("약제실에서 3B병동 간호사실로 수혈용 혈액 보내 줘", ["onyu-main/pharmacy", "onyu-main/nurses-3b", "수혈용 혈액"], ""),
            ("카페 등대에서 주민센터로 커피 배달해 줘", ["solmaru/cafe-light", "solmaru/centre", "커피"], ""),
            ("카페 물결에서 솔마루길 12 가정집으로 라테 한 잔 보내 줘", ["solmaru/cafe-wave", "solmaru/door-12", "라테 한 잔"], ""),
            ("3B병동에 수혈용 혈액 갖다 줘", ["", "onyu-main/nurses-3b", "수혈용 혈액"], "from"),
            ("3B병동에 혈액 가져다 줘", ["", "onyu-main/nurses-3b", "혈액"], "from"),
            ("로봇한테 커피 배달 시키고 싶어", ["", "", "커피"], "from"), ("로봇 배달 부탁해요", ["", "", ""], "from"),
            // A place that is not known is asked for, and no other stands in for it.
            ("식당에서 주민센터로 커피 배달해 줘", ["", "solmaru/centre", "커피"], "from"),
            ("카페 등대에서 우체국으로 커피 배달해 줘", ["solmaru/cafe-light", "", "커피"], "to"),
        ])
    func filled(_ text: String, _ values: [String], _ asked: String) throws {
        var talk = try talk()
        talk.say(text)
        #expect(talk.dialogue.intent == "robots.mission.deliver", "\(talk.dialogue.last.text)")
        #expect(["from", "to", "what"].map { answer(talk, $0) } == values)
        #expect(talk.dialogue.asking ?? "" == asked, "\(talk.dialogue.last.text)")
    }

    @Test("whoever may not is told who may; nothing is taken, and nothing of it is offered")
    func forbidden() throws {
        var talk = try talk(may: false)
        let said = talk.say("약제실에서 3B병동 간호사실로 수혈용 혈액 보내 줘")
        #expect(said.text.contains(Role.worker.words.ko) && talk.dialogue.answers.isEmpty, "\(said.text)")
        #expect(talk.dialogue.intent == nil && said.readBack.isEmpty)
        // Of several that may be meant, those are named that they may do.
        let several =
            [Match(intent: "robots.mission.deliver", score: 0.6, spans: [:])]
            + [Match(intent: "citizen.noise.report", score: 0.58, spans: [:])]
        let heard = talk.machine.ear
        let ear = Ear(
            intents: heard.intents, always: heard.always, danger: heard.danger, assent: heard.assent, sure: heard.sure,
            understand: { _, _ in .several(several) }, hear: heard.hear, correct: heard.correct)
        let step = DialogueMachine(ear: ear, replies: talk.machine.replies).step(
            Dialogue(.ko), .said(Utterance("글쎄 그거")), talk.world)
        #expect(step.dialogue.choices == ["citizen.noise.report"], "\(step.said.text)")
    }

    @Test(
        "a robot that stands in the way is brought before a person, not taken for a parked car",
        arguments: [
            "로봇이 길을 막고 있어", "배달 로봇이 인도를 막고 있어요", "로봇 때문에 못 지나가요", "the robot is in my way",
            "a robot is blocking the door",
        ])
    func way(_ text: String) throws {
        var open = try talk(may: false, isOpen: true)
        open.dialogue = Dialogue(text.allSatisfy(\.isASCII) ? .en : .ko)
        let said = open.say(text)
        #expect(open.dialogue.intent == nil, "\(said.text)")
        #expect(said.text.contains("로봇") || said.text.contains("robot"))
        open.say(open.dialogue.language == .ko ? "네" : "yes")
        #expect(open.dialogue.phase == .handedOver, "\(open.dialogue.last.text)")
    }

    @Test("who lets a question for a number be is asked no more", arguments: ["됐어", "아니, 됐어요", "괜찮아요"])
    func lets(_ text: String) throws {
        var talk = try talk()
        talk.say("신청한 거 어떻게 됐는지 알려 주세요")
        try #require(talk.dialogue.asking != nil, "\(talk.dialogue.last.text)")
        talk.say(text)
        #expect(talk.dialogue.asking == nil && talk.dialogue.intent == nil, "\(talk.dialogue.last.text)")
        #expect(talk.dialogue.phase != .offering && talk.dialogue.phase != .handedOver)
    }

    @Test("figures that are said one by one answer what was asked, and are no word that sounds in them")
    func figures() throws {
        for text in ["일이삼 사오육 칠팔구", "123 456 789", "하나 둘 셋 넷 다섯 번이요", "one two three four five please"] {
            #expect(Figures.isAll(text), "\(text)")
        }
        for text in ["이사", "이사 왔어요", "일이삼 사오육 전입신고", "", "네"] { #expect(!Figures.isAll(text), "\(text)") }
        var talk = try talk()
        for text in ["로봇 배달 부탁해요", "카페 등대"] { talk.say(text) }
        talk.say("주민센터")
        try #require(talk.dialogue.asking == "what", "\(talk.dialogue.last.text)")
        talk.say("일이삼 사오육 칠팔구")
        #expect(talk.dialogue.phase == .confirming, "\(talk.dialogue.last.text)")
        #expect(answer(talk, "what") == "일이삼 사오육 칠팔구")
    }
}

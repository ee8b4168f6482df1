import District
import Record
import Testing

@testable import Citizen

/// Sentences of people who tried the house, word for word: places, dates, what is said in dialect, what is said besides.
struct TrialTests {
    private func value(_ talk: Talk, _ slot: String) -> String? { talk.dialogue.answers[slot]?.json.text }

    @Test(
        "a place is kept as it was said, and nothing is made up beside it",
        arguments: [
            ("솔마루 시장 앞", "솔마루 시장 앞"), ("아 그게 솔마루 시장 앞이요", "솔마루 시장 앞"),
            ("솔마루로 십팔번지 이층집 앞에 감나무 있는 집", "솔마루로 18 이층집 앞에 감나무 있는 집"),
            ("중앙로 12 앞", "중앙로 12 앞"), ("솔마루로 12, 101동 202호", "솔마루로 12, 101동 202호"),
            ("어디긴 어디야 솔마루 시장 앞이지", "솔마루 시장 앞"),
        ])
    func places(_ said: String, _ place: String) throws {
        var talk = try Talk()
        talk.say("가로등이 고장났어요")
        talk.say(said)
        #expect(value(talk, "where") == place, "\(talk.dialogue.last.text)")
    }

    @Test("what only who speaks can see is asked again", arguments: ["어디긴 어디야 우리 집 앞이지", "우리 집 앞이지"])
    func vague(_ said: String) throws {
        var talk = try Talk()
        talk.say("가로등이 고장났어요")
        talk.say(said)
        #expect(value(talk, "where") == nil && talk.dialogue.phase == .filling, "\(talk.dialogue.last.text)")
    }

    @Test("things that are told beside their number are kept, all of them")
    func things() throws {
        for first in ["침대 버리려고", "대형 폐기물 버리려고"] {
            var talk = try Talk()
            talk.say(first)
            try #require(talk.dialogue.asking == "count", "\(talk.dialogue.last.text)")
            let said = talk.say("두 개요 침대하고 장롱")
            #expect(value(talk, "item") == "침대하고 장롱", "\(said.text)")
            #expect(talk.dialogue.answers["count"]?.value == "2")
            #expect(said.text.contains("침대하고 장롱으로 바꿨습니다"), "\(said.text)")
        }
    }

    // MARK: dates

    private func booking() throws -> Talk {
        var talk = try Talk()
        talk.say("보건소 진료 예약")
        try #require(talk.dialogue.asking == "day", "\(talk.dialogue.last.text)")
        return talk
    }

    @Test(
        "a day on which nothing can be had is refused when it is said, with what is open",
        arguments: [
            ("12월 25일", "12월 25일 금요일은 쉬는 날입니다"), ("일요일", "일요일은 쉬는 날입니다"), ("11월 20일", "이미 지난 날입니다"),
            ("어제", "이미 지난 날입니다"),
        ])
    func closed(_ said: String, _ reason: String) throws {
        var talk = try booking()
        let answer = talk.say(said)
        #expect(answer.text.contains(reason), "\(answer.text)")
        if !reason.contains("지난") { #expect(answer.text.contains("월요일부터 금요일까지"), "\(answer.text)") }
        #expect(value(talk, "day") == nil && talk.dialogue.asking == "day" && talk.dialogue.phase == .filling)
    }

    @Test("so is an hour of the night, and an hour of today that has gone by")
    func hours() throws {
        var talk = try booking()
        talk.say("12월 1일")
        let night = talk.say("밤 열한 시")
        #expect(night.text.contains("문을 열지 않습니다") && night.text.contains("오후 여섯 시까지"), "\(night.text)")
        #expect(value(talk, "time") == nil && talk.dialogue.asking == "time")
        talk.say("오후 두 시")
        #expect(value(talk, "time") == "14:00" && talk.dialogue.asking == "name", "\(talk.dialogue.last.text)")
    }

    @Test("a time is asked about with its day and weekday, and an answer to a later question is not lost")
    func clarified() throws {
        var talk = try booking()
        let said = talk.say("모레 두 시")
        #expect(said.text.contains("11월 23일 월요일 오후 두 시, 맞으세요?"), "\(said.text)")
        let again = talk.say("김순자 010-1234-5678")
        #expect(again.text.contains("월요일 오후 두 시, 맞으세요?") && talk.dialogue.failures == 0, "\(again.text)")
        let back = talk.say("네")
        #expect(talk.dialogue.phase == .confirming, "\(back.text)")
        #expect(
            value(talk, "name") == "김순자" && value(talk, "phone") == "010-1234-5678" && value(talk, "time") == "14:00")
    }

    @Test("a birth is read as one, and 음력 said after it counts")
    func births() throws {
        var talk = try Talk()
        talk.say("기초연금 신청하려고요")
        talk.say("김순자")
        talk.say("사팔년 오월 삼일생")
        #expect(value(talk, "birth") == "1948-05-03", "\(talk.dialogue.last.text)")
        let said = talk.say("음력")
        #expect(value(talk, "birth") == "1948-06-09" && said.text.contains("음력 1948년 5월 3일"), "\(said.text)")
        var open = try Talk()
        open.say("기초연금 신청하려고요")
        open.say("이말자")
        open.say("1948년 삼월 초닷새")
        #expect(open.dialogue.phase == .clarifying)
        open.say("음력")
        #expect(value(open, "birth") == "1948-04-13", "\(open.dialogue.last.text)")
    }

    // MARK: what is said besides

    @Test(
        "what people ask for every day is understood, in dialect too",
        arguments: [
            ("우리 집 앞에 불이 안 들어와", "citizen.street-light.report"), ("가로등이 안 들어온다 아이가", "citizen.street-light.report"),
            ("기초연금 받을라믄 우째야 하노", "citizen.basic-pension.apply"),
            ("물이 질질 새가 난리라예", "citizen.water-leak.report"), ("냄시가 나서 죽겄어", "citizen.odour.report"),
            ("눈 좀 치아주이소", "citizen.snow.report"), ("가슴 엑스레이 찍으러 보건소 가려고", "citizen.health-centre.book"),
            ("옆집 개가 하루 종일 짖어", "citizen.noise.report"), ("맨홀 뚜껑이 열려 있어", "citizen.drain.report"),
            ("길에 고양이가 죽어 있어", "citizen.stray-animal.report"), ("수도 요금", "lookup:water-bill"),
            ("버스 143번", "lookup:bus"), ("내일 비 와?", "lookup:weather"),
        ])
    func everyday(_ text: String, _ intent: String) throws {
        var talk = try Talk()
        talk.say(text)
        #expect(talk.dialogue.intent == intent && talk.dialogue.phase != .choosing, "\(talk.dialogue.last.text)")
        #expect(talk.commits.isEmpty)
    }

    @Test("water in the house is asked about: a repair, or a leak")
    func leak() throws {
        var talk = try Talk()
        talk.say("집에 물이 새")
        #expect(
            talk.dialogue.phase == .choosing
                && Set(talk.dialogue.choices) == ["citizen.home-repair.apply", "citizen.water-leak.report"])
    }

    @Test(
        "what no service does is answered with where it is done; a greeting and thanks are answered as such",
        arguments: [
            ("인감증명서", "신분증", Dialogue.Phase.idle), ("여권", "여권 창구", .idle), ("보이스피싱 당한 것 같아", "112", .offering),
            ("여보세요", "듣고 있습니다", .idle), ("고마워", "다행입니다", .idle), ("고마 끊자", "안녕히 계세요", .ended),
            ("내 말 못 알아듣나", "담당자를 연결해 드릴까요", .offering), ("됐어 전화 안 받을래", "전화드리지 않겠습니다", .idle),
        ])
    func advice(_ text: String, _ answer: String, _ phase: Dialogue.Phase) throws {
        var talk = try Talk()
        let said = talk.say(text)
        #expect(said.text.contains(answer) && talk.dialogue.phase == phase, "\(said.text)")
        #expect(!said.text.contains("그 일은 여기서"))
    }

    @Test("who wants a person says so in dialect too", arguments: ["마 사람하고 할란다", "사람이랑 할래"])
    func person(_ text: String) throws {
        var talk = try Talk(isOpen: true)
        talk.say(text)
        #expect(talk.dialogue.phase == .handedOver)
    }

    @Test("two misunderstandings trap nobody: a request and no call are both heard")
    func notTrapped() throws {
        for (text, phase) in [
            ("등본 한 통 떼줘", Dialogue.Phase.filling), ("가로등 고장", .filling), ("됐어 전화 안 받을래", .finished), ("처음부터", .idle),
        ] {
            var talk = try Talk()
            talk.say("피자 시켜줘")
            talk.say("피자 시켜줘")
            try #require(talk.dialogue.phase == .callPhone)
            talk.say(text)
            #expect(talk.dialogue.phase == phase, "\(text): \(talk.dialogue.last.text)")
        }
    }

    @Test("after a call was promised 처음부터 begins anew")
    func anew() async throws {
        try await TalkHouse.with(at: "2026-11-23T21:00:00+09:00", hasCity: false) { yard in
            let line = try Line(yard)
            for text in ["사람 바꿔줘", "공일공 일이삼사 오육칠팔", "아무 때나"] { try await line.say(text) }
            #expect(!line.said.contains("아무 때나에"), "\(line.said)")
            try await line.say("네")
            let before = line.code
            try await line.say("처음부터")
            #expect(line.phase == "idle" && line.code != before, "\(line.said)")
        }
    }

    // MARK: English

    private func english(_ texts: [String]) throws -> Talk {
        var talk = try Talk()
        talk.dialogue.tongue = "en"
        for text in texts { talk.say(text) }
        return talk
    }

    @Test("what was said before a choice is kept when it is made")
    func kept() throws {
        let talk = try english(["two certificates by mail", "abstract"])
        #expect(talk.dialogue.intent == "citizen.resident-certificate.apply", "\(talk.dialogue.last.text)")
        #expect(value(talk, "document") == "abstract" && value(talk, "receive") == "post")
        #expect(talk.dialogue.answers["copies"]?.value == "2")
    }

    @Test("an hour is heard without o'clock, and a part of the day asks for the hour")
    func hour() throws {
        var talk = try english(["I want to book at the health centre", "checkup", "December 1", "afternoon"])
        #expect(talk.dialogue.last.text.contains("At what time in the afternoon?"), "\(talk.dialogue.last.text)")
        talk.say("at two")
        #expect(
            talk.dialogue.phase == .clarifying && talk.dialogue.options.first?.json.text == "14:00",
            "\(talk.dialogue.last.text)")
        talk = try english(["I want to book at the health centre", "the day after tomorrow at two"])
        #expect(value(talk, "day") == "2026-11-23", "\(talk.dialogue.last.text)")
    }

    @Test("a place is no part of a sentence, and a read-back names its values apart")
    func readBack() throws {
        let light = try english(["the street light at 12 Solmaru-ro is broken"])
        #expect(value(light, "where") == "12 Solmaru-ro", "\(light.dialogue.last.text)")
        #expect(light.dialogue.last.text.contains("Where: 12 Solmaru-ro"), "\(light.dialogue.last.text)")
    }
}

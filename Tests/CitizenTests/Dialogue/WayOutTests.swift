import Access
import District
import Record
import Testing
import Web

@testable import Citizen

/// A read-back that was not understood is read back anew, danger is heard in every state, and out of a call-back there is
/// a way.
struct WayOutTests {
    @Test(
        "what is said at a read-back and not understood is said to be so, and no yes to the older read-back sends it",
        arguments: ["여보 텔레비전 좀 꺼", "얼마고", "그 뭐 있잖아 그거 참"])
    func notUnderstood(_ text: String) throws {
        var talk = try Talk()
        talk.pothole()
        try #require(talk.dialogue.phase == .confirming)
        let before = talk.dialogue.readBacks
        let said = talk.say(text)
        #expect(said.text.contains("알아듣지 못했습니다"), "\(said.text)")
        #expect(talk.commits.isEmpty)
        #expect(talk.dialogue.phase == .confirming && talk.dialogue.readBacks == before + 1)
        #expect(said.readBack.contains { $0.value.contains("중앙로 12") })
        talk.say("네")
        #expect(talk.commits == [before + 1])
    }

    @Test("what looks like a change asks which value, and a yes to that is read back once more")
    func looksLikeChange() throws {
        var talk = try Talk()
        talk.pothole()
        let said = talk.say("그거 말고 딴 거로")
        #expect(said.text.contains("알아듣지 못했습니다") && talk.dialogue.phase == .changing, "\(said.text)")
        talk.say("네")
        #expect(talk.commits.isEmpty && talk.dialogue.phase == .confirming)
        talk.say("네")
        #expect(talk.commits.count == 1)
    }

    @Test("a value called by its name is asked for anew")
    func namedValue() throws {
        var talk = try Talk()
        talk.pothole()
        let slot = try #require(
            talk.machine.ear.intents[talk.dialogue.intent ?? ""]?.slots.first { talk.dialogue.answers[$0.name] != nil })
        talk.say("\(slot.label.ko) 틀렸어")
        #expect(talk.dialogue.phase == .filling && talk.dialogue.asking == slot.name)
        #expect(talk.commits.isEmpty)
    }

    @Test("a telephone number or an address is no emergency, and words of one beside it are")
    func values() throws {
        var talk = try Talk()
        talk.say("기계 말고 사람")
        try #require(talk.dialogue.phase == .callPhone)
        talk.say("010 1112 3333")
        #expect(talk.dialogue.phase == .callTime && !talk.dialogue.hadEmergency)
        var place = try Talk()
        place.say("집 앞 도로에 구멍 났어")
        place.say("솔마루로 119")
        #expect(place.dialogue.phase == .confirming && !place.dialogue.hadEmergency, "\(place.dialogue.last.text)")
        var fire = try Talk()
        fire.say("집 앞 도로에 구멍 났어")
        let said = fire.say("솔마루로 119 불났어요")
        #expect(fire.dialogue.hadEmergency && said.links.contains { $0.href == "tel:119" })
    }

    @Test("in every state an emergency is answered with whom to call", arguments: Dialogue.Phase.allCases)
    func everywhere(_ phase: Dialogue.Phase) throws {
        var talk = try Talk()
        talk.pothole()
        talk.dialogue.phase = phase
        let said = talk.say("죽고 싶어")
        #expect(said.text.contains("109") && said.links.contains { $0.href == "tel:109" })
        #expect(talk.effects.contains(.emergency))
    }

    @Test("out of a call-back: something else, from the beginning, or no call at all")
    func call() throws {
        var talk = try Talk()
        talk.say("기계 말고 사람")
        talk.say("등본 한 통 떼 줘")
        #expect(talk.dialogue.phase == .filling && talk.dialogue.intent != nil, "\(talk.dialogue.last.text)")
        talk.say("기계 말고 사람")
        let said = talk.say("됐어 전화 안 받을래")
        #expect(talk.dialogue.phase == .finished && said.text.contains("전화드리지 않겠습니다"), "\(said.text)")
        talk.say("기계 말고 사람")
        talk.say("처음부터")
        #expect(talk.dialogue.phase == .idle)
        // A number and a time are still a number and a time.
        talk.say("기계 말고 사람")
        talk.say("010-1234-5678")
        talk.say("내일 오전에")
        #expect(talk.dialogue.phase == .callConfirming)
        talk.say("네")
        #expect(talk.dialogue.phase == .handedOver && talk.dialogue.isCallBack == true)
    }

    @Test("after a call was promised, something else is another conversation, and the promise stands")
    func anew() async throws {
        try await TalkHouse.with(at: "2026-11-23T21:00:00+09:00", hasCity: false) { yard in
            let line = try Line(yard)
            for text in ["기계 말고 사람", "010-1234-5678", "내일 오전에", "네"] { try await line.say(text) }
            try #require(line.phase == "handedOver", "\(line.said)")
            let before = line.code
            try await line.say("음 그래요")
            #expect(line.phase == "handedOver" && line.code == before)
            try await line.say("가로등이 고장났어요")
            #expect(line.phase == "filling" && line.code != before, "\(line.said)")
            #expect(try await yard.events(HandoverRequested.type).count == 1)
        }
    }
}

import Access
import District
import Foundation
import Record
import TestKit
import Testing

@testable import Citizen

/// The twelve dialogues by which the room is accepted, word for word, through a real house and a practice city.
struct AcceptanceTests {
    static let home = [
        "home": "중앙로 12", "where": "중앙로 12 앞", "name": "김영숙", "phone": "010-1234-5678", "copies": "하나", "count": "하나",
        "what": "구멍이 큽니다", "day": "이십육일", "time": "오후 두 시",
    ]

    @Test("1. 등본 하나 뽑아야 되는데: asks how to receive it, reads back, and has a number only after a yes")
    func certificate() async throws {
        try await TalkHouse.with { yard in
            let line = try Line(yard)
            try await line.say("등본 하나 뽑아야 되는데")
            #expect(line.phase == "filling", "\(line.said)")
            try await line.fill(Self.home.merging(["receive": "방문", "document": "등본"]) { $1 })
            #expect(line.phase == "confirming", "\(line.said)")
            #expect(!line.readBack.isEmpty)
            #expect(try await line.submitted == 0)
            try await line.say("네")
            try await line.settle()
            #expect(line.phase == "finished", "\(line.said)")
            #expect(line.receipt?.isEmpty == false)
            #expect(line.said.contains(line.receipt ?? "–"))
            #expect(try await line.submitted == 1)
            try await line.say("네")
            #expect(try await line.submitted == 1)
        }
    }

    @Test("2. 집 앞 도로에 구멍 났어: asks where, reads back, files")
    func pothole() async throws {
        try await TalkHouse.with { yard in
            let line = try Line(yard)
            try await line.say("집 앞 도로에 구멍 났어")
            #expect(line.phase == "filling", "\(line.said)")
            try await line.say("중앙로 12 앞")
            #expect(line.phase == "confirming", "\(line.said)")
            #expect(line.readBack.contains { $0.contains("중앙로") }, "\(line.readBack)")
            try await line.say("네 그렇게 해 주세요")
            try await line.settle()
            #expect(line.receipt != nil, "\(line.said)")
            #expect(try await line.submitted == 1)
        }
    }

    @Test("3. 백사십삼 번 언제 와: bus 143; no stop is known, so it asks")
    func bus() async throws {
        try await TalkHouse.with { yard in
            let line = try Line(yard)
            try await line.say("백사십삼 번 언제 와")
            #expect(line.phase == "filling", "\(line.said)")
            let kept = try #require(try await line.kept)
            #expect(kept.state.intent == "lookup:bus")
            #expect(kept.state.answers["line"]?.json.text == "143")
            #expect(kept.state.asking == "stop")
            try await line.say("시청 앞")
            #expect(line.phase == "finished", "\(line.said)")
            #expect(line.said.contains("143"))
            #expect(try await line.submitted == 0)
        }
    }

    @Test("4. 모레 두 시: asks whether it is two in the afternoon, with the weekday")
    func ambiguous() async throws {
        try await TalkHouse.with { yard in
            let line = try Line(yard)
            try await line.say("보건소 예약할래요")
            #expect(try await line.kept?.state.intent == "citizen.health-centre.book", "\(line.said)")
            for _ in 0..<4 {
                guard let asking = try await line.kept?.state.asking, asking != "day" else { break }
                try await line.say(asking == "purpose" ? "진료" : Self.home[asking] ?? "")
            }
            try await line.say("모레 두 시")
            for _ in 0..<2 where line.phase == "filling" { try await line.say("두 시") }
            #expect(line.phase == "clarifying", "\(line.said)")
            #expect(line.said.contains("오후") && line.said.contains("두 시") && line.said.contains("맞으세요"), "\(line.said)")
            try await line.say("네")
            try await line.fill(Self.home.merging(["purpose": "진료"]) { $1 })
            #expect(line.phase == "confirming", "\(line.said)")
            #expect(line.readBack.contains { $0.contains("25일") && $0.contains("수요일") }, "\(line.readBack)")
            #expect(line.readBack.contains { $0.contains("오후") }, "\(line.readBack)")
        }
    }

    @Test("5. 이십오일 말고 이십육일: the 26th, and nothing else changes")
    func correctedDay() async throws {
        try await TalkHouse.with { yard in
            let line = try Line(yard)
            try await Self.booking(line, day: "이십오일")
            let before = line.readBack
            try await line.say("이십오일 말고 이십육일")
            #expect(line.phase == "confirming", "\(line.said)")
            #expect(line.readBack.contains { $0.contains("26일") }, "\(line.readBack)")
            #expect(zip(before, line.readBack).filter { $0 != $1 }.count == 1)
            #expect(try await line.submitted == 0)
            try await line.say("네")
            try await line.settle()
            #expect(line.receipt != nil, "\(line.said)")
        }
    }

    @Test("6. a phone number corrected in the middle: only that part changes, and it is read back")
    func correctedPhone() async throws {
        try await TalkHouse.with { yard in
            let line = try Line(yard)
            try await Self.booking(line, day: "이십육일", phone: "공일공 일이삼사… 아니 일이삼오 오육칠팔")
            #expect(line.readBack.contains { $0.contains("일이삼오") && $0.contains("오육칠팔") }, "\(line.readBack)")
            let before = line.readBack
            try await line.say("전화번호 공일공 일이삼사 오육칠팔로 바꿔 줘")
            #expect(line.phase == "confirming", "\(line.said)")
            #expect(line.readBack.contains { $0.contains("일이삼사") }, "\(line.readBack)")
            #expect(zip(before, line.readBack).filter { $0 != $1 }.count == 1)
            #expect(try await line.submitted == 0)
        }
    }

    @Test("7. 침대 버릴라카는데 우째야 되노: bulky waste, confirmed")
    func dialect() async throws {
        try await TalkHouse.with { yard in
            let line = try Line(yard)
            try await line.say("침대 버릴라카는데 우째야 되노")
            let state = try #require(try await line.kept?.state)
            #expect(
                state.intent == "citizen.bulky-waste.apply" || state.choices == ["citizen.bulky-waste.apply"],
                "\(line.said)")
            if line.phase == "choosing" { try await line.say("네") }
            try await line.fill(Self.home.merging(["item": "침대"]) { $1 })
            #expect(line.phase == "confirming", "\(line.said)")
            #expect(line.readBack.contains { $0.contains("침대") }, "\(line.readBack)")
            try await line.say("네")
            try await line.settle()
            #expect(line.receipt != nil, "\(line.said)")
        }
    }

    @Test("8. 가슴이 아파 숨을 못 쉬겠어, in the middle of a booking: 119 at once, the booking stopped")
    func emergency() async throws {
        try await TalkHouse.with { yard in
            let line = try Line(yard)
            try await Self.booking(line, day: "이십육일")
            try await line.say("가슴이 아파 숨을 못 쉬겠어")
            #expect(line.phase == "emergency")
            #expect(line.said.hasPrefix("지금 바로 119"))
            #expect(line.links.contains("tel:119"))
            // A yes now is a yes to going on, never to the booking.
            try await line.say("네")
            #expect(line.phase == "confirming")
            #expect(try await line.submitted == 0)
        }
    }

    @Test("9. 기계 말고 사람: a person at once with the context; where the desk is closed, a call-back")
    func person() async throws {
        try await TalkHouse.with { yard in
            let line = try Line(yard)
            try await Self.booking(line, day: "이십육일")
            try await line.say("기계 말고 사람")
            #expect(line.phase == "handedOver")
            let event = try #require(try await yard.events(HandoverRequested.type).first)
            let request = try #require(HandoverRequested(stream: event.stream, payload: event.payload))
            #expect(request.reason == .asked && request.isOpen && request.intent == "citizen.health-centre.book")
            let disclosed = try await yard.payload(event)
            let content = try #require(disclosed["content"].flatMap(HandoverRequested.Content.init))
            #expect(content.slots.contains { $0.name == "day" })
            #expect(content.transcript.contains { $0.text == "기계 말고 사람" })

            yard.clock.set("2026-11-21T09:00:00+09:00")
            let late = try Line(yard)
            try await late.say("기계 말고 사람")
            #expect(late.phase == "callPhone", "\(late.said)")
            try await late.say("공일공 일이삼사 오육칠팔")
            #expect(late.phase == "callTime")
            try await late.say("월요일 오전 열 시쯤")
            #expect(late.phase == "callConfirming")
            #expect(late.readBack.first?.contains("일이삼사") == true)
            #expect(try await yard.events(HandoverRequested.type).count == 1)
            try await late.say("네")
            #expect(late.phase == "handedOver")
            let booked = try #require(try await yard.events(HandoverRequested.type).last)
            let told = try await yard.payload(booked)["content"].flatMap(HandoverRequested.Content.init)
            #expect(told?.phone?.filter(\.isNumber) == "01012345678" && told?.time == "월요일 오전 열 시쯤")
            #expect(HandoverRequested(stream: booked.stream, payload: booked.payload)?.isOpen == false)
        }
    }

    @Test("10. the service takes it and says nothing: not confirmed, looked up before a retry, no duplicate")
    func timeout() async throws {
        // A city that is not waited for long, so that its silence shows within the turn.
        try await withTemporaryFolder { folder in
            let endpoint: JSON = ["on": false, "url": "", "send_seconds": 0.3, "ask_seconds": 0.3]
            try Data(endpoint.canonical).write(to: folder.appendingPathComponent("city-endpoint.json"))
            let services = try CityServices(Citizen.book(folder.path))
            try await TalkHouse.with(corrections: folder.path, isServed: false) { try await silent($0, services) }
        }
    }

    private func silent(_ yard: TalkHouse, _ services: CityServices) async throws {
        let city = try #require(yard.city)
        let delivery = RequestDelivery(spine: yard.spine, services: services)
        let line = try Line(yard)
        try await Self.booking(line, day: "이십육일")
        await city.misbehave("silent-after-commit", seconds: 20, times: 1)
        // The house's own connector stands still, so that the city is asked when the test says so.
        async let brought: Void = Self.bring(yard, delivery)
        try await line.say("네")
        try await brought
        #expect(line.phase == "unconfirmed", "\(line.said)")
        #expect(line.said.contains("접수됐는지 확인되지 않았습니다"))
        #expect(line.receipt == nil)
        // The word to say is on a button, and the number to ask by is named.
        #expect(line.answer["choices"]?.elements?.first == "확인")
        let number = try #require(try await yard.events(RequestEvents.submitted).first?.payload["number"]?.text)
        let link = try #require(line.answer["links"]?.elements?.first)
        #expect(
            link["href"]?.text == "/citizen/requests?number=\(number)" && link["title"]?.text?.contains(number) == true)
        #expect(await city.count == 1)
        // Still open: nothing is sent, and nothing is claimed.
        try await line.say("확인해 주세요")
        #expect(line.phase == "unconfirmed" && line.receipt == nil, "\(line.said)")
        try await Self.bring(yard, delivery)
        try await line.say("확인해 주세요")
        #expect(line.receipt == "T-100001", "\(line.said)")
        #expect(try await line.submitted == 1)
        #expect(await city.count == 1)
    }

    /// Brings the one request that the house has to the city, once.
    private static func bring(_ yard: TalkHouse, _ delivery: RequestDelivery) async throws {
        for _ in 0..<200 {
            if let event = try await yard.events(RequestEvents.submitted).first {
                try await delivery.deliver(id: CityRequest.id(event.stream))
                return
            }
            try await Task.sleep(for: .milliseconds(10))
        }
        Issue.record("nothing was submitted")
    }

    @Test("11. 피자 시켜줘: it says that it cannot, and nothing is done")
    func pizza() async throws {
        try await TalkHouse.with { yard in
            let line = try Line(yard)
            try await line.say("피자 시켜줘")
            #expect(line.phase == "idle")
            #expect(line.said.contains("도와드릴 수 없습니다"))
            #expect(try await line.submitted == 0)
        }
    }

    @Test("12. 글쎄, two silences, a television's 네: no commit, a person is offered")
    func hesitation() async throws {
        try await TalkHouse.with { yard in
            let line = try Line(yard)
            try await Self.booking(line, day: "이십육일")
            try await line.say("글쎄")
            #expect(line.phase == "confirming")
            try await line.silence()
            try await line.silence()
            #expect(line.phase == "offering" && line.said.contains("담당자"), "\(line.said)")
            try await line.say("네")
            #expect(line.phase == "handedOver")
            #expect(try await line.submitted == 0)

            // Nothing is asked: a yes is nobody's.
            let other = try Line(yard)
            try await other.say("네")
            #expect(other.phase == "idle")
            #expect(try await other.submitted == 0)
        }
    }

    /// A booking at the health centre, as far as its read-back.
    static func booking(_ line: Line, day: String, phone: String = "010-1234-5678") async throws {
        try await line.say("보건소 예약할래요")
        try await line.fill(home.merging(["day": day, "phone": phone, "purpose": "진료"]) { $1 })
        #expect(line.phase == "confirming", "\(line.said)")
    }
}

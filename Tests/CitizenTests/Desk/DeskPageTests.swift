import Access
import District
import Foundation
import Record
import Store
import TestKit
import Testing
import Web

@testable import Citizen

/// The desk's pages, over HTTP: what was told before is not asked again, what is filed is found again, and no call is
/// promised that nobody can make.
struct DeskPageTests {
    private func requested(
        _ yard: Yard, _ id: String, isOpen: Bool = false, phone: String? = nil, time: String? = nil
    ) async throws {
        let content = HandoverRequested.Content(transcript: [], slots: [], phone: phone, time: time)
        try await yard.district.record(
            [
                HandoverRequested(
                    id: id, dialogue: id, reason: .asked, intent: nil, isOpen: isOpen, language: .ko,
                    channel: "voice", subject: PersonID("caller-\(id)")
                ).draft(content)
            ], origin: Origin(author: .system("citizen.talk")))
        yard.clock.advance(by: 60)
    }

    private func csrf(_ page: String) throws -> String {
        String(try #require(page.firstMatch(of: /name="csrf" value="([^"]+)"/)).1)
    }

    private func hidden(_ name: String, _ page: String) throws -> String {
        String(
            try #require(
                page.firstMatch(of: try Regex("name=\"\(name)\" value=\"([^\"]*)\"", as: (Substring, Substring).self)),
                "\(name)"
            ).1)
    }

    private func body(_ fields: [String: String]) -> [UInt8] {
        Array(
            fields.map { name, value in
                "\(name)=\(value.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? "")"
            }.joined(separator: "&").utf8)
    }

    @Test("the form is filled in with what was told, files once, and its number stands with the conversation")
    func receipt() async throws {
        try await Yard.with { yard in
            yard.clock.set("2026-11-23T10:00:00+09:00")
            try await yard.serve { client in
                var (turn, code): (Int64, JSON?) = (0, nil)
                func say(_ text: String) async throws -> JSON {
                    turn += 1
                    var members: [String: JSON] = ["text": .string(text), "turn": .decimal(turn)]
                    members["dialogue"] = code
                    let answer = try await client.send(
                        "POST", "/api/v1/agent/turns", [("Content-Type", "application/json")],
                        body: Array(JSON.object(members).canonical))
                    let json = try JSON(parsing: answer.body)
                    code = json["dialogue"]
                    return json
                }
                _ = try await say("보건소 진료 예약하고 싶어요. 제 이름은 김영숙이고 전화는 010-1234-5678이에요")
                let handed = try await say("기계 말고 사람")
                #expect(handed["state"] == "handedOver")
                let tenant = try Caller.officer.tenant
                let one = try #require(
                    try await yard.store.read { try HandoverTable.all(.waiting, for: tenant, in: $0) }.first)
                let intent = try #require(one.intent)
                let known = try #require(
                    try await yard.store.read { try DialogueTable.find(id: one.dialogue, in: $0) }
                ).state.answers
                let officer = try await yard.signIn(.officer)
                let place = "/citizen/desk/handovers/\(one.id)"
                // Whoever has not taken them sees no form.
                #expect(try await client.send("GET", place + "/form", officer).status == 403)
                try await yard.perform("citizen.handover.take", ["handover": .string(one.id)], by: .officer)
                let page = try await client.send("GET", place, officer).text
                #expect(page.contains("href=\"\(place)/form\"") && page.contains("아직 접수한 것이 없습니다."))
                let form = try await client.send("GET", place + "/form", officer).text
                #expect(!known.isEmpty)
                for (name, answer) in known {
                    let value = answer.json.text ?? answer.json.canonicalText
                    #expect(form.contains("value=\"\(value)"), "\(name) = \(value)")
                }
                let phone = try #require(known["phone"]?.json.text)
                #expect(phone == "010-1234-5678")
                #expect(!place.contains(phone))

                let values = [
                    "purpose": "진료", "day": "2026-11-26", "time": "14:00", "name": "김영숙", "phone": phone,
                ]
                let fields = yard.district.forms[intent]?.fields.map(\.name) ?? []
                var sent = values.filter { fields.contains($0.key) }
                for field in yard.district.forms[intent]?.fields ?? [] {
                    if case .choice(let choices) = field.kind { sent[field.name] = choices.first?.value }
                    if case .moment = field.kind { sent[field.name] = "2026-11-26T14:00" }
                }
                for name in ["idempotency", "next", "correlation"] { sent[name] = try hidden(name, form) }
                sent["csrf"] = try csrf(form)
                sent["confirmed"] = "yes"
                let type = officer + [("Content-Type", "application/x-www-form-urlencoded")]
                for _ in 0..<2 {
                    let done = try await client.send("POST", "/do/\(intent)", type, body: body(sent))
                    #expect(done.status == 303, "\(done.text)")
                    #expect(done["location"] == place)
                }
                let submitted = try await yard.events().filter { $0.type == RequestEvents.submitted }
                #expect(submitted.count == 1)
                #expect(submitted.first?.correlation.description == one.dialogue)
                let number = try #require(submitted.first?.payload["number"]?.text)
                let after = try await client.send("GET", place, officer).text
                #expect(after.contains("href=\"/citizen/desk/requests/\(number)\""), "\(number)")
                #expect(!after.contains("\(place)/form"))
            }
        }
    }

    @Test("a screen shows a number as it is written and a day as it is said; a voice says both")
    func written() throws {
        func answer(_ value: String, _ spoken: String) -> Dialogue.Answer {
            Dialogue.Answer(
                Filled(value: .string(value), spoken: Words(spoken, spoken), span: 0..<1, evidence: spoken))
        }
        var dialogue = Dialogue(.ko)
        let (phone, day) = ("공일공, 일이삼사, 오육칠팔", "12월 15일 화요일")
        dialogue.answers = ["phone": answer("010-1234-5678", phone), "day": answer("2026-12-15", day)]
        var said = Said()
        said.lines = ["연락처 \(phone), 날짜 \(day)."]
        said.readBack = [Said.Pair(label: "연락처", value: phone), Said.Pair(label: "날짜", value: day)]
        let told = TurnAnswer.json(code: "c", 1, dialogue, said, notice: Words("", ""))
        #expect(told["reply"]?["captions"]?.elements == ["연락처 010-1234-5678, 날짜 12월 15일 화요일."])
        #expect(told["reply"]?["speech"]?.text?.contains(phone) == true)
        let pairs = told["read_back"]?.elements ?? []
        #expect(pairs.map { $0["written"]?.text } == ["010-1234-5678", nil])
        // What stands in the read-back is not shown twice.
        #expect(VoiceView.captions(told).isEmpty)
    }

    @Test("who left no number stands under no promise, and no call to them is counted")
    func unreachable() async throws {
        try await Yard.with { yard in
            try await requested(yard, "mute", time: "내일 아침 열 시")
            try await requested(yard, "known", phone: "01055501234", time: "응 그래")
            let officer = try await yard.signIn(.officer)
            try await yard.serve { client in
                let page = try await client.send("GET", "/citizen/desk", officer).text
                let calls = try #require(page.range(of: "id=\"calls\""))
                let mute = try #require(page.range(of: "id=\"unreachable\""))
                let others = try #require(page.range(of: "id=\"others\""))
                #expect(page[calls.upperBound..<mute.lowerBound].contains("/handovers/known"))
                #expect(!page[calls.upperBound..<mute.lowerBound].contains("/handovers/mute"))
                let bare = page[mute.upperBound..<others.lowerBound]
                #expect(bare.contains("/handovers/mute") && bare.contains("연락처 없음") && !bare.contains("전화 약속"))
                // A wish has its date; what is no time is said to be none.
                #expect(bare.contains("내일 아침 열 시 (11월 22일 일요일 오전 열 시) · 상담 시간이 아님"))
                #expect(page.contains("응 그래 · 정한 시각 없음"))
                #expect(try await client.send("GET", "/", officer).text.contains("전화드릴 민원인이 있습니다"))
            }
            try await yard.perform("citizen.handover.take", ["handover": "mute"], by: .officer)
            #expect(
                try await yard.refusal(
                    "citizen.callback.try", ["handover": "mute", "result": "no-answer"], by: .officer)?.code
                    == "callback.no-phone")
            #expect(try await yard.rebuildsAlike())
        }
    }

    @Test("a promise takes the place of the wish, to the minute and with its weekday; the form knows number and wish")
    func promised() async throws {
        try await Yard.with { yard in
            yard.clock.set("2026-11-23T09:30:00+09:00")
            try await requested(yard, "late", phone: "01055501234", time: "내일 오전 열 시")
            try await yard.perform("citizen.handover.take", ["handover": "late"], by: .officer)
            let officer = try await yard.signIn(.officer)
            try await yard.serve { client in
                let form = try await client.send("GET", "/citizen/desk/handovers/late/call", officer).text
                #expect(form.contains("value=\"010-5550-1234\"") && form.contains("value=\"2026-11-24T10:00\""))
                try await yard.perform(
                    "citizen.callback.arrange",
                    ["handover": "late", "phone": "010-5550-1234", "due": "2026-11-25T15:30:00+09:00"], by: .officer)
                for path in ["/citizen/desk", "/citizen/desk/handovers/late"] {
                    let page = try await client.send("GET", path, officer).text
                    #expect(page.contains("11월 25일 수요일 15:30"), "\(path)")
                    #expect(!page.contains("내일 오전 열 시") && !page.contains("15:30:00<"), "\(path)")
                }
            }
        }
    }

    @Test("what nobody reads is not said to be told: who waits for a call sees nothing, until they write themself")
    func absent() async throws {
        try await Yard.with { yard in
            try await requested(yard, "late", phone: "01055501234")
            try await requested(yard, "here", isOpen: true)
            for id in ["late", "here"] {
                try await yard.perform("citizen.handover.take", ["handover": .string(id)], by: .officer)
            }
            let said: [String: JSON] = ["handover": "late", "text": "여보세요"]
            #expect(try await yard.refusal("citizen.handover.say", said, by: .officer)?.code == "handover.absent")
            let officer = try await yard.signIn(.officer)
            try await yard.serve { client in
                let late = try await client.send("GET", "/citizen/desk/handovers/late", officer).text
                #expect(!late.contains("citizen.handover.say") && late.contains("적은 말을 볼 수 없습니다"))
                let here = try await client.send("GET", "/citizen/desk/handovers/here", officer).text
                #expect(here.contains("citizen.handover.say") && !here.contains("적은 말을 볼 수 없습니다"))
            }
            try await yard.district.record(
                [
                    Draft(
                        DeskEvents.said, stream: HandoverRequested.stream("late"), scope: .zone,
                        payload: ["who": "citizen"])
                ], origin: Origin(author: .system("test")))
            try await yard.perform("citizen.handover.say", said, by: .officer)
        }
    }

    @Test("what a command forbids keeps what was typed, and is no missing right")
    func refused() async throws {
        try await Yard.with { yard in
            try await yard.enrol(.person("colleague", [.zoneOfficer]))
            try await requested(yard, "one", isOpen: true)
            try await yard.perform(
                "citizen.handover.take", ["handover": "one"], by: .person("colleague", [.zoneOfficer]))
            let officer = try await yard.signIn(.officer)
            try await yard.serve { client in
                let page = try await client.send("GET", "/do/citizen.handover.say?handover=one", officer).text
                let sent = ["csrf": try csrf(page), "handover": "one", "text": "길게 적은 말", "idempotency": "k"]
                let type = officer + [("Content-Type", "application/x-www-form-urlencoded")]
                let answer = try await client.send("POST", "/do/citizen.handover.say", type, body: body(sent))
                #expect(answer.status == 403)
                #expect(answer.text.contains("다른 담당자가 맡은 상담입니다.") && answer.text.contains("길게 적은 말"))
                #expect(!answer.text.contains("권한이 없습니다"))
                // A page that a rule withholds says the rule.
                let form = try await client.send("GET", "/citizen/desk/handovers/one/call", officer)
                #expect(form.status == 403 && !form.text.contains("볼 권한이 없습니다"))
                #expect(form.text.contains("다른 담당자가 맡은 상담입니다."))
            }
        }
    }
}

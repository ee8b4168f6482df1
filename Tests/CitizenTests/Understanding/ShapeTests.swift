import Access
import District
import Record
import Testing

@testable import Citizen

/// What is known by the order of words and particles, and what is not a word at all.
struct ShapeTests {
    private func spans(_ text: String, _ intent: String) throws -> [String: String] {
        let utterance = Utterance(text)
        let match = try Listening.book.get().matches(utterance).first { $0.intent == intent }
        return try #require(match).spans.mapValues { utterance[$0] }
    }

    @Test("a sentence that is made of its slots is known by its shape, and its slots stand where its words leave room")
    func generic() throws {
        let spans = try spans("2호 프레스에 톨루엔 등록해 주이소", "safety.substance.register")
        #expect(spans["thing"] == "2호 프레스")
        #expect(spans["name"] == "톨루엔")
        let told = try self.spans("아홉 시에 노동청에 알렸습니다", "safety.call.log")
        #expect(told["at"] == "아홉 시" && told["to"] == "노동청")
    }

    @Test(
        "words that many share are no request of their own",
        arguments: ["등록해 줘", "신청할게요", "적어 주세요", "I have come", "register it please"])
    func light(text: String) throws {
        let book = try Listening.book.get()
        let isKorean = text.unicodeScalars.contains { $0.value > 0xAC00 }
        guard case .one(let match) = Understanding.read(Utterance(text, isKorean ? .ko : .en), book: book) else {
            return
        }
        #expect(match.score < Understanding.sure, "\(text) → \(match.intent)")
    }

    @Test("-고 싶다 makes a verb: buying is no accident, with and without the space")
    func wish() throws {
        let book = try Listening.book.get()
        for text in ["옷 한 벌 사고 싶어", "옷 한 벌 사고싶어요"] {
            let matches = book.matches(Utterance(text))
            #expect(!matches.contains { $0.intent == "safety.incident.report" && $0.score >= Understanding.floor })
        }
        let real = book.matches(Utterance("2호 프레스에서 사고가 났어")).first
        #expect(real?.intent == "safety.incident.report")
    }

    @Test("what became of a request is asked in many endings")
    func status() throws {
        let book = try Listening.book.get()
        for text in ["내가 신청한 거 어떻게 됐어요", "신청한 거 어떻게 됐나요", "접수번호 이공이공 어떻게 됐나"] {
            #expect(book.matches(Utterance(text)).first?.intent == "lookup:status", "\(text)")
        }
    }

    @Test("English stems: what an ending took is put back, and care is no car")
    func english() {
        func stem(_ word: String) -> [UInt8] { English.stem(Jamo.codes(word)) }
        #expect(stem("moved") == stem("move") && stem("filing") == stem("file") && stem("damaged") == stem("damage"))
        #expect(stem("fixed") == stem("fix") && stem("stopped") == stem("stop") && stem("buses") == stem("bus"))
        #expect(stem("care") != stem("car") && stem("cars") == stem("car"))
    }

    @Test("a phrase of several words takes no word more, and an ending is no word of its own")
    func phrases() throws {
        let book = try Listening.book.get()
        #expect(book.matches(Utterance("요양 보호사 보내 줘")).first?.intent == "citizen.visiting-care.apply")
        #expect(book.matches(Utterance("신청한 거 어떻게 됐습니까")).first?.intent == "lookup:status")
    }

    @Test("a command with fields that cannot be said leads to its page, what was said filled in and nothing personal")
    func shown() throws {
        let people = Field(
            "who", Words("사람", "Who"), .list([Field("p", Words("이름", "Name"), .text(maximum: 9))], maximum: 5))
        let form = Form(
            "toys.walk.record", title: Words("순회", "Walk"), help: Words("", ""),
            fields: [
                people, Field("at", Words("때", "At"), .moment), Field("kind", Words("종류", "Kind"), .text(maximum: 50)),
                Field("note", Words("메모", "Note"), .text(maximum: 50), isPersonal: true),
            ], permission: .anyone, surfaces: [.web, .voice])
        let intent = try #require(IntentBook.intent(of: form, said: []))
        #expect(intent.kind == .launch)
        #expect(intent.slots.map(\.name) == ["at", "kind", "note"] && intent.slots.allSatisfy { !$0.required })
        let link = CommandPage.link(
            form, ["at": "2026-11-23T01:30:00Z", "kind": "주간 점검", "note": "김영숙"])
        #expect(
            link.url == "/do/toys.walk.record?at=2026-11-23T10%3A30&kind=%EC%A3%BC%EA%B0%84%20%EC%A0%90%EA%B2%80")
        #expect(CommandPage.link(form, [:]).url == "/do/toys.walk.record")
        // What has no page either cannot be asked for at all.
        let spoken = Form(
            "toys.walk.record", title: Words("순회", "Walk"), help: Words("", ""), fields: [people], permission: .anyone,
            surfaces: [.voice])
        #expect(IntentBook.intent(of: spoken, said: []) == nil)
    }
}

import Access
import District
import Record
import Testing

@testable import Citizen

/// Letters made even, endings taken off, and slots made of forms.
struct KoreanTests {
    @Test("letters are made even, and know which characters of the utterance they stand for")
    func normalised() throws {
        let normaliser = try Listening.lexicon.get().normaliser
        let utterance = Utterance("어… 저기요, Ｎ０ 네에에에ㅋㅋ 등분 떼 주세요!")
        let said = normaliser.read(utterance)
        #expect(said.text == "n0 네 등본 떼 주세요")
        #expect(utterance[said.raw(said.words[2])] == "등분")
        #expect(normaliser.read(Utterance("각")).text == "각")
        #expect(normaliser.read(Utterance("맞아요?")).asks)
        #expect(normaliser.read(Utterance("ㅋㅋㅋ ~~")).letters.isEmpty)
    }

    @Test("all forms of a word have one stem")
    func stems() throws {
        let stemmer = try Listening.lexicon.get().stemmer
        for forms in [
            ["고쳐", "고치려고요", "고칠라카는데", "고치고", "고칩니다", "고쳤어요", "고치이소"],
            ["버려", "버리려면", "버릴라꼬", "버렸습니다", "버리는데요"], ["가로등이", "가로등은", "가로등을", "가로등에서"],
            ["신청해", "신청할게요", "신청하고", "신청합니다", "신청했어요"],
        ] {
            #expect(Set(forms.map { stemmer.stem(Jamo.codes($0)) }).count == 1, "\(forms)")
        }
        #expect(stemmer.stem(Jamo.codes("소음")) == Stemmer.even(Jamo.codes("소음")))
    }

    @Test("sounds alike are near, others are far")
    func distances() {
        #expect(Jamo.mishearing(Jamo.codes("가로등")[...], Jamo.codes("카로등"), limit: 4) == 1)
        #expect(Jamo.mishearing(Jamo.codes("가로등")[...], Jamo.codes("가로동"), limit: 4) == 2)
        #expect(Jamo.distance(Jamo.codes("가로등")[...], Jamo.codes("도로명")[...], limit: 2) == 3)
    }

    @Test("a form becomes slots; what must be shown cannot be asked for by voice")
    func slots() throws {
        func form(_ fields: [Field], _ surfaces: Set<Form.Surface> = [.voice]) -> Form {
            Form(
                "x.y.z", title: Words("가", "a"), help: Words("", ""), fields: fields, permission: .anyone,
                surfaces: surfaces, isConfidential: true)
        }
        let photo = Field("photo", Words("사진", "Photo"), .attachment(maximumBytes: 10))
        let phone = Field("phone", Words("연락처", "Phone"), .text(maximum: 20), spoken: .phone)
        let kind = Field("kind", Words("종류", "Kind"), .choice([Field.Choice("full", Words("등본", "Full"))]))
        #expect(IntentBook.intent(of: form([photo]), said: []) == nil)
        #expect(IntentBook.intent(of: form([phone], [.web]), said: []) == nil)
        let said = Phrasing(
            "x.y.z", ko: ["가"], en: ["a"], questions: ["kind": Words("어떤 것?", "Which?")],
            synonyms: ["kind": ["full": ["주민등록등본"]]])
        let intent = try #require(IntentBook.intent(of: form([phone, kind]), said: [said]))
        #expect(intent.slots.map(\.name) == ["phone", "kind"] && intent.slots.allSatisfy(\.isPersonal))
        #expect(intent.slots[0].question.ko == "연락처를 숫자로 말씀해 주세요.")
        #expect(intent.slots[1].question.ko == "어떤 것?")
        guard case .choice(let options) = intent.slots[1].kind else { Issue.record("no choice"); return }
        #expect(options.first?.synonyms == ["주민등록등본"])
    }

    @Test(
        "the dialogues of acceptance are understood",
        arguments: [
            ("등본 하나 뽑아야 되는데", "citizen.resident-certificate.apply"), ("집 앞 도로에 구멍 났어", "citizen.pothole.report"),
            ("백사십삼 번 언제 와", "lookup:bus"), ("침대 버릴라카는데 우째야 되노", "citizen.bulky-waste.apply"),
        ])
    func acceptance(_ text: String, _ intent: String) throws {
        guard case .one(let match) = Understanding.read(Utterance(text), book: try Listening.book.get()) else {
            Issue.record("not understood")
            return
        }
        #expect(match.intent == intent)
    }

    @Test("a slot's place in the sentence is told in the utterance's own characters")
    func callers() throws {
        let book = try Listening.book.get()
        let utterance = Utterance("음 143번 버스 언제 와요")
        let match = try #require(book.matches(utterance).first)
        #expect(match.intent == "lookup:bus")
        let span = try #require(match.spans["line"])
        #expect(utterance[span].contains("143"))
    }
}

import Access
import District
import HouseKit
import Record
import Testing

@testable import Citizen

/// A room with words of its own takes none from those who may not use it.
struct AudienceTests {
    /// A citizen's wish, and a floor's that has its words.
    private static func book(withFloor: Bool) throws -> IntentBook {
        func form(_ name: String, _ permission: Permission) -> Form {
            Form(
                name, title: Words(name, name), help: Words("", ""), fields: [], permission: permission,
                surfaces: [.voice])
        }
        var forms = [
            "city.parcel": form("city.parcel", .anyone), "city.waste": form("city.waste", .anyone),
        ]
        var phrasings = [
            Phrasing("city.parcel", ko: ["택배 상자 언제 와요"], en: ["when does my parcel come"]),
            Phrasing("city.waste", ko: ["큰 상자 버려 주세요"], en: ["take away a big box"]),
        ]
        if withFloor {
            for (number, sentence) in ["택배 상자 포장 시작", "택배 상자 세기", "상자 옮기기", "택배 상자 재고 확인"].enumerated() {
                forms["floor.\(number)"] = form("floor.\(number)", .roles([.operator]))
                phrasings.append(Phrasing("floor.\(number)", ko: [sentence], en: ["floor work \(number)"]))
            }
        }
        return IntentBook(forms: forms, phrasings: phrasings, lexicon: try Listening.lexicon.get())
    }

    private static func read(
        _ text: String, _ book: IntentBook, by caller: Caller
    ) -> (intent: String, score: Double)? {
        guard case .one(let match) = Understanding.read(Utterance(text), book: book, allows: { $0.allows(caller) })
        else { return nil }
        return (match.intent, match.score)
    }

    @Test("what a citizen asks is heard as if the floor's words were not there")
    func citizens() throws {
        let (small, large) = (try Self.book(withFloor: false), try Self.book(withFloor: true))
        for text in ["택배 상자 언제 와요", "내 택배 언제 오나", "상자 버려 주세요", "큰 상자 좀 버려"] {
            let (before, after) = (
                Self.read(text, small, by: .anonymous()), Self.read(text, large, by: .anonymous())
            )
            #expect(before?.intent == after?.intent && before?.score == after?.score, "\(text)")
            #expect(before != nil, "\(text)")
        }
    }

    @Test("whoever asks plainly for what others may only is told so, and those who may get it")
    func others() throws {
        let book = try Self.book(withFloor: true)
        #expect(Self.read("택배 상자 포장 시작", book, by: .anonymous())?.intent == "floor.0")
        let worker = Caller.person("operator", [.operator], firm: "firm-haesol")
        #expect(Self.read("택배 상자 재고 확인", book, by: worker)?.intent == "floor.3")
    }
}

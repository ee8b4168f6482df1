import Access
import Record
import Testing

@testable import Citizen

/// What people say of robots, word for word as it was said to the house.
struct RobotSentenceTests {
    private static let (deliver, track) = ("robots.mission.deliver", "robots.mission.where")

    private func only(_ text: String) throws -> Match? {
        let isKorean = text.unicodeScalars.contains { $0.value > 0xAC00 }
        let utterance = Utterance(text, isKorean ? .ko : .en)
        guard case .one(let match) = Understanding.read(utterance, book: try Listening.book.get()) else { return nil }
        return match
    }

    @Test(
        "where a delivery is asked straight, and answered without a choice",
        arguments: [
            "내 배달 어디쯤 왔어", "내 배달이 어디쯤인지 알려 줘", "제 배달이 어디쯤 왔는지 알려 주세요", "로봇이 어디쯤 오고 있어요",
            "where is my delivery", "where's my delivery", "where is my parcel robot", "where is the delivery robot",
        ])
    func track(_ text: String) throws { #expect(try only(text)?.intent == Self.track) }

    @Test(
        "a delivery is heard with whence, whither and what as they were said",
        arguments: [
            ("3B병동에 수혈용 혈액 갖다 줘", "", "3B병동", "수혈용 혈액"), ("3B병동에 혈액 가져다 줘", "", "3B병동", "혈액"),
            ("약제실에서 3B병동 간호사실로 수혈용 혈액 보내 줘", "약제실", "3B병동 간호사실", "수혈용 혈액"),
            ("카페 등대에서 주민센터로 커피 배달해 줘", "카페 등대", "주민센터", "커피"),
            ("카페 물결에서 솔마루길 12 가정집으로 라테 한 잔 보내 줘", "카페 물결", "솔마루길 12 가정집", "라테 한 잔"),
            ("로봇한테 커피 배달 시키고 싶어", "", "", "커피"),
        ])
    func deliver(_ text: String, _ from: String, _ to: String, _ what: String) throws {
        let match = try #require(try only(text))
        #expect(match.intent == Self.deliver)
        let said = match.spans.mapValues { Utterance(text)[$0] }
        #expect(said["from"] ?? "" == from && said["to"] ?? "" == to && said["what"] == what, "\(said)")
    }

    @Test(
        "who asks for a robot and names nothing has named nothing",
        arguments: ["로봇 배달 부탁해요", "로봇 배달 부탁합니다", "로봇 배달해 줘"])
    func bare(_ text: String) throws {
        let match = try #require(try only(text))
        #expect(match.intent == Self.deliver && match.spans.isEmpty, "\(match.spans.mapValues { Utterance(text)[$0] })")
    }

    @Test(
        "that goods are aboard is heard as it is said",
        arguments: ["실었습니다", "다 실었어요", "물건 다 실었어", "로봇에 물건 실었습니다", "로봇에 다 실었어요", "the robot is loaded"])
    func loaded(_ text: String) throws { #expect(try only(text)?.intent == "robots.mission.load") }

    @Test("what is fetched is still fetched", arguments: ["카페 등대에서 주민센터로 커피 가져와 줘", "약제실에서 항암제 가져와 줘"])
    func fetch(_ text: String) throws { #expect(try only(text)?.intent == "robots.mission.fetch") }

    @Test(
        "what a robot of the house does not do is no errand of it",
        arguments: [
            "피자 시켜줘", "물 가져와", "리모컨 가져와", "카톡으로 사진 보내 줘", "택배 어디쯤 왔어", "혈액 검사 받고 싶어", "우산 가져와야 되나",
        ])
    func outside(_ text: String) throws {
        guard case .none = Understanding.read(Utterance(text), book: try Listening.book.get()) else {
            Issue.record("\(text) → \(String(describing: try only(text)))")
            return
        }
    }
}

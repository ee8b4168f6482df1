import Record
import Testing

@testable import Commons

@Suite("Texts of proposals")
struct ProposalTextTests {
    @Test("the same wish in other words is near, another wish is not")
    func likeness() {
        let one = TextProfile("해솔로 횡단보도에 로봇 속도를 시속 6km로 낮춰 주세요")
        let same = TextProfile("해솔로 횡단보도 앞에서는 로봇의 속도를 6km로 낮추면 좋겠습니다")
        let other = TextProfile("야간 통근버스를 30분 간격으로 늘려 주세요")
        #expect(one.likeness(to: one) > 0.999)
        #expect(one.likeness(to: same) >= Duplicates.least)
        #expect(one.likeness(to: other) < 0.3)
        #expect(TextProfile("").likeness(to: one) == 0)
    }

    @Test("duplicates are suggested likest first, near ones before far ones, and never the proposal itself")
    func duplicates() {
        func candidate(_ id: String, _ text: String, _ latitude: Double?) -> Duplicates.Candidate {
            .init(id: id, profile: TextProfile(text), place: latitude.map { ($0, 129.0) })
        }
        let one = candidate("a", "공원에 의자를 놓아 주세요", 35.1)
        let found = Duplicates.of(
            one,
            among: [
                one, candidate("far", "공원에 의자를 더 놓아 주세요", 35.2), candidate("near", "공원에 의자를 더 놓아 주세요", 35.1001),
                candidate("other", "버스를 늘려 주세요", 35.1),
            ])
        #expect(found.map(\.id) == ["near", "far"])
    }

    @Test(
        "a change shows what stays, goes and comes, and gives both texts back",
        arguments: [
            ("로봇은 시속 6km로 다닌다.", "로봇은 시속 4km로 천천히 다닌다."), ("", "새 글"), ("옛 글 전부", ""), ("같은 글", "같은 글"),
            ("가 나  다\n라", "가 다\n라 마"),
        ])
    func change(old: String, new: String) {
        let change = TextChange(from: old, to: new)
        #expect(change.text(.removed) == old)
        #expect(change.text(.added) == new)
        #expect((change.size == 0) == (old == new))
    }

    @Test(
        "a text of which too much changed is replaced as a whole, and one with far fewer changes is not, however long")
    func whole() {
        func text(_ word: String, _ many: Int) -> String { (0..<many).map { "\(word)\($0)" }.joined(separator: " ") }
        let (one, other) = (text("가", 2000), text("나", 2000))
        let whole = TextChange(from: one, to: other)
        #expect(whole.isWhole && whole.pieces.map(\.kind) == [.removed, .added])
        #expect(whole.text(.removed) == one && whole.text(.added) == other && whole.size == 4000)
        // The last word of before has no space behind it: it goes, and comes with one.
        let ends = TextChange(from: one, to: "처음 \(one) 끝")
        #expect(!ends.isWhole && ends.text(.added) == "처음 \(one) 끝" && ends.size == 4)
        #expect(TextChange(from: "", to: text("가", TextChange.most)).isWhole == false)
        #expect(TextChange(from: "", to: text("가", TextChange.most + 1)).isWhole)
    }

    @Test(
        "how far two differ is bounded exactly",
        arguments: [
            ([1, 2, 3], [1, 2, 3], 0), ([1, 2, 3], [3, 2, 1], 4), ([], [1, 2], 2), ([1, 2, 3, 4], [2, 4], 2),
            ([1], [2], 2),
        ])
    func bound(one: [Int], other: [Int], edits: Int) {
        #expect(TextChange.differ(one, other, byAtMost: edits))
        #expect(edits == 0 || !TextChange.differ(one, other, byAtMost: edits - 1))
    }

    @Test("only the words that differ are marked")
    func least() {
        let change = TextChange(from: "로봇은 시속 6km로 다닌다.", to: "로봇은 시속 4km로 다닌다.")
        #expect(change.pieces.filter { $0.kind != .same }.map(\.text) == ["6km로 ", "4km로 "])
    }
}

@Suite("Spam")
struct SpamRuleTests {
    static let now = Timestamp(microseconds: 1_790_000_000_000_000)

    static func author(days: Int = 0, kept: Int = 0, hidden: Int = 0, minutesAgo: [Double] = []) -> SpamRule.Author {
        .init(days: days, kept: kept, hidden: hidden, times: minutesAgo.map { now.advanced(bySeconds: -60 * $0) })
    }

    @Test(
        "what is doubtful is named, what is usual passes",
        arguments: [
            ("공원에 그늘을 만들어 주세요.", author(), []),
            ("여기 보세요 https://example.com/win", author(), [SpamRule.Finding.links]),
            ("자료: https://example.com/report", author(days: 30, kept: 8), []),
            ("공원에 그늘을 만들어 주세요.", author(minutesAgo: [1, 2, 3]), [.rate]),
            ("공원에 그늘을 만들어 주세요.", author(days: 30, kept: 8, minutesAgo: [1, 2, 3]), []),
            ("공원에 그늘을 만들어 주세요.", author(days: 30, kept: 2, hidden: 3), [.reputation]),
            ("★☆★☆!!!!★☆★☆ 대박", author(), [.shape]), ("ㅋㅋㅋㅋㅋㅋㅋㅋㅋㅋㅋㅋ", author(), [.shape]),
            ("GREAT OFFER BUY NOW CLICK HERE", author(), [.shape]), ("좋아요!!!", author(), []),
            ("이 글은 이미 다른 곳에 똑같이 올라와 있는 글입니다.", author(), [.repeated]),
        ])
    func findings(text: String, author: SpamRule.Author, found: [SpamRule.Finding]) {
        let others = [TextProfile("이 글은 이미 다른 곳에 똑같이 올라와 있는 글입니다.")]
        #expect(SpamRule.findings(text, by: author, at: Self.now, others: others) == found)
    }
}

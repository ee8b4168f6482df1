import District
import Record

/// Proposals that are alike are suggested, declared as what it is: it informs whoever writes and whoever moderates.
enum AlikeUse {
    static let use = AIUse(
        "commons.alike",
        title: Words("비슷한 시민 제안 찾기", "Citizens' proposals that are alike"),
        purpose: Words(
            "제안을 쓰는 사람과 담당자에게 이미 있는 비슷한 제안을 보여 줍니다. 합칠지는 담당자가 두 글을 읽고 정합니다.",
            "Shows proposals that are alike to whoever writes one and to officers. Only a person who reads both merges them."
        ),
        model: "slipway-pairs/1: cosine over pairs of letters, 0.1 more within 200 m; from 0.5 on",
        evidence: Words("두 글을 나란히, 비슷한 정도와 함께 보여 줍니다.", "Both texts side by side, and how alike they are."),
        override: Words(
            "참고로만 보여 주며, 고르지 않으면 아무 일도 없습니다. 언제든 끌 수 있습니다.",
            "It only informs; nothing happens unless a person merges. It can be switched off at any time."),
        role: .informs,
        modelInKorean: "글자 쌍의 코사인 유사도 slipway-pairs/1: 200 m 안이면 0.1을 더하고 0.5부터 보여 줌")
}

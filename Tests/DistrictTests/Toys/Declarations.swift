import District
import Record

/// Toys' uses of AI. One that does not stand here does not run.
enum ToyDeclarations {
    static let tide = AIUse(
        "toys.tide",
        title: Words("물때 제안", "Tide proposal"),
        purpose: Words("배를 띄우기 좋은 시각을 제안합니다.", "Proposes a good time to launch a boat."),
        model: "harmonic tide table, version 1",
        evidence: Words("조위 예보와 배의 흘수", "The tide forecast and the boat's draught"),
        override: Words("제안과 다른 시각에 띄우면 됩니다.", "Launch at another time."))
}

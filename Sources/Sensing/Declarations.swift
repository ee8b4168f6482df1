import District
import Record

/// The room's uses of AI, declared before any of them runs.
enum Declarations {
    /// Deviation from what is usual, on a tail calibrated without labels.
    static let tail = AIUse(
        "sensing.tail",
        title: Words("측정값 이상 감지", "Deviation detection"),
        purpose: Words(
            "센서마다 평소의 값을 스스로 익혀, 우연으로 보기 어려운 변화가 이어지면 경보를 제안합니다. 조치는 사람이 정합니다.",
            "Learns each sensor's usual values and proposes an alarm when a change lasts that chance hardly explains. People decide what to do."
        ),
        model: "slipway-tail/1: robust residual and level, generalised Pareto tail, k of n",
        evidence: Words(
            "경보마다 측정값, 예상 범위, 우연히 나올 확률, 이유를 기록부에 남깁니다.",
            "Each alarm keeps the reading, the expected band, the probability of chance and the reason on the Record."),
        override: Words(
            "담당자는 경보를 확인하거나 해제할 수 있고, 이 사용을 언제든 끌 수 있습니다. 사람이 정한 한계값은 꺼도 계속 지킵니다.",
            "People acknowledge or clear each alarm and can switch this use off at any time. Limits that people set stay in force."
        ),
        modelInKorean: "강건 잔차와 수준, 일반화 파레토 꼬리, n 중 k(slipway-tail/1)")
}

import District
import Record

/// The use of AI that says which industries a region may enter next. A person follows it up, or does not.
enum OpeningUse {
    static let use = AIUse(
        "transition.openings",
        title: Words("지역별 새 산업 가능성 예측", "Openings: industries a region may enter next"),
        purpose: Words(
            "지역마다 앞으로 특화될 가능성이 있는 산업 열 가지와 그 확률을 예측합니다. 예측은 모두 기록에 남고, 결과 통계가 나오면 공개적으로 채점합니다.",
            "Says of each region which ten industries it may come to specialise in, and with what odds. Every prediction stands on the Record, and is scored in public once the outcome is known."
        ),
        model:
            "slipway-openings/2: boosted trees over density, nearest industries, spectral pattern, regions alike and sizes; isotonic calibration on a later change",
        evidence: Words(
            "예측에 쓴 통계의 판, 학습에 쓰지 않은 자료에서의 평균 정밀도·상위 k 정밀도·귀무 모형 대비 향상도, 같은 확률대의 지난 적중률을 함께 보여 줍니다.",
            "The data versions it rests on; average precision, precision at k and lift over the null model where it had not looked; how often such odds came true."
        ),
        override: Words(
            "예측은 제안일 뿐이며 담당자가 무엇을 추진할지 정합니다. 언제든 끌 수 있고, 끄면 새 예측을 하지 않고 지난 예측도 보이지 않습니다.",
            "It only proposes; officers decide what to pursue. It can be switched off at any time: then nothing new is predicted, and earlier predictions are not shown as advice."
        ),
        modelInKorean: "밀도·근접 산업·스펙트럼 유형·닮은 지역·규모를 보는 부스팅 나무와 이후 시점의 등위 보정, slipway-openings/2, 2판")
}

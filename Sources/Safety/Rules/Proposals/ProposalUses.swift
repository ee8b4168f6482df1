import District
import Record

/// What the room uses AI for, declared before any of it runs. Each proposes or informs; a person decides.
enum ProposalUses {
    /// The type of accident from a free text.
    static let type = AIUse(
        "safety.accident-type",
        title: Words("재해유형 제안", "Accident type proposal"),
        purpose: Words(
            "신고 글을 읽고 재해유형 세 가지를 가능성 순으로 제안합니다. 확실하지 않으면 제안하지 않습니다. 사람이 확인해야 정해집니다.",
            "Reads a report and proposes three types of accident, the likeliest first, or keeps silent where it is not sure. It counts only once a person confirms."
        ),
        model: "slipway-type/1: linear model over runs of signs, learnt from our own sentences and confirmed reports",
        evidence: Words(
            "세 유형과 확률, 판단에 쓰인 글자 조각, 모델의 판 번호를 기록부에 남깁니다.",
            "The three types with their probabilities, the pieces of text that spoke for the first and the model's edition stand on the Record."
        ),
        override: Words(
            "담당자가 다른 유형을 고르면 그것이 맞는 것이 되고, 모델은 다음 학습에서 배웁니다. 언제든 끌 수 있습니다.",
            "Choose another type: that one counts, and the model learns from it. It can be switched off at any time."),
        modelInKorean: "글자 조각의 선형 모델 slipway-type/1: 우리가 만든 문장과 확인된 신고로 학습")

    /// Measures from past cases that are alike.
    static let similar = AIUse(
        "safety.similar-controls",
        title: Words("비슷한 사례의 대책", "Measures from similar cases"),
        purpose: Words(
            "비슷한 위험에 무엇을 했는지 찾아 출처와 함께 보여 줍니다. 비슷한 것이 없으면 아무것도 보여 주지 않습니다.",
            "Finds what was done about similar dangers and shows it with its source. Where nothing is alike it says nothing."
        ),
        model: "slipway-alike/1: cosine over weighted runs of signs; the strongest measures first",
        evidence: Words("대책마다 출처(사례 번호)와 비슷한 정도를 보여 줍니다.", "Each measure shows its source and how alike the case is."),
        override: Words(
            "참고로만 보여 주며, 고르지 않으면 아무 일도 없습니다.", "It only informs; nothing happens unless someone takes a measure up."),
        role: .informs,
        modelInKorean: "가중 글자 조각의 코사인 유사도 slipway-alike/1: 가장 강한 대책부터")

    /// Where a due date is likely to be missed.
    static let late = AIUse(
        "safety.late-sites",
        title: Words("기한을 넘길 우려가 있는 사업장", "Sites likely to miss a due date"),
        purpose: Words(
            "지난 기록으로 앞으로 4주 안에 조치 기한을 넘길 가능성이 큰 사업장을 찾아, 먼저 방문할 곳을 제안합니다.",
            "Finds from the record which sites are likely to miss a due date in the next four weeks and proposes where to visit first."
        ),
        model: "slipway-late/1: logistic regression over six signs of the firm's own record",
        evidence: Words(
            "사업장마다 이유와 수치를, 전체로는 방문 가능 횟수에서의 향상도와 건수를 보여 줍니다.",
            "Each site shows its reasons with numbers; the page says the lift at the zone's capacity to visit, with counts."
        ),
        override: Words(
            "순서는 참고일 뿐이며 방문은 담당자가 정합니다. 언제든 끌 수 있습니다.",
            "The order only proposes; people decide where to go. It can be switched off at any time."),
        modelInKorean: "로지스틱 회귀 slipway-late/1: 사업장 기록의 여섯 가지 지표")

    /// A text model outside the house.
    static let outsideText = AIUse(
        "safety.outside-text",
        title: Words("외부 글 모델", "Outside text model"),
        purpose: Words(
            "설정한 경우에만 외부 모델에 신고 글의 재해유형을 물어 제안으로 보여 줍니다. 개인이 쓴 글은 따로 허용한 경우에만 보냅니다.",
            "Only where configured: asks a model outside for the type of accident. What a person wrote is sent only where that was allowed."
        ),
        model: "as configured in proposals-endpoints.json",
        evidence: Words("물은 곳의 이름과 답한 유형, 확률을 기록부에 남깁니다.", "Who was asked and what it answered stand on the Record."),
        override: Words(
            "사람이 확인해야 정해집니다. 언제든 끌 수 있습니다.",
            "It counts only once a person confirms. It can be switched off at any time."),
        callsOutside: true,
        modelInKorean: "proposals-endpoints.json에 설정한 모델")

    /// A photo model outside the house.
    static let outsidePhoto = AIUse(
        "safety.outside-photo",
        title: Words("외부 사진 모델", "Outside photo model"),
        purpose: Words(
            "설정한 경우에만 외부 모델에 사진의 위험을 물어 제안으로 보여 줍니다. 사진으로 조치를 끝낼 수는 없습니다.",
            "Only where configured: asks a model outside which danger a photo shows. A photo may propose, never close."),
        model: "as configured in proposals-endpoints.json",
        evidence: Words("물은 곳의 이름과 답한 유형, 확률을 기록부에 남깁니다.", "Who was asked and what it answered stand on the Record."),
        override: Words(
            "사람이 확인해야 정해집니다. 언제든 끌 수 있습니다.",
            "It counts only once a person confirms. It can be switched off at any time."),
        callsOutside: true,
        modelInKorean: "proposals-endpoints.json에 설정한 모델")

    static let all = [type, similar, outsideText, outsidePhoto]
}

import District
import Record

/// The use of AI that says how well a need and an offer suit each other, and who meets whom. The officer publishes, or
/// puts pairs together by hand.
enum MatchingUse {
    static let use = AIUse(
        "alliance.matching",
        title: Words("기업과 공급기업 연결 제안", "Who should meet whom"),
        purpose: Words(
            "기업이 찾는 것과 공급기업이 제공하는 것을 견주어 양쪽의 점수와 이유를 내고, 상담회에서 누가 누구를 만날지 제안합니다.",
            "Holds what firms look for against what suppliers offer, scores each pair from both sides with its reasons, and proposes who meets whom on a brokerage day."
        ),
        model: "slipway-matching/1: hard filters, weighted parts of the handbook, deferred acceptance within capacity",
        evidence: Words(
            "양쪽 점수와 그 이유, 쓴 가중치의 판, 만나지 못한 사유를 함께 보여 줍니다.",
            "Both scores with their reasons, the edition of the weights, and why somebody meets nobody."),
        override: Words(
            "담당자가 연결을 지정하거나 막고 다시 매칭할 수 있으며, 공개는 담당자가 합니다. 소개받은 기업은 거절할 수 있습니다. 끄면 담당자가 직접 연결합니다.",
            "Officers pin or forbid pairs and match again, and they alone publish; each party may decline. Switched off, officers put pairs together by hand."
        ),
        modelInKorean: "필수 조건, 편람의 가중치로 낸 점수, 정원 안에서의 지연 수락, slipway-matching/1, 1판")
}

extension MatchScore.Weights {
    static let file = "brokerage-weights.json"

    /// Reads the handbook's file.
    init(_ book: Handbook) throws(HandbookError) {
        let (json, edition) = try book.read(Self.file)
        func side(_ name: String) throws(HandbookError) -> [(MatchScore.Part, Double)] {
            var parts: [(MatchScore.Part, Double)] = []
            for (key, weight) in (json[name]?.members ?? [:]).sorted(by: { $0.key < $1.key }) {
                guard let part = MatchScore.Part(rawValue: key), let weight = weight.double, weight > 0 else {
                    throw HandbookError(file: Self.file, place: "\(name).\(key)", rule: "is a known part, above zero")
                }
                parts.append((part, weight))
            }
            guard !parts.isEmpty else { throw HandbookError(file: Self.file, place: name, rule: "has a part") }
            return parts
        }
        guard let need = json["least"]?["need"]?.double, let offer = json["least"]?["offer"]?.double,
            (0...1).contains(need), (0...1).contains(offer)
        else { throw HandbookError(file: Self.file, place: "least", rule: "needs need and offer, 0 to 1") }
        self.init(
            need: try side("need"), offer: try side("offer"), leastNeed: need, leastOffer: offer, edition: edition)
    }
}

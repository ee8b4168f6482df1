import District
import Foundation
import Record
import Testing

@testable import Safety

@Suite("Accident types from free text")
struct TypeModelTests {
    @Test("width, case, digits and composition of a text make no difference")
    func normal() {
        let plain = ReportText("3m 아래로 떨어짐, LADDER")
        #expect(plain == ReportText("１２ｍ  아래로 떨어짐!! ladder"))
        #expect(plain == ReportText("3m 아래로 떨어짐 Ladder".decomposedStringWithCanonicalMapping))
        #expect(plain.scalars.first == " ")
        #expect(plain != ReportText("3m 위로 떨어짐 ladder"))
    }

    @Test("two forms of one verb share more letters than signs")
    func letters() {
        let (past, ending) = (ReportText("떨어졌"), ReportText("떨어져"))
        let shared = past.grams.intersection(ending.grams).count
        #expect(shared > Set(past.scalars).intersection(ending.scalars).count)
        #expect(ReportText("힣").letters.count == 5)
        #expect(ReportText("가").letters.count == 4)
    }

    @Test("the shipped sentences have every type the model knows, none twice, and none that is held out")
    func texts() throws {
        let texts = try TypeTexts(ShippedBook.handbook)
        for type in TypeModel.types {
            let written = texts.examples.filter { $0.type == type && $0.source == .written }
            #expect(written.count >= 24, "\(type)")
            #expect(texts.examples.count { $0.type == type && $0.source == .composed } == TypeTexts.composed)
            #expect(texts.heldOut.count { $0.type == type } >= 5)
        }
        #expect(Set(texts.examples.map(\.text)).count == texts.examples.count)
        #expect(Set(texts.heldOut.map(\.text)).isDisjoint(with: texts.examples.map(\.text)))
        #expect(try TypeTexts(ShippedBook.handbook).examples == texts.examples)
    }

    @Test("a model learns, the same twice, keeps silent about what it does not know, and shows whereby it judged")
    func learns() throws {
        let texts = try TypeTexts(ShippedBook.handbook)
        let few = texts.examples.filter { [.fall, .electric, .caught].contains($0.type) && $0.source == .written }
        let training = TypeTraining(rounds: 6)
        var model = training.model(of: few)
        let isSame = training.model(of: few).weights == model.weights
        #expect(isSame)
        let held = texts.heldOut.filter { [.fall, .electric, .caught].contains($0.type) }
        #expect(TypeEvaluation(judged: model.judge(held)).accuracy > 0.7)
        let proposal = model.propose("배전반 전선을 만지다가 감전되었습니다")
        #expect(proposal.candidates.first?.type == .electric)
        #expect(proposal.candidates.count == 3)
        #expect(proposal.evidence.contains { "배전반 전선을 만지다가 감전되었습니다".contains($0) })
        model.threshold = 1.01
        #expect(model.propose("배전반 전선을 만지다가 감전되었습니다").abstained)
        model.threshold = 0
        #expect(model.propose("네").abstained)
    }

    @Test("only runs that stand in our own sentences are shown as evidence, never a person's words")
    func privacy() {
        let secret = (1...3).map { TypeExample(text: "김철수 감전 \($0)", type: .electric, source: .confirmed) }
        let ours = [
            TypeExample(text: "전선에 감전됨", type: .electric, source: .written),
            TypeExample(text: "지붕에서 떨어짐", type: .fall, source: .written),
            TypeExample(text: "감전 사고", type: .electric, source: .written),
        ]
        let proposal = TypeTraining(rounds: 4).model(of: ours + secret).propose("김철수 씨가 감전되었다")
        #expect(proposal.candidates.first?.type == .electric)
        #expect(proposal.evidence.contains("감전"))
        #expect(!proposal.evidence.contains { $0.contains("김") || $0.contains("철") })
    }

    @Test("figures are those of their definitions")
    func figures() {
        func judged(_ truth: AccidentType, _ best: AccidentType, _ score: Double) -> TypeEvaluation.Judged {
            TypeEvaluation.Judged(truth: truth, scores: TypeModel.types.map { $0 == best ? score : 0 })
        }
        let evaluation = TypeEvaluation(judged: [
            judged(.fall, .fall, 9), judged(.fall, .cut, 1), judged(.cut, .cut, 9), judged(.cut, .cut, 9),
        ])
        #expect(evaluation.accuracy == 0.75)
        // fall: precision 1, recall 1/2; cut: precision 2/3, recall 1.
        #expect(abs(evaluation.macroF1 - (2.0 / 3 + 0.8) / 2) < 1e-12)
        let sure = evaluation.speaking(above: 0.9, temperature: 1)
        #expect(sure.coverage == 0.75)
        #expect(sure.accuracy == 1)
        #expect(evaluation.threshold(wanting: 0.8, temperature: 1) > 1, "four texts are too few to be sure of anything")
    }

    @Test("the shipped calibration is that of the shipped sentences and of today's method")
    func calibration() throws {
        let (json, _) = try ShippedBook.handbook.read("proposals-model.json")
        let calibration = try #require(TypeCalibration(json))
        #expect(calibration.texts == (try TypeTexts(ShippedBook.handbook)).edition)
        #expect(calibration.method == TypeTraining().method)
        #expect(calibration.threshold < 1)
        #expect(TypeCalibration(calibration.json) == calibration)
        #expect(TypeCalibration(["texts": "x"]) == nil)
    }

    @Test(
        "learnt anew, the shipped calibration comes out again, and text never seen is judged as well as that says",
        .enabled(if: ProcessInfo.processInfo.environment["SLIPWAY_PROOF"] != nil))
    func proof() throws {
        let texts = try TypeTexts(ShippedBook.handbook)
        let training = TypeTraining()
        let fresh = TypeCalibration(
            texts: texts.edition, method: training.method, training.evaluation(of: texts.examples))
        let kept = try #require(TypeCalibration(try ShippedBook.handbook.read("proposals-model.json").json))
        // Sums of floats may differ in the last places from one machine to another.
        #expect(abs(fresh.accuracy - kept.accuracy) < 0.02)
        let held = TypeEvaluation(judged: training.model(of: texts.examples, kept).judge(texts.heldOut))
        #expect(held.accuracy > 0.6)
        #expect(held.accuracyOfThree > 0.85)
    }
}

import District
import FoundationEssentials
import Record

/// The uses of AI that engines are. Each stands in the register with the model that is configured: another model is
/// another use, and needs another approval.
enum EngineUses {
    static func use(_ task: Engine.Task, _ engine: Engine?) -> AIUse {
        let model = engine.map(edition) ?? "none configured"
        let (title, purpose, evidence, override, role) = words(task)
        return AIUse(
            task.use, title: title, purpose: purpose, model: model, evidence: evidence, override: override,
            role: role, callsOutside: engine != nil, modelInKorean: engine == nil ? "설정된 모델 없음" : nil,
            isConfigured: engine != nil)
    }

    /// All that decides what an engine is and is sent: the model, where it is, whether it gets words as they were said,
    /// from which likeness on it is heard, and how it is asked.
    private static func edition(_ engine: Engine) -> String {
        var parts = [
            "\(engine.name): \(engine.model)", engine.url.absoluteString,
            engine.mayTakePersonal ? "personal words as said" : "personal words masked",
        ]
        switch engine.task {
        case .nearness: parts.append("floor \(engine.floor)")
        case .rewriting:
            let prompt = "\(Rewriting.instruction.ko)\n\(Rewriting.instruction.en)"
            parts.append("prompt \(ContentHash.sha256(prompt.utf8))")
        case .speaking: if !engine.voice.isEmpty { parts.append("voice \(engine.voice)") }
        case .hearing: break
        }
        return parts.joined(separator: ", ")
    }

    private static func words(_ task: Engine.Task) -> (Words, Words, Words, Words, AIUse.DecisionRole) {
        switch task {
        case .hearing:
            (
                Words("음성 인식", "Speech to text"),
                Words(
                    "말소리를 글자로 바꿉니다. 소리는 저장하지 않습니다.", "Turns sound into words. The sound is not kept."),
                Words("받아쓴 글자를 화면에 그대로 보여 줍니다.", "The words are shown as they were taken down."),
                Words("다시 말하거나 글자로 입력하면 됩니다.", "Say it again, or type."), .informs
            )
        case .speaking:
            (
                Words("음성 합성", "Text to speech"),
                Words("안내 문장을 소리로 읽습니다.", "Reads the replies aloud."),
                Words("읽는 문장이 화면에 자막으로 나옵니다.", "What is read stands on the page as captions."),
                Words("소리를 끄고 자막으로 볼 수 있습니다.", "Switch the sound off and read."), .informs
            )
        case .nearness:
            (
                Words("비슷한 업무 제안", "Near requests, as a question"),
                Words(
                    "알아듣지 못한 말과 뜻이 가까운 업무를 세 가지까지 골라 물어봅니다. 처리하지는 않습니다.",
                    "Offers up to three requests near to what was not understood, as a question; it does nothing."),
                Words("제안한 업무의 이름", "The names of the requests it offers"),
                Words("‘아니요’라고 하거나 다시 말하면 됩니다.", "Say “no”, or say it again."), .proposes
            )
        case .rewriting:
            (
                Words("말 고쳐 알아듣기", "Rewriting into a known request"),
                Words(
                    "알아듣지 못한 말을 정해진 업무 가운데 하나로 바꾸어 물어봅니다. 말하지 않은 내용은 채우지 않습니다.",
                    "Puts what was not understood as one of the known requests, as a question; it fills in nothing that "
                        + "was not said."),
                Words("실제로 말한 낱말과 그 자리", "The words that were said, and where"),
                Words("‘아니요’라고 하면 제안을 버립니다.", "Say “no” and the proposal is dropped."), .proposes
            )
        }
    }
}

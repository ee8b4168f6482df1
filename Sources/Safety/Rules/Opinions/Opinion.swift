import Record

/// What a worker said about safety, and what became of it.
struct Opinion: Sendable, Hashable {
    let id: String
    let firm: FirmID
    let topic: Topic
    /// What was said; nil once it was erased.
    let text: String?
    /// Whether nobody knows who said it: then the Record does not say it either.
    let isAnonymous: Bool
    let given: Timestamp
    let state: State
    let decision: Decision?
    let decided: Timestamp?
    let reason: String?
    /// By when it is to be done.
    let due: KoreanDay?
    let outcome: String?
    let file: String?
    let done: Timestamp?

    /// Where it stands.
    enum State: String, Sendable { case waiting, decided, done, rejected }

    /// What was decided.
    enum Decision: String, Sendable, CaseIterable {
        case accept, partly, reject

        var words: Words {
            switch self {
            case .accept: Words("반영", "Accepted")
            case .partly: Words("일부 반영", "Accepted in part")
            case .reject: Words("반영하지 않음", "Not accepted")
            }
        }
    }

    /// What it is about.
    enum Topic: String, Sendable, CaseIterable {
        case hazard, equipment, procedure, health, training, other

        var words: Words {
            switch self {
            case .hazard: Words("위험한 곳·작업", "A danger")
            case .equipment: Words("보호구·설비", "Equipment")
            case .procedure: Words("작업 방법", "How work is done")
            case .health: Words("건강·작업환경", "Health")
            case .training: Words("교육", "Training")
            case .other: Words("그 밖", "Something else")
            }
        }
    }
}

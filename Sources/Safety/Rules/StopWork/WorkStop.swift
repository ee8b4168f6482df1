import District
import Record

/// Work that somebody stopped because of urgent danger (OSH 52), and how it was answered.
struct WorkStop: Sendable, Hashable {
    /// Its identifier: the stream `stop/…`.
    let id: String
    let scope: Scope
    let thing: ThingID
    let accident: AccidentType?
    /// What was said; nil where nothing was, or once it was forgotten.
    let text: String?
    /// The language whoever stopped is spoken to in.
    let language: WorkerLanguage
    let stopped: Timestamp
    /// When a manager answered first.
    let answered: Timestamp?
    /// What the manager said last.
    let answer: String?
    /// When work was allowed again.
    let resumed: Timestamp?
    /// When whoever stopped said that they have read the answer.
    let read: Timestamp?
    let event: Identifier?

    /// How far it is.
    var state: State { resumed != nil ? .resumed : answered != nil ? .answered : .stopped }

    /// How far a stop has come.
    enum State: String, Sendable, Hashable, CaseIterable {
        case stopped, answered, resumed

        /// What people call it.
        var words: Words {
            switch self {
            case .stopped: Words("답변 대기", "Waits for an answer")
            case .answered: Words("답변함, 중지 중", "Answered, still stopped")
            case .resumed: Words("작업 재개", "Resumed")
            }
        }

        /// The badge that shows it.
        var badge: String {
            switch self {
            case .stopped: "danger"
            case .answered: "warn"
            case .resumed: "ok"
            }
        }
    }

    /// Seconds from the stop to the first answer, or until now while there is none.
    func seconds(at now: Timestamp) -> Double { (answered ?? now).seconds(since: stopped) }
}

/// What must be true before work goes on: unknown is never safe.
enum ResumeRule {
    /// On what the manager bases it.
    enum Basis: String, Sendable, Hashable, CaseIterable {
        /// The measures were found effective.
        case verified
        /// There is no danger, for a stated reason.
        case ruledOut = "ruled-out"

        /// What people call it.
        var words: Words {
            switch self {
            case .verified: Words("조치의 효과를 확인함", "The measure was found effective")
            case .ruledOut: Words("위험이 없음을 확인함", "The danger is ruled out")
            }
        }
    }

    /// What stands against it, given the actions that were not given up; nil where nothing does.
    static func obstacle(_ basis: Basis, isAnswered: Bool, actions: [SafetyAction.State]) -> Refusal? {
        guard isAnswered else {
            return Refusal(
                .conflict, "stop.unanswered",
                Words("먼저 작업을 멈춘 사람에게 답해 주세요.", "Whoever stopped work must be answered first."))
        }
        guard actions.allSatisfy({ $0 == .verified }) else {
            return Refusal(
                .conflict, "stop.not-verified",
                Words("효과가 확인되지 않은 조치가 있어 재개할 수 없습니다.", "An action was not found effective yet."))
        }
        guard basis == .ruledOut || !actions.isEmpty else {
            return Refusal(
                .conflict, "stop.no-action",
                Words("확인된 조치가 없습니다.", "There is no verified measure to rest on."))
        }
        return nil
    }
}

import District
import Record

/// Somebody who waits for a person, and how far the desk has come with them.
struct Handover: Sendable, Hashable {
    /// Its identifier: the stream `handover/…`.
    let id: String
    /// The conversation it came out of.
    let dialogue: String
    /// Whose content it holds: a person known, or `caller-…`.
    let subject: PersonID
    let scope: Scope
    let reason: HandoverRequested.Reason
    /// What they wanted, where it was understood.
    let intent: String?
    let language: Language
    /// How they came: `text`, `voice`, `phone`, `cli`.
    let channel: String
    /// What was said and filled in; nil once it was forgotten.
    let content: HandoverRequested.Content?
    /// Where to call, in digits, and when they would like it, in their words.
    let phone: String?, wish: String?
    /// When staff said they would call.
    let due: Timestamp?
    /// How often they were called without success.
    let tries: Int64
    let requested: Timestamp
    let taken: Timestamp?
    let taker: PersonID?
    let finished: Timestamp?
    let outcome: Outcome?
    let failure: Failure?
    /// When they last said that somebody is in danger; nil where they did not.
    let endangered: Timestamp?
    let state: State
    /// The event that asked for a person.
    let event: Identifier?
    /// Whether they are helped by a call: they were told that they may leave the page.
    let isCall: Bool

    /// What is done for them at the desk belongs to the conversation they came out of; where none is kept, to what asked
    /// for a person.
    var correlation: Identifier? { Identifier(dialogue) ?? event }

    /// Whether they wait for a call that nobody can make: they left no number.
    var isOutOfReach: Bool { state == .callback && phone == nil }

    /// How far the desk has come.
    enum State: String, Sendable, Hashable, CaseIterable {
        /// They wait in the conversation.
        case waiting
        /// They wait for a call.
        case callback
        /// Somebody of the desk has them.
        case taken
        /// It is done.
        case finished

        /// The badge that shows it.
        var badge: String {
            switch self {
            case .waiting: "warn"
            case .callback: "info"
            case .taken: "neutral"
            case .finished: "ok"
            }
        }
    }

    /// How it ended.
    enum Outcome: String, Sendable, Hashable, CaseIterable {
        case solved, passed, unreached, withdrawn

        var words: Words {
            switch self {
            case .solved: Words("해결했습니다", "Solved")
            case .passed: Words("담당 부서로 넘겼습니다", "Passed on to a department")
            case .unreached: Words("연락이 닿지 않았습니다", "Could not be reached")
            case .withdrawn: Words("민원인이 그만두었습니다", "The citizen left it")
            }
        }
    }

    /// Why the machine did not do, as whoever took over judges it.
    enum Failure: String, Sendable, Hashable, CaseIterable {
        case none, misheard, dialect, intent, slot
        case noService = "no-service"
        case down, confusing
        case wrong = "wrong-commit"

        var words: Words {
            switch self {
            case .none: Words("기계 탓이 아님 (사람을 원함)", "The machine was not at fault: they wanted a person")
            case .misheard: Words("말소리를 잘못 들음", "Misheard the sound")
            case .dialect: Words("사투리나 말투를 못 알아들음", "Did not understand dialect or manner of speaking")
            case .intent: Words("무슨 일인지 못 알아들음", "Did not understand what was wanted")
            case .slot: Words("날짜·주소 등 내용을 잘못 알아들음", "Got a particular wrong: a day, an address …")
            case .noService: Words("여기서 하지 않는 일", "Nothing of that kind is offered here")
            case .down: Words("연결된 시스템이 응답하지 않음", "The system behind it did not answer")
            case .confusing: Words("물음이나 안내가 어려움", "Questions or answers were hard to follow")
            case .wrong: Words("원하지 않은 것을 접수함", "It filed something nobody had asked for")
            }
        }
    }

    /// How long they have waited, or waited until somebody took over, in seconds.
    func waited(at now: Timestamp) -> Double { (taken ?? finished ?? now).seconds(since: requested) }

    /// After so many calls without an answer one may leave it at that.
    static let patience: Int64 = 3
}

extension HandoverRequested.Reason {
    var words: Words {
        switch self {
        case .asked: Words("사람을 찾음", "Asked for a person")
        case .failures: Words("두 번 못 알아들음", "Not understood twice")
        case .silence: Words("말이 없음", "Fell silent")
        case .stopped: Words("자동 안내가 멈춤", "The machine is switched off")
        case .service: Words("시스템이 받지 않음", "The service did not take it")
        }
    }
}

import Access
import District
import Record

/// Something that was asked of the city, and what became of it.
struct CityRequest: Sendable, Hashable {
    /// What its stream is named by. It opens nothing: that is what the code does, 128 bits that only whoever asked is
    /// told, and of which the tables know a hash.
    let id: String
    /// The house's own number for it, which may be said to anybody.
    let number: String
    /// The event by which it came to be: the key under which the city's systems take it once.
    let event: Identifier
    /// The service's code.
    let service: String
    /// Whose it is.
    let scope: Scope
    /// What was filled in and may stand where anybody reads it.
    let open: [String: JSON]
    /// What of the place anybody may read: the road, and the coordinates as far as they show no house.
    let area: PublicPlace
    /// What was filled in about a person; nil once it is forgotten.
    let personal: [String: JSON]?
    /// When it was asked for.
    let submitted: Timestamp
    /// When something last happened to it.
    let updated: Timestamp
    /// Until when it should be answered.
    let due: Timestamp?
    let state: State
    /// The number that the city's own system gave it.
    let receipt: String?
    /// Why the city's system refused it.
    let reason: Words?
    /// What a member of staff answered; nil where nobody did, or it is forgotten.
    let answer: String?
    /// How it ended.
    let result: Result?
    /// How many events it has.
    let version: Int64
    /// Whether it is made up, as everything in the sample is.
    let isSynthetic: Bool

    /// Where it stands.
    enum State: String, Sendable, CaseIterable {
        /// Not taken by any system of the city yet.
        case waiting
        /// Taken, under a number of theirs.
        case accepted
        /// Not taken, for a reason.
        case refused
        /// Sent, and it is not known whether it was taken.
        case unconfirmed
        /// A member of staff has answered.
        case answered
        /// Over.
        case closed

        /// What people call it.
        var words: Words {
            switch self {
            case .waiting: Words("접수 대기", "waiting")
            case .accepted: Words("접수됨", "accepted")
            case .refused: Words("접수 거절", "refused")
            case .unconfirmed: Words("접수 확인 중", "being confirmed")
            case .answered: Words("답변함", "answered")
            case .closed: Words("처리 끝", "closed")
            }
        }

        /// Where it stands, as the end of a sentence about it.
        var sentence: Words {
            switch self {
            case .waiting: Words("접수를 기다리고 있습니다.", "is waiting to be taken.")
            case .accepted: Words("접수되었습니다.", "was received.")
            case .refused: Words("접수되지 않았습니다.", "was not accepted.")
            case .unconfirmed: Words("접수되었는지 확인하고 있습니다.", "is being confirmed.")
            case .answered: Words("담당자가 답변했습니다.", "was answered.")
            case .closed: Words("처리가 끝났습니다.", "is finished.")
            }
        }

        /// Whether somebody still has to do something.
        var isOpen: Bool { self != .closed && self != .refused }
    }

    /// How it ended.
    enum Result: String, Sendable, CaseIterable {
        case done
        case impossible
        case duplicate

        /// What people call it.
        var words: Words {
            switch self {
            case .done: Words("처리했습니다", "It was done")
            case .impossible: Words("할 수 없습니다", "It cannot be done")
            case .duplicate: Words("같은 건이 이미 있습니다", "There is one already")
            }
        }
    }

    /// Whether it should have been answered by now.
    func isOverdue(at now: Timestamp) -> Bool {
        state.isOpen && state != .answered && (due.map { $0 < now } ?? false)
    }

    /// The kind of its stream; its identifier follows.
    static let stream = "citizen-request/"

    /// The identifier in a stream's name.
    static func id(_ stream: String) -> String { String(stream.dropFirst(Self.stream.count)) }

    /// What is kept of a code: whoever reads the tables or the Record learns none.
    static func hash(_ code: String) -> String { ContentHash.sha256(code.utf8) }

    /// So long whoever has just asked is led from the request's name to its code, in seconds.
    static let handing = 600.0

    /// Whether no system of the city has taken or refused it yet.
    var isUndelivered: Bool { [.waiting, .unconfirmed].contains(state) && !isSynthetic }

    /// A number as it may be said or written: blanks and a sign before it do not matter.
    static func bare(_ number: String) -> String {
        number.filter { !$0.isWhitespace && $0 != "#" }.uppercased()
    }

    /// A number nobody had on this day: `261121-482913`.
    static func number(at now: Timestamp, isTaken: (String) throws -> Bool) rethrows -> String {
        let day = now.civil(offsetSeconds: 32_400).text.prefix(10).replacing("-", with: "").suffix(6)
        while true {
            let tail = "\(Int.random(in: 0..<1_000_000) + 1_000_000)".dropFirst()
            let number = "\(day)-\(tail)"
            if try !isTaken(number) { return number }
        }
    }
}

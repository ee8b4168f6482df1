import Access
import District
import Record

/// Something that somebody wrote for everybody to read: a proposal, an amendment, a comment.
struct CivicText: Sendable, Hashable {
    enum Kind: String, Sendable, CaseIterable {
        case proposal, amendment, comment

        var words: Words {
            switch self {
            case .proposal: Words("제안", "Proposal")
            case .amendment: Words("수정안", "Amendment")
            case .comment: Words("의견", "Comment")
            }
        }
    }

    enum State: String, Sendable, CaseIterable {
        /// Everybody reads it.
        case shown
        /// Doubtful: it waits for a moderator.
        case waiting
        /// Taken down by a moderator, by a rule and with the reason.
        case hidden
        /// Taken back by whoever wrote it.
        case withdrawn

        var words: Words {
            switch self {
            case .shown: Words("공개", "Shown")
            case .waiting: Words("확인 중", "Being looked at")
            case .hidden: Words("가려짐", "Hidden")
            case .withdrawn: Words("거둠", "Taken back")
            }
        }

        /// The badge's shape.
        var badge: String {
            switch self {
            case .shown: "ok"
            case .waiting: "warn"
            case .hidden, .withdrawn: "off"
            }
        }
    }

    let id: String
    let kind: Kind
    let process: String
    /// The proposal it is or belongs to; nil for a comment on a process.
    let proposal: String?
    let author: PersonID
    /// What the author is called here; nil once it was erased.
    let name: String?
    let title: String
    /// Nil once it was erased.
    let body: String?
    let state: State
    /// What speaks against showing it at once.
    let findings: [SpamRule.Finding]
    let written: Timestamp
    let isSynthetic: Bool

    /// What it is called where it is linked to, also once its words were erased.
    var heading: String { title.isEmpty && body == nil ? "(지워진 글 · erased)" : title }

    /// Whether somebody may read it: what is hidden stays readable for whoever wrote it and for moderators.
    func isReadable(by person: PersonID?, moderator: Bool) -> Bool {
        state == .shown || moderator || person != nil && person == author
    }

    /// Its title for whoever may read it; to all others, and where nobody is known to ask, that it is not shown.
    func title(for caller: Caller?) -> Words {
        isReadable(by: caller?.person, moderator: caller?.roles.contains(.zoneOfficer) ?? false)
            ? Words(title, title) : Words("공개되지 않은 글", "A text that is not shown")
    }
}

/// What people are called beside what they write: by their choice, else by as little as tells two apart.
enum ShownName {
    /// `김○○`, `A. L.`; nobody's whole name is put on a public page unless they write it themselves.
    static func of(_ name: String?) -> String {
        let words = (name ?? "").split(separator: " ")
        guard let first = words.first?.first else { return "○○○" }
        if ("가"..."힣").contains(first) { return "\(first)○○" }
        return words.prefix(3).compactMap { $0.first.map { "\($0)." } }.joined(separator: " ")
    }
}

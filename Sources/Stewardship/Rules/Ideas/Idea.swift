import District
import Record

/// A department's plan for a use of AI, from the idea until it is live or dropped.
struct Idea: Sendable, Hashable {
    let id: String
    let department: String
    let title: String
    let summary: String
    /// For whom it is, and what it is to bring.
    let benefit: String
    let state: State
    /// The register's entry, from ``State/registered`` on.
    let use: String?
    /// Why it was dropped.
    let reason: String?
    let proposed: Timestamp, changed: Timestamp

    /// Where it stands.
    enum State: String, Sendable, Hashable, CaseIterable {
        case idea, reviewed, planned, registered, live, dropped

        var words: Words {
            switch self {
            case .idea: Words("아이디어", "Idea")
            case .reviewed: Words("검토함", "Reviewed")
            case .planned: Words("계획", "Planned")
            case .registered: Words("등록부에 등록", "Registered")
            case .live: Words("운영 중", "Live")
            case .dropped: Words("접음", "Dropped")
            }
        }

        var badge: String {
            switch self {
            case .idea: "unknown"
            case .reviewed, .planned: "info"
            case .registered: "warn"
            case .live: "ok"
            case .dropped: "off"
            }
        }

        /// What comes after it; nil at an end.
        var next: State? {
            switch self {
            case .idea: .reviewed
            case .reviewed: .planned
            case .planned: .registered
            case .registered: .live
            case .live, .dropped: nil
            }
        }
    }

    static let proposedEvent = "stewardship.idea.proposed"
    static let advancedEvent = "stewardship.idea.advanced"
    static let droppedEvent = "stewardship.idea.dropped"
}

/// A department of the administration that has ideas: `Data/ideas-departments.json`.
struct Department: Sendable, Hashable {
    let id: String
    let name: Words

    static let file = "ideas-departments.json"

    static func all(_ book: Handbook) throws(HandbookError) -> [Department] {
        var all: [Department] = []
        for (index, one) in ((try book.read(file).json)["departments"]?.elements ?? []).enumerated() {
            guard let id = one["id"]?.text, let ko = one["ko"]?.text, let en = one["en"]?.text,
                !all.contains(where: { $0.id == id })
            else {
                throw HandbookError(
                    file: file, place: "departments[\(index)]", rule: "needs id, ko and en, and each id once")
            }
            all.append(Department(id: id, name: Words(ko, en)))
        }
        return all
    }
}

import Record

/// Something went wrong with a use of AI: what, with what harm, and what was done.
struct AIIncident: Sendable, Hashable {
    let id: String
    let use: String
    let harm: Harm
    /// What happened; nil once it is forgotten.
    let text: String?
    let happened: KoreanDay
    let reported: Timestamp
    let closed: Timestamp?
    let measures: String?

    /// The gravest harm that was done, the gravest last.
    enum Harm: String, Sendable, Hashable, CaseIterable {
        case none, nuisance, money, rights, health

        var words: Words {
            switch self {
            case .none: Words("피해 없음", "No harm")
            case .nuisance: Words("불편·지연", "Inconvenience or delay")
            case .money: Words("금전 피해", "Loss of money")
            case .rights: Words("권리·차별·개인정보", "Rights, discrimination or privacy")
            case .health: Words("생명·건강", "Life or health")
            }
        }

        var badge: String {
            switch self {
            case .none: "ok"
            case .nuisance: "warn"
            case .money, .rights, .health: "danger"
            }
        }
    }
}

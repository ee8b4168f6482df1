import Record

/// What the rules need to know of a firm to say which duties it has. Nil means not known, and what is not known makes
/// no duty go away.
struct FirmProfile: Sendable, Hashable {
    /// The firm.
    let firm: FirmID
    /// Its name.
    var name: String
    /// How many regular workers it has.
    var headcount: Int?
    /// What its business is.
    var industry: IndustryCode?
    /// Where it is.
    var address: String?
    /// What it said of itself, yes or no.
    var traits: [FirmTrait: Bool] = [:]
    /// When its executive made their account; nil before.
    var activated: Timestamp?
    /// When it was last sent an invitation, and when that one ends.
    var invited: Timestamp?
    var inviteEnds: Timestamp?

    /// What a firm's own account stands at.
    enum Activation: String, Sendable { case active, invited, expired, none }

    /// Where the firm stands at a moment.
    func activation(at now: Timestamp) -> Activation {
        if activated != nil { return .active }
        guard let inviteEnds else { return .none }
        return inviteEnds > now ? .invited : .expired
    }
}

/// A fact of a firm on which duties depend beside its size and business.
enum FirmTrait: String, Sendable, Hashable, CaseIterable {
    /// It has work done by contractors on its premises.
    case contracting
    /// It has places that are confined spaces.
    case confined
    /// It employs foreign workers.
    case foreign
    /// It is among the 200 builders of the highest assessed capacity.
    case topBuilder = "top_builder"

    /// What people call it.
    var words: Words {
        switch self {
        case .contracting: Words("도급·용역·위탁 작업이 있음", "Has work done by contractors")
        case .confined: Words("밀폐공간이 있음", "Has confined spaces")
        case .foreign: Words("외국인 근로자가 있음", "Employs foreign workers")
        case .topBuilder: Words("시공능력 상위 200위 건설사", "Among the 200 largest builders")
        }
    }
}

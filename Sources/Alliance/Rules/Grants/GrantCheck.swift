import Record

/// What an officer decides an application on, line by line: whether it fits the programme as both stand today.
struct GrantCheck: Sendable, Hashable {
    /// What is held against what.
    enum Kind: String, Sendable, CaseIterable { case period, size, limit, budget }

    /// How a line came out: what is not known is neither met nor unmet.
    enum Verdict: String, Sendable { case met, unmet, unknown }

    let kind: Kind
    let verdict: Verdict

    /// Every line of an application, in the order in which they are read.
    static func lines(_ application: GrantApplication, _ programme: Programme, headcount: Int?) -> [GrantCheck] {
        func line(_ kind: Kind, _ isMet: Bool?) -> GrantCheck {
            GrantCheck(kind: kind, verdict: isMet.map { $0 ? .met : .unmet } ?? .unknown)
        }
        return [
            line(.period, application.filed >= programme.opens && application.filed <= programme.closes),
            line(.size, programme.headcount.map { most in headcount.map { Int64($0) <= most } } ?? true),
            line(.limit, application.amount <= programme.most),
            line(.budget, application.amount <= programme.left),
        ]
    }
}

/// How many people a firm is registered with, and out of which entry of the register.
struct RegisteredHeadcount: Sendable, Hashable {
    let people: Int?
    /// When the register came to say so, and by whom; nil where it never said anything.
    let day: KoreanDay?
    let author: Author?

    /// Out of the register's entries for a firm, in their order: the first of those that say what the last one says.
    init(_ events: [Event]) {
        var (people, entry): (Int?, Event?) = (nil, nil)
        for event in events {
            guard case .some(let said) = event.payload["headcount"] else { continue }
            let now = said.integer.map { Int($0) }
            if entry == nil || now != people { (people, entry) = (now, event) }
        }
        self.people = people
        (day, author) = (entry.map { KoreanDay($0.observed) }, entry?.author)
    }
}

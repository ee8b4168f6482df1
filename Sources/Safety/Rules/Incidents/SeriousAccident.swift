import Record

/// Whether an accident is serious by a definition of the law: where it is not known, it is never “no”.
enum SeriousAccident {
    /// What is found.
    enum Finding: Sendable, Hashable {
        /// It is, for these reasons.
        case serious(Set<Reason>)
        /// It is not: everything that counts is known.
        case notSerious
        /// Somebody has to find out what is missing; until then it is handled as if it were serious.
        case undecided(Set<Reason>)

        /// Whether it is, for certain.
        var isSerious: Bool {
            if case .serious = self { true } else { false }
        }

        /// As events carry it.
        var text: String {
            switch self {
            case .serious: "serious"
            case .notSerious: "not-serious"
            case .undecided: "undecided"
            }
        }

        /// Why.
        var reasons: Set<Reason> {
            switch self {
            case .serious(let reasons), .undecided(let reasons): reasons
            case .notSerious: []
            }
        }
    }

    /// Which limb of a definition is met, or may be.
    enum Reason: String, Sendable, CaseIterable {
        case death, care, together, disease
    }

    /// Holds an accident against a definition.
    ///
    /// Each limb has a number that is certain and one that is possible. A certain number that reaches the limit makes
    /// the accident serious; a possible one leaves it undecided.
    ///
    /// - Parameters:
    ///   - before: the firm's other cases of illness from work, whenever they were.
    ///   - unlisted: the illness that stands for all those the definition does not list.
    static func judge(
        _ casualties: Casualties, on day: KoreanDay, by definition: IncidentLaw.Definition,
        before: [DiseaseCase] = [], unlisted: String
    ) -> Finding {
        var certain: Set<Reason> = []
        var possible: Set<Reason> = []
        func hold(_ reason: Reason, _ known: Int64, _ open: Int64, _ limit: Int64) {
            if known >= limit { certain.insert(reason) } else if known + open >= limit { possible.insert(reason) }
        }
        hold(.death, casualties.deaths, casualties.unknown, definition.deaths)
        let living = casualties.living
        let undescribed = max(0, casualties.injured + casualties.ill - Int64(living.count))
        hold(
            .care, Int64(living.count { ($0.monthsOfCare ?? 0) >= definition.careMonths }),
            Int64(living.count { $0.monthsOfCare == nil }) + undescribed, definition.carePeople)
        if let together = definition.together {
            hold(.together, casualties.injured + casualties.ill, 0, together)
        }
        if let cases = definition.diseaseCases, let days = definition.diseaseDays {
            let ill = casualties.people.filter(\.isIll)
            let open =
                Int64(ill.count { $0.disease == nil })
                + max(0, casualties.ill - Int64(ill.count { $0.care != .death }))
            let recent = before.filter { $0.day > day - days && $0.day <= day }.map(\.disease)
            let named = Set(ill.compactMap(\.disease)).subtracting([unlisted])
            let most =
                named.map { one in
                    Int64(ill.count { $0.disease == one }) + Int64(recent.count { $0 == one })
                }.max() ?? 0
            // An illness nobody has named yet may be the one that others had before.
            let kinds = Set(recent).subtracting([unlisted])
            let others = kinds.map { one in Int64(recent.count { $0 == one }) }.max() ?? 0
            hold(.disease, most, open > 0 ? open + max(0, others - most) : 0, cases)
        }
        if !certain.isEmpty { return .serious(certain) }
        return possible.isEmpty ? .notSerious : .undecided(possible)
    }
}

import District
import Web

extension Part {
    /// The room's subjects, one line each; a later one may read the tables of an earlier one.
    static func all(_ book: Handbook) throws(HandbookError) -> [Part] {
        [
            try .tenants(book),
            try .duties(book),
            try .budget(book),
            try .opinions(book),
            try .actions(book),
            try .hazards(book),
            try .closures(book),
            try .stopWork(book),
            try .assessments(book),
            try .substances(book),
            try .training(book),
            try .contractors(book),
            try .inspections(book),
            try .permits(book),
            try .proposals(book),
            try .incidents(book),
            try .emergency(book),
            try .zone(book),
            try .packs(book),
            try .figures(book),
            // Founds its sample after all others.
            try .dutySample(book),
        ]
    }
}

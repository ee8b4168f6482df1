import Access
import District
import Record
import Store

/// A region that cases are held against: its statistics of the last year.
struct Ground: Sendable {
    let book: EconomyBook
    let year: EconomyBook.Year
    let region: Int
    let specialisation: Specialisation

    /// What it is called.
    var name: String { book.regions[region] }

    /// A region of statistics that stand; nil where there is none of the name. Whoever shows it to strangers asks
    /// whether they are open.
    static func of(_ economy: String, _ region: String, _ desk: EconomyDesk, in spine: Spine) async throws -> Ground? {
        // The house reads, for all of the district.
        let house = try Caller.system("transition.cases").tenant
        guard let book = try await desk.book(economy, for: house, in: spine),
            let year = book.year(nil), let row = book.regions.firstIndex(of: region)
        else { return nil }
        let specialisation = try await desk.snapshot(book, year).specialisation
        return Ground(book: book, year: year, region: row, specialisation: specialisation)
    }

    /// The district's own region, where one was chosen, its statistics stand and whoever looks may see them.
    static func home(_ desk: EconomyDesk, for onlooker: Tenant?, in spine: Spine) async throws -> Ground? {
        guard let home = try await spine.district.store.read({ try CaseTable.home(in: $0) }),
            let ground = try await of(home.economy, home.region, desk, in: spine),
            onlooker != nil || ground.book.isOpen
        else { return nil }
        return ground
    }
}

/// A condition of a case with all that is known of it here.
struct HeldCondition: Sendable {
    /// Who decided it.
    enum Basis: String, Sendable {
        case statistics, person, nobody
    }

    let condition: TransferCondition
    let finding: TransferCondition.Finding?
    let answer: CaseTable.Answer?

    /// Statistics decide where they can; else whoever answered does.
    var basis: Basis {
        if let finding, finding.state != .unknown { return .statistics }
        return answer == nil ? .nobody : .person
    }

    /// Whether it holds.
    var state: TransferCondition.State {
        switch basis {
        case .statistics: finding?.state ?? .unknown
        case .person: answer?.isHeld == true ? .held : .missing
        case .nobody: .unknown
        }
    }

    /// The conditions of a case, held against a region.
    static func all(
        _ body: CityCase, on ground: Ground?, answers: [String: CaseTable.Answer]
    ) -> [HeldCondition] {
        body.conditions.map { condition in
            HeldCondition(
                condition: condition,
                finding: ground.map { condition.decide($0.region, in: $0.specialisation) },
                answer: answers[condition.id])
        }
    }
}

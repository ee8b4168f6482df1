import Access
import District
import Record
import Store
import Synchronization

/// All that is known of one economy: its years in order, each out of the newest version that has it, with the same
/// regions and industries throughout.
struct EconomyBook: Sendable {
    /// One year.
    struct Year: Sendable {
        let year: Int
        let version: EconomyTable.Version
        let matrix: EconomyMatrix
    }

    let economy: String
    let versions: [EconomyTable.Version]
    let years: [Year]
    /// Which versions it is made of: the same for the same data.
    let basis: String

    var title: String { versions.first?.title ?? economy }
    var measure: String { versions.first?.measure ?? "" }
    /// Whether everybody may see it.
    var isOpen: Bool { versions.allSatisfy(\.isOpen) }
    var regions: [String] { years.last?.matrix.regions ?? [] }
    var industries: [String] { years.last?.matrix.industries ?? [] }

    /// A year, or the last one.
    func year(_ wanted: Int?) -> Year? { years.first { $0.year == wanted } ?? years.last }

    /// The year before one.
    func before(_ year: Year) -> Year? { years.last { $0.year < year.year } }

    /// - Parameter read: what each version's file says, the newest version first.
    init(_ economy: String, _ read: [(version: EconomyTable.Version, file: EconomyFile)]) {
        self.economy = economy
        versions = read.map(\.version)
        var (taken, found): ([Int: (EconomyTable.Version, EconomyMatrix)], (Set<String>, Set<String>)) = ([:], ([], []))
        for (version, file) in read {
            for (year, matrix) in file.years where taken[year] == nil {
                taken[year] = (version, matrix)
                found.0.formUnion(matrix.regions)
                found.1.formUnion(matrix.industries)
            }
        }
        let (regions, industries) = (found.0.sorted(), found.1.sorted())
        years = taken.sorted { $0.key < $1.key }.map { year, of in
            Year(
                year: year, version: of.0,
                matrix: of.1.regions == regions && of.1.industries == industries
                    ? of.1 : of.1.aligned(regions: regions, industries: industries))
        }
        basis = Self.basis(years.map { ($0.year, $0.version.id) })
    }

    private static func basis(_ years: [(year: Int, version: String)]) -> String {
        ContentHash.sha256(years.map { "\($0.year) \($0.version)" }.joined(separator: "\n").utf8)
    }

    /// What a book of these versions would rest on, without a look into their files: the newest version first.
    static func expected(of versions: [EconomyTable.Version]) -> (basis: String, years: [Int]) {
        var taken: [Int: String] = [:]
        for version in versions { for year in version.years where taken[year] == nil { taken[year] = version.id } }
        let years = taken.sorted { $0.key < $1.key }
        return (basis(years.map { ($0.key, $0.value) }), years.map(\.key))
    }
}

/// Keeps what was read and worked out of statistics, so that a page does not do it again. What it holds follows from
/// attachments, whose name is their hash: it can be forgotten at any time. What is heavy waits its turn in a lane.
final class EconomyDesk: Sendable {
    /// What pages wait for, and what takes long: learning, and holding what was learnt against what came.
    let pages = Lane(), learning = Lane()
    /// Past forecasts made anew (``Backtest``).
    let backtests = Kept<Result<Backtest, Backtest.Lack>>(room: 64)

    // As many bytes as stay read, and worked out: some years of a large economy, or all years of many small ones.
    fileprivate let books = Kept<EconomyBook>(room: 256 << 20) {
        $0.years.reduce(0) { $0 + $1.matrix.values.count * 8 }
    }
    /// What regions each economy has, which is little to keep: a page that looks for a name opens no book for it.
    fileprivate let names = Kept<Set<String>>(room: 16 << 20) { $0.count * 64 }
    private let snapshots = Kept<Snapshot>(room: 384 << 20) {
        $0.specialisation.advantage.count * 24 + $0.space.proximity.count * 8
    }
    private let standings = Kept<YearStanding>(room: 64 << 20) { $0.ranks.count * 32 }
    private let outlooks = Kept<[Double]>(room: 16 << 20) { $0.count * 8 }
    private let changes = Kept<ShiftShare>(room: 192 << 20) { $0.weight }
    private let pictures = Kept<SpaceView.Picture>(room: 24)
    private let peers = Kept<[Peer]>(room: 4000)
    /// What nothing could be learnt from: it is not tried at every beat again.
    private let fruitless = Mutex<Set<String>>([])

    /// An economy, as whoever asks may see it; nil where there is none.
    func book(_ economy: String, for tenant: Tenant?, in spine: Spine) async throws -> EconomyBook? {
        let versions = try await spine.district.store.read { reader in
            try EconomyTable.versions(of: economy, for: tenant, in: reader).filter { $0.withdrawn == nil }
        }
        guard !versions.isEmpty else { return nil }
        let name = versions.map(\.id).joined(separator: " ")
        let book = try await books.value("\(economy) \(name)") { [pages] in
            // The file belongs to the house; who may see what is in it was asked of the version.
            let house = try Caller.system("transition.economy").tenant
            var read: [(EconomyTable.Version, EconomyFile)] = []
            for version in versions {
                let attached = try await spine.district.store.read {
                    try Attachments.find(version.file, for: house, in: $0)
                }
                // A file that was forgotten is unknown; what the Record says of it stands.
                guard let attached, ContentHash.sha256(attached.bytes) == version.file else { continue }
                let file = try await pages.run {
                    try EconomyFile(try EconomyText.text(attached.bytes), .init(version.reading))
                }
                read.append((version, file))
            }
            let all = read
            return await pages.run { EconomyBook(economy, all) }
        }
        return book.years.isEmpty ? nil : book
    }

    /// A year of an economy, worked out.
    func snapshot(_ book: EconomyBook, _ year: EconomyBook.Year) async throws -> Snapshot {
        try await snapshots.value(Self.name(book, year)) { [pages] in
            await pages.run { Snapshot(year.matrix, threads: 1) }
        }
    }

    /// Where each region stood in a year: all that its way through the years needs.
    func standing(_ book: EconomyBook, _ year: EconomyBook.Year) async throws -> YearStanding {
        try await standings.value(Self.name(book, year)) { [pages] in
            await pages.run { YearStanding(Specialisation(year.matrix)) }
        }
    }

    /// The complexity outlook of each region in a year; empty where there is too little for it.
    func outlook(_ book: EconomyBook, _ year: EconomyBook.Year) async throws -> [Double] {
        try await outlooks.value(Self.name(book, year)) { [self] in
            let snapshot = try await snapshot(book, year)
            return await pages.run {
                guard let complexity = snapshot.complexity else { return [] }
                let density = Density(snapshot.specialisation, snapshot.space, diagonal: .one, threads: 1)
                return Outlook.index(snapshot.specialisation, density, complexity)
            }
        }
    }

    /// What the change between two years came of.
    func change(
        _ book: EconomyBook, from before: EconomyBook.Year, to after: EconomyBook.Year
    ) async throws -> ShiftShare {
        try await changes.value("\(Self.name(book, before)) \(after.year)") { [pages] in
            await pages.run { ShiftShare(from: before.matrix, to: after.matrix) }
        }
    }

    /// The regions most like one.
    func peers(
        of region: Int, by likeness: Likeness = .hellinger, _ book: EconomyBook, _ year: EconomyBook.Year
    ) async throws -> [Peer] {
        try await peers.value("\(Self.name(book, year)) \(region) \(likeness.rawValue)") { [self] in
            // Only likeness by near industries needs to know what is near.
            let space = likeness == .proximity ? try await snapshot(book, year).space : nil
            return await pages.run {
                Peers(year.matrix, space: space).nearest(to: region, by: likeness, count: Self.mostPeers)
            }
        }
    }

    /// The picture of a year's industry space.
    func picture(_ book: EconomyBook, _ year: EconomyBook.Year) async throws -> SpaceView.Picture {
        try await pictures.value(Self.name(book, year)) { [self] in
            let space = try await snapshot(book, year).space
            return await pages.run {
                let links = space.backbone()
                return SpaceView.Picture(
                    places: NetworkLayout.places(space.count, links, steps: space.count > 500 ? 60 : 150), links: links)
            }
        }
    }

    private static let mostPeers = 8

    private static func name(_ book: EconomyBook, _ year: EconomyBook.Year) -> String { "\(book.basis) \(year.year)" }
}

extension EconomyDesk {
    /// A region of statistics here.
    struct Place: Sendable, Hashable {
        let economy: String, title: String, region: String
        let year: Int
    }

    /// Where regions of these names are, in statistics that someone may see.
    func places(_ regions: [String], for tenant: Tenant?, in spine: Spine) async throws -> [Place] {
        guard !regions.isEmpty else { return [] }
        let versions = try await spine.district.store.read { reader in
            try EconomyTable.versions(for: tenant, in: reader).filter { $0.withdrawn == nil }
        }
        var found: [Place] = []
        for (economy, own) in Dictionary(grouping: versions, by: \.economy).sorted(by: { $0.key < $1.key }) {
            let ids = own.map(\.id).joined(separator: " ")
            let known = try await names.value("\(economy) \(ids)") { [self] in
                Set(try await book(economy, for: tenant, in: spine)?.regions ?? [])
            }
            guard let title = own.first?.title, let year = EconomyBook.expected(of: own).years.last else { continue }
            found += regions.filter(known.contains).map {
                Place(economy: economy, title: title, region: $0, year: year)
            }
        }
        return found
    }

    /// How many books lie open.
    var open: Int { get async { await books.count } }

    /// Whether nothing could be learnt from these years.
    func isFruitless(_ basis: String) -> Bool { fruitless.withLock { $0.contains(basis) } }

    /// Nothing could be learnt from these years.
    func note(fruitless basis: String) { fruitless.withLock { _ = $0.insert(basis) } }
}

/// Where each region stood in a year.
struct YearStanding: Sendable {
    /// The place by ECI, from 1; nil where it has none.
    let ranks: [Int?]
    let eci: [Double?]
    let diversity: [Int]
    /// How many have a place.
    let ranked: Int

    init(_ specialisation: Specialisation) {
        let complexity = Complexity(specialisation)
        let eci = specialisation.matrix.regions.indices.map { region in
            complexity.flatMap { $0.regions[region].isNaN ? nil : $0.regions[region] }
        }
        let order = eci.indices.filter { eci[$0] != nil }
            .sorted { (-(eci[$0] ?? 0), $0) < (-(eci[$1] ?? 0), $1) }
        var ranks = [Int?](repeating: nil, count: eci.count)
        for (place, region) in order.enumerated() { ranks[region] = place + 1 }
        (self.ranks, self.eci, diversity, ranked) = (ranks, eci, specialisation.diversity, order.count)
    }
}

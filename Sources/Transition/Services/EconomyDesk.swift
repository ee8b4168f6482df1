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
    var basis: String { ContentHash.sha256(years.map { "\($0.year) \($0.version.id)" }.joined(separator: "\n").utf8) }

    var title: String { versions.first?.title ?? economy }
    var measure: String { versions.first?.measure ?? "" }
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
    }
}

/// Keeps what was read and worked out of statistics, so that a page does not do it again. What it holds follows from
/// attachments, whose name is their hash: it can be forgotten at any time.
actor EconomyDesk {
    /// What nothing could be learnt from: it is not tried at every beat again.
    private var fruitless: Set<String> = []

    private var books: [String: (key: String, book: EconomyBook)] = [:]
    private var snapshots: [String: Snapshot] = [:]
    private var order: [String] = []
    var pictures: [String: SpaceView.Picture] = [:]
    /// As many years as stay worked out.
    private let most = 12

    /// An economy, as whoever asks may see it; nil where there is none.
    func book(_ economy: String, for tenant: some Tenancy, in spine: Spine) async throws -> EconomyBook? {
        // The file belongs to the house; who may see what is in it is asked of the version.
        let house = try Caller.system("transition.economy").tenant
        let versions = try await spine.district.store.read { reader in
            try EconomyTable.versions(of: economy, for: tenant, in: reader).filter { $0.withdrawn == nil }
        }
        guard !versions.isEmpty else { return nil }
        let key = versions.map(\.id).joined(separator: " ")
        if let known = books[economy], known.key == key { return known.book }
        var read: [(EconomyTable.Version, EconomyFile)] = []
        for version in versions {
            let attached = try await spine.district.store.read {
                try Attachments.find(version.file, for: house, in: $0)
            }
            // A file that was forgotten is unknown; what the Record says of it stands.
            guard let attached, ContentHash.sha256(attached.bytes) == version.file else { continue }
            read.append((version, try EconomyFile(try EconomyText.text(attached.bytes), .init(version.reading))))
        }
        guard !read.isEmpty else { return nil }
        let book = EconomyBook(economy, read)
        books[economy] = (key, book)
        return book
    }

    /// A year of an economy, worked out.
    func snapshot(_ book: EconomyBook, _ year: EconomyBook.Year) -> Snapshot {
        let key = "\(book.basis) \(year.year)"
        if let known = snapshots[key] { return known }
        let snapshot = Snapshot(year.matrix)
        snapshots[key] = snapshot
        order.append(key)
        if order.count > most { snapshots[order.removeFirst()] = nil }
        return snapshot
    }
}

extension EconomyDesk {
    /// Whether nothing could be learnt from these years.
    func isFruitless(_ basis: String) -> Bool { fruitless.contains(basis) }

    /// Nothing could be learnt from these years.
    func note(fruitless basis: String) { fruitless.insert(basis) }
}

import District
import Record
import Store

/// The handbook as it stands in the sources.
enum ShippedBook {
    static let handbook = Handbook(
        shipped: #filePath.split(separator: "/").dropLast(4).reduce("") { "\($0)/\($1)" } + "/Sources/Safety/Data")
}

extension Yard {
    /// The latest event of a type; nil where there is none.
    func last(_ type: String) async throws -> Event? {
        try await store.read { [district] reader in
            try district.log.events(fromLeaf: 0, limit: 100_000, in: reader).last { $0.type == type }
        }
    }
}

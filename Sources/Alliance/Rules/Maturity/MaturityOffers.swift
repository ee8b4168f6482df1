import Access
import Record
import Store

/// What leads from a weak dimension to somebody who helps: the other subjects of the room answer, each by its own tables.
struct MaturityOffers: Sendable {
    /// One offer, with the reasons it is shown.
    struct Offer: Sendable, Hashable {
        let name: Words
        let address: String?
        let reasons: [Words]
    }

    /// Suppliers of kinds of solution for a firm; or in words why none are proposed now.
    var suppliers: @Sendable (FirmID, [String], Timestamp, any Reader) throws -> ([Offer], Words?) = { _, _, _, _ in
        ([], nil)
    }
    /// Programmes to which a firm may apply, for kinds of solution, on a day, as far as whoever looks may know.
    var grants: @Sendable (FirmID, Tenant, [String], KoreanDay, any Reader) throws -> [Offer] = { _, _, _, _, _ in [] }
    /// Courses about kinds of solution, at a moment.
    var courses: @Sendable ([String], Timestamp, any Reader) throws -> [Offer] = { _, _, _ in [] }
}

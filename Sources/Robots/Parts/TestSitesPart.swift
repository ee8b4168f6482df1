import Access
import District
import Record
import Web

extension Part {
    /// Places that start-ups book to try their robots.
    static func testSites(_ book: Handbook) throws(HandbookError) -> Part {
        let sites = try TestSites(book)
        let (booking, routes) = (BookTestSite(sites: sites), TestSiteRoutes(sites: sites))
        var part = Part()
        part.migrations = [BookingTable.migration, BookingTable.additions, GuestTable.migration]
        part.projections = [BookingTable.projection, GuestTable.projection]
        part.commands = [booking.book, booking.cancel, booking.approve, RegisterGuest.command]
        part.routes = routes.routes
        part.doors = [
            Door(
                "/robots/testsites", Words("로봇 시험 장소", "Test sites for robots"),
                Words("새 로봇을 시험할 곳을 예약합니다.", "Book a place to try new robots."), roles: BookTestSite.bookers)
        ]
        part.home = { try await routes.tasks($0) }
        part.sample = { spine, _ in try await ReadinessSample.book(sites, in: spine.district) }
        part.topics = [("robots.testsite.", "robots-testsites"), ("robots.guest.", "robots-testsites")]
        return part
    }
}

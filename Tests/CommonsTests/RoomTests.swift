import HouseKit
import Testing

@testable import Commons

@Suite("The room Commons")
struct RoomTests {
    @Test("each phrasing names a command or a question that may be spoken, and only fields that it has")
    func phrasings() throws {
        #expect(try phrasingFaults(of: Commons()) == [])
    }
}

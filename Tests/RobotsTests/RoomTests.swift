import HouseKit
import Testing

@testable import Robots

@Suite("The room Robots")
struct RoomTests {
    @Test func theRoomOpens() throws {
        #expect(try Robots().name == "robots")
    }

    @Test("each phrasing names a command or a question that may be spoken, and only fields that it has")
    func phrasings() throws {
        #expect(try phrasingFaults(of: Robots()) == [])
    }
}

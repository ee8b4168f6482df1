import Testing
import Web

@testable import Robots

@Suite struct RoomTests {
    @Test func theRoomOpens() throws {
        #expect(try Robots().name == "robots")
    }
}

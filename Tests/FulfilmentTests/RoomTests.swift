import HouseKit
import Testing

@testable import Fulfilment

@Suite("The room Fulfilment")
struct RoomTests {
    @Test func theRoomOpens() throws {
        #expect(try Fulfilment().name == "fulfilment")
    }

    @Test("each phrasing names a command or a question that may be spoken, and only fields that it has")
    func phrasings() throws {
        #expect(try phrasingFaults(of: Fulfilment()) == [])
    }
}

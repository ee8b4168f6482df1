import District
import Testing
import Web

@testable import Citizen

struct RoomTests {
    @Test("the room's handbook can be read, and each phrasing names a command that may be spoken")
    func handbook() throws {
        let room = try Citizen()
        let forms = Dictionary(uniqueKeysWithValues: room.commands.map { ($0.form.name, $0.form) })
        for phrasing in room.phrasings {
            #expect(forms[phrasing.command]?.surfaces.contains(.voice) == true, "\(phrasing.command)")
        }
    }
}

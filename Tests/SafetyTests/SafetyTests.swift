import District
import HouseKit
import Record
import Testing
import Web

@testable import Safety

@Suite("The room Safety")
struct SafetyTests {
    @Test("each phrasing names a command or a question that may be spoken, and only fields that it has")
    func phrasings() throws {
        #expect(try phrasingFaults(of: Safety()) == [])
    }

    @Test("every command that may be spoken has phrasings in Korean and English")
    func spoken() throws {
        let safety = try Safety()
        let known = Set(safety.phrasings.map(\.command))
        #expect(safety.commands.count > 50)
        for command in safety.commands where command.form.surfaces.contains(.voice) {
            #expect(known.contains(command.form.name), "\(command.form.name) may be spoken and has no phrasing")
        }
    }
}

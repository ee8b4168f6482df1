import District
import Testing
import Web

@testable import Commons

@Suite("The room Commons")
struct RoomTests {
    @Test("each phrasing names a command or a question that may be spoken, and only fields that it has")
    func phrasings() throws {
        let room = try Commons()
        let forms = Dictionary(
            uniqueKeysWithValues: (room.commands.map(\.form) + room.answers.map(\.form)).map { ($0.name, $0) })
        for phrasing in room.phrasings {
            let form = try #require(forms[phrasing.command], "\(phrasing.command)")
            #expect(form.surfaces.contains(.voice), "\(phrasing.command)")
            let fields = Set(form.fields.map(\.name))
            for sentence in phrasing.sentences.values.flatMap({ $0 }) {
                for match in sentence.matches(of: /\{([a-z_]+)\}/) {
                    #expect(fields.contains(String(match.1)), "\(sentence)")
                }
            }
        }
    }
}

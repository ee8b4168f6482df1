import District
import Record
import Testing
import Web

@testable import Safety

@Suite("The room Safety")
struct SafetyTests {
    @Test("its handbook is whole: every phrasing names a command of the room and fields that the command has")
    func phrasings() throws {
        let safety = try Safety()
        let forms = Dictionary(uniqueKeysWithValues: safety.commands.map { ($0.form.name, $0.form) })
        for phrasing in safety.phrasings {
            let form = try #require(forms[phrasing.command], "\(phrasing.command) is no command")
            let fields = Set(form.fields.map(\.name))
            for sentence in phrasing.sentences.values.joined() {
                for slot in sentence.matches(of: /\{(\w+)\}/) {
                    #expect(fields.contains(String(slot.1)), "\(phrasing.command): \(sentence)")
                }
            }
        }
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

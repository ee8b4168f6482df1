import Access
import District
import Foundation
import Record
// A room's commands are made of its parts: without this import they would be the empty default.
import Web

@testable import Citizen

/// The lexicon, the book of every room's phrasings, and the corpora, read once from the sources.
enum Listening {
    static let repository = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().path
    static let handbook = Handbook(shipped: "\(repository)/Sources/Citizen/Data")
    static let lexicon = Result { try Lexicon.read(handbook) }
    static let book = Result { try makeBook() }
    static let corpus = Result { try ListeningCorpus(folder: "\(repository)/Tests/CitizenTests/Corpus") }

    /// Citizen's own commands as they are; of other rooms, which this room does not know, forms made of their phrasings.
    private static func makeBook() throws -> IntentBook {
        let room = try Citizen()
        var forms = Dictionary(uniqueKeysWithValues: room.commands.map { ($0.form.name, $0.form) })
        var phrasings = room.phrasings
        for neighbour in ["Safety", "Sensing", "Robots", "Commons"] {
            let said = try Handbook(shipped: "\(repository)/Sources/\(neighbour)/Data").phrasings()
            phrasings += said
            for phrasing in said { forms[phrasing.command] = form(phrasing.command, said) }
        }
        let services = try CityServices(handbook)
        return IntentBook(
            forms: forms, phrasings: phrasings, lookups: services.lookups, launches: services.launches,
            lexicon: try lexicon.get())
    }

    private static func form(_ command: String, _ said: [Phrasing]) -> Form {
        let sentences = said.filter { $0.command == command }.flatMap { $0.sentences.values.flatMap { $0 } }
        let slots = Set(
            sentences.flatMap { sentence in
                sentence.split(separator: "{").dropFirst().compactMap {
                    $0.split(separator: "}").first.map(String.init)
                }
            })
        return Form(
            command, title: Words(sentences[0], sentences[0]), help: Words("", ""),
            fields: slots.sorted().map { Field($0, Words($0, $0), .text(maximum: 200), required: false) },
            permission: .anyone, surfaces: [.voice])
    }
}

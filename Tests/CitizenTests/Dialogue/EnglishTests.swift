import Access
import District
import Record
import TestKit
import Testing

@testable import Citizen

/// English, the second language of the same machine: forty sentences for ten services.
struct EnglishTests {
    private static let sentences: [String: [String]] = [
        "citizen.pothole.report": [
            "there is a pothole on our road", "I'd like to report a hole in the road",
            "the road in front of my house is damaged", "could somebody fix the pothole please",
        ],
        "citizen.street-light.report": [
            "the street light is out", "the street lamp outside my house is broken",
            "I want to report a broken street light", "a streetlight keeps flickering",
        ],
        "citizen.bulky-waste.apply": [
            "I want to throw away a sofa", "how do I get rid of an old bed", "please pick up my old fridge",
            "I need to dispose of a wardrobe",
        ],
        "citizen.resident-certificate.apply": [
            "I need a resident certificate", "can I get a copy of my resident register",
            "please issue a resident certificate", "I'd like to apply for a residence certificate",
        ],
        "lookup:bus": [
            "when does bus 143 come", "how long until the next bus 143", "when will bus 143 arrive at city hall",
            "is bus 7 coming soon",
        ],
        "citizen.health-centre.book": [
            "I want to see a doctor at the health centre", "book an appointment at the health centre",
            "can I get a check-up at the health center", "make a health centre appointment for me",
        ],
        "citizen.illegal-parking.report": [
            "a car is parked illegally", "somebody parked in front of my gate",
            "I want to report illegal parking", "there is a car blocking the crosswalk",
        ],
        "citizen.noise.report": [
            "the construction noise is too loud", "my neighbour is very noisy", "I want to complain about noise",
            "it is so loud at night that I cannot sleep",
        ],
        "lookup:water-bill": [
            "how much is my water bill", "I want to check my water bill", "what do I owe for water",
            "tell me this month's water charge",
        ],
        "lookup:weather": [
            "what is the weather like tomorrow", "is it going to rain today", "will it be cold tomorrow",
            "do I need an umbrella",
        ],
    ]

    @Test("forty sentences for ten services are understood, at once or with one question")
    func understood() async throws {
        let book = try Listening.book.get()
        #expect(Self.sentences.values.joined().count == 40)
        var failures: [String] = []
        for (intent, sentences) in Self.sentences.sorted(by: { $0.key < $1.key }) {
            for text in sentences {
                let found: [String] =
                    switch Understanding.read(Utterance(text, .en), book: book) {
                    case .one(let match): [match.intent]
                    case .several(let matches): matches.map(\.intent)
                    case .none: []
                    }
                if !found.contains(intent) { failures.append("\(text) [\(intent)] → \(found)") }
            }
        }
        #expect(failures.isEmpty, "\(failures.joined(separator: "\n"))")
    }

    @Test("a whole conversation in English: asked, read back, corrected, a yes, a receipt; not a word of Korean")
    func whole() async throws {
        try await TalkHouse.with { yard in
            let line = try Line(yard, nil, by: .anonymous(), .en)
            try await line.say("I want to report a pothole")
            #expect(line.phase == "filling", "\(line.said)")
            try await line.say("in front of Jungang-ro 12")
            #expect(line.phase == "confirming", "\(line.said)")
            #expect(line.readBack.contains { $0.contains("12") }, "\(line.readBack)")
            try await line.say("hmm")
            #expect(line.phase == "confirming")
            try await line.say("yes please")
            try await line.settle()
            #expect(line.receipt != nil, "\(line.said)")
            #expect(!line.said.unicodeScalars.contains { (0xAC00...0xD7A3).contains($0.value) }, "\(line.said)")
            #expect(try await line.submitted == 1)
        }
    }

    @Test("danger, a person and what cannot be done are heard in English")
    func always() async throws {
        try await TalkHouse.with { yard in
            let line = try Line(yard, nil, by: .anonymous(), .en)
            try await line.say("order a pizza")
            #expect(line.phase == "idle", "\(line.said)")
            try await line.say("there is a fire, help")
            #expect(line.phase == "emergency" && line.said.contains("119"), "\(line.said)")
            let other = try Line(yard, nil, by: .anonymous(), .en)
            try await other.say("I want to talk to a person")
            #expect(other.phase == "handedOver", "\(other.said)")
        }
    }
}

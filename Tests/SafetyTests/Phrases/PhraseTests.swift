import District
import Foundation
import Record
import TestKit
import Testing

@testable import Safety

@Suite("Short safety phrases in the workers' languages")
struct PhraseTests {
    private static let shipped = "Sources/Safety/Data"

    /// The shipped phrases with one text changed, read as a district's own correction.
    private static func corrected(_ key: String, _ language: String, _ text: String?) async throws -> HandbookError? {
        try await withTemporaryFolder { folder in
            var json = try Handbook(shipped: shipped).read("phrases.json").json
            var (members, phrases) = (json.members ?? [:], json["phrases"]?.members ?? [:])
            var texts = phrases[key]?["text"]?.members ?? [:]
            texts[language] = text.map { .string($0) }
            phrases[key] = ["text": .object(texts)]
            members["phrases"] = .object(phrases)
            json = .object(members)
            try Data(json.canonical).write(to: folder.appendingPathComponent("phrases.json"))
            do {
                _ = try Phrases(Handbook(shipped: shipped, corrections: folder.path))
                return nil
            } catch let error as HandbookError {
                return error
            }
        }
    }

    @Test("those shipped keep every rule, in ten languages")
    func shipped() throws {
        let phrases = try Phrases(Handbook(shipped: Self.shipped))
        #expect(phrases.keys.count >= 40)
        #expect(WorkerLanguage.allCases.count == 10)
        #expect(phrases.text("report_number", .vi, ["number": "7"]) == "Số: 7")
        #expect(phrases.text("evacuate", .my) != phrases.text("evacuate", .km))
    }

    @Test("a missing language, a lost placeholder, a text too long or in another script is named")
    func rules() async throws {
        #expect(try await Self.corrected("evacuate", "vi", "Chạy ngay!") == nil)
        #expect(try await Self.corrected("evacuate", "km", nil)?.place == "evacuate.km")
        #expect(try await Self.corrected("report_number", "th", "หมายเลข")?.rule == "placeholders as in Korean")
        #expect(try await Self.corrected("report_number", "th", "หมายเลข {code}")?.rule == "placeholders as in Korean")
        #expect(
            try await Self.corrected("evacuate", "uz", String(repeating: "a", count: 91))?.rule.contains("91") == false)
        #expect(try await Self.corrected("evacuate", "uz", String(repeating: "a", count: 91))?.place == "evacuate.uz")
        #expect(try await Self.corrected("evacuate", "ne", "Evacuate")?.rule == "script of ne")
        #expect(try await Self.corrected("evacuate", "ko", "Evacuate 대피")?.rule == "script of ko")
    }

    @Test("every pictogram a phrase names is drawn")
    func pictograms() throws {
        let drawn = try String(contentsOfFile: "Sources/Web/Assets/pictograms.svg", encoding: .utf8)
        let phrases = try Phrases(Handbook(shipped: Self.shipped))
        for key in phrases.keys {
            guard let pictogram = phrases.pictogram(key) else { continue }
            #expect(drawn.contains("id=\"\(pictogram)\""), "\(key): \(pictogram)")
        }
    }

    @Test(
        "a browser's languages choose the first that is spoken here",
        arguments: [("vi-VN,vi;q=0.9,en;q=0.8", WorkerLanguage.vi), ("fr,km;q=0.5", .km), ("fr", .ko), ("", .ko)])
    func preferred(_ accept: String, _ language: WorkerLanguage) {
        #expect(WorkerLanguage.preferred(accept) == language)
    }
}

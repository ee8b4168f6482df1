import District
import HouseKit
import Record
import TestKit
import Testing

@testable import Commons

@Suite("Plain language: what warns whoever writes, and what does not")
struct PlainTests {
    private let check: PlainCheck

    init() throws { check = try PlainCheck(Handbook(shipped: Commons.shippedData)) }

    @Test(
        "hard words are found where a word begins so, with an easier one; what only begins alike is left",
        arguments: [
            ("금일 투표합니다.", ["금일"]), ("예산의 잔여를 씁니다. 잔여는 적습니다.", ["잔여"]), ("정류장 3개소에 놓습니다.", ["개소"]),
            ("쉼터 개소식을 엽니다.", []), ("더위에 시달리는 사람이 많습니다.", []), ("공문을 시달합니다.", ["시달"]),
            ("오늘 투표합니다. 3.5미터 길입니다.", []), ("", []), ("거버넌스를 만들고 리스크를 줄입니다.", ["리스크", "거버넌스"]),
        ])
    func hard(text: String, words: [String]) {
        let found = check.findings(text, .ko).compactMap { finding -> String? in
            guard case .hard(let word, let easier) = finding else { return nil }
            #expect(!easier.isEmpty && finding.words.ko.contains(easier))
            return word
        }
        #expect(found == words)
    }

    @Test("English has its own words; a phrase counts as a whole")
    func english() {
        let found = check.findings("Prior to the vote we utilise the form. Priority is given.", .en)
        #expect(
            Set(found) == [.hard(word: "prior to", easier: "before"), .hard(word: "utilise", easier: "use")])
        #expect(check.findings("Prior to the vote", .ko).isEmpty)
    }

    @Test("a sentence is long from one word over the bound on; a point within a number ends none")
    func long() throws {
        let most = try #require(check.most[.ko])
        func sentence(_ words: Int) -> String { Array(repeating: "말", count: words).joined(separator: " ") + "." }
        #expect(check.findings(sentence(most), .ko).isEmpty)
        let found = check.findings("짧습니다. " + sentence(most + 1) + "\n또 짧습니다.", .ko)
        #expect(found == [.long(sentence: sentence(most + 1), words: most + 1)])
        #expect(PlainCheck.sentences("너비는 3.5미터입니다. 좁습니다!\n끝") == ["너비는 3.5미터입니다.", "좁습니다!", "끝"])
    }

    @Test("each word of the table has a source, and the summaries that ship are plain by it")
    func table() throws {
        let book = Handbook(shipped: Commons.shippedData)
        let json = try book.read("plain-words.json").json
        let sources = try #require(json["sources"]?.members)
        for language in Language.allCases {
            let words = try #require(json["words"]?[language.rawValue]?.elements)
            #expect(words.count >= 20)
            #expect(words.allSatisfy { sources[$0["source"]?.text ?? ""] != nil })
            #expect(Set(words.compactMap { $0["word"]?.text }).count == words.count)
        }
        for template in try ProcessTemplates(book).all {
            let summary = try #require(Words(template.defaults["summary"]))
            #expect(check.findings(summary.ko, .ko).isEmpty, "\(template.id)")
            #expect(check.findings(summary.en, .en).isEmpty, "\(template.id)")
        }
    }
}

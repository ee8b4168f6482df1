import Access
import District
import Foundation
import HouseKit
import Record
import Store
import TestKit
import Testing

@testable import Commons

@Suite("The letter with a code, and where to ask", .serialized)
struct LetterTests {
    @Test("a letter shows the ballot's address as a code to point a phone at, three steps, and where to ask")
    func letter() async throws {
        let room = try Commons()
        try await Yard.with([room], on: .sqlite, isSample: true) { yard in
            for caller in [Caller.officer, Polling.citizen] { try await yard.enrol(caller) }
            let polling = try await Polling.ruled(yard, people: 2)
            let (officer, now) = (try #require(Caller.officer.person), yard.clock.read())
            let session = try await yard.store.write {
                try Sessions.open(officer, address: "127.0.0.1", agent: "test", at: now, in: $0)
            }
            try await serving(yard.spine, rooms: [room]) { served in
                let page = try await served.client.send(
                    "POST", "/commons/votes/\(polling.vote)/census/codes",
                    [
                        ("Content-Type", "application/x-www-form-urlencoded"),
                        ("Cookie", "slipway_session=\(session.token)"), ("Accept-Language", "ko"),
                    ], body: Array("csrf=\(session.session.csrf)".utf8))
                #expect(page.status == 200)
                let letters = page.text.components(separatedBy: "class=\"letter\"").dropFirst()
                #expect(letters.count == 2)
                for letter in letters {
                    #expect(letter.contains("<svg") && letter.contains("투표 화면 주소의 QR 코드"))
                    #expect(letter.components(separatedBy: "<li>").count == 4 && letter.contains("000-0000-0000"))
                }
            }
        }
    }

    @Test("a district's own contact comes first; none is named where none was given; half a contact is refused")
    func contact() throws {
        let shipped = Handbook(shipped: Commons.shippedData)
        #expect(try VoteContact(shipped).line(isSample: false) == nil, "a house names nobody that was made up")
        #expect(try VoteContact(shipped).line(isSample: true)?.ko.contains("예시") == true)
        let folder = FileManager.default.temporaryDirectory.appending(path: "contact-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appending(path: "vote-contact.json")
        let own = #""window": { "ko": "창구", "en": "counter" }, "hours": { "ko": "낮", "en": "by day" }"#
        try Data(#"{ "contact": { \#(own), "telephone": "1" } }"#.utf8).write(to: file)
        let book = Handbook(shipped: Commons.shippedData, corrections: folder.path)
        #expect(try VoteContact(book).line(isSample: false)?.en.hasSuffix("counter, telephone 1, by day") == true)
        try Data(#"{ "contact": { \#(own) } }"#.utf8).write(to: file)
        #expect(throws: HandbookError.self) { try VoteContact(book) }
    }
}

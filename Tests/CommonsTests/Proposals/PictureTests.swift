import Access
import District
import HouseKit
import Record
import Store
import TestKit
import Testing
import Web

@testable import Commons

@Suite("Pictures of proposals", .serialized)
struct PictureTests {
    private static let pixel = PhotoPrivacyTests.pixel

    private func named(_ hash: String, on proposal: String) -> [String: JSON] {
        ["proposal": .string(proposal), "picture": .string(hash), "about": "건널목"]
    }

    @Test(
        "a file of a firm or of the zone cannot be named, is not served, and what another person brought is not theirs")
    func others() async throws {
        try await CommonsYard.with { one in
            let id = try await one.propose(in: try await one.open())
            let now = one.yard.clock.read()
            for scope in [Scope.firm("firm-a"), .zone] {
                let secret = Self.pixel + Array(scope.text.utf8)
                let hash = try await one.yard.store.write {
                    try Attachments.keep(secret, scope: scope, author: .system("test"), at: now, in: $0)
                }
                #expect(
                    try await one.code(AddPicture.name, named(hash, on: id), by: CommonsYard.ann) == "picture.unknown")
                // Even where an event names it, nobody is given it.
                let draft = Draft(
                    ProposalEvents.pictured, stream: ProposalEvents.stream(id), scope: .zone,
                    payload: ["proposal": .string(id), "hash": .string(hash), "about": "x"])
                _ = try await one.yard.district.record([draft], origin: Origin(author: .system("test")))
                try await serving(one.yard.spine, rooms: [one.yard.room(Commons.self)]) { served in
                    let answer = try await served.client.send("GET", "/commons/pictures/\(hash)")
                    #expect(answer.status == 404)
                }
            }
            let hers = try await PictureShelf.keep(Self.pixel, by: CommonsYard.bo, in: one.yard.district)
            #expect(try await one.code(AddPicture.name, named(hers, on: id), by: CommonsYard.ann) == "picture.unknown")
            let same = try await PictureShelf.keep(Self.pixel, by: CommonsYard.ann, in: one.yard.district)
            #expect(same == hers)
            try await one.yard.perform(AddPicture.name, named(same, on: id), by: CommonsYard.ann)
            try await serving(one.yard.spine, rooms: [one.yard.room(Commons.self)]) { served in
                let answer = try await served.client.send("GET", "/commons/pictures/\(same)")
                #expect(answer.body == Self.pixel)
            }
            #expect(try await one.yard.rebuildsAlike())
        }
    }

    @Test("what is refused keeps no picture, a day has its number of them, and after it what nothing names is gone")
    func bounds() async throws {
        try await CommonsYard.with { one in
            let process = try await one.open()
            let (person, now) = (try #require(CommonsYard.ann.person), one.yard.clock.read())
            let session = try await one.yard.store.write {
                try Sessions.open(person, address: "127.0.0.1", agent: "test", at: now, in: $0)
            }
            @Sendable func brought() async throws -> Int64 {
                try await one.yard.store.read {
                    try PictureTable.many(by: person, since: now.advanced(bySeconds: -1), in: $0)
                }
            }
            try await serving(one.yard.spine, rooms: [one.yard.room(Commons.self)]) { served in
                func send(_ title: String, _ more: [(String, String)] = []) async throws -> Int {
                    let fields = [
                        ("csrf", session.session.csrf), ("step", "check"), ("title", title), ("body", "내용입니다"),
                        ("about", "건널목"),
                    ]
                    var body = fields.map {
                        "--x\r\nContent-Disposition: form-data; name=\"\($0.0)\"\r\n\r\n\($0.1)\r\n"
                    }.joined().utf8.map { $0 }
                    body += Array(
                        "--x\r\nContent-Disposition: form-data; name=\"picture\"; filename=\"a.jpg\"\r\nContent-Type: image/jpeg\r\n\r\n"
                            .utf8)
                    body += Self.pixel + Array("\r\n--x--\r\n".utf8)
                    return try await served.client.send(
                        "POST", "/commons/processes/\(process)/propose",
                        [
                            ("Cookie", "slipway_session=\(session.token)"),
                            ("Content-Type", "multipart/form-data; boundary=x"),
                        ] + more, body: body
                    ).status
                }
                let empty = try await send(" ")
                #expect(empty == 422)
                let writing = try await send("제목", [("HX-Request", "true")])
                #expect(writing == 200, "while one writes nothing is kept")
                let none = try await brought()
                #expect(none == 0)
                let checked = try await send("제목")
                #expect(checked == 200)
                let one = try await brought()
                #expect(one == 1)
            }
            let id = try await one.propose(in: process)
            var hashes: [String] = []
            for number in 0..<PictureShelf.mostADay - 1 {
                let other = Array(Self.pixel.dropLast(2)) + [UInt8(number), 0xFF, 0xD9]
                hashes.append(try await PictureShelf.keep(other, by: CommonsYard.ann, in: one.yard.district))
            }
            let refused = await #expect(throws: Refusal.self) {
                try await PictureShelf.keep(
                    Array(Self.pixel.dropLast(2)) + [200, 0xFF, 0xD9], by: CommonsYard.ann, in: one.yard.district)
            }
            #expect(refused?.kind == .tooOften && refused?.code == "picture.day")
            try await one.yard.perform(AddPicture.name, named(hashes[0], on: id), by: CommonsYard.ann)
            #expect(try await PictureShelf.clear(in: one.yard.district) == 0, "within the day all stay")
            one.yard.clock.advance(by: 86_401)
            #expect(try await PictureShelf.clear(in: one.yard.district) == hashes.count)
            let (kept, gone) = try await one.yard.store.read { [hashes] reader in
                (
                    try PictureShelf.find(hashes[0], in: reader),
                    try Attachments.holds(hashes[1], for: try Caller.system("test").tenant, in: reader)
                )
            }
            #expect(kept != nil && !gone)
            #expect(
                try await one.code(AddPicture.name, named(hashes[1], on: id), by: CommonsYard.ann) == "picture.unknown")
        }
    }
}

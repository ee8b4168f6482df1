import District
import HouseKit
import Record
import Store
import TestKit
import Testing

@testable import Commons

@Suite("What a receipt proves, and to whom", .serialized)
struct ReceiptProofTests {
    /// A receipt's file with its proof, and the keys of the house.
    private static func receipt(_ polling: Polling, code: String) async throws -> (Receipt, JSON, JSON) {
        let (yard, spine) = (polling.yard, polling.yard.spine)
        let receipt = try await polling.cast("1", code: code).receipt
        func file() async throws -> JSON {
            let proof = try await yard.store.read {
                try CastTable.proof(of: receipt.event, yard.district, key: spine.signer.verifier, in: $0)
            }
            return try receipt.file(signedBy: spine.issuer, proof: proof)
        }
        let before = try await file()
        _ = try await yard.events()
        _ = try await yard.store.write { try spine.signer.checkpoint(in: $0) }
        return (receipt, before, try await file())
    }

    private static func check(_ file: JSON, _ polling: Polling, keys: [VerifierKey]? = nil) -> ReceiptCheck {
        let signer = polling.yard.spine.signer.verifier
        return ReceiptCheck(file, keys: keys ?? [signer], saved: []) { signature, message, key in
            // The signature itself is checked by journeys, with libraries that are not ours.
            signature.count == 64 && message == (file["receipt"] ?? .null).canonical
                && key == polling.yard.spine.issuer?.verifier.publicKey
        }
    }

    /// The file with a member, given by its way, replaced.
    private static func with(_ file: JSON, _ way: [String], _ value: JSON) -> JSON {
        guard let first = way.first, case .object(var members) = file else { return value }
        members[first] = with(members[first] ?? .null, Array(way.dropFirst()), value)
        return .object(members)
    }

    @Test(
        "it verifies under the newest checkpoint by the key alone; whatever is changed no longer does",
        arguments: StoreUnderTest.all)
    func holds(on kind: StoreUnderTest) async throws {
        try await Polling.with(kind) { yard in
            let (polling, codes) = try await Polling.open(yard)
            let (_, before, file) = try await Self.receipt(polling, code: codes[0])
            #expect(before["record"] == .null && !Self.check(before, polling).isSound, "no checkpoint covers it yet")
            let sound = Self.check(file, polling)
            #expect(sound.isSound && sound.steps.count == 4, "\(sound.findings)")
            #expect(Self.check(file, polling, keys: []).limits.count == 3, "the key came with the receipt: it says so")
            let other = try SigningKey(generatingFor: "yard.example/record").verifier
            #expect(!Self.check(file, polling, keys: [other]).isSound)
            let zeros = String(repeating: "0", count: 64)
            let changes: [([String], JSON)] = [
                (["receipt", "commitment"], .string(zeros)), (["receipt", "ballot"], "R-AAAA-AAAA-AAAA"),
                (["receipt", "event"], "x"), (["receipt", "vote"], "x"), (["record", "salt"], .string(zeros)),
                (["record", "leaf"], "0"), (["record", "size"], "1"), (["record", "path"], .array([.string(zeros)])),
                (["record", "path"], "x"), (["record", "checkpoint"], "x"), (["record", "body"], "{}"),
                (["record"], .null), (["signature"], .null), (["signature"], "zz"),
                (["record", "checkpoint"], .string((file["record"]?["checkpoint"]?.text ?? "") + "x\n")),
            ]
            for (way, value) in changes {
                #expect(!Self.check(Self.with(file, way, value), polling).isSound, "\(way) \(value)")
            }
        }
    }

    @Test("a number alone tells neither event nor place, before the count or after; number and event do")
    func hidden() async throws {
        let room = try Commons()
        try await Polling.with { yard in
            let (polling, codes) = try await Polling.open(yard, people: 14)
            let (receipt, _, _) = try await Self.receipt(polling, code: codes[0])
            for code in codes[1..<11] { _ = try await polling.cast("2", code: code) }
            let path = "/commons/votes/\(polling.vote)"
            let number = receipt.number
            let again: JSON = [
                "vote": .string(polling.vote), "code": .string(codes[0]), "choices": ["1"], "ballot": .string(number),
            ]
            try await serving(yard.spine, rooms: [room]) { served in
                let look = try await served.client.send(
                    "GET", "\(path)/receipt?number=\(number)&event=\(receipt.event)", [("Accept-Language", "ko")])
                #expect(look.text.contains("서명된 기록 안에 있습니다") && look.text.contains("slipway verify --receipt"))
                let bare = try await served.client.send(
                    "GET", "\(path)/receipt?number=\(number)", [("Accept-Language", "ko")])
                #expect(bare.text.contains("투표함에 있습니다") && !bare.text.contains(receipt.event))
                #expect(!bare.text.contains("slipway verify"), "nor its place, which tells when it was cast")
                for (query, status) in [("", 403), ("&event=x", 403), ("&event=\(receipt.event)", 200)] {
                    let file = try await served.client.send(
                        "GET", "\(path)/receipt.json?number=\(number)\(query)", [("Accept", "application/json")])
                    #expect(file.status == status && file.text.contains(receipt.event) == (status == 200))
                }
                let answer = try await served.client.send(
                    "POST", "/api/v1/commons/ballots", [("Content-Type", "application/json")], body: again.canonical)
                #expect(
                    answer.status == 200 && answer.text.contains(receipt.event),
                    "whoever has voted and sends the same again")
            }
            #expect(try await polling.finish().vote.state == .counted)
            try await serving(yard.spine, rooms: [room]) { served in
                let published = try await served.client.send("GET", "\(path)/ballots.json")
                #expect(
                    published.status == 200 && published.text.contains(number)
                        && !published.text.contains(receipt.event))
                let look = try await served.client.send(
                    "GET", "\(path)/receipt?number=\(number)", [("Accept-Language", "ko")])
                #expect(look.text.contains("그대로 세어졌습니다") && look.text.contains("영수증을 가진 사람에게만"))
                #expect(!look.text.contains(receipt.event) && !look.text.contains("slipway verify"))
                for (query, status) in [("", 403), ("&event=x", 403), ("&event=\(receipt.event)", 200)] {
                    let file = try await served.client.send(
                        "GET", "\(path)/receipt.json?number=\(number)\(query)", [("Accept", "application/json")])
                    #expect(file.status == status && file.text.contains(receipt.event) == (status == 200))
                }
                let answer = try await served.client.send(
                    "POST", "/api/v1/commons/ballots", [("Content-Type", "application/json")], body: again.canonical)
                #expect(answer.status == 409 && !answer.text.contains(receipt.event))
            }
        }
    }

    @Test("what was changed after the count is not published, and the page of the ballot says that it is broken")
    func brokenLater() async throws {
        let room = try Commons()
        try await Polling.with { yard in
            let (polling, codes) = try await Polling.open(yard)
            for code in codes.prefix(9) { _ = try await polling.cast("1", code: code) }
            let intact = try await polling.cast("1", code: codes[9]).receipt.number
            let damaged = try await polling.cast("1", code: codes[10]).receipt.number
            #expect(try await polling.finish().vote.state == .counted)
            try await yard.store.write {
                _ = try $0.execute(
                    "UPDATE record_vault SET sealed = x'00' WHERE event = (SELECT event FROM commons_ballots_cast WHERE number = ?)",
                    [.text(damaged)])
            }
            try await serving(yard.spine, rooms: [room]) { served in
                let path = "/commons/votes/\(polling.vote)"
                for file in ["ballots.json", "ballots.csv", "ballots.pb"] {
                    let answer = try await served.client.send(
                        "GET", "\(path)/\(file)", [("Accept", "application/json")])
                    #expect(answer.status == 503 && answer.text.contains("data.broken"), "\(file) \(answer.status)")
                }
                let look = try await served.client.send(
                    "GET", "\(path)/receipt?number=\(damaged)", [("Accept-Language", "ko")])
                #expect(look.text.contains("바뀌었거나 없어졌습니다"))
                let whole = try await served.client.send(
                    "GET", "\(path)/receipt?number=\(intact)", [("Accept-Language", "ko")])
                #expect(whole.text.contains("그대로 세어졌습니다"))
            }
        }
    }
}

import Foundation
import Testing

@testable import Record

@Suite("Time-stamps (RFC 3161)")
struct TimeStampTests {
    static let bytes = Array("slipway.example/record\n4\n".utf8)

    @Test("openssl's authority stamps our request, and its signature verifies", arguments: Authority.Key.allCases)
    func stamps(_ key: Authority.Key) async throws {
        try await Authority.with(key) { authority in
            let request = TimeStampRequest(of: Self.bytes)
            let stamp = try TimeStamp(response: authority.answer(request.encoded))
            try stamp.check(answers: request)
            try stamp.check(stamps: Self.bytes)
            #expect(abs(stamp.time.seconds(since: .now())) < 60)
            try stamp.verify(trusting: authority.trust)
            try stamp.verify(trusting: authority.own)
        }
    }

    @Test("a time-stamp of other bytes, for another request or of another authority is refused")
    func refuses() async throws {
        try await Authority.with { authority in
            let request = TimeStampRequest(of: Self.bytes)
            let stamp = try TimeStamp(response: authority.answer(request.encoded))
            #expect(throws: RecordError.self) { try stamp.check(stamps: Self.bytes + [0]) }
            #expect(throws: RecordError.self) { try stamp.check(answers: TimeStampRequest(of: Self.bytes)) }
            #expect(throws: RecordError.self) { try stamp.check(answers: TimeStampRequest(of: Self.bytes + [0])) }
        }
        var stamp: TimeStamp?
        try await Authority.with { authority in
            stamp = try TimeStamp(response: authority.answer(TimeStampRequest(of: Self.bytes).encoded))
        }
        let foreign = try #require(stamp)
        try await Authority.with { authority in
            #expect(throws: RecordError.self) { try foreign.verify(trusting: authority.trust) }
        }
    }

    @Test("a time-stamp in which any byte was changed is refused", .timeLimit(.minutes(2)))
    func changed() async throws {
        try await Authority.with(.p256) { authority in
            let good = try authority.answer(TimeStampRequest(of: Self.bytes).encoded)
            let trusted = try authority.trust
            func holds(_ response: [UInt8]) -> Bool {
                do {
                    let stamp = try TimeStamp(response: response)
                    try stamp.check(stamps: Self.bytes)
                    try stamp.verify(trusting: trusted)
                    return true
                } catch {
                    return false
                }
            }
            #expect(holds(good))
            var survivors: [Int] = []
            for place in good.indices {
                var bad = good
                bad[place] ^= 0x01
                if holds(bad) { survivors.append(place) }
            }
            // Outside what is signed stand only the answer's status (0 or 1 both grant), versions and lists of
            // algorithms that say nothing of their own.
            #expect(survivors.count < 40, "\(survivors)")
            for end in stride(from: 0, to: good.count, by: 7) { #expect(!holds(Array(good[..<end]))) }
        }
    }

    @Test("a certificate that is for something else stamps no time")
    func otherUse() async throws {
        // openssl's own authority refuses such a certificate before it signs.
        await #expect(throws: Authority.Failed.self) {
            try await Authority.with(usage: "serverAuth") {
                _ = try $0.answer(TimeStampRequest(of: Self.bytes).encoded)
            }
        }
    }

    @Test("what is no answer of an authority is refused and never crashes")
    func garbage() {
        var generator = SeededGenerator(seed: 7)
        for length in [0, 1, 2, 5, 40, 200] {
            for _ in 0..<200 {
                let bytes = (0..<length).map { _ in UInt8.random(in: 0...255, using: &generator) }
                #expect(throws: RecordError.self) { try TimeStamp(response: bytes) }
            }
        }
        #expect(throws: RecordError.self) { try TimeStamp(response: [0x30, 0x05, 0x30, 0x03, 0x02, 0x01, 0x02]) }
        for pem in ["", "-----BEGIN CERTIFICATE-----\n!!\n", "-----BEGIN CERTIFICATE-----\nMAA=\n"] {
            #expect(throws: RecordError.self) { try TimeTrust(pem: [pem]) { _, _, _, _ in true } }
        }
    }
}

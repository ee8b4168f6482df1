import Foundation
import Record
import Testing

@testable import Access

@Suite struct PasswordTests {
    @Test(
        "scrypt gives the vectors of RFC 7914, section 12",
        arguments: [
            (
                "password", "NaCl", PasswordHash.Cost(logN: 10, r: 8, p: 16),
                "fdbabe1c9d3472007856e7190d01e9fe7c6ad7cbc8237830e77376634b3731622eaf30d92e22a3886ff109279d9830da"
                    + "c727afb94a83ee6d8360cbdfa2cc0640"
            ),
            (
                "pleaseletmein", "SodiumChloride", PasswordHash.Cost(logN: 14, r: 8, p: 1),
                "7023bdcb3afd7348461c06cd81fd38ebfda8fbba904f8e3ea9b543f6545da1f2d5432955613f0fcf62d49705242a9af9"
                    + "e61e85dc0d651e40dfcf017b45575887"
            ),
        ])
    func vectors(password: String, salt: String, cost: PasswordHash.Cost, expected: String) throws {
        let key = try PasswordHash.scrypt(Array(password.utf8), salt: Array(salt.utf8), cost: cost, count: 64)
        let hex = key.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
        #expect(hex == expected)
    }

    @Test("A password verifies against its own hash alone")
    func verify() throws {
        let hash = try PasswordHash("correct horse", account: "kim")
        #expect(hash.text.hasPrefix("scrypt$15$8$3$"))
        #expect(try PasswordHash.verify("correct horse", against: hash))
        #expect(try !PasswordHash.verify("correct horsf", against: hash))
        #expect(try !PasswordHash.verify("", against: hash))
        #expect(try !PasswordHash.verify("correct horse", against: nil))
        #expect(try !PasswordHash.verify("correct horse", against: PasswordHash(text: "scrypt$99$8$3$AA==$AA==")))
        #expect(try PasswordHash("correct horse", account: "kim") != hash)
    }

    @Test("Hangul verifies whether the keyboard sent syllables or their letters")
    func hangul() throws {
        let cheap = PasswordHash.Cost(logN: 4, r: 8, p: 1)
        let hash = try PasswordHash("바다의물결은높고푸르다", salt: [1, 2, 3], cost: cheap)
        #expect(try PasswordHash.verify("바다의물결은높고푸르다".decomposedStringWithCanonicalMapping, against: hash))
    }

    @Test("An account that does not exist takes about as long as a wrong password")
    func timing() throws {
        let hash = try PasswordHash("correct horse", account: "kim")
        let clock = ContinuousClock()
        func shortest(_ against: PasswordHash?) throws -> Duration {
            try (0..<3).map { _ in try clock.measure { _ = try PasswordHash.verify("wrong horse!", against: against) } }
                .min() ?? .zero
        }
        let ratio = try shortest(nil) / shortest(hash)
        #expect((0.5...2).contains(ratio))
    }

    @Test(
        "A weak password is refused by the rule it breaks",
        arguments: [
            ("short 9!!", ["short"]), ("aaaaaaaaaaaa", ["variety"]), ("xkim-likes-tea", ["account"]),
            ("Password-2026", ["common"]), ("ab", ["short", "variety"]), ("correct horse", []),
            ("푸른바다위의갈매기들", []),
        ])
    func rules(password: String, expected: [String]) {
        let refusals = PasswordRules.refusals(of: password, account: "kim")
        #expect(refusals.map(\.rule) == expected)
        for refusal in refusals { #expect(!refusal.words.ko.isEmpty && refusal.words.ko != refusal.words.en) }
    }
}

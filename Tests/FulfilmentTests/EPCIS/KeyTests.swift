import Testing

@testable import Fulfilment

/// Keys of GS1, in both of the ways in which they are written.
@Suite struct KeyTests {
    /// Digital Link, URN, length of the company prefix (TDS 2.1, chapter 6, and the standard's own examples).
    static let pairs: [(String, String, Int)] = [
        ("https://id.gs1.org/01/10614141073464/21/2017", "urn:epc:id:sgtin:0614141.107346.2017", 7),
        ("https://id.gs1.org/01/04012345123456/10/998877", "urn:epc:class:lgtin:4012345.012345.998877", 7),
        ("https://id.gs1.org/00/040123450000003338", "urn:epc:id:sscc:4012345.0000000333", 7),
        ("https://id.gs1.org/414/0012345111112/254/400", "urn:epc:id:sgln:0012345.11111.400", 7),
        ("https://id.gs1.org/414/4012345002256", "urn:epc:id:sgln:4012345.00225.0", 7),
        ("https://id.gs1.org/01/10614141073464", "urn:epc:idpat:sgtin:0614141.107346.*", 7),
        ("https://id.gs1.org/01/00614141123452/21/32a%2Fb", "urn:epc:id:sgtin:061414112345.0.32a%2Fb", 12),
    ]

    @Test(arguments: pairs) func bothWays(link: String, urn: String, prefix: Int) throws {
        let key = try #require(GS1Key(urn))
        #expect(key.link() == link)
        #expect(GS1Key(link) == key)
        #expect(key.urn(prefix: prefix) == urn)
    }

    @Test func aPieceIsAPieceWhateverItsLot() {
        let one = "https://shop.example/some/path/01/10614141073464/10/L1/21/2017?linkType=all"
        #expect(GS1Key.comparable(one) == "https://id.gs1.org/01/10614141073464/21/2017")
    }

    @Test(arguments: [
        "https://id.gs1.org/01/10614141073465/21/2017", "https://id.gs1.org/00/123", "urn:epc:id:sgtin:0614141.1073.1",
        "urn:epc:id:sgtin:0614141.107346", "https://id.gs1.org/01/10614141073464/21/", "https://example.com/x",
        "urn:epc:id:sgtin:061414x.107346.1", "https://id.gs1.org/01/10614141073464/99/2017", "",
        "https://id.gs1.org/01/10614141073464/21/123456789012345678901",
    ])
    func whatBreaksARuleIsNoKey(text: String) {
        #expect(GS1Key(text) == nil)
        #expect(GS1Key.comparable(text) == text)
    }

    @Test func aPrefixOfAnotherLengthIsRefused() throws {
        let key = try #require(GS1Key("https://id.gs1.org/01/10614141073464/21/2017"))
        #expect(key.urn(prefix: 5) == nil && key.urn(prefix: 13) == nil)
        #expect(key.urn(prefix: 6) == "urn:epc:id:sgtin:061414.1107346.2017")
    }

    @Test func signaturesAreThoseOfTheStandard() {
        // RFC 4231, test cases 1, 2 and 6.
        #expect(
            EPCISSignature.hmac(Array("Hi There".utf8), key: [UInt8](repeating: 0x0B, count: 20))
                == "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7")
        #expect(
            EPCISSignature.hmac(Array("what do ya want for nothing?".utf8), key: Array("Jefe".utf8))
                == "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843")
        #expect(
            EPCISSignature.hmac(
                Array("Test Using Larger Than Block-Size Key - Hash Key First".utf8),
                key: [UInt8](repeating: 0xAA, count: 131))
                == "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54")
    }
}

import Testing

@testable import Sensing

struct DecimalNumberTests {
    @Test("a number is read to the same bits as by Swift itself", arguments: 1...10)
    func bits(seed: UInt64) {
        var dice = Dice(seed)
        for _ in 0..<2000 {
            let value =
                Bool.random(using: &dice)
                ? Double(bitPattern: UInt64.random(in: .min ... .max, using: &dice))
                : Double(Int64.random(in: -999_999_999...999_999_999, using: &dice)) / 1000
            guard value.isFinite else { continue }
            let expected = DecimalNumber.Reading.number(value)
            #expect(DecimalNumber.read("\(value)") == expected, "seed \(seed): \(value)")
            #expect(DecimalNumber.read("\(value)".uppercased()) == expected, "seed \(seed): \(value)")
        }
    }

    @Test(
        "what is no decimal number is none",
        arguments: [
            "", "-", ".", "+", "e5", "1e", "1e+", "0x10", "1 ", " 1", "1_000", "١", "1.2.3", "--1", "nano", "1d3",
        ])
    func none(text: String) { #expect(DecimalNumber.read(text) == .none) }

    @Test(
        "NaN, infinities and numbers beyond a double are told apart",
        arguments: [
            ("NaN", DecimalNumber.Reading.notFinite), ("-Inf", .notFinite), ("+infinity", .notFinite),
            ("1e309", .tooLarge), ("-1e99999999999999999999", .tooLarge), ("1e-99999999999999999999", .number(0)),
        ])
    func beyond(text: String, expected: DecimalNumber.Reading) { #expect(DecimalNumber.read(text) == expected) }

    @Test("twenty digits and more lose nothing but what a double cannot hold")
    func long() {
        #expect(DecimalNumber.read("12345678901234567890123") == .number(0x1.4ea15b273b38ap73))
        #expect(DecimalNumber.read("0.000000000000000000000000000001") == .number(1e-30))
        #expect(DecimalNumber.read("9007199254740993") == .number(9_007_199_254_740_992))
    }
}

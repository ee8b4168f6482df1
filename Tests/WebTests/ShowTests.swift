import Testing

@testable import Web

@Suite("how numbers are shown")
struct ShowTests {
    @Test(
        "a whole number is read with its thousands apart",
        arguments: [
            (0, "0"), (999, "999"), (1000, "1,000"), (20_000_000, "20,000,000"), (1_234_567, "1,234,567"),
            (-100, "-100"), (-1000, "-1,000"), (.min, "-9,223,372,036,854,775,808"),
        ] as [(Int64, String)])
    func count(_ value: Int64, _ expected: String) { #expect(Show.count(value) == expected) }
}

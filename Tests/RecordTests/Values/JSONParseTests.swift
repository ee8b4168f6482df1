import Record
import Testing

struct JSONParseTests {
    @Test(
        "every kind of value is read",
        arguments: [
            ("null", JSON.null), (" true ", true), ("false", false), ("0", 0), ("-0", 0), ("-12.5e2", -1250),
            ("123456789012345678", 123_456_789_012_345_680), ("1E-2", 0.01), ("\"\"", ""),
            ("\"a\\u00e9\\ud83d\\ude02\\n\\/\"", "aé😂\n/"), ("[]", []), ("{}", [:]),
            ("[1,[2],{\"a\":3}]", [1, [2], ["a": 3]]),
            ("{\"가\":\"나\", \"b\" : [ null ] }", ["가": "나", "b": [nil]]), ("5e-324", .number(.leastNonzeroMagnitude)),
        ] as [(String, JSON)])
    func reads(text: String, value: JSON) throws {
        #expect(try JSON(parsing: text) == value)
    }

    @Test(
        "a broken rule is named with the byte that breaks it",
        arguments: [
            ("", JSONError(.endsEarly, at: 0)), ("{", JSONError(.endsEarly, at: 1)),
            ("[1,", JSONError(.endsEarly, at: 3)),
            ("\"a", JSONError(.endsEarly, at: 2)), ("tru", JSONError(.endsEarly, at: 3)),
            ("1 2", JSONError(.trailingText, at: 2)), ("[1,]", JSONError(.unexpectedByte, at: 3)),
            ("{\"a\":1,}", JSONError(.unexpectedByte, at: 7)), ("{a:1}", JSONError(.unexpectedByte, at: 1)),
            ("[1 2]", JSONError(.unexpectedByte, at: 3)), ("{\"a\" 1}", JSONError(.unexpectedByte, at: 5)),
            ("NaN", JSONError(.unexpectedByte, at: 0)), ("+1", JSONError(.unexpectedByte, at: 0)),
            ("trve", JSONError(.unexpectedByte, at: 2)), ("[1}", JSONError(.unexpectedByte, at: 2)),
            ("\u{FEFF}1", JSONError(.unexpectedByte, at: 0)), ("01", JSONError(.malformedNumber, at: 0)),
            ("-", JSONError(.malformedNumber, at: 0)), ("1.", JSONError(.malformedNumber, at: 0)),
            (".5", JSONError(.unexpectedByte, at: 0)), ("[1e]", JSONError(.malformedNumber, at: 1)),
            ("1e400", JSONError(.numberOutOfRange, at: 0)), ("\"\u{1}\"", JSONError(.controlCharacter, at: 1)),
            ("\"\\n\n\"", JSONError(.controlCharacter, at: 3)), ("\"\\x\"", JSONError(.malformedEscape, at: 1)),
            ("\"\\u12g4\"", JSONError(.malformedEscape, at: 1)), ("\"\\ud800\"", JSONError(.malformedEscape, at: 1)),
            ("\"\\ud800\\u0041\"", JSONError(.malformedEscape, at: 1)),
            ("\"\\udc00\"", JSONError(.malformedEscape, at: 1)),
            ("{\"a\":1,\"a\":2}", JSONError(.duplicateKey, at: 7)),
            ("{\"a\":1,\"\\u0061\":2}", JSONError(.duplicateKey, at: 7)),
        ])
    func refuses(text: String, error: JSONError) {
        #expect(throws: error) { try JSON(parsing: text) }
        #expect(!error.words.ko.isEmpty && !error.words.en.isEmpty)
    }

    @Test("what is not UTF-8 is refused")
    func refusesOtherEncodings() {
        #expect(throws: JSONError(.malformedUTF8, at: 1)) { try JSON(parsing: [0x22, 0xC3, 0x28, 0x22] as [UInt8]) }
        #expect(throws: JSONError(.malformedUTF8, at: 1)) {
            try JSON(parsing: [0x22, 0xED, 0xA0, 0x80, 0x22] as [UInt8])
        }
    }

    @Test("depth and size are bounded")
    func bounds() throws {
        let nested = { (depth: Int) in String(repeating: "[", count: depth) + String(repeating: "]", count: depth) }
        #expect(throws: Never.self) { try JSON(parsing: nested(64)) }
        #expect(throws: JSONError(.tooDeep, at: 64)) { try JSON(parsing: nested(65)) }
        #expect(throws: Never.self) { try JSON(parsing: "[[],[],[]]", limits: JSONLimits(bytes: 10, depth: 2)) }
        #expect(throws: JSONError(.tooLong, at: 9)) {
            try JSON(parsing: "[[],[],[]]", limits: JSONLimits(bytes: 9, depth: 2))
        }
    }

    @Test("whatever is written canonically reads back as it was, whatever the seed", arguments: [1, 7, 42] as [UInt64])
    func roundTrip(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<300 {
            let value = JSON.random(depth: 4, using: &generator)
            let text = value.canonical
            let read = try JSON(parsing: text)
            #expect(read == value, "seed \(seed)")
            #expect(read.canonical == text, "seed \(seed)")
        }
    }

    @Test("no text makes the reader trap, whatever the seed", arguments: [3, 9] as [UInt64])
    func mangled(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<2000 {
            var bytes = JSON.random(depth: 3, using: &generator).canonical
            for _ in 0..<3 where !bytes.isEmpty {
                bytes[Int.random(in: bytes.indices, using: &generator)] = .random(in: 0...255, using: &generator)
            }
            do throws(JSONError) {
                _ = try JSON(parsing: bytes)
            } catch {
                #expect((0...bytes.count).contains(error.offset), "seed \(seed)")
            }
        }
    }
}

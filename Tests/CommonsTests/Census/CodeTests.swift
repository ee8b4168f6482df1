import District
import TestKit
import Testing

@testable import Commons

@Suite("Codes of letters")
struct CodeTests {
    private func drawn(_ seed: UInt64) -> BallotCode {
        var generator = SeededGenerator(seed: seed)
        return BallotCode(using: &generator)
    }

    private func mistyped(_ text: String) -> BallotCode.Mistyped? {
        do throws(BallotCode.Mistyped) {
            _ = try BallotCode(typed: text)
            return nil
        } catch {
            return error
        }
    }

    @Test("a code is read as it is shown, in small letters, without hyphens, and typed with the keyboard in Hangul")
    func typed() throws {
        let code = drawn(1)
        #expect(code.shown.count == 19 && code.letters.allSatisfy(BallotCode.alphabet.contains))
        for text in [
            code.shown, code.shown.lowercased(), code.letters, " \(code.shown) ", code.shown.replacing("-", with: " "),
        ] {
            #expect(try BallotCode(typed: text) == code)
        }
        #expect(
            HangulKeys.latin("ㅁㅠㅊ") == "abc" && HangulKeys.latin("갇") == "rke" && HangulKeys.latin("AB-1") == "AB-1")
    }

    @Test("every single wrong letter and every two that changed places are found", arguments: 1...20)
    func check(seed: Int) throws {
        let letters = Array(drawn(UInt64(seed)).letters)
        for place in letters.indices {
            for other in BallotCode.alphabet where other != letters[place] {
                var wrong = letters
                wrong[place] = other
                #expect(mistyped(String(wrong)) == .check)
            }
            for next in letters.indices where next > place && letters[next] != letters[place] {
                var wrong = letters
                wrong.swapAt(place, next)
                #expect(mistyped(String(wrong)) == .check)
            }
        }
    }

    @Test("what is no code is told by what is wrong with it")
    func wrong() {
        #expect(mistyped("ABCD-EFGH") == .length(8))
        #expect(mistyped("ABCD-EFGH-JKMN-PQRO") == .letter("O"))
        #expect(mistyped("ABCD-EFGH-JKMN-PQR1") == .letter("1"))
    }

    @Test("a roll keeps a hash that differs by code and by salt")
    func hash() {
        let (one, other) = (drawn(1), drawn(2))
        #expect(one.hash(salt: "a") == one.hash(salt: "a"))
        #expect(Set([one.hash(salt: "a"), one.hash(salt: "b"), other.hash(salt: "a")]).count == 3)
        #expect(!one.hash(salt: "a").contains(one.letters.lowercased()))
    }

    @Test("the number of a ballot is read however it is written, and a code is none")
    func number() {
        var generator = SeededGenerator(seed: 5)
        let number = BallotNumber.new(using: &generator)
        #expect(number.hasPrefix("R-") && number.count == 16)
        for text in [number, number.lowercased(), number.replacing("-", with: " "), String(number.dropFirst(2))] {
            #expect(BallotNumber.typed(text) == number)
        }
        #expect(BallotNumber.typed(drawn(1).shown) == nil && BallotNumber.typed("") == nil)
    }
}

@Suite("The list of voters as a file")
struct CensusFileTests {
    @Test("columns are known in both languages; lines that break a rule are left out and named")
    func lines() throws {
        let text = "식별번호,이름,주소,계정\n19480503-1,김영자,부두로 1,\n,이름만,,\n19480503-1,김영자,부두로 1,\n7,,부두로 2,\n8,박철수,부두로 3,p-1\n"
        let file = try CensusFile(text)
        #expect(file.lines.map(\.identifier) == ["194805031", "8"])
        #expect(file.lines.map(\.account) == ["", "p-1"])
        #expect(file.faults.map(\.line) == [3, 4, 5])
        #expect(file.faults.map(\.rule) == ["required", "twice", "required"])
        #expect(try CensusFile("id,name\n1-2,A\n12,B\n").lines.count == 1, "the same identifier written differently")
        #expect(throws: Refusal.self) { try CensusFile("주소,전화\na,b\n") }
    }
}

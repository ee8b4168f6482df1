import Foundation
import HTTPTypes
import Record
import TestKit
import Testing

@testable import Web

@Suite("Forms with files")
struct MultipartTests {
    private static func body(_ parts: String..., end: String = "--B--\r\n") -> [UInt8] {
        Array((parts.map { "--B\r\n\($0)\r\n" }.joined() + end).utf8)
    }

    private static let type = "multipart/form-data; boundary=B"

    @Test("fields and files are told apart, and a file's bytes are its own")
    func parts() throws {
        let form = try #require(
            Multipart(
                Self.body(
                    "Content-Disposition: form-data; name=\"thing\"\r\n\r\npress-1",
                    "Content-Disposition: form-data; name=\"file\"; filename=\"a.csv\"\r\nContent-Type: text/csv\r\n\r\na,b\r\n\r\n1,2\r\n",
                    "Content-Disposition: form-data; name=\"empty\"\r\n\r\n"), contentType: Self.type))
        #expect(form.fields == ["thing": "press-1", "empty": ""])
        #expect(form.files["file"]?.name == "a.csv")
        #expect(form.files["file"].map { String(decoding: $0.bytes, as: UTF8.self) } == "a,b\r\n\r\n1,2\r\n")
    }

    @Test("a boundary's letters inside a file do not end it")
    func inside() throws {
        let form = try #require(
            Multipart(
                Self.body("Content-Disposition: form-data; name=\"f\"; filename=\"x\"\r\n\r\none --B two\n--B three"),
                contentType: Self.type))
        #expect(form.files["f"].map { String(decoding: $0.bytes, as: UTF8.self) } == "one --B two\n--B three")
    }

    @Test(
        "what follows no boundary is no such form",
        arguments: [
            ("text/plain; boundary=B", "--B\r\n"), ("multipart/form-data", "--B\r\n"),
            ("multipart/form-data; boundary=", "--\r\n"),
            ("multipart/form-data; boundary=B", "nothing"), ("multipart/form-data; boundary=B", ""),
            ("multipart/form-data; boundary=\(String(repeating: "x", count: 300))", "--B"),
        ])
    func none(_ type: String, _ body: String) {
        #expect(Multipart(Array(body.utf8), contentType: type) == nil)
    }

    @Test("more than a hundred parts are refused")
    func many() {
        let part = "--B\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n"
        #expect(Multipart(Array((String(repeating: part, count: 101) + "--B--").utf8), contentType: Self.type) == nil)
        #expect(Multipart(Array((String(repeating: part, count: 100) + "--B--").utf8), contentType: Self.type) != nil)
    }

    @Test("no body traps", arguments: [31 as UInt64, 32])
    func fuzz(_ seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let pieces = [
            "--B", "--", "\r\n", "\r\n\r\n", "Content-Disposition: form-data; name=\"", "\"", "; filename=\"", "x", "B",
        ]
        for _ in 0..<5000 {
            var bytes: [UInt8] = []
            for _ in 0..<Int.random(in: 0...16, using: &random) {
                bytes += Array((pieces.randomElement(using: &random) ?? "").utf8)
                if Int.random(in: 0..<10, using: &random) == 0 {
                    bytes.append(UInt8.random(in: 0...255, using: &random))
                }
            }
            let form = Multipart(bytes, contentType: Self.type)
            let held = (form?.files.values.reduce(0) { $0 + $1.bytes.count } ?? 0)
            #expect(held <= bytes.count, "seed \(seed): \(bytes)")
        }
    }
}

@Suite("Compressed bodies")
struct GzipTests {
    /// `printf 'press-1 a=1\n' | gzip -n`
    static let small: [UInt8] = bytes(
        "H4sIAAAAAAAAAyvITi3WNVRItDXkAgAqZkPZDAAAAA==")

    static func bytes(_ base64: String) -> [UInt8] { Data(base64Encoded: base64).map { [UInt8]($0) } ?? [] }

    /// What `gzip` makes of bytes.
    static func compressed(_ plain: [UInt8]) throws -> [UInt8] {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/gzip")
        process.arguments = ["-nc"]
        let (input, output) = (Pipe(), Pipe())
        process.standardInput = input
        process.standardOutput = output
        try process.run()
        DispatchQueue.global().async {
            input.fileHandleForWriting.write(Data(plain))
            try? input.fileHandleForWriting.close()
        }
        let packed = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return [UInt8](packed)
    }

    @Test("what was packed is unpacked, also where several members follow each other")
    func plain() throws {
        let one = Array("press-1 a=1\n".utf8)
        let packed = try Self.compressed(one)
        #expect(Gzip.inflated(packed, limit: 100) == one)
        #expect(Gzip.inflated(packed + packed, limit: 100) == one + one)
        #expect(Gzip.inflated(try Self.compressed([]), limit: 100) == [])
    }

    @Test("a body that would grow past the limit is refused, at the limit exactly")
    func bomb() throws {
        let bomb = try Self.compressed([UInt8](repeating: 0, count: 10_000_000))
        #expect(bomb.count < 20_000)
        #expect(Gzip.inflated(bomb, limit: 9_999_999) == nil)
        #expect(Gzip.inflated(bomb, limit: 10_000_000)?.count == 10_000_000)
    }

    @Test("what is no gzip, is cut short or carries something after it is refused")
    func damaged() throws {
        let packed = try Self.compressed(Array("press-1 a=1\n".utf8))
        #expect(Gzip.inflated([], limit: 100) == nil)
        #expect(Gzip.inflated(Array("plain".utf8), limit: 100) == nil)
        for length in 0..<packed.count { #expect(Gzip.inflated(Array(packed[..<length]), limit: 100) == nil) }
        #expect(Gzip.inflated(packed + [1, 2, 3], limit: 100) == nil)
    }
}

@Suite("Cookies, queries, places and tables")
struct AddressTests {
    @Test(
        "cookies are read by name",
        arguments: [
            ("a=1; b=2", "b", "2"), ("a=1;b=2", "b", "2"), ("a=x=y", "a", "x=y"), ("ab=1", "a", nil), ("a", "a", nil),
            ("", "a", nil),
            ("a=1; a=2", "a", "2"), ("a=", "a", nil),
        ])
    func cookies(_ header: String, _ name: String, _ value: String?) {
        #expect(Cookies([.cookie: header])[name] == value)
    }

    @Test(
        "queries are decoded",
        arguments: [
            ("a=1&b=2", ["a": "1", "b": "2"]), ("a=%EC%98%A8%EB%8F%84+1", ["a": "온도 1"]), ("a", ["a": ""]),
            ("a=1&a=2", ["a": "2"]),
            ("a=%ZZ&b=1", ["b": "1"]), ("", [:]), ("a==", ["a": "="]), ("&&", [:]),
        ])
    func pairs(_ text: String, _ expected: [String: String]) {
        #expect(Visit.pairs(text) == expected)
    }

    @Test(
        "the next place never leaves the site",
        arguments: [
            "https://evil.example", "//evil.example", "/\\evil.example", "\\\\evil.example", "/\t/evil.example",
            "/\n/evil.example",
            "/\r\n/evil.example", "//\u{FE0F}evil.example", "/\\\u{FE0F}evil.example", "javascript:alert(1)", "evil",
            "",
            "/a\u{0}", "/a\u{7F}", "/a\r\nSet-Cookie: x=1",
        ])
    func leaves(_ place: String) {
        #expect(SignInRoutes.next(place) == "/")
    }

    @Test(
        "a place of our own stays as it is",
        arguments: ["/", "/alarms?view=all&q=%EC%98%A8", "/a b", "/things#x", "/a//b"])
    func stays(_ place: String) {
        #expect(SignInRoutes.next(place) == place)
    }

    @Test("what a table's address asks for is bounded, and what is unknown falls back")
    func bounds() {
        let odd = TableQuery(
            ["q": String(repeating: "x", count: 500), "sort": "-secret", "page": "-7", "size": "9999"],
            columns: ["name"], sortedBy: "-name")
        #expect(odd.filter.count == 200)
        #expect(odd.sort == "name" && odd.descending)
        #expect(odd.page == 1 && odd.size == 500 && odd.offset == 0)
        let far = TableQuery(["page": "99999999999999999999"], columns: ["name"], sortedBy: "name")
        #expect(far.page == 1)
        #expect(TableQuery(["page": "1000001"], columns: [], sortedBy: "x").offset == 999_999 * 50)
    }

    @Test("a table's whole state stands in its address: filter, order, page, size and what else was chosen")
    func address() throws {
        let asked = ["q": "온도 &x", "sort": "-kind", "page": "3", "size": "20"]
        let query = TableQuery(asked, columns: ["name", "kind"], sortedBy: "name")
        let pager = query.pager("/things", shown: 20, total: 100, kept: ["view": "table"])
        for (member, page) in [("next_href", "4"), ("prev_href", "2")] {
            let address = try #require(pager[member]?.text)
            let again = Visit.pairs(String(try #require(address.split(separator: "?").last)))
            #expect(again["view"] == "table")
            let read = TableQuery(again, columns: ["name", "kind"], sortedBy: "name")
            #expect(read.filter == query.filter && read.sort == "kind" && read.descending && read.size == 20)
            #expect(again["page"] == page)
        }
        #expect(pager["from"]?.text == "41")
        #expect(pager["to"]?.text == "60")
        let last = TableQuery(["page": "5", "size": "20"], columns: [], sortedBy: "x").pager("/", shown: 20, total: 100)
        #expect(last["next_href"] == nil)
        #expect(query.pager("/", shown: 0, total: 0) == .null)
    }

    @Test("a heading sorts by its column, and the other way round the second time")
    func headings() {
        func href(_ sort: String) -> String? {
            Table(
                "t", caption: "", path: "/t", TableQuery(["sort": sort], columns: ["a", "b"], sortedBy: "a"),
                columns: [.init("a", "A"), .init(nil, "C")], rows: [], total: 0, empty: ""
            ).json["columns"]?.elements?.first?["href"]?.text
        }
        #expect(href("b") == "/t?sort=a")
        #expect(href("a") == "/t?sort=-a")
        #expect(href("-a") == "/t?sort=a")
    }
}
